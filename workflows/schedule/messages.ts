import { defineQuery, defineSignal } from '@temporalio/workflow';

import type { RowChange } from '../row-watch.ts';

/** Type name of the workflow that follows the window of one exam. */
export const EXAM_WINDOW_WORKFLOW = 'examWindowWorkflow';

/** What the workflow is started with: the id of its row. */
export interface ExamWindowInput {
  readonly examId: string;
}

/** How the workflow ended. */
export interface ExamWindowResult {
  readonly version: number;
  /** Milestones that were reached by this run. */
  readonly reached: number;
}

/** The window of the exam changed: published, moved, cancelled. */
export interface WindowRowChanged extends RowChange {
  /** The command, null when the platform itself asks for a look. */
  readonly commandId: string | null;
}

/** One milestone as the admin console shows it. */
export interface PlannedMilestone {
  readonly key: string;
  /** Epoch ms UTC. */
  readonly dueAtMs: number;
  readonly reached: boolean;
}

/** What the workflow has before it. */
export interface WindowPlanStatus {
  readonly version: number;
  readonly milestones: readonly PlannedMilestone[];
}

/** The id of the workflow of an exam window. */
export function examWindowWorkflowId(examId: string): string {
  return `exam-window-${examId}`;
}

/** Says that the row changed; harmless when it is early, late or repeated. */
export const windowRowChangedSignal = defineSignal<[WindowRowChanged]>('windowRowChanged');

/** The milestones and which of them were reached. */
export const getPlanQuery = defineQuery<WindowPlanStatus>('getPlan');
