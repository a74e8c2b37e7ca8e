import type { WorkflowKind } from '#db/admin/workflows.ts';
import type { RunKind } from '#db/runs/rows.ts';
import { RUN_WORKFLOWS } from '#workflows/runs/messages.ts';
import { examWindowWorkflowId } from '#workflows/schedule/messages.ts';
import { examSessionWorkflowId } from '#workflows/session/messages.ts';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id of the workflow that follows a row; `runKind` is null unless the row is a run. */
export function workflowIdOf({ kind, id, runKind }: { kind: WorkflowKind; id: string; runKind: RunKind | null }): string {
  if (kind === 'run') return RUN_WORKFLOWS[runKind ?? 'grading'].idOf(id);
  return kind === 'session' ? examSessionWorkflowId(id) : examWindowWorkflowId(id);
}

/** What a workflow of this id follows; undefined for an id that is none of ours. */
export function parseWorkflowId(workflowId: string): { kind: WorkflowKind; id: string } | undefined {
  const id = UUID.exec(workflowId)?.[0];
  if (id === undefined) return undefined;
  if (workflowId === examSessionWorkflowId(id)) return { kind: 'session', id };
  if (workflowId === examWindowWorkflowId(id)) return { kind: 'window', id };
  return Object.values(RUN_WORKFLOWS).some(({ idOf }) => idOf(id) === workflowId) ? { kind: 'run', id } : undefined;
}
