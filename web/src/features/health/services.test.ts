import { describe, expect, test } from 'vitest';

import type { HealthPoint } from './api.ts';
import { clockOffsetOf } from './create-health.ts';
import { judgeClock, judgeDisk, judgeServer, seriesOf } from './services.ts';

const point = (postgresMs: number | null): HealthPoint => ({
  atMs: 0, postgresMs, temporalMs: null, natsMs: null, activeSessions: 0, openStreams: 0, outboxWaiting: 0, clockOffsetMs: null, savesPerMinute: null, saveP95Ms: null,
});

describe('services', () => {
  test('a server that answers late is slow, one that does not is away, one that is not configured is not used', () => {
    expect([judgeServer({ ok: true, latencyMs: 250 }), judgeServer({ ok: true, latencyMs: 251 }), judgeServer({ ok: false, latencyMs: null }), judgeServer({ ok: false, latencyMs: null }, false)])
      .toEqual(['working', 'slow', 'away', 'not-used']);
  });

  test('a clock is worth a look beyond 100 ms to either side', () => {
    expect([judgeClock(100), judgeClock(-101), judgeClock(null)]).toEqual(['working', 'slow', 'not-used']);
  });

  test('a disk is worth a look below 15 percent', () => {
    expect([judgeDisk({ freeBytes: 15, totalBytes: 100 }), judgeDisk({ freeBytes: 14, totalBytes: 100 })]).toEqual(['working', 'slow']);
  });

  test('the worst clock of all processes counts', () => {
    const process = (clockOffsetMs: unknown) => ({ name: 'worker', beatAt: '', ageMs: 0, alive: true, data: { clockOffsetMs } });
    expect(clockOffsetOf({ clock: null, processes: [process(3), process(-8), process('?')] })).toBe(-8);
    expect(clockOffsetOf({ clock: null, processes: [process(undefined)] })).toBeNull();
  });

  test('network time counts before what workers and database think of each other', () => {
    expect(clockOffsetOf({ clock: { offsetMs: -12, delayMs: 4, server: 'time.example', measuredAt: '' }, processes: [] })).toBe(-12);
  });

  test('a small line keeps the peaks of many points, and leaves out what was not measured', () => {
    expect(seriesOf([1, 9, 2, null, 3].map(point), ({ postgresMs }) => postgresMs, 2)).toEqual([9, 3]);
  });
});
