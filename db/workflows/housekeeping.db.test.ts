import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { type CoreBench, openBench } from '#tests/support/core.ts';

import { prune } from './housekeeping.ts';

const DAY = 86_400_000;

let bench: CoreBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

test('stored replies are kept for a week and not longer', async () => {
  await bench.db.query(`insert into idempotency (actor_id, route, key, request_hash) values ($1, 'POST /x', $2, 'hash')`, [randomUUID(), randomUUID()]);
  const kept = async (): Promise<number> => (await bench.db.query('select from idempotency')).rowCount ?? 0;
  await bench.clock.advance(7 * DAY - 60_000);
  await prune(bench.db);
  expect(await kept()).toBe(1);
  await bench.clock.advance(120_000);
  await prune(bench.db);
  expect(await kept()).toBe(0);
});
