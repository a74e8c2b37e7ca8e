import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { inTransaction } from '#db/connection.ts';
import { countFlagged, lockPlace, selectCurrentItem, updatePlace } from '#db/session/place.ts';
import { type CoreBench, openBench } from '#tests/support/core.ts';

let bench: CoreBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

test('a session without a place is at its first item, and its very first place may have number 0', async () => {
  const sessionId = randomUUID();
  expect(await selectCurrentItem(bench.db, sessionId)).toBeNull();
  expect(await countFlagged(bench.db, sessionId)).toBe(0);
  await inTransaction(bench.db, async (tx) => {
    const { place, lastSeq } = await lockPlace(tx, sessionId);
    expect({ place, lastSeq }).toEqual({ place: { currentItemId: null, seen: [], flagged: [], notes: {}, reached: 1, clientSeq: 0 }, lastSeq: -1 });
  });
});

test('two windows that move at once follow each other: the second sees what the first has reached', async () => {
  const sessionId = randomUUID();
  const reached: number[] = [];
  await Promise.all(Array.from({ length: 6 }, () => inTransaction(bench.db, async (tx) => {
    const { place, lastSeq } = await lockPlace(tx, sessionId);
    reached.push(place.reached);
    await updatePlace(tx, sessionId, { ...place, reached: place.reached + 1, clientSeq: lastSeq + 1 });
  })));
  expect(reached.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
});
