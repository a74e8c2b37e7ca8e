import { Refusal } from '#domain/problem.ts';

import { insertAudit, type Origin } from '../audit.ts';
import { type Queryable, sqlState } from '../connection.ts';
import { APPEAL_DAYS } from '../grading/gate.ts';
import type { Page, Position } from '../keyset.ts';
import { announceResults } from '../mail/announce.ts';
import { canonical } from '../results/rows.ts';
import { insertStreamEvent } from '../stream-events.ts';

/** How an appeal ended. */
export type AppealOutcome = 'upheld' | 'rejected' | 'partly';

/** One appeal with everything that staff see of it. */
export interface AppealRow {
  readonly id: string;
  readonly sessionId: string;
  readonly examId: string;
  readonly examTitle: string;
  readonly student: { readonly id: string; readonly externalId: string | null; readonly name: string };
  /** Null: about the whole result. */
  readonly itemId: string | null;
  readonly text: string;
  readonly state: 'open' | 'assigned' | 'decided' | 'withdrawn';
  readonly reviewer: { readonly id: string; readonly name: string } | null;
  readonly outcome: AppealOutcome | null;
  readonly reason: string | null;
  /** The mark as it stands; decimal strings. */
  readonly mark: { readonly points: string | null; readonly maxPoints: string; readonly comment: string | null; readonly rubric: unknown } | null;
  readonly pointsBefore: string | null;
  readonly pointsAfter: string | null;
  readonly decidedBy: { readonly id: string; readonly name: string } | null;
  readonly decidedAtMs: number | null;
  readonly createdAtMs: number;
  readonly version: number;
}

interface RawAppeal {
  id: string;
  session_id: string;
  exam_id: string;
  exam_title: string;
  student_id: string;
  external_id: string | null;
  student: string;
  item_id: string | null;
  body: string;
  state: AppealRow['state'];
  reviewer_id: string | null;
  reviewer: string | null;
  outcome: AppealOutcome | null;
  reason: string | null;
  mark_points: string | null;
  mark_max: string | null;
  comment: string | null;
  rubric: unknown;
  points_before: string | null;
  points_after: string | null;
  decided_by: string | null;
  decider: string | null;
  decided_at: Date | null;
  created_at: Date;
  version: number;
}

const SELECT = `select a.id, a.session_id, a.exam_id, x.title as exam_title, a.student_id, s.external_id, s.name as student, a.item_id, a.body, a.state, a.reviewer_id, r.name as reviewer,
  a.outcome, a.reason, m.points::text as mark_points, m.max_points::text as mark_max, m.comment, m.rubric, a.points_before::text, a.points_after::text,
  a.decided_by, d.name as decider, a.decided_at, a.created_at, a.version
  from appeals a join exams x on x.id = a.exam_id join users s on s.id = a.student_id join exam_sessions e on e.id = a.session_id
  left join users r on r.id = a.reviewer_id left join users d on d.id = a.decided_by
  left join marks m on m.session_id = a.session_id and m.item_id = a.item_id and m.closed_version = e.closed_version`;

/** Reads an appeal. @throws not-found */
export async function selectAppeal(q: Queryable, id: string): Promise<AppealRow> {
  const { rows } = await q.query<RawAppeal>(`${SELECT} where a.id = $1`, [id]);
  if (rows[0] === undefined) throw new Refusal('not-found', 'There is no such appeal.');
  return toAppeal(rows[0]);
}

/** The appeals of one session, oldest first. */
export async function listSessionAppeals(q: Queryable, sessionId: string): Promise<AppealRow[]> {
  const { rows } = await q.query<RawAppeal>(`${SELECT} where a.session_id = $1 order by a.created_at, a.id`, [sessionId]);
  return rows.map(toAppeal);
}

/** Reads one page of appeals of an exam, or of those that somebody is to review, oldest first. */
export async function listAppeals(
  q: Queryable, request: { examId?: string; reviewerId?: string; state?: AppealRow['state'] | undefined; after: Position | undefined; limit: number },
): Promise<Page<AppealRow>> {
  const { rows } = await q.query<RawAppeal>(
    `${SELECT} where ($1::uuid is null or a.exam_id = $1) and ($2::uuid is null or a.reviewer_id = $2) and ($3::text is null or a.state = $3)
       and ($4::bigint is null or (instant_ms(a.created_at), a.id) > ($4, $5::uuid))
      order by instant_ms(a.created_at), a.id limit $6`,
    [request.examId ?? null, request.reviewerId ?? null, request.state ?? null, request.after?.value ?? null, request.after?.id ?? null, request.limit + 1],
  );
  const items = rows.slice(0, request.limit).map(toAppeal);
  const last = items.at(-1);
  return { items, next: rows.length > request.limit && last !== undefined ? { value: last.createdAtMs, id: last.id } : null };
}

