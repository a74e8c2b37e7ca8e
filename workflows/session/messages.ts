import { defineQuery, defineSignal } from '@temporalio/workflow';

import type { RowChange } from '../row-watch.ts';

/** Type name of the workflow that follows one exam session. */
export const EXAM_SESSION_WORKFLOW = 'examSessionWorkflow';

/** What the workflow is started with: the id of its row, which says everything else. */
export interface ExamSessionInput {
  readonly sessionId: string;
}

/** How the workflow ended. */
export interface ExamSessionResult {
  readonly state: string;
  readonly version: number;
}

/** The row of the session changed by a command. */
export interface SessionRowChanged extends RowChange {
  /** The command, null when the platform itself asks for a look. */
  readonly commandId: string | null;
}

/** What the workflow is waiting for, for the admin console. */
export interface SessionStatus {
  readonly state: string;
  readonly version: number;
  readonly waitingFor: 'row' | 'deadline' | 'pause-alert' | 'pause-limit' | 'grading' | 'nothing';
}

/** The id of the workflow of a session. */
export function examSessionWorkflowId(sessionId: string): string {
  return `exam-session-${sessionId}`;
}

/** Says that the row changed; harmless when it is early, late or repeated. */
export const sessionRowChangedSignal = defineSignal<[SessionRowChanged]>('sessionRowChanged');

/** What the workflow is waiting for. */
export const getSessionStatusQuery = defineQuery<SessionStatus>('getSessionStatus');
