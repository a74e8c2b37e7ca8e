/**
 * Compares the closed sessions of an exam with each other: sessions are reduced to hashes in shards, then the pairs that share something rare are
 * found, compared in parts, flagged and grouped. A pause waits for the step in work, a cancel does not. A worker that dies is followed by another one that goes on with what is pending;
 * histories hold ids and counts only.
 *
 * Events: 6 per shard, at most 300 shards, and 6 per part of 8,000 pairs (some 20 parts for 8,000 sessions), so a run never has to continue as new.
 */
import { proxyActivities } from '@temporalio/workflow';

import type { ScanActivities } from '#activities/plagiarism/scan-activities.ts';

import { compareOfScan, gradeShardOfRun } from '../activity-options.ts';
import type { RunInput, RunProgress } from '../runs/messages.ts';
import { orFailShard, runInShards, runRowSteps } from '../runs/run-in-shards.ts';

/** Scans one exam and reports how many sessions it could and could not read. */
export async function plagiarismScanWorkflow({ runId }: RunInput): Promise<RunProgress> {
  const { fingerprintShard } = proxyActivities<ScanActivities>(gradeShardOfRun('reduce a shard of sessions to hashes'));
  const { findCandidates } = proxyActivities<ScanActivities>(compareOfScan('find pairs worth comparing'));
  const { compareCandidates } = proxyActivities<ScanActivities>(compareOfScan('compare a part of the pairs'));
  const { clusterFlags } = proxyActivities<ScanActivities>(compareOfScan('flag and group pairs'));

  async function conclude(untilRunning: () => Promise<void>): Promise<void> {
    await untilRunning();
    const { parts } = await findCandidates({ runId });
    // one after the other: they are CPU work of one process, which keeps the model of the scan meanwhile
    for (let part = 1; part <= parts; part += 1) {
      await untilRunning();
      await compareCandidates({ runId, part });
    }
    await untilRunning();
    await clusterFlags({ runId });
  }

  return await runInShards({ runId, work: { ...runRowSteps(), workShard: orFailShard(fingerprintShard) }, conclude });
}