/** What was handed in for the item that an appeal is about; null for the whole result, and for no answer. */
export async function selectAppealedResponse(q: Queryable, { sessionId, itemId }: Pick<AppealRow, 'sessionId' | 'itemId'>): Promise<unknown> {
  const { rows } = await q.query<{ response: unknown }>('select response from answers where session_id = $1 and item_id = $2', [sessionId, itemId]);
  return rows[0]?.response ?? null;
}

/** When the results of an exam came out, and for how many days after that there can be appeals. */
export async function selectAppealTime(q: Queryable, examId: string): Promise<{ sinceMs: number | null; appealDays: number }> {
  const { rows } = await q.query<{ at: Date | null; days: number | null }>(
    `select case when results_are_out(id) then results_published_at end as at, (results ->> 'appealDays')::int as days from exams where id = $1`, [examId],
  );
  return { sinceMs: rows[0]?.at?.getTime() ?? null, appealDays: rows[0]?.days ?? APPEAL_DAYS };
}

/**
 * Makes an appeal. Whether it is in time is for the caller.
 * @throws validation-failed for an item that has no mark in the session, already-exists while one about the same waits
 */
export async function insertAppeal(
  tx: Queryable, request: { id: string; sessionId: string; examId: string; studentId: string; itemId: string | null; text: string; origin: Origin },
): Promise<void> {
  const { id, sessionId, examId, studentId, itemId, text, origin } = request;
  if (itemId !== null) {
    const { rows } = await tx.query(
      'select from marks m join exam_sessions s on s.id = m.session_id and s.closed_version = m.closed_version where m.session_id = $1 and m.item_id = $2', [sessionId, itemId],
    );
    if (rows.length === 0) throw new Refusal('validation-failed', 'There is no such item in this session.', { errors: [{ pointer: '/itemId', message: 'is not part of this session' }] });
  }
  try {
    await tx.query('insert into appeals (id, session_id, exam_id, student_id, item_id, body) values ($1, $2, $3, $4, $5, $6)', [id, sessionId, examId, studentId, itemId, text]);
  } catch (error) {
    if (sqlState(error) === '23505') throw new Refusal('already-exists', 'An appeal about this waits for its decision already.');
    throw error;
  }
  // never the text: it is in the appeal
  await insertAudit(tx, origin, { action: 'appeal.create', resourceType: 'appeal', resourceId: id, examId, sessionId, after: { itemId } });
}

/** Takes an appeal back. @throws state-conflict for one that is decided or withdrawn */
export async function withdrawAppeal(tx: Queryable, id: string, origin: Origin): Promise<void> {
  const appeal = await lockWaiting(tx, id);
  await tx.query(`update appeals set state = 'withdrawn', version = version + 1 where id = $1`, [id]);
  await insertAudit(tx, origin, { action: 'appeal.withdraw', resourceType: 'appeal', resourceId: id, examId: appeal.examId, sessionId: appeal.sessionId });
}

/**
 * Gives an appeal to a reviewer: a teacher or an admin who has marked nothing of what it is about.
 * @throws state-conflict, validation-failed
 */
export async function assignAppeal(tx: Queryable, id: string, reviewerId: string, origin: Origin): Promise<void> {
  const appeal = await lockWaiting(tx, id);
  const wrong = (message: string): Refusal => new Refusal('validation-failed', `The reviewer ${message}.`, { errors: [{ pointer: '/reviewerId', message }] });
  const { rows } = await tx.query(`select from users where id = $1 and not disabled and roles && '{teacher,admin}'`, [reviewerId]);
  if (rows.length === 0) throw wrong('must be a teacher or an admin');
  if (reviewerId === appeal.student.id || (await hasMarked(tx, appeal, reviewerId))) throw wrong('must not have marked what the appeal is about');
  await tx.query(`update appeals set state = 'assigned', reviewer_id = $2, version = version + 1 where id = $1`, [id, reviewerId]);
  await insertAudit(tx, origin, {
    action: 'appeal.assign', resourceType: 'appeal', resourceId: id, examId: appeal.examId, sessionId: appeal.sessionId,
    before: { reviewerId: appeal.reviewer?.id ?? null }, after: { reviewerId },
  });
}

