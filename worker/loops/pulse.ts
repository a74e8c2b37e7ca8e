import type { Logger } from 'pino';

import type { Db } from '#db/connection.ts';
import { recordPulse } from '#db/pulse.ts';

import { createLoop, type Loop } from './loop.ts';

const EVERY_MS = 1_000;
/** Workers stand in for each other, so they share one pulse. */
const NAME = 'worker';

/**
 * Writes a pulse each second, with the clock of this machine minus the clock of the database as the last beat showed it;
 * gaps of more than 3 s are recorded as outages by the statement that ends them.
 */
export function createPulseLoop(options: { db: Db; processName: string; log: Logger }): Loop {
  const { db, processName, log } = options;
  let offsetMs = 0;
  return createLoop({
    name: 'pulse',
    everyMs: EVERY_MS,
    log,
    async tick() {
      const before = Date.now();
      const { gapMs, clockAtMs } = await recordPulse(db, NAME, { process: processName, clockOffsetMs: offsetMs });
      // the database read its clock somewhere between the two
      offsetMs = Math.round((before + Date.now()) / 2 - clockAtMs);
      if (gapMs !== null) log.warn({ gapMs }, 'no worker was there for a while; the gap is recorded as an outage');
      return false;
    },
  });
}
