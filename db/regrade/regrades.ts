import type { Correction } from '#domain/grading/corrections.ts';
import type { SessionChange } from '#domain/grading/regrade.ts';
import type { ExamContent, ItemRule } from '#domain/paper/types.ts';
import { Refusal } from '#domain/problem.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import type { Page, Position } from '../keyset.ts';
import { queueGradingRun } from '../results/grading-runs.ts';
import { computePreview, type Preview, selectFingerprint } from './preview.ts';

/** A correction of one item with what counted before. */
export interface RegradeCorrection {
  readonly itemId: string;
  readonly questionId: string;
  readonly correction: Correction;
  readonly before: { readonly key: unknown; readonly points: string; readonly rule: ItemRule | null };
}

/** A regrade: a preview that can be applied once. */
export interface RegradeRow {
  readonly id: string;
  readonly examId: string;
  readonly state: 'preview' | 'applying' | 'applied' | 'discarded';
  readonly corrections: readonly RegradeCorrection[];
  readonly reason: string;
  readonly summary: Preview['summary'];
  readonly stale: boolean;
  readonly run: { readonly id: string; readonly state: string; readonly done: number; readonly failed: number; readonly total: number } | null;
  readonly createdBy: { readonly id: string; readonly name: string };
  readonly createdAtMs: number;
  readonly computedAtMs: number;
  readonly endedBy: { readonly id: string; readonly name: string } | null;
  readonly endedAtMs: number | null;
}

/** What a regrade changes in one session, with whose it is. */
export interface RegradeChangeRow extends SessionChange {
  readonly student: { readonly id: string; readonly externalId: string | null; readonly name: string };
  readonly attempt: number;
}

interface RawRegrade {
  id: string;
  exam_id: string;
  state: RegradeRow['state'];
  changes: RegradeCorrection[];
  reason: string;
  summary: Preview['summary'];
  fingerprint: string;
  run_id: string | null;
  run_state: string | null;
  done: number;
  failed: number;
  total: number;
  created_by: string;
  creator: string | null;
  created_at: Date;
  computed_at: Date;
  ended_by: string | null;
  ender: string | null;
  ended_at: Date | null;
}

const SELECT = `select r.id, r.exam_id, r.state, r.changes, r.reason, r.summary, r.fingerprint, r.run_id, n.state as run_state, n.done, n.failed, n.total,
  r.created_by, c.name as creator, r.created_at, r.computed_at, r.ended_by, e.name as ender, r.ended_at
  from regrades r left join runs n on n.id = r.run_id left join users c on c.id = r.created_by left join users e on e.id = r.ended_by`;

/** Computes and stores what corrections would change. */
export async function insertRegrade(
  tx: Queryable, request: { id: string; content: ExamContent; corrections: readonly RegradeCorrection[]; reason: string; origin: Origin },
): Promise<RegradeRow> {
  const { id, content, corrections, reason, origin } = request;
  const preview = await computePreview(tx, content, corrections);
  await tx.query(
    `insert into regrades (id, exam_id, changes, reason, summary, fingerprint, created_by) values ($1, $2, $3, $4, $5, $6, $7)`,
    [id, content.examId, JSON.stringify(corrections), reason, JSON.stringify(preview.summary), preview.fingerprint, origin.actorId],
  );
  await insertChanges(tx, id, preview.changes);
  await insertAudit(tx, origin, { action: 'regrade.preview', resourceType: 'regrade', resourceId: id, examId: content.examId, reason, after: preview.summary });
  return selectRegrade(tx, id);
}

/** Computes a preview anew from what stands now. @throws state-conflict for one that was applied or discarded */
export async function recomputeRegrade(tx: Queryable, id: string, content: ExamContent): Promise<RegradeRow> {
  const { corrections } = await lockPreview(tx, id);
  const preview = await computePreview(tx, content, corrections);
  await tx.query('delete from regrade_changes where regrade_id = $1', [id]);
  await insertChanges(tx, id, preview.changes);
  await tx.query('update regrades set summary = $2, fingerprint = $3, computed_at = holdfast_now() where id = $1', [id, JSON.stringify(preview.summary), preview.fingerprint]);
  return selectRegrade(tx, id);
}

/**
 * Lets the corrections count and queues the run that marks with them.
 * @throws state-conflict when it is no preview any more, when something it was computed from changed (`stale`), and while another grading run goes on
 */
export async function applyRegrade(tx: Queryable, request: { id: string; examId: string; runId: string; origin: Origin }): Promise<RegradeRow> {
  const { id, examId, runId, origin } = request;
  // takes the lock of the exam's row: two regrades of one exam come one after the other
  await queueGradingRun(tx, { runId, examId, only: 'all', regradeId: id, origin });
  const regrade = await lockPreview(tx, id);
  if (regrade.stale) throw new Refusal('state-conflict', 'Marks, the grade scale or corrections changed since this preview. Compute it again and look at it.', { extra: { stale: true } });
  await tx.query(
    `insert into exam_corrections (exam_id, number, regrade_id, item_id, correction, created_by)
     select $1, coalesce((select max(number) from exam_corrections where exam_id = $1), 0) + c.place, $2, (c.change ->> 'itemId')::uuid, c.change -> 'correction', $4
       from jsonb_array_elements($3::jsonb) with ordinality as c (change, place)`,
    [examId, id, JSON.stringify(regrade.corrections), origin.actorId],
  );
  await end(tx, id, 'applying', origin, runId);
  await insertAudit(tx, origin, {
    action: 'regrade.apply', resourceType: 'regrade', resourceId: id, examId, reason: regrade.reason,
    before: regrade.corrections.map(({ itemId, before }) => ({ itemId, ...before })),
    after: { runId, corrections: regrade.corrections.map(({ itemId, correction }) => ({ itemId, ...correction })) },
  });
  return selectRegrade(tx, id);
}

