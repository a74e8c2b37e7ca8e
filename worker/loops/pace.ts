import { setTimeout as sleep } from 'node:timers/promises';

/** Spreads calls evenly: at most so many a second, without bursts after a quiet time. */
export interface Pace {
  /** Resolves when the next call may be made; calls are let through in the order in which they came. */
  next(): Promise<void>;
}

/** How long a change of the pace may go unnoticed by a call that waits, ms. */
const LOOK_MS = 25;

/** @param perSecond calls in one second, as it stands at each look */
export function createPace(perSecond: () => number): Pace {
  let lastAt = -Infinity;
  let turn = Promise.resolve();

  async function pass(): Promise<void> {
    let waited = false;
    for (;;) {
      const dueAt = lastAt + 1_000 / perSecond();
      const now = performance.now();
      if (now >= dueAt) {
        // a timer that fires late does not slow the pace down
        lastAt = waited ? Math.max(dueAt, now - LOOK_MS) : now;
        return;
      }
      waited = true;
      await sleep(Math.min(dueAt - now, LOOK_MS));
    }
  }

  return { next: () => (turn = turn.then(pass)) };
}
