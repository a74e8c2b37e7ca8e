import type { Queryable } from '#db/connection.ts';

/**
 * The time that clients are told: the database decides every deadline, so its clock is the one to count down by,
 * also where the API runs on another machine.
 */
export interface ServerClock {
  /** Epoch ms of the database, from this process's monotonic clock and the last measured offset. */
  nowMs(): number;
  /** Database clock minus this process's wall clock, ms; null before the first measurement. */
  offsetMs(): number | null;
  start(): void;
  stop(): void;
}

const EVERY_MS = 5_000;
/** A measurement that took longer than this says too little. */
const MAX_ROUND_TRIP_MS = 50;

/** Measures the offset now and every 5 s; until then the process's own clock stands in. */
export function createServerClock(q: Queryable): ServerClock {
  let base: number | null = null;
  let timer: NodeJS.Timeout | undefined;

  async function measure(): Promise<void> {
    const began = performance.now();
    const { rows } = await q.query<{ ms: number }>('select extract(epoch from holdfast_now()) * 1000 as ms');
    const ended = performance.now();
    if (base === null || ended - began <= MAX_ROUND_TRIP_MS) base = Number(rows[0]!.ms) - (began + ended) / 2;
  }
  const measureQuietly = (): void => void measure().catch(() => undefined);

  return {
    nowMs: () => (base === null ? Date.now() : Math.floor(base + performance.now())),
    offsetMs: () => (base === null ? null : base + performance.now() - Date.now()),
    start() {
      measureQuietly();
      timer = setInterval(measureQuietly, EVERY_MS);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}
