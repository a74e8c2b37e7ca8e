import { describe, expect, test } from 'vitest';

import { choiceFigures, discriminativeEfficiency, effectiveWeights, facility, itemRestCorrelation, itemTotalCorrelation, upperLower27 } from './discrimination.ts';
import { scoreGroups } from './score-groups.ts';

const TOTALS = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];

describe('groups of scores', () => {
  test('ten students make groups of three', () => {
    const groups = scoreGroups(TOTALS)!;
    expect(groups.size).toBe(3);
    expect(groups.upper).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
    expect(groups.lower).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1, 1]);
  });

  test('students with the same total at the border share the places, whatever their order', () => {
    const upper = scoreGroups([10, 8, 8, 8, 8, 1, 1, 1, 1, 0])!.upper;
    expect(upper).toEqual([1, 0.5, 0.5, 0.5, 0.5, 0, 0, 0, 0, 0]);
    expect(scoreGroups([8, 8, 10, 8, 8, 1, 1, 1, 1, 0])!.upper).toEqual([0.5, 0.5, 1, 0.5, 0.5, 0, 0, 0, 0, 0]);
  });

  test('one student makes no groups', () => {
    expect(scoreGroups([5])).toBeNull();
    expect(scoreGroups([5, 4])!.size).toBe(1);
  });
});

describe('items', () => {
  test.each<[string, number | null, number]>([
    ['facility', facility([2, 2, 1, 0], 2), 0.625],
    ['facility below 0 where wrong answers cost points', facility([-1, -1, 1], 1), -1 / 3],
    ['upper-lower', upperLower27([1, 1, 0, 1, 0, 1, 0, 1, 0, 0], 1, TOTALS), 1 / 3],
    ['upper-lower of an item worth 4', upperLower27([4, 4, 4, 1, 1, 1, 1, 0, 0, 2], 4, TOTALS), 10 / 12],
    ['upper-lower of a class of equals', upperLower27([1, 0, 1, 0], 1, [1, 1, 1, 1]), 0],
    // rests 2, 2, 1, 1 beside 1, 0, 1, 0
    ['item-rest', itemRestCorrelation([1, 0, 1, 0], [3, 2, 2, 1]), 0],
    ['item-total', itemTotalCorrelation([1, 0, 1, 0], [3, 2, 2, 1]), Math.SQRT1_2],
    ['item-rest below 0', itemRestCorrelation([1, 1, 0, 0], [1, 1, 1, 1]), -1],
    // rests 0, 2, 1: covariance of 1, 0, 0 is -0.5, sorted 0, 0, 1 with 0, 1, 2 it is 0.5
    ['efficiency', discriminativeEfficiency([1, 0, 0], [1, 2, 1]), -1],
    ['efficiency of an item that sorts as the rest does', discriminativeEfficiency([0, 1, 1], [0, 2, 3]), 1],
  ])('%s', (_title, value, expected) => {
    expect(value).toBeCloseTo(expected, 12);
  });

  test.each<[string, number | null]>([
    ['facility of nobody', facility([], 2)], ['facility of nothing', facility([0], 0)], ['upper-lower of one', upperLower27([1], 1, [1])],
    ['item-rest of an item that all have right', itemRestCorrelation([1, 1], [1, 2])], ['efficiency of such an item', discriminativeEfficiency([1, 1], [1, 2])],
    ['item-rest of the only item', itemRestCorrelation([0.1, 0.2, 0.3], [0.1, 0.2, 0.3])],
  ])('%s is not defined', (_title, value) => {
    expect(value).toBeNull();
  });

  test('effective weights share out the roots of the covariances; a negative one has none', () => {
    expect(effectiveWeights([4, 1, -1, null])).toEqual([2 / 3, 1 / 3, null, null]);
    expect(effectiveWeights([0, 0])).toEqual([null, null]);
  });

  test('a choice is counted by group', () => {
    const figures = choiceFigures([1, 1, 1, 0, 0, 0, 0, 0, 0, 1], TOTALS, scoreGroups(TOTALS));
    expect(figures).toMatchObject({ count: 4, share: 0.4, byGroup: { upper: 1, middle: 0, lower: expect.closeTo(1 / 3, 12) } });
    expect(choiceFigures([], [], null)).toEqual({ count: 0, share: null, byGroup: { lower: null, middle: null, upper: null }, correlation: null });
  });
});
