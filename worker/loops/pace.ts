import { setTimeout as sleep } from 'node:timers/promises';

/** Spreads calls evenly: at most `perSecond`, without bursts after a quiet time. */
export interface Pace {
  /** Resolves when the next call may be made. */
  next(): Promise<void>;
}

/** @param perSecond calls in one second */
export function createPace(perSecond: number): Pace {
  const gapMs = 1_000 / perSecond;
  let freeAt = 0;
  return {
    async next() {
      const now = performance.now();
      const at = Math.max(now, freeAt);
      freeAt = at + gapMs;
      if (at > now) await sleep(at - now);
    },
  };
}
