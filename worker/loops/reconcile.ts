import type { Logger } from 'pino';

import type { Db } from '#db/connection.ts';
import { outboxAgeMs, reconcileSessions, reconcileWindows } from '#db/reconcile.ts';
import { reconcileRuns } from '#db/runs/items.ts';

import type { NamespaceWatch } from '../temporal/namespace.ts';
import { createLoop, type Loop } from './loop.ts';

/** How often Temporal is asked whether it is still the same store. */
const LOOK_MS = 10_000;
/** How often the rows are compared. */
const COMPARE_MS = 60_000;
/** A wake-up that waits longer than this needs attention. */
const OLD_OUTBOX_MS = 60_000;

/**
 * Compares Postgres with what workflows have reported, and asks the relay to start or wake what is missing: a Temporal
 * store that was lost heals from here, within seconds. Plain SQL; Temporal is only asked who it is.
 * @param options `wakeRelay` is called when there is something to send
 */
export function createReconcileLoop(options: { db: Db; namespace: NamespaceWatch; wakeRelay: () => void; log: Logger }): Loop {
  const { db, namespace, wakeRelay, log } = options;
  let comparedAt = -Infinity;
  let comparedWith: string | undefined;
  return createLoop({
    name: 'reconcile',
    everyMs: LOOK_MS,
    log,
    async tick() {
      const ageMs = await outboxAgeMs(db);
      if (ageMs !== null && ageMs > OLD_OUTBOX_MS) log.error({ ageMs }, 'the oldest wake-up for a workflow is older than a minute');
      // while Temporal is away there is nothing to compare with; what is due then waits in the outbox
      const namespaceId = await namespace.refresh();
      if (namespaceId === comparedWith && performance.now() - comparedAt < COMPARE_MS) return false;
      const sessions = await reconcileSessions(db, namespaceId);
      const windows = await reconcileWindows(db, namespaceId);
      const runs = await reconcileRuns(db, namespaceId);
      if (sessions + windows + runs > 0) {
        log.warn({ sessions, windows, runs }, 'workflows were missing or behind their rows');
        wakeRelay();
      }
      comparedAt = performance.now();
      comparedWith = namespaceId;
      return false;
    },
  });
}
