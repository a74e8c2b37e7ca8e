import type { Logger } from 'pino';

import type { Bus } from '#db/bus.ts';
import type { Db } from '#db/connection.ts';
import { claimOutbox, finishOutbox, type OutboxRow, postponeOutbox } from '#db/relay.ts';

import { EARLY_MS, type WorkflowStarter } from '../temporal/starter.ts';
import { createHold, type HoldLevel } from './hold.ts';
import { createLoop, type Loop } from './loop.ts';
import { createPace } from './pace.ts';

/** A row is claimed for longer than all calls of its batch can take, so that no second relay sends it meanwhile. */
const LEASE_MS = 20_000;
const BATCH = 20;
const IN_FLIGHT = 8;
/**
 * A workflow costs as much processor time as twenty saves, and nobody waits for it: the pace when nobody is waiting for anything, in a
 * spike, and in one that does not end. The first is the most that leaves saves undisturbed; the others never let the outbox stand still.
 */
const PER_SECOND: Readonly<Record<HoldLevel, number>> = { none: 40, full: 4, eased: 12 };
/** How long one request to hold back counts, ms. */
const HOLD_MS = 1_000;
/** Longer than a class takes to start, shorter than the minute after which a wake-up is late, ms. */
const FULL_HOLD_MS = 30_000;
const HELD_BATCH = 2;
const IDLE_MS = 200;
const POSTPONE_MS = 2_000;
const MAX_POSTPONE_MS = 60_000;

/**
 * Takes wake-ups for workflows from the outbox to Temporal, and nearly stops for the seconds in which a process says that it is busy.
 * While Temporal is away it takes nothing and only asks whether it is back; a row that is refused for another reason is put off, longer
 * each time, and the others go on.
 */
export function createRelayLoop(options: { db: Db; bus: Pick<Bus, 'onBusy'>; starter: WorkflowStarter; log: Logger }): Loop {
  const { db, bus, starter, log } = options;
  let reachable = false;
  const hold = createHold({ forMs: HOLD_MS, fullMs: FULL_HOLD_MS });
  const pace = createPace(() => PER_SECOND[hold.level()]);
  bus.onBusy(() => hold.ask());

  async function send(row: OutboxRow): Promise<void> {
    const verdict = reachable ? await starter.wake(row, () => pace.next()) : { outcome: 'away' } as const;
    switch (verdict.outcome) {
      case 'sent':
      case 'needless':
        return await finishOutbox(db, row.id);
      case 'early':
        return await postponeOutbox(db, row.id, EARLY_MS);
      case 'away':
        reachable = false;
        return await postponeOutbox(db, row.id, 0);
      case 'refused':
        log.error({ topic: row.topic, key: row.key, attempts: row.attempts, err: verdict.error }, 'Temporal refused a wake-up; it is tried again');
        return await postponeOutbox(db, row.id, Math.min(MAX_POSTPONE_MS, POSTPONE_MS * 2 ** Math.min(row.attempts, 5)));
    }
  }

  return createLoop({
    name: 'relay',
    everyMs: IDLE_MS,
    log,
    async tick() {
      if (!reachable) {
        await starter.check();
        reachable = true;
      }
      const batch = hold.level() === 'full' ? HELD_BATCH : BATCH;
      const rows = await claimOutbox(db, batch, LEASE_MS);
      const queue = rows.values();
      // the lanes share one iterator: each takes the next row as soon as it is free
      await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, rows.length) }, async () => {
        for (const row of queue) await send(row);
      }));
      return reachable && rows.length === batch && hold.level() === 'none';
    },
  });
}
