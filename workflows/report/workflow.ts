/**
 * Writes the PDF reports that were asked for, in shards. A report that can not be written is data, not a failure of the run;
 * a run that is cancelled, paused or started twice leaves every report either written or pending.
 *
 * Events: 6 per shard, at most 300 shards for one wave, so a run never has to continue as new.
 */
import { proxyActivities } from '@temporalio/workflow';

import type { ReportActivities } from '#activities/report/report-activities.ts';

import { writeReportsOfRun } from '../activity-options.ts';
import type { RunInput, RunProgress } from '../runs/messages.ts';
import { orFailShard, runInShards, runRowSteps } from '../runs/run-in-shards.ts';

/** Writes the reports of one run and tells how many it could and could not write. */
export async function reportRunWorkflow({ runId }: RunInput): Promise<RunProgress> {
  const { writeReports } = proxyActivities<ReportActivities>(writeReportsOfRun('write a shard of reports'));
  return await runInShards({ runId, work: { ...runRowSteps(), workShard: orFailShard(writeReports) } });
}
