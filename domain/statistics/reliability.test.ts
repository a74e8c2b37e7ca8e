import { describe, expect, test } from 'vitest';

import { alphaIfDeleted, cronbachAlpha, itemCovariances, kr20, meanInterItemCorrelation, type ScoreMatrix, standardErrorOfMeasurement } from './reliability.ts';

const alpha = (matrix: ScoreMatrix): number | null => cronbachAlpha(itemCovariances(matrix, matrix[0]!.length));

// variances 1, 1 and 1; covariances 1, 0.5 and 0.5; the total varies by 7
const THREE = [[1, 1, 2], [2, 2, 1], [3, 3, 3]];

describe('reliability', () => {
  test('alpha of three items, by hand', () => {
    expect(alpha(THREE)).toBeCloseTo((3 / 2) * (1 - 3 / 7), 12);
  });

  test('alpha without each item, by hand', () => {
    expect(alphaIfDeleted(itemCovariances(THREE, 3))).toEqual([expect.closeTo(2 / 3, 12), expect.closeTo(2 / 3, 12), expect.closeTo(1, 12)]);
  });

  test('alpha below 0 stays a number', () => {
    // covariance -1, variances 1: the total of two items that work against each other and a third
    expect(alpha([[1, 3, 1], [2, 2, 2], [3, 1, 2]])).toBeCloseTo((3 / 2) * (1 - (1 + 1 + 1 / 3) / (1 / 3)), 12);
  });

  test('missing answers enter pairwise, as R cov(use = "pairwise") does', () => {
    // variances 1, 1; the pair was seen together in rows 1 and 2 only, covariance 0.5
    expect(alpha([[1, 1], [2, 2], [3, null], [null, 3]])).toBeCloseTo(2 * (1 - 2 / 3), 12);
  });

  test('papers drawn from a pool are judged by their own length', () => {
    const covariances = itemCovariances(THREE, 3);
    // mean variance 1, mean covariance 2 / 3, two items
    expect(cronbachAlpha(covariances, 2)).toBeCloseTo((2 * (2 / 3)) / (1 + 2 / 3), 12);
  });

  test('KR-20 by hand, and alpha of the same answers', () => {
    const matrix = [[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]];
    // p q = 3/16, 4/16, 3/16; numbers right 3, 2, 1, 0 with variance 1.25
    expect(kr20(matrix)).toBeCloseTo((3 / 2) * (1 - 0.625 / 1.25), 12);
    expect(alpha(matrix)).toBeCloseTo(0.75, 12);
  });

  test('the mean correlation between items, by hand', () => {
    expect(meanInterItemCorrelation(itemCovariances(THREE, 3))).toBeCloseTo(2 / 3, 12);
  });

  test('the standard error of measurement is larger than the sd when the reliability is below 0', () => {
    expect(standardErrorOfMeasurement(10, 0.91)).toBeCloseTo(3, 12);
    expect(standardErrorOfMeasurement(10, -3)).toBe(20);
    expect(standardErrorOfMeasurement(null, 0.5)).toBeNull();
  });

  test.each<[string, number | null]>([
    ['alpha of one item', alpha([[1], [2]])], ['alpha of one student', alpha([[1, 2]])], ['alpha of the same totals', alpha([[1, 2], [2, 1]])],
    ['alpha of constant answers', alpha([[0.1, 0.1], [0.1, 0.1]])], ['alpha of items that were never together', alpha([[1, null], [null, 2], [2, null], [null, 1]])],
    ['KR-20 of the same numbers right', kr20([[1, 0], [0, 1]])], ['KR-20 of nobody', kr20([])],
    ['the mean correlation with an item that does not vary', meanInterItemCorrelation(itemCovariances([[1, 1], [1, 2]], 2))],
  ])('%s is not defined', (_title, value) => {
    expect(value).toBeNull();
  });

  test('alpha without an item needs three items', () => {
    expect(alphaIfDeleted(itemCovariances([[1, 2], [2, 3]], 2))).toEqual([null, null]);
  });
});
