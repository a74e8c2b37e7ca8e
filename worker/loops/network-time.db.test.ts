import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { selectServerClock } from '#db/admin/clock.ts';
import { recordPulse } from '#db/pulse.ts';
import { prune } from '#db/workflows/housekeeping.ts';
import { type CoreBench, openBench } from '#tests/support/core.ts';
import { startNtpServer } from '#tests/support/ntp-server.ts';

import { createNetworkTimeLoop } from './network-time.ts';

const MINUTE = 60_000;
let bench: CoreBench;
let ntp: Awaited<ReturnType<typeof startNtpServer>>;

beforeAll(async () => {
  bench = await openBench();
  ntp = await startNtpServer();
});
afterAll(async () => {
  await ntp.close();
  await bench.close();
});
beforeEach(() => bench.owner.query('truncate clock_measurements, pulses'));

/** Runs the loop until it has measured once. */
async function measure(): Promise<void> {
  const loop = createNetworkTimeLoop({ db: bench.db, servers: [{ host: '127.0.0.1', port: ntp.port }], log: pino({ level: 'silent' }) });
  loop.start();
  for (let tries = 0; tries < 500; tries += 1) {
    if ((await bench.db.query('select from clock_measurements')).rowCount === 1) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await loop.stop();
}

test('what is recorded is the clock of the database against network time, wherever the worker stands', async () => {
  ntp.state.aheadMs = 250;
  await bench.clock.advance(600);
  await measure();
  await bench.clock.advance(-600);
  const clock = await selectServerClock(bench.db, null);
  expect(clock).toBeNull();
  const known = await selectServerClock(bench.db, (await bench.clock.nowMs()) + MINUTE);
  // whole milliseconds on three clocks, and a busy machine
  expect(Math.abs(known!.offsetMs - 350)).toBeLessThan(60);
  expect(known).toMatchObject({ source: 'ntp', server: `127.0.0.1:${ntp.port}` });
});

test('a measurement counts for 20 min, then what a worker sees, then nothing', async () => {
  ntp.state.aheadMs = 0;
  await measure();
  await recordPulse(bench.db, 'worker', { clockOffsetMs: 7 });
  const nowMs = await bench.clock.nowMs();
  expect(await selectServerClock(bench.db, nowMs + 19 * MINUTE)).toMatchObject({ source: 'ntp' });
  expect(await selectServerClock(bench.db, nowMs + 21 * MINUTE)).toMatchObject({ source: 'worker', offsetMs: 7, server: null });
  // a moment before it was measured
  expect(await selectServerClock(bench.db, nowMs - MINUTE)).toMatchObject({ source: 'worker' });
  await bench.owner.query('truncate pulses');
  expect(await selectServerClock(bench.db, nowMs + 21 * MINUTE)).toBeNull();
});

test('measurements are kept for 400 days', async () => {
  await measure();
  const kept = async (): Promise<number> => (await bench.db.query('select from clock_measurements')).rowCount ?? 0;
  await bench.clock.advance(399 * 1440 * MINUTE);
  await prune(bench.db);
  expect(await kept()).toBe(1);
  await bench.clock.advance(2 * 1440 * MINUTE);
  await prune(bench.db);
  expect(await kept()).toBe(0);
});
