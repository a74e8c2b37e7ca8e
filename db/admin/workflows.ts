import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import type { Page, Position } from '../keyset.ts';
import { insertOutbox } from '../outbox.ts';
import type { RunKind } from '../runs/rows.ts';
import { toAuditRow, type AuditRow } from './audit.ts';

/** What a workflow follows: the row of a session, of an exam's window, or of a run. */
export type WorkflowKind = 'session' | 'window' | 'run';

/** A workflow as Postgres knows it. */
export interface WorkflowRow {
  readonly kind: WorkflowKind;
  /** Id of the row that it follows. */
  readonly id: string;
  /** Which run it is; null for sessions and windows. */
  readonly runKind: RunKind | null;
  readonly examId: string | null;
  readonly examTitle: string | null;
  readonly state: string;
  readonly rowVersion: number;
  /** Version that the workflow reported to have read; null when none has reported. */
  readonly seenVersion: number | null;
  readonly runId: string | null;
  readonly startedAtMs: number;
  readonly seenAtMs: number | null;
  readonly completedAtMs: number | null;
}

/** Which workflows, newest first. */
export interface WorkflowRequest {
  readonly kind?: WorkflowKind | undefined;
  readonly id?: string | undefined;
  readonly examId?: string | undefined;
  readonly open?: boolean | undefined;
  readonly behind?: boolean | undefined;
  readonly after: Position | undefined;
  readonly limit: number;
}

interface RawWorkflow {
  kind: WorkflowKind;
  id: string;
  run_kind: RunKind | null;
  exam_id: string | null;
  exam_title: string | null;
  state: string;
  row_version: number;
  seen_version: number | null;
  run_id: string | null;
  started_ms: number;
  seen_at: Date | null;
  completed_at: Date | null;
}

const SESSIONS = `
  select 'session' as kind, s.id, s.exam_id, s.state, s.version as row_version, w.seen_version, w.run_id, instant_ms(s.started_at) as started_ms,
         w.seen_at, w.completed_at, s.closed_at is null as open, null as run_kind
    from exam_sessions s left join session_workflows w on w.session_id = s.id`;
const WINDOWS = `
  select 'window', e.id, e.id,
         case when e.cancelled_at is not null then 'cancelled' when e.lifecycle = 'archived' then 'archived' when holdfast_now() < e.opens_at then 'published'
           when holdfast_now() < e.closes_at then 'open' else 'closed' end,
         e.schedule_version, w.seen_version, w.run_id, instant_ms(e.published_at), w.seen_at, w.completed_at,
         e.lifecycle = 'published' and e.cancelled_at is null and w.completed_at is null, null
    from exams e left join window_workflows w on w.exam_id = e.id where e.published_at is not null and e.deleted_at is null`;
const RUNS = `
  select 'run', r.id, r.exam_id, r.state, 1, case when r.started_at is null then null else 1 end, null, instant_ms(r.created_at), r.started_at, r.finished_at,
         r.state in ('queued', 'running', 'paused'), r.kind
    from runs r`;

/** Reads one page of the workflows that there should be. */
export async function listWorkflows(q: Queryable, request: WorkflowRequest): Promise<Page<WorkflowRow>> {
  const values: unknown[] = [];
  const where: string[] = [];
  const add = (value: unknown): string => `$${values.push(value)}`;
  if (request.kind !== undefined) where.push(`f.kind = ${add(request.kind)}`);
  if (request.id !== undefined) where.push(`f.id = ${add(request.id)}`);
  if (request.examId !== undefined) where.push(`f.exam_id = ${add(request.examId)}`);
  if (request.open !== undefined) where.push(`f.open = ${add(request.open)}`);
  if (request.behind !== undefined) where.push(`(coalesce(f.seen_version, 0) < f.row_version) = ${add(request.behind)}`);
  if (request.after !== undefined) where.push(`(f.started_ms, f.id) < (${add(request.after.value)}::bigint, ${add(request.after.id)}::uuid)`);
  const { rows } = await q.query<RawWorkflow>(
    `select f.*, e.title as exam_title from (${SESSIONS} union all ${WINDOWS} union all ${RUNS}) f left join exams e on e.id = f.exam_id
      ${where.length === 0 ? '' : `where ${where.join(' and ')}`} order by f.started_ms desc, f.id desc limit ${add(request.limit + 1)}`,
    values,
  );
  const kept = rows.slice(0, request.limit);
  const last = kept.at(-1);
  return { items: kept.map(toWorkflowRow), next: rows.length > request.limit && last !== undefined ? { value: last.started_ms, id: last.id } : null };
}

