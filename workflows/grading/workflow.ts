/**
 * Marks the closed sessions of an exam in shards. A session that can not be marked is data, not a failure of the run;
 * a run that is cancelled, paused or started twice leaves every session either marked or pending.
 *
 * Events: 6 per shard, at most 300 shards for one wave, so a run never has to continue as new.
 */
import { proxyActivities } from '@temporalio/workflow';

import type { RunActivities } from '#activities/grading/run-activities.ts';

import { gradeShardOfRun } from '../activity-options.ts';
import type { RunInput, RunProgress } from '../runs/messages.ts';
import { orFailShard, runInShards, runRowSteps } from '../runs/run-in-shards.ts';

/** Marks the closed sessions of one exam and reports how many it could and could not mark. */
export async function gradingRunWorkflow({ runId }: RunInput): Promise<RunProgress> {
  const { gradeShard } = proxyActivities<RunActivities>(gradeShardOfRun('mark a shard of sessions'));
  return await runInShards({ runId, work: { ...runRowSteps(), workShard: orFailShard(gradeShard) } });
}
