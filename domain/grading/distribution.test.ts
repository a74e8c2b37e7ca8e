import { expect, it } from 'vitest';

import { histogramOf, meanOf, medianOf } from './distribution.ts';

it('counts in steps of 5 %: below 0 in the first, 100 in the last', () => {
  const steps = histogramOf([-3, 0, 4.99, 5, 99.99, 100]);
  expect([steps.length, steps[0], steps[1], steps[19], steps.reduce((sum, count) => sum + count)]).toEqual([20, 3, 1, 2, 6]);
});

it('has a mean and a median, and none of nothing', () => {
  expect([meanOf([1, 2, 2]), medianOf([1, 2, 4]), medianOf([1, 2, 3, 4])]).toEqual([1.67, 2, 2.5]);
  expect([meanOf([]), medianOf([])]).toEqual([null, null]);
});
