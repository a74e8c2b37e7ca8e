import { describe, expect, it } from 'vitest';

import { contrastWithPaper, readableShade } from './contrast.ts';

describe('the contrast of a colour with white paper', () => {
  // hand-checked with the formula of WCAG 2.2
  it.each([['#ffffff', 1], ['#000000', 21], ['#767676', 4.54], ['#777777', 4.48], ['#0000ff', 8.59], ['#ff0000', 4]])('of %s is %d', (colour, expected) => {
    expect(contrastWithPaper(colour)).toBeCloseTo(expected, 2);
  });

  it('of a colour that can be read stays, and of another becomes just enough', () => {
    expect(readableShade('#1f4fd8')).toBe('#1f4fd8');
    const shade = readableShade('#ffcc00');
    expect(contrastWithPaper(shade)).toBeGreaterThanOrEqual(4.5);
    expect(contrastWithPaper(shade)).toBeLessThan(4.7);
    expect(readableShade('#ffffff')).toMatch(/^#([0-9a-f]{2})\1\1$/);
  });
});
