import type { Logger } from 'pino';

import type { Db } from '#db/connection.ts';
import { checkInvariants } from '#db/session/invariants.ts';
import { prune } from '#db/workflows/housekeeping.ts';

import { createLoop, type Loop } from './loop.ts';

const LOOK_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Prunes what has outlived its use each hour, and checks once a day everything that has to hold; a violation is an alert.
 * The first time comes an hour after the start: a process that is restarted often must not do it each time.
 */
export function createHousekeepingLoop(options: { db: Db; log: Logger }): Loop {
  const { db, log } = options;
  let pruneAt = performance.now() + HOUR_MS;
  let checkAt = performance.now() + HOUR_MS;
  return createLoop({
    name: 'housekeeping',
    everyMs: LOOK_MS,
    log,
    async tick() {
      const now = performance.now();
      if (now >= pruneAt) {
        await prune(db);
        pruneAt = now + HOUR_MS;
      }
      if (now >= checkAt) {
        const broken = (await checkInvariants(db)).filter(({ holds }) => !holds);
        for (const { name, violations, detail } of broken) log.error({ invariant: name, violations }, `an invariant does not hold: ${detail}`);
        checkAt = now + DAY_MS;
      }
      return false;
    },
  });
}
