import type { Logger } from 'pino';

import type { Bus } from '#db/bus.ts';
import type { Db } from '#db/connection.ts';
import { sequenceEvents } from '#db/stream/sequencer.ts';

import { createLoop, type Loop } from './loop.ts';

/** Wake-ups are left to the API processes, who have readers waiting: two processes at each commit of a spike cost more than they bring. */
const EVERY_MS = 100;

/** Gives committed stream events their positions, like every API process does, so that a missing one is not missed. */
export function createSequenceLoop(options: { db: Db; bus: Bus; log: Logger }): Loop {
  const { db, bus, log } = options;
  return createLoop({
    name: 'sequence',
    everyMs: EVERY_MS,
    log,
    async tick() {
      const numbered = await sequenceEvents(db.pool);
      if (numbered > 0) bus.wake();
      return false;
    },
  });
}
