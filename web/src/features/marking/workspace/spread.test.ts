import { expect, test } from 'vitest';

import { spreadOf } from './spread.ts';

test('whole maxima up to ten have a bar for each point; halves go up', () => {
  const { bars, mean } = spreadOf([0, 2, 2.5, 3], 3, 2);
  expect(bars.map(({ label, count, holds }) => [label, count, holds])).toEqual([['0', 1, false], ['1', 0, false], ['2', 1, true], ['3', 2, false]]);
  expect(mean).toBe(1.875);
});

test('other maxima are cut into ten parts, the highest mark is in the last', () => {
  const { bars } = spreadOf([25, 0, 12.4, 12.5], 25, undefined);
  expect(bars).toHaveLength(10);
  expect(bars.map(({ count }) => count)).toEqual([1, 0, 0, 0, 1, 1, 0, 0, 0, 1]);
  expect(bars[9]!.label).toBe('22.5–25');
});

test('no marks, and a question without points, break nothing', () => {
  expect(spreadOf([], 2, undefined)).toEqual({ mean: 0, bars: [0, 1, 2].map((label) => ({ label: String(label), count: 0, holds: false })) });
  expect(spreadOf([0], 0, 0).bars).toEqual([{ label: '0', count: 1, holds: true }]);
});
