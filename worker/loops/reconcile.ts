import type { Logger } from 'pino';

import type { Db } from '#db/connection.ts';
import { outboxAgeMs, reconcileSessions, reconcileWindows } from '#db/reconcile.ts';
import { reconcileRuns } from '#db/runs/items.ts';

import type { NamespaceWatch } from '../temporal/namespace.ts';
import { createLoop, type Loop } from './loop.ts';

const EVERY_MS = 60_000;
/** A wake-up that waits longer than this needs attention. */
const OLD_OUTBOX_MS = 60_000;

/**
 * Compares Postgres with what workflows have reported, and asks the relay to start or wake what is missing: a Temporal
 * store that was lost heals from here. Plain SQL; Temporal is only asked who it is.
 * @param options `wakeRelay` is called when there is something to send
 */
export function createReconcileLoop(options: { db: Db; namespace: NamespaceWatch; wakeRelay: () => void; log: Logger }): Loop {
  const { db, namespace, wakeRelay, log } = options;
  return createLoop({
    name: 'reconcile',
    everyMs: EVERY_MS,
    log,
    async tick() {
      const ageMs = await outboxAgeMs(db);
      if (ageMs !== null && ageMs > OLD_OUTBOX_MS) log.error({ ageMs }, 'the oldest wake-up for a workflow is older than a minute');
      // while Temporal is away there is nothing to compare with; what is due then waits in the outbox
      const namespaceId = await namespace.refresh();
      const sessions = await reconcileSessions(db, namespaceId);
      const windows = await reconcileWindows(db, namespaceId);
      const runs = await reconcileRuns(db, namespaceId);
      if (sessions + windows + runs > 0) {
        log.warn({ sessions, windows, runs }, 'workflows were missing or behind their rows');
        wakeRelay();
      }
      return false;
    },
  });
}
