import type { WorkflowKind } from '#db/admin/workflows.ts';
import { gradingRunWorkflowId } from '#workflows/grading/messages.ts';
import { examWindowWorkflowId } from '#workflows/schedule/messages.ts';
import { examSessionWorkflowId } from '#workflows/session/messages.ts';

const BUILDERS: Readonly<Record<WorkflowKind, (id: string) => string>> = {
  session: examSessionWorkflowId,
  window: examWindowWorkflowId,
  run: gradingRunWorkflowId,
};

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id of the workflow that follows a row. */
export function workflowIdOf(kind: WorkflowKind, id: string): string {
  return BUILDERS[kind](id);
}

/** What a workflow of this id follows; undefined for an id that is none of ours. */
export function parseWorkflowId(workflowId: string): { kind: WorkflowKind; id: string } | undefined {
  const id = UUID.exec(workflowId)?.[0];
  if (id === undefined) return undefined;
  const kinds: readonly WorkflowKind[] = ['session', 'window', 'run'];
  const kind = kinds.find((each) => workflowIdOf(each, id) === workflowId);
  return kind === undefined ? undefined : { kind, id };
}
