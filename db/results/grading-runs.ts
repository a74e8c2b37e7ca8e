import { Refusal } from '#domain/problem.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import type { Page, Position } from '../keyset.ts';
import { insertRun, RUN_COLUMNS, type RawRun, type RunRow, toRunRow } from '../runs/rows.ts';

/** A wish to mark the closed sessions of an exam. */
export interface GradingRunRequest {
  readonly runId: string;
  readonly examId: string;
  /** `ungraded` leaves out what has a grade of its last hand-in. */
  readonly only: 'all' | 'ungraded';
  /** The regrade that it carries out. */
  readonly regradeId?: string;
  readonly origin: Origin;
}

/**
 * Queues a grading run: its row, its sessions, the wake-up for its workflow, audit.
 * @throws state-conflict for a draft, and while another grading run of the exam is not over
 */
export async function queueGradingRun(tx: Queryable, request: GradingRunRequest): Promise<RunRow> {
  const { runId, examId, only, regradeId, origin } = request;
  await refuseSecond(tx, examId);
  const params = { ...(only === 'ungraded' ? { only } : {}), ...(regradeId === undefined ? {} : { regradeId }) };
  await insertRun(tx, { id: runId, kind: 'grading', examId, params, createdBy: origin.actorId });
  // shard 0 is "not cut yet"; sessions that close until the run starts are added by its plan
  const { rows } = await tx.query<RawRun>(
    `with items as (
       insert into run_items (run_id, shard, item_id)
       select $1, 0, s.id from exam_sessions s
        where s.exam_id = $2 and s.state in ('submitted', 'expired', 'terminated')
          and ($3 = 'all' or not exists (select from grades g where g.session_id = s.id and g.closed_version = s.closed_version))
       returning item_id)
     update runs set total = (select count(*) from items) where id = $1 returning ${RUN_COLUMNS}`,
    [runId, examId, only],
  );
  const run = toRunRow(rows[0]!);
  await insertAudit(tx, origin, { action: 'run.create', resourceType: 'run', resourceId: runId, examId, after: { kind: 'grading', only, total: run.total, ...(regradeId === undefined ? {} : { regradeId }) } });
  return run;
}

/** Reads one page of the grading runs of an exam, newest first. */
export async function listGradingRuns(q: Queryable, request: { examId: string; after: Position | undefined; limit: number }): Promise<Page<RunRow>> {
  const { rows } = await q.query<RawRun>(
    `select ${RUN_COLUMNS} from runs
      where exam_id = $1 and kind = 'grading' and ($2::bigint is null or (instant_ms(created_at), id) < ($2, $3))
      order by instant_ms(created_at) desc, id desc limit $4`,
    [request.examId, request.after?.value ?? null, request.after?.id ?? null, request.limit + 1],
  );
  const kept = rows.slice(0, request.limit).map(toRunRow);
  const last = kept.at(-1);
  return { items: kept, next: rows.length > request.limit && last !== undefined ? { value: last.createdAtMs, id: last.id } : null };
}

/**
 * Cancels a run that no workflow has started; one that has is for its workflow.
 * @returns undefined when the run is not queued any more
 */
export async function cancelQueuedRun(tx: Queryable, runId: string, origin: Origin, reason: string | null): Promise<RunRow | undefined> {
  const { rows } = await tx.query<RawRun>(
    `update runs set state = 'cancelled', finished_at = holdfast_now() where id = $1 and state = 'queued' returning ${RUN_COLUMNS}`,
    [runId],
  );
  if (rows[0] === undefined) return undefined;
  await tx.query("update run_items set state = 'cancelled' where run_id = $1 and state = 'pending'", [runId]);
  await auditRunControl(tx, toRunRow(rows[0]), 'cancel', origin, reason);
  return toRunRow(rows[0]);
}

/** Notes who told a run what. */
export async function auditRunControl(tx: Queryable, run: RunRow, control: string, origin: Origin, reason: string | null): Promise<void> {
  await insertAudit(tx, origin, { action: `run.${control}`, resourceType: 'run', resourceId: run.id, examId: run.examId, reason, after: { state: run.state } });
}

async function refuseSecond(tx: Queryable, examId: string): Promise<void> {
  // two requests at once: the second waits here for the first
  const { rows } = await tx.query<{ lifecycle: string }>('select lifecycle from exams where id = $1 for no key update', [examId]);
  if (rows[0]?.lifecycle === 'draft') throw new Refusal('state-conflict', 'The exam is a draft; there is nothing to grade.');
  const running = await tx.query<{ id: string }>(
    "select id from runs where exam_id = $1 and kind = 'grading' and state in ('queued', 'running', 'paused') limit 1",
    [examId],
  );
  if (running.rows[0] === undefined) return;
  throw new Refusal('state-conflict', 'A grading run of this exam is not over yet.', { extra: { runId: running.rows[0].id } });
}
