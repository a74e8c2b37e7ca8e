import { cancellationSignal, heartbeat } from '@temporalio/activity';

import { type Db, inTransaction } from '#db/connection.ts';
import { announceReports } from '#db/mail/announce.ts';
import { concludeRegrades } from '#db/regrade/conclude.ts';
import { countRun, endRun, failShard, listPendingItems, markRun, planRetry, planRun, type RunPlan } from '#db/runs/items.ts';
import type { RunRow } from '#db/runs/rows.ts';

import { withRefusals } from '../failure.ts';
import type { Marker } from './mark-session.ts';

/** Sessions that are marked in one transaction: far fewer round trips, and still some tens of ms. */
const SESSIONS_PER_BATCH = 25;

/** A run. */
export interface OfRun {
  readonly runId: string;
}

/** One shard of a run. */
export interface OfShard extends OfRun {
  readonly shard: number;
}

/** Counters of a run as they stand in its row. */
export type RunCounts = Pick<RunPlan, 'state' | 'done' | 'failed' | 'total'>;

/** Activities of `gradingRunWorkflow`; each can be repeated without harm. */
export interface RunActivities {
  /** Takes stock of the closed sessions and cuts what is pending into shards. */
  planRun(input: OfRun): Promise<RunPlan>;
  /** Makes the failed sessions pending again. */
  planRetry(input: OfRun): Promise<RunPlan>;
  /** Marks the pending sessions of a shard, some in each transaction, with a heartbeat after each of them. */
  gradeShard(input: OfShard): Promise<RunCounts>;
  /** Fails what is pending in a shard that could not be worked through. */
  failShard(input: OfShard): Promise<RunCounts>;
  /** Notes a pause or its end. */
  markRun(input: OfRun & { readonly state: 'running' | 'paused' }): Promise<void>;
  /** Completes the run. */
  finishRun(input: OfRun): Promise<RunCounts>;
  /** Cancels what is pending. */
  cancelRun(input: OfRun): Promise<RunCounts>;
}

/**
 * @param deps `namespaceId` of the Temporal store that the worker is connected to; `wake` tells the other processes
 *   that something was committed; `marker` marks sessions, `batchSize` of them in one transaction
 */
export function createRunActivities(
  deps: { db: Db; namespaceId: () => string; wake: () => void; marker: Marker; batchSize?: number },
): RunActivities {
  const { db, namespaceId, wake, marker, batchSize = SESSIONS_PER_BATCH } = deps;

  /** What every change of a run ends with: the others are woken, the workflow gets the numbers. */
  function tell(run: RunRow): RunCounts {
    wake();
    return { state: run.state, done: run.done, failed: run.failed, total: run.total };
  }

  return {
    planRun: ({ runId }) => withRefusals(() => planRun(db, runId, namespaceId())),
    planRetry: ({ runId }) => withRefusals(() => planRetry(db, runId)),
    async gradeShard({ runId, shard }) {
      const pending = await listPendingItems(db, runId, shard);
      for (let from = 0; from < pending.length; from += batchSize) {
        // a cancelled run is heard of by the heartbeats
        cancellationSignal().throwIfAborted();
        await marker.markForRun(runId, pending.slice(from, from + batchSize));
        heartbeat({ marked: from });
      }
      return tell(await inTransaction(db, (tx) => countRun(tx, runId)));
    },
    failShard: async ({ runId, shard }) => tell(await failShard(db, runId, shard)),
    async markRun({ runId, state }) {
      await markRun(db, runId, state);
      wake();
    },
    async finishRun({ runId }) {
      const run = await endRun(db, runId, 'completed');
      const { examId, kind, params, state } = run;
      if (kind === 'grading' && state === 'completed' && examId !== null && params['only'] !== 'ungraded') await inTransaction(db, (tx) => concludeRegrades(tx, examId));
      if (kind === 'report' && state === 'completed') await inTransaction(db, (tx) => announceReports(tx, run));
      return tell(run);
    },
    cancelRun: async ({ runId }) => tell(await endRun(db, runId, 'cancelled')),
  };
}
