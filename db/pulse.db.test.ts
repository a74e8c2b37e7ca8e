import { afterAll, beforeAll, expect, test } from 'vitest';

import { type CoreBench, openBench } from '#tests/support/core.ts';

import { recordPulse } from './pulse.ts';

let bench: CoreBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const outages = async () =>
  (await bench.db.query('select detail, (extract(epoch from ended_at - began_at) * 1000)::int as ms from outages order by id')).rows;

test('the first beat of a part is no outage', async () => {
  expect((await recordPulse(bench.db, 'first', {})).gapMs).toBeNull();
});

test('a beat within three seconds leaves nothing behind', async () => {
  await recordPulse(bench.db, 'steady', {});
  await bench.clock.advance(2_500);
  expect((await recordPulse(bench.db, 'steady', {})).gapMs).toBeNull();
  expect(await outages()).toEqual([]);
});

test('a beat that comes later records the gap as an outage, once', async () => {
  await recordPulse(bench.db, 'worker', { clockOffsetMs: 1 });
  await bench.clock.advance(60_000);
  const { gapMs, clockAtMs } = await recordPulse(bench.db, 'worker', { clockOffsetMs: 2 });
  expect(gapMs).toBeGreaterThanOrEqual(60_000);
  expect(Math.abs(clockAtMs - (await bench.clock.nowMs()))).toBeLessThan(1_000);
  expect((await recordPulse(bench.db, 'worker', { clockOffsetMs: 3 })).gapMs).toBeNull();
  const [only, ...others] = await outages();
  expect(only).toMatchObject({ detail: 'no pulse of worker' });
  expect(only!['ms']).toBeGreaterThanOrEqual(60_000);
  expect(others).toEqual([]);
});
