import { instant, maybeInstant } from '#api/session-commands/present.ts';
import type { AuditRow } from '#db/admin/audit.ts';
import type { Outage } from '#db/admin/outages.ts';
import type { WorkflowRow } from '#db/admin/workflows.ts';

import type { TemporalFacts } from './temporal.ts';
import type { TimelineStep } from './timeline.ts';
import { workflowIdOf } from './workflow-ids.ts';

/** A row of the audit log. */
export function presentAudit(row: AuditRow): Record<string, unknown> {
  return {
    id: String(row.id),
    at: instant(row.atMs),
    actor: row.actorId === null ? null : { id: row.actorId, name: row.actorName },
    address: row.address,
    requestId: row.requestId,
    action: row.action,
    resourceType: row.resourceType,
    resourceId: row.resourceId,
    examId: row.examId,
    sessionId: row.sessionId,
    reason: row.reason,
    before: row.before,
    after: row.after,
  };
}

/** A workflow in the list. */
export function presentWorkflow(row: WorkflowRow, facts: TemporalFacts | undefined): Record<string, unknown> {
  return {
    workflowId: workflowIdOf(row),
    kind: row.kind,
    examId: row.examId,
    examTitle: row.examTitle,
    sessionId: row.kind === 'session' ? row.id : null,
    runId: facts?.runId ?? row.runId,
    state: row.state,
    rowVersion: row.rowVersion,
    seenVersion: row.seenVersion,
    behind: (row.seenVersion ?? 0) < row.rowVersion,
    startedAt: instant(row.startedAtMs),
    seenAt: maybeInstant(row.seenAtMs),
    completedAt: maybeInstant(row.completedAtMs),
    status: facts?.status ?? null,
  };
}

/** One workflow with its story. */
export function presentWorkflowDetail(row: WorkflowRow, facts: TemporalFacts | undefined, steps: readonly TimelineStep[]): Record<string, unknown> {
  return {
    ...presentWorkflow(row, facts),
    temporal: facts === undefined ? null : {
      status: facts.status,
      runId: facts.runId,
      taskQueue: facts.taskQueue,
      startedAt: instant(facts.startedAtMs),
      closedAt: maybeInstant(facts.closedAtMs),
      historyLength: facts.historyLength,
    },
    steps: steps.map((step) => ({ at: instant(step.atMs), source: step.source, text: step.text, actor: step.actor, reason: step.reason })),
  };
}

/** An outage. */
export function presentOutage(outage: Outage): Record<string, unknown> {
  return {
    id: String(outage.id),
    beganAt: instant(outage.beganAtMs),
    endedAt: instant(outage.endedAtMs),
    seconds: Math.ceil((outage.endedAtMs - outage.beganAtMs) / 1000),
    detail: outage.detail,
  };
}
