import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';

import { GRADING_RUN_WORKFLOW, gradingRunWorkflowId } from '../grading/messages.ts';
import { PLAGIARISM_SCAN_WORKFLOW, plagiarismScanWorkflowId } from '../plagiarism/messages.ts';
import { REPORT_RUN_WORKFLOW, reportRunWorkflowId } from '../report/messages.ts';
import type { RowChange } from '../row-watch.ts';

/** What the workflow of every run is started with: the id of its row in `runs`. */
export interface RunInput {
  readonly runId: string;
}

/** Where a run stands; the same states as its row. */
export type RunState = 'queued' | 'running' | 'paused' | 'completed' | 'failed' | 'cancelled';

/** Counters of a run. */
export interface RunProgress {
  readonly state: RunState;
  readonly done: number;
  readonly failed: number;
  readonly total: number;
  /** Shards that may be in work at the same time. */
  readonly concurrency: number;
}

/** An update without arguments still takes one object. */
export type NoArguments = Record<string, never>;

/** Bounds of the number of shards in work at the same time. */
export const CONCURRENCY = { min: 1, initial: 4, max: 8 } as const;

/** Wakes or starts the run; it says nothing that the run would have to read again. */
export const runRowChangedSignal = defineSignal<[RowChange]>('runRowChanged');

/** Starts no further shard; the ones in work end. Refused with `state-conflict` unless the run is running. */
export const pauseRunUpdate = defineUpdate<RunProgress, [NoArguments]>('pauseRun');

/** Goes on after a pause. Refused with `state-conflict` unless the run is paused. */
export const resumeRunUpdate = defineUpdate<RunProgress, [NoArguments]>('resumeRun');

/** Marks the failed sessions again. Refused with `state-conflict` unless the run has completed with failures. */
export const retryFailedUpdate = defineUpdate<RunProgress, [NoArguments]>('retryFailed');

/** Sets how many shards may be in work at the same time; `validation-failed` outside of `CONCURRENCY`. */
export const setConcurrencyUpdate = defineUpdate<RunProgress, [{ readonly concurrency: number }]>('setConcurrency');

/** The counters, for the admin console; everybody else reads the row. */
export const getProgressQuery = defineQuery<RunProgress>('getProgress');

/** The workflow of each kind of run: its type, and its id made of the id of the row. */
export const RUN_WORKFLOWS = {
  grading: { type: GRADING_RUN_WORKFLOW, idOf: gradingRunWorkflowId, name: 'grading run' },
  'plagiarism-scan': { type: PLAGIARISM_SCAN_WORKFLOW, idOf: plagiarismScanWorkflowId, name: 'plagiarism scan' },
  report: { type: REPORT_RUN_WORKFLOW, idOf: reportRunWorkflowId, name: 'report run' },
} as const;
