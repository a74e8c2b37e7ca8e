import { expect, test } from 'vitest';

import { isItemOpen, reachedBy } from '#api/sessions/forward.ts';
import { Refusal } from '#domain/problem.ts';

const ORDER = ['a', 'b', 'c', 'd'];

test('exactly the current item is open, the first one as long as no place was told', () => {
  expect(ORDER.map((id) => isItemOpen({ currentItemId: 'b' }, id, 'a'))).toEqual([false, true, false, false]);
  expect(ORDER.map((id) => isItemOpen({ currentItemId: null }, id, 'a'))).toEqual([true, false, false, false]);
});

test.each([
  [{ currentItemId: null, reached: 1 }, 'a', 1],
  [{ currentItemId: null, reached: 1 }, 'b', 2],
  [{ currentItemId: 'b', reached: 2 }, 'b', 2],
  [{ currentItemId: 'b', reached: 2 }, 'd', 4],
  [{ currentItemId: 'b', reached: 3 }, null, 3],
])('from %j moving to %s has reached %i items', (place, target, reached) => {
  expect(reachedBy(ORDER, place, target)).toBe(reached);
});

test('going back is refused as item-locked', () => {
  expect(() => reachedBy(ORDER, { currentItemId: 'c', reached: 3 }, 'b')).toThrow(Refusal);
});
