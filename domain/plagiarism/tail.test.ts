import { describe, expect, test } from 'vitest';

import { adjustForAll, poissonBinomialTail } from './tail.ts';

describe('the tail of unequal trials', () => {
  test('is that of the binomial where all chances are equal', () => {
    // P(X >= 3) of B(5, 1/2) = 16/32, P(X >= 5) = 1/32
    expect(poissonBinomialTail([0.5, 0.5, 0.5, 0.5, 0.5], 3)).toBeCloseTo(0.5, 12);
    expect(poissonBinomialTail([0.5, 0.5, 0.5, 0.5, 0.5], 5)).toBeCloseTo(1 / 32, 12);
  });
  test('is 1 for none and 0 for more than there are', () => {
    expect([poissonBinomialTail([0.1], 0), poissonBinomialTail([0.1], 2)]).toEqual([1, 0]);
  });
});

test('p-values are adjusted for pairs that were not compared', () => {
  expect(adjustForAll([0.001, 0.0001], 100)).toEqual([0.05, 0.01].map((value) => expect.closeTo(value, 12) as number));
});
