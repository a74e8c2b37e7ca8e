import { describe, expect, it } from 'vitest';

import { moderate, type ModerationStep } from './moderation.ts';

const scale = (factor: string, cap: string | null = null): ModerationStep => ({ kind: 'scale', factor, cap });
const plus = (points: string, cap: string | null = null): ModerationStep => ({ kind: 'add', points, cap });

describe('moderation', () => {
  it.each<[string, string, ModerationStep[], string]>([
    ['nothing', '7.5', [], '7.5'],
    ['a factor', '7.5', [scale('1.1')], '8.25'],
    ['points', '7.5', [plus('1.25')], '8.75'],
    ['in order: first scaled, then added', '5', [scale('1.2'), plus('1')], '7'],
    ['in order: first added, then scaled', '5', [plus('1'), scale('1.2')], '7.2'],
    ['never more than can be earned', '9.5', [plus('2')], '10'],
    ['never more than the cap', '7', [plus('2', '8')], '8'],
    ['a cap above what can be earned', '9.5', [plus('2', '12')], '10'],
    ['nothing taken from somebody above the cap', '9', [plus('2', '8')], '9'],
    ['a factor below 1', '9', [scale('0.5', '8')], '4.5'],
    ['points taken away, not below 0', '1', [plus('-2')], '0'],
    ['a negative sum is not lowered further', '-1', [plus('-2')], '-1'],
    ['a negative sum is lifted', '-1', [plus('3')], '2'],
    ['a negative sum times a factor', '-1', [scale('1.5')], '-1'],
    ['rounded once, at the end', '1', [scale('0.0333'), scale('0.5')], '0.0167'],
    ['exact between steps: a third of a third of it', '3', [scale('0.3333'), scale('0.3333')], '0.3333'],
  ])('%s', (_name, points, steps, expected) => {
    expect(moderate(points, '10', steps)).toBe(expected);
  });
});
