import type { Logger } from 'pino';

import type { Db } from '#db/connection.ts';
import { claimOutbox, finishOutbox, type OutboxRow, postponeOutbox } from '#db/relay.ts';

import type { WorkflowStarter } from '../temporal/starter.ts';
import { createLoop, type Loop } from './loop.ts';
import { createPace } from './pace.ts';

/** A row is claimed for longer than all calls of its batch can take, so that no second relay sends it meanwhile. */
const LEASE_MS = 20_000;
const BATCH = 20;
const IN_FLIGHT = 8;
/** Faster than this, and starting workflows would slow down saving answers. */
const PER_SECOND = 40;
const IDLE_MS = 200;
/** What a workflow takes to read a change that the API has told it directly. */
const EARLY_MS = 300;
const POSTPONE_MS = 2_000;
const MAX_POSTPONE_MS = 60_000;

/**
 * Takes wake-ups for workflows from the outbox to Temporal. While Temporal is away it takes nothing and only asks
 * whether it is back; a row that is refused for another reason is put off, longer each time, and the others go on.
 */
export function createRelayLoop(options: { db: Db; starter: WorkflowStarter; log: Logger }): Loop {
  const { db, starter, log } = options;
  const pace = createPace(PER_SECOND);
  let reachable = false;

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
      const rows = await claimOutbox(db, BATCH, LEASE_MS);
      const queue = rows.values();
      // the lanes share one iterator: each takes the next row as soon as it is free
      await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, rows.length) }, async () => {
        for (const row of queue) await send(row);
      }));
      return reachable && rows.length === BATCH;
    },
  });
}
