import { describe, expect, it } from 'vitest';

import { summaryOf } from './summary.ts';

describe('summaryOf', () => {
  it.each([
    ['plain', 'Two\n lines', 'Two lines'],
    ['html', '<p>First &amp; one</p><p>second <b>bold</b></p>', 'First & one second bold'],
    ['plain', 'Bring it to the [[place]].', 'Bring it to the ____.'],
    ['markdown', 'A protein of **four** `subunits`.', 'A protein of four subunits.'],
    ['html', '<img src="/api/v1/media/1">', ''],
  ] as const)('reads %s text', (format, value, expected) => {
    expect(summaryOf({ format, value })).toBe(expected);
  });

  it('cuts long texts', () => {
    expect(summaryOf({ format: 'plain', value: 'word '.repeat(100) })).toMatch(/^(word )+word…$/);
  });
});
