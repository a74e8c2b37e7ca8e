import {
  allHandlersFinished, CancellationScope, condition, isCancellation, proxyActivities, setHandler,
} from '@temporalio/workflow';

import type { OfShard, RunActivities, RunCounts } from '#activities/grading/run-activities.ts';

import { patientSql, sqlActivities } from '../activity-options.ts';
import { refuse } from '../failure.ts';
import {
  CONCURRENCY, getProgressQuery, type NoArguments, pauseRunUpdate, resumeRunUpdate, retryFailedUpdate, type RunProgress, runRowChangedSignal, type RunState,
  setConcurrencyUpdate,
} from './messages.ts';

/** How long a run with failures waits for `retryFailed`; after that a new run is the way. */
const REVIEW_WINDOW = '14 days';

/** The steps of a run; each can be repeated without harm. */
export interface RunWork extends Pick<RunActivities, 'planRun' | 'planRetry' | 'markRun' | 'finishRun' | 'cancelRun'> {
  /** Works through the pending items of a shard. */
  workShard(input: OfShard): Promise<RunCounts>;
}

/** What makes one kind of run. */
export interface RunKindParts {
  readonly runId: string;
  readonly work: RunWork;
  /** What follows when all shards were worked through, before the run is completed; it waits for `untilRunning` between its steps. */
  readonly conclude?: (untilRunning: () => Promise<void>) => Promise<void>;
}

/**
 * Works through the items of a run in shards, with pause, resume, concurrency, retry of failures and cancel. An item that fails is
 * data, not a failure of the run; a run that is cancelled, paused or started twice leaves every item either done or pending.
 *
 * Events: 6 per shard, at most 300 shards for one wave, so a run never has to continue as new.
 */
export async function runInShards({ runId, work, conclude }: RunKindParts): Promise<RunProgress> {
  const counts = { done: 0, failed: 0, total: 0 };
  let state: RunState = 'queued';
  let concurrency: number = CONCURRENCY.initial;
  let retryWanted = false;
  let inReview = false;
  // states reach the row in the order in which they were decided
  let lane: Promise<unknown> = Promise.resolve();

  const progress = (): RunProgress => ({ state, ...counts, concurrency });
  const setState = async (next: 'running' | 'paused'): Promise<RunProgress> => {
    state = next;
    lane = lane.then(() => work.markRun({ runId, state: next }));
    await lane;
    return progress();
  };
  const only = (wanted: RunState) => (_: NoArguments): void => {
    if (state !== wanted) throw refuse('state-conflict', `the run is ${state}`);
  };

  setHandler(runRowChangedSignal, () => undefined);
  setHandler(getProgressQuery, progress);
  setHandler(pauseRunUpdate, (_: NoArguments) => setState('paused'), { validator: only('running') });
  setHandler(resumeRunUpdate, (_: NoArguments) => setState('running'), { validator: only('paused') });
  setHandler(setConcurrencyUpdate, (wanted) => {
    concurrency = wanted.concurrency;
    return progress();
  }, { validator: checkConcurrency });
  setHandler(retryFailedUpdate, async (_: NoArguments) => {
    retryWanted = true;
    await condition(() => !retryWanted);
    return progress();
  }, {
    validator: (_: NoArguments) => {
      if (!inReview || retryWanted) throw refuse('state-conflict', `the run is ${state} with ${counts.failed} failures`);
    },
  });

  async function wave(plan: { readonly firstShard: number; readonly shards: number }): Promise<void> {
    const end = plan.firstShard + plan.shards;
    let next = plan.firstShard;
    let inWork = 0;
    let broken: Error | undefined;
    const workOn = async (shard: number): Promise<void> => {
      try {
        const { done, failed, total } = await work.workShard({ runId, shard });
        // shards report the counters of the whole run, not always in order
        if (done + failed > counts.done + counts.failed) Object.assign(counts, { done, failed, total });
      } catch (error) {
        broken ??= error as Error;
      } finally {
        inWork -= 1;
      }
    };
    while (next < end || inWork > 0) {
      const room = (): boolean => state === 'running' && next < end && inWork < concurrency;
      while (room() && broken === undefined) {
        inWork += 1;
        void workOn(next);
        next += 1;
      }
      const launchedAt = inWork;
      try {
        await condition(() => broken !== undefined || inWork < launchedAt || room());
      } catch (error) {
        broken ??= error as Error;
      }
      if (broken !== undefined) {
        // cancelled: the shards in work hear of it by their heartbeats
        await CancellationScope.nonCancellable(() => condition(() => inWork === 0));
        throw broken;
      }
    }
  }

  try {
    let plan = await work.planRun({ runId });
    for (;;) {
      Object.assign(counts, { done: plan.done, failed: plan.failed, total: plan.total });
      if (plan.state !== 'running' && plan.state !== 'paused') {
        state = plan.state;
        return progress();
      }
      state = plan.state;
      retryWanted = false;
      await wave(plan);
      await conclude?.(() => condition(() => state === 'running'));
      await lane;
      const finished = await work.finishRun({ runId });
      Object.assign(counts, { done: finished.done, failed: finished.failed, total: finished.total });
      state = finished.state;
      if (counts.failed === 0) break;
      inReview = true;
      const again = await condition(() => retryWanted, REVIEW_WINDOW, { summary: 'retry of the failed sessions possible' });
      inReview = false;
      if (!again) break;
      plan = await work.planRetry({ runId });
    }
    await condition(allHandlersFinished);
    return progress();
  } catch (error) {
    if (!isCancellation(error)) throw error;
    await CancellationScope.nonCancellable(async () => {
      retryWanted = false;
      state = (await work.cancelRun({ runId })).state;
      await condition(allHandlersFinished);
    });
    throw error;
  }
}

function checkConcurrency(wanted: { readonly concurrency: number }): void {
  const { concurrency } = wanted;
  if (!Number.isInteger(concurrency) || concurrency < CONCURRENCY.min || concurrency > CONCURRENCY.max) {
    throw refuse('validation-failed', `concurrency is a whole number from ${CONCURRENCY.min} to ${CONCURRENCY.max}`);
  }
}

/** The steps that are the same for every kind of run: they only touch its row and its items. */
export function runRowSteps(): Omit<RunWork, 'workShard'> {
  const sql = sqlActivities<RunActivities>();
  const plans = proxyActivities<RunActivities>(patientSql('plan the run'));
  return {
    planRun: plans.planRun,
    planRetry: plans.planRetry,
    markRun: sql('markRun', 'note the state of the run'),
    finishRun: sql('finishRun', 'finish the run'),
    cancelRun: sql('cancelRun', 'cancel the rest of the run'),
  };
}

/** Makes a shard step of which a total breakdown counts as failed items: the run goes on. */
export function orFailShard(shard: (input: OfShard) => Promise<RunCounts>): (input: OfShard) => Promise<RunCounts> {
  const plans = proxyActivities<RunActivities>(patientSql('plan the run'));
  return async (input) => {
    try {
      return await shard(input);
    } catch (error) {
      if (isCancellation(error)) throw error;
      return await plans.failShard(input);
    }
  };
}
