import { describe, expect, test } from 'vitest';

import { adjustForAll, poissonBinomialTail, weightedTail } from './tail.ts';

describe('the tail of unequal trials', () => {
  test('is that of the binomial where all chances are equal', () => {
    // P(X >= 3) of B(5, 1/2) = 16/32, P(X >= 5) = 1/32
    expect(poissonBinomialTail([0.5, 0.5, 0.5, 0.5, 0.5], 3)).toBeCloseTo(0.5, 12);
    expect(poissonBinomialTail([0.5, 0.5, 0.5, 0.5, 0.5], 5)).toBeCloseTo(1 / 32, 12);
  });
  test('is 1 for none and 0 for more than there are', () => {
    expect([poissonBinomialTail([0.1], 0), poissonBinomialTail([0.1], 2)]).toEqual([1, 0]);
  });
  test('of a weighted sum is near to the exact one', () => {
    const size = 14;
    const chances = Float64Array.from({ length: size }, (_, at) => 0.1 + 0.03 * at);
    const weights = Float64Array.from({ length: size }, (_, at) => 1 + 0.37 * ((at * 5) % 7));
    const sum = 18;
    let exact = 0;
    for (let set = 0; set < 2 ** size; set += 1) {
      let mass = 1;
      let total = 0;
      for (let at = 0; at < size; at += 1) {
        const hit = (set >> at) & 1;
        mass *= hit === 1 ? chances[at]! : 1 - chances[at]!;
        total += hit * weights[at]!;
      }
      if (total >= sum) exact += mass;
    }
    expect(weightedTail(chances, weights, size, sum) / exact).toBeGreaterThan(0.85);
    expect(weightedTail(chances, weights, size, sum) / exact).toBeLessThan(1.15);
  });
  test('of everything is the product of the chances', () => {
    expect(weightedTail(Float64Array.of(0.1, 0.2), Float64Array.of(1, 2), 2, 3)).toBeCloseTo(0.02, 12);
  });
});

test('p-values are adjusted for pairs that were not compared', () => {
  expect(adjustForAll([0.001, 0.0001], 100)).toEqual([0.05, 0.01].map((value) => expect.closeTo(value, 12) as number));
});