/** Lays a preview aside. @throws state-conflict for one that was applied or discarded */
export async function discardRegrade(tx: Queryable, id: string, origin: Origin): Promise<RegradeRow> {
  const regrade = await lockPreview(tx, id);
  await end(tx, id, 'discarded', origin, null);
  await insertAudit(tx, origin, { action: 'regrade.discard', resourceType: 'regrade', resourceId: id, examId: regrade.examId });
  return selectRegrade(tx, id);
}

/** Reads a regrade. @throws not-found */
export async function selectRegrade(q: Queryable, id: string): Promise<RegradeRow> {
  const { rows } = await q.query<RawRegrade>(`${SELECT} where r.id = $1`, [id]);
  if (rows[0] === undefined) throw new Refusal('not-found', 'There is no such regrade.');
  return toRegrade(rows[0], await selectFingerprint(q, rows[0].exam_id));
}

/** Reads one page of the regrades of an exam, newest first. */
export async function listRegrades(q: Queryable, request: { examId: string; after: Position | undefined; limit: number }): Promise<Page<RegradeRow>> {
  const { rows } = await q.query<RawRegrade>(
    `${SELECT} where r.exam_id = $1 and ($2::bigint is null or (instant_ms(r.created_at), r.id) < ($2, $3::uuid)) order by instant_ms(r.created_at) desc, r.id desc limit $4`,
    [request.examId, request.after?.value ?? null, request.after?.id ?? null, request.limit + 1],
  );
  const print = await selectFingerprint(q, request.examId);
  const items = rows.slice(0, request.limit).map((row) => toRegrade(row, print));
  const last = items.at(-1);
  return { items, next: rows.length > request.limit && last !== undefined ? { value: last.createdAtMs, id: last.id } : null };
}

/** Reads one page of what a regrade changes, by name. */
export async function listRegradeChanges(
  q: Queryable, request: { regradeId: string; gradeOnly: boolean; after: Position | undefined; limit: number },
): Promise<Page<RegradeChangeRow>> {
  const { rows } = await q.query<{ position: number; change: SessionChange; id: string; external_id: string | null; name: string; attempt: number }>(
    `select c.position, c.change, u.id, u.external_id, u.name, s.attempt
       from regrade_changes c join exam_sessions s on s.id = c.session_id join users u on u.id = s.student_id
      where c.regrade_id = $1 and c.position > $2 and (not $3::bool or c.grade_changed) order by c.position limit $4`,
    [request.regradeId, request.after?.value ?? 0, request.gradeOnly, request.limit + 1],
  );
  const kept = rows.slice(0, request.limit);
  const last = kept.at(-1);
  return {
    items: kept.map(({ change, id, external_id: externalId, name, attempt }) => ({ ...change, student: { id, externalId, name }, attempt })),
    next: rows.length > request.limit && last !== undefined ? { value: last.position, id: last.change.sessionId } : null,
  };
}

async function insertChanges(tx: Queryable, regradeId: string, changes: readonly SessionChange[]): Promise<void> {
  await tx.query(
    `insert into regrade_changes (regrade_id, position, session_id, grade_changed, change)
     select $1, c.place, (c.change ->> 'sessionId')::uuid,
            c.change -> 'before' ->> 'gradeLabel' is distinct from c.change -> 'after' ->> 'gradeLabel' or c.change -> 'crosses' ->> 'pass' <> 'same', c.change
       from jsonb_array_elements($2::jsonb) with ordinality as c (change, place)`,
    [regradeId, JSON.stringify(changes)],
  );
}

async function lockPreview(tx: Queryable, id: string): Promise<RegradeRow> {
  await tx.query('select id from regrades where id = $1 for update', [id]);
  const regrade = await selectRegrade(tx, id);
  if (regrade.state !== 'preview') throw new Refusal('state-conflict', `This regrade is ${regrade.state === 'discarded' ? 'discarded' : 'applied'} already.`);
  return regrade;
}

async function end(tx: Queryable, id: string, state: RegradeRow['state'], origin: Origin, runId: string | null): Promise<void> {
  await tx.query('update regrades set state = $2, ended_by = $3, ended_at = holdfast_now(), run_id = $4 where id = $1', [id, state, origin.actorId, runId]);
}

function toRegrade(row: RawRegrade, print: string): RegradeRow {
  return {
    id: row.id, examId: row.exam_id, state: row.state, corrections: row.changes, reason: row.reason, summary: row.summary,
    stale: row.state === 'preview' && row.fingerprint !== print,
    run: row.run_id === null ? null : { id: row.run_id, state: row.run_state ?? 'queued', done: row.done, failed: row.failed, total: row.total },
    createdBy: { id: row.created_by, name: row.creator ?? '' }, createdAtMs: row.created_at.getTime(), computedAtMs: row.computed_at.getTime(),
    endedBy: row.ended_by === null ? null : { id: row.ended_by, name: row.ender ?? '' }, endedAtMs: row.ended_at?.getTime() ?? null,
  };
}
