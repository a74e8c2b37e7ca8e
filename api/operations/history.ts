import type { Deps } from '#api/deps.ts';
import { type Figures, selectFigures } from '#db/admin/health.ts';

import { readReadiness, type Readiness } from './readiness.ts';

/** The platform at one moment, as one API process saw it; null where it could not be told. */
export interface HealthPoint {
  readonly atMs: number;
  readonly readiness: Readiness;
  readonly figures: Pick<Figures, 'active' | 'paused' | 'outboxWaiting' | 'unsequenced'> | null;
  readonly openStreams: number;
  /** Saves that this process committed since the point before, a minute. */
  readonly savesPerMinute: number;
  /** 95 % of them were committed within, ms; null when there were none. */
  readonly saveP95Ms: number | null;
}

/** The last hour of one API process, in memory: nothing of it survives the process. */
export interface HealthHistory {
  /** Counts a committed batch of saves. */
  noteBatch(saves: number, seconds: number): void;
  /** Oldest first. */
  points(): readonly HealthPoint[];
  start(): void;
  stop(): void;
}

/** From one point to the next. */
export const STEP_MS = 15_000;
const KEPT = 240;

/** @param deps `look` reads the servers and the database; a test gives its own */
export function createHealthHistory(deps: { clock: Pick<Deps['clock'], 'nowMs'>; streams: Pick<Deps['streams'], 'openStreams'>; look: () => Promise<Look> }): HealthHistory {
  const points: HealthPoint[] = [];
  let batches: { saves: number; ms: number }[] = [];
  let lastMs = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let stopped = true;

  async function take(): Promise<void> {
    const { readiness, figures } = await deps.look();
    const nowMs = performance.now();
    const saves = batches.reduce((sum, batch) => sum + batch.saves, 0);
    points.push({
      atMs: deps.clock.nowMs(), readiness, figures, openStreams: deps.streams.openStreams(),
      savesPerMinute: Math.round((saves * 60_000) / Math.max(1, nowMs - lastMs)), saveP95Ms: percentile(batches, saves, 0.95),
    });
    if (points.length > KEPT) points.shift();
    batches = [];
    lastMs = nowMs;
  }

  function plan(): void {
    timer = setTimeout(() => void take().catch(() => undefined).then(() => (stopped ? undefined : plan())), STEP_MS).unref();
  }

  return {
    noteBatch: (saves, seconds) => void batches.push({ saves, ms: seconds * 1000 }),
    points: () => points,
    start() {
      stopped = false;
      plan();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** What one look finds. */
export interface Look {
  readonly readiness: Readiness;
  readonly figures: HealthPoint['figures'];
}

/** Looks at the servers, and at the database as far as it answers. */
export async function lookAround(deps: Pick<Deps, 'bus' | 'config' | 'db' | 'workflows'>): Promise<Look> {
  const readiness = await readReadiness(deps);
  const figures = readiness.postgres.ok ? await selectFigures(deps.db).catch(() => null) : null;
  return { readiness, figures };
}

/** Each save of a batch took as long as the batch. */
function percentile(batches: readonly { saves: number; ms: number }[], saves: number, ratio: number): number | null {
  if (saves === 0) return null;
  let left = Math.ceil(saves * ratio);
  for (const batch of batches.toSorted((a, b) => a.ms - b.ms)) {
    left -= batch.saves;
    if (left <= 0) return Math.round(batch.ms * 10) / 10;
  }
  return null;
}