/**
 * Takes an appeal for its decision.
 * @throws state-conflict unless it waits for this reviewer, who has marked nothing of it meanwhile
 */
export async function lockForDecision(tx: Queryable, id: string, reviewerId: string): Promise<AppealRow> {
  const appeal = await lockWaiting(tx, id);
  if (appeal.reviewer?.id !== reviewerId) throw new Refusal('state-conflict', 'The appeal is not assigned to you.');
  if (await hasMarked(tx, appeal, reviewerId)) throw new Refusal('state-conflict', 'You have marked what the appeal is about meanwhile; somebody else has to decide it.');
  return appeal;
}

/** Writes the decision, with a mail to a student who can read the result. The mark is for the caller, before this. */
export async function decideAppeal(
  tx: Queryable, appeal: AppealRow, decision: { outcome: AppealOutcome; reason: string; points: string | null; tell: boolean; origin: Origin },
): Promise<void> {
  const { id, examId, sessionId } = appeal;
  const { outcome, reason, points, tell, origin } = decision;
  const before = appeal.mark?.points ?? null;
  await tx.query(
    `update appeals set state = 'decided', outcome = $2, reason = $3, points_before = $4, points_after = $5, decided_by = $6, decided_at = holdfast_now(), version = version + 1
      where id = $1`,
    [id, outcome, reason, before, points ?? before, origin.actorId],
  );
  await insertAudit(tx, origin, {
    action: 'appeal.decide', resourceType: 'appeal', resourceId: id, examId, sessionId, reason, before: { points: before }, after: { outcome, points: points ?? before },
  });
  if (!tell) return;
  await insertStreamEvent(tx, { examId, sessionId, kind: 'results-published', data: {} });
  await announceResults(tx, { template: 'appeal-decided', examId, sessionIds: [sessionId], occasion: id, createdBy: origin.actorId });
}

async function lockWaiting(tx: Queryable, id: string): Promise<AppealRow> {
  await tx.query('select id from appeals where id = $1 for update', [id]);
  const appeal = await selectAppeal(tx, id);
  if (appeal.state === 'open' || appeal.state === 'assigned') return appeal;
  throw new Refusal('state-conflict', `This appeal is ${appeal.state} already.`);
}

async function hasMarked(tx: Queryable, appeal: AppealRow, personId: string): Promise<boolean> {
  const { rows } = await tx.query(
    `select from marks where session_id = $1 and marked_by = $2 and ($3::uuid is null or item_id = $3)
     union all
     select from marker_marks where session_id = $1 and grader_id = $2 and ($3::uuid is null or item_id = $3)
     union all
     select from audit_log where session_id = $1 and actor_id = $2 and action in ('mark.set', 'marking.reconcile') and ($3::uuid is null or resource_id = $1::text || '/' || $3::text) limit 1`,
    [appeal.sessionId, personId, appeal.itemId],
  );
  return rows.length > 0;
}

function toAppeal(row: RawAppeal): AppealRow {
  const maybe = (points: string | null): string | null => (points === null ? null : canonical(points));
  return {
    id: row.id, sessionId: row.session_id, examId: row.exam_id, examTitle: row.exam_title, student: { id: row.student_id, externalId: row.external_id, name: row.student },
    itemId: row.item_id, text: row.body, state: row.state, reviewer: row.reviewer_id === null ? null : { id: row.reviewer_id, name: row.reviewer ?? '' },
    outcome: row.outcome, reason: row.reason,
    mark: row.mark_max === null ? null : { points: maybe(row.mark_points), maxPoints: canonical(row.mark_max), comment: row.comment, rubric: row.rubric },
    pointsBefore: maybe(row.points_before), pointsAfter: maybe(row.points_after),
    decidedBy: row.decided_by === null ? null : { id: row.decided_by, name: row.decider ?? '' },
    decidedAtMs: row.decided_at?.getTime() ?? null, createdAtMs: row.created_at.getTime(), version: row.version,
  };
}
