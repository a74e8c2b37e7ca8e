import { describe, expect, test } from 'vitest';

import { cohenD, histogram, kurtosis, mean, pearson, populationVariance, quantile, sampleSd, sampleVariance, skewness, standardErrorOfMean, sumOf } from './descriptive.ts';

// the example of the help pages of Excel for SKEW and KURT
const EXCEL = [3, 4, 5, 2, 3, 4, 5, 6, 4, 7];

describe('moments and quantiles', () => {
  test.each<[string, number | null, number]>([
    ['mean', mean([2, 4, 4, 4, 5, 5, 7, 9]), 5],
    ['variance of a population', populationVariance([2, 4, 4, 4, 5, 5, 7, 9]), 4],
    ['variance of a sample', sampleVariance([2, 4, 4, 4, 5, 5, 7, 9]), 32 / 7],
    ['standard deviation of a sample', sampleSd([1, 2, 3, 4, 5]), Math.sqrt(2.5)],
    ['standard error of the mean', standardErrorOfMean([1, 2, 3, 4, 5]), Math.sqrt(0.5)],
    ['skewness, Excel SKEW', skewness(EXCEL), 0.359543071],
    ['excess kurtosis, Excel KURT', kurtosis(EXCEL), -0.151799637],
    ['first quartile, Excel QUARTILE.INC', quantile([1, 2, 4, 7, 8, 9, 10, 12], 0.25), 3.5],
    ['median of an even number', quantile([4, 1, 3, 2], 0.5), 2.5],
    ['tenth part of a hundred', quantile(Array.from({ length: 101 }, (_, index) => index), 0.1), 10],
    ['correlation', pearson([1, 2, 3, 4], [1, 3, 2, 4]), 0.8],
    ["Cohen's d", cohenD([2, 4, 6], [1, 3, 5]), 0.5],
    ['a sum that plain addition loses', sumOf([1, 1e100, 1, -1e100]), 2],
  ])('%s', (_title, value, expected) => {
    expect(value).toBeCloseTo(expected, 9);
  });

  test.each<[string, number | null]>([
    ['mean of nothing', mean([])], ['variance of one', sampleVariance([3])], ['sd of one', sampleSd([3])], ['quantile of nothing', quantile([], 0.5)],
    ['skewness of two', skewness([1, 2])], ['skewness of the same', skewness([0.1, 0.1, 0.1])], ['kurtosis of three', kurtosis([1, 2, 3])],
    ['kurtosis of the same', kurtosis([0.3, 0.3, 0.3, 0.1 + 0.2])], ['correlation with the same', pearson([1, 2, 3], [2, 2, 2])], ['correlation of one pair', pearson([1], [2])],
    ['d of one', cohenD([1], [2, 3])], ['d of the same', cohenD([1, 1], [1, 1])],
  ])('%s is not defined', (_title, value) => {
    expect(value).toBeNull();
  });

  test('values that differ only by floating point do not vary', () => {
    expect(sampleVariance([0.3, 0.1 + 0.2])).toBe(0);
  });

  test('the histogram keeps 100 in the last step and what is below 0 in the first', () => {
    expect(histogram([-5, 0, 24.9, 25, 99.9, 100], 4)).toEqual([3, 1, 0, 2]);
  });
});