/** One command that changed a session, for its timeline. */
export interface CommandStep {
  readonly commandId: string;
  readonly kind: string;
  readonly version: number;
  readonly atMs: number;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly reason: string | null;
}

/** Everything that changed the version of a session, the close by the clock included. */
export async function listCommandSteps(q: Queryable, sessionId: string): Promise<CommandStep[]> {
  const { rows } = await q.query<{ command_id: string; kind: string; version: number; at: Date; actor_id: string | null; name: string | null; reason: string | null }>(
    `select c.command_id, c.kind, c.version, c.at, c.actor_id, u.name, c.reason
       from session_commands c left join users u on u.id = c.actor_id where c.session_id = $1 order by c.version limit 500`,
    [sessionId],
  );
  return rows.map((row) => ({
    commandId: row.command_id, kind: row.kind, version: row.version, atMs: row.at.getTime(), actorId: row.actor_id, actorName: row.name, reason: row.reason,
  }));
}

/** A milestone of an exam that was reached or passed over. */
export interface MilestoneStep {
  readonly key: string;
  readonly outcome: 'done' | 'skipped';
  readonly atMs: number;
}

/** What the window workflow of an exam did. */
export async function listMilestoneSteps(q: Queryable, examId: string): Promise<MilestoneStep[]> {
  const { rows } = await q.query<{ key: string; outcome: MilestoneStep['outcome']; done_at: Date }>(
    'select key, outcome, done_at from exam_milestones where exam_id = $1 order by done_at limit 500',
    [examId],
  );
  return rows.map((row) => ({ key: row.key, outcome: row.outcome, atMs: row.done_at.getTime() }));
}

/** What the audit log says about the row of a workflow, and about the workflow itself. */
export async function listWorkflowAudit(q: Queryable, workflow: { kind: WorkflowKind; id: string; workflowId: string }): Promise<AuditRow[]> {
  const own = { session: 'a.session_id = $1::uuid', window: "a.exam_id = $1::uuid and a.resource_type = 'exam'", run: "a.resource_type = 'run' and a.resource_id = $1::text" };
  const { rows } = await q.query<Parameters<typeof toAuditRow>[0]>(
    `select a.*, u.name as actor_name from audit_log a left join users u on u.id = a.actor_id
      where (${own[workflow.kind]}) or (a.resource_type = 'workflow' and a.resource_id = $2) order by a.id limit 500`,
    [workflow.id, workflow.workflowId],
  );
  return rows.map(toAuditRow);
}

/** Asks for a fresh look at the row of a workflow: through the relay, which starts the workflow where there is none. */
export async function requestNudge(
  tx: Queryable, workflow: { row: WorkflowRow; workflowId: string; commandId: string; reason: string; origin: Origin },
): Promise<void> {
  const { row, workflowId, commandId, reason, origin } = workflow;
  // `reconcile` is sent on also where the workflow has seen the version: it may be gone
  await insertOutbox(tx, row.kind, row.id, row.rowVersion, { kind: 'reconcile', commandId });
  await insertAudit(tx, origin, {
    action: 'workflow.nudge', resourceType: 'workflow', resourceId: workflowId, examId: row.examId,
    sessionId: row.kind === 'session' ? row.id : null, reason, after: { rowVersion: row.rowVersion, seenVersion: row.seenVersion },
  });
}

function toWorkflowRow(row: RawWorkflow): WorkflowRow {
  return {
    kind: row.kind, id: row.id, runKind: row.run_kind, examId: row.exam_id, examTitle: row.exam_title, state: row.state, rowVersion: row.row_version,
    seenVersion: row.seen_version, runId: row.run_id, startedAtMs: row.started_ms, seenAtMs: row.seen_at?.getTime() ?? null,
    completedAtMs: row.completed_at?.getTime() ?? null,
  };
}
