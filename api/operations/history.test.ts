import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { createHealthHistory, STEP_MS } from './history.ts';
import type { Readiness } from './readiness.ts';

const server = { ok: true, latencyMs: 1 };
const readiness: Readiness = { status: 'ok', postgres: server, temporal: server, nats: { ...server, configured: true } };
const figures = { active: 3, paused: 1, outboxWaiting: 0, unsequenced: 0 };
let fails: boolean;
const history = () => createHealthHistory({
  clock: { nowMs: () => Date.now() }, streams: { openStreams: () => 5 },
  look: () => (fails ? Promise.reject(new Error('away')) : Promise.resolve({ readiness, figures })),
});

beforeEach(() => {
  fails = false;
  vi.useFakeTimers({ now: 1_800_000_000_000, toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
});
afterEach(() => vi.useRealTimers());

test('a point each 15 s tells the saves of that time, and how long 95 of 100 took at most', async () => {
  const kept = history();
  kept.start();
  kept.noteBatch(94, 0.002);
  kept.noteBatch(1, 0.005);
  kept.noteBatch(5, 0.8);
  await vi.advanceTimersByTimeAsync(STEP_MS);
  await vi.advanceTimersByTimeAsync(STEP_MS);
  expect(kept.points()).toMatchObject([
    { atMs: 1_800_000_000_000 + STEP_MS, figures, openStreams: 5, savesPerMinute: 400, saveP95Ms: 5 }, { savesPerMinute: 0, saveP95Ms: null },
  ]);
  kept.stop();
});

test('an hour is kept, and no more', async () => {
  const kept = history();
  kept.start();
  await vi.advanceTimersByTimeAsync(STEP_MS * 250);
  expect(kept.points()).toHaveLength(240);
  kept.stop();
});

test('a look that fails leaves a gap and does not end it; stop does', async () => {
  const kept = history();
  kept.start();
  fails = true;
  await vi.advanceTimersByTimeAsync(STEP_MS);
  fails = false;
  await vi.advanceTimersByTimeAsync(STEP_MS);
  expect(kept.points()).toHaveLength(1);
  kept.stop();
  await vi.advanceTimersByTimeAsync(STEP_MS * 3);
  expect(kept.points()).toHaveLength(1);
});
