import type { Health, HealthPoint } from './api.ts';

/** How one service does. */
export type ServiceState = 'working' | 'slow' | 'away' | 'not-used';

const SLOW_MS = 250;
const CLOCK_ALERT_MS = 100;
const LEAST_FREE_RATIO = 0.15;
const OLD_WAKE_UP_MS = 60_000;
const SLOW_EVENTS_MS = 5_000;

/** Judges a server by whether and how fast it answered. */
export function judgeServer({ ok, latencyMs }: Health['postgres'], isUsed = true): ServiceState {
  if (!isUsed) return 'not-used';
  if (!ok) return 'away';
  return latencyMs !== null && latencyMs > SLOW_MS ? 'slow' : 'working';
}

/** Judges the clock of the server. */
export function judgeClock(offsetMs: number | null): ServiceState {
  if (offsetMs === null) return 'not-used';
  return Math.abs(offsetMs) > CLOCK_ALERT_MS ? 'slow' : 'working';
}

/** Judges the room on the disk. */
export function judgeDisk(disk: Health['disk']): ServiceState {
  if (disk === null) return 'not-used';
  return disk.freeBytes < disk.totalBytes * LEAST_FREE_RATIO ? 'slow' : 'working';
}

/** Judges what waits to be told to workflows. */
export function judgeWakeUps({ oldestAgeMs }: Health['outbox']): ServiceState {
  return (oldestAgeMs ?? 0) > OLD_WAKE_UP_MS ? 'slow' : 'working';
}

/** Judges the numbering of live events. */
export function judgeStreams({ lagMs }: Health['sequencer']): ServiceState {
  return (lagMs ?? 0) > SLOW_EVENTS_MS ? 'slow' : 'working';
}

/** Values of the points for a small line, at most so many: the largest of each stretch, so that no peak is lost. */
export function seriesOf(points: readonly HealthPoint[], read: (point: HealthPoint) => number | null, most = 60): number[] {
  const values = points.map(read).filter((value) => value !== null);
  const step = Math.max(1, Math.ceil(values.length / most));
  return Array.from({ length: Math.ceil(values.length / step) }, (_, index) => values.slice(index * step, (index + 1) * step).reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a)));
}
