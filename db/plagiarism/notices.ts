import { Refusal } from '#domain/problem.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { enqueueMails } from '../mail/enqueue.ts';
import { insertObservations } from '../session/reports.ts';
import type { PairRow, PairSide } from './pairs.ts';

/** Kind of the incident that stands in the record of a session for a confirmed pair. */
const INCIDENT_KIND = 'similar-answers';

/** What a student was told about a confirmed pair. */
export interface NoticeRow {
  readonly id: string;
  readonly sessionId: string;
  readonly text: string;
  readonly by: { readonly id: string; readonly name: string } | null;
  readonly atMs: number;
  readonly readAtMs: number | null;
  readonly withdrawnAtMs: number | null;
}

/** A notice as its student has it. */
export interface OwnNotice extends Omit<NoticeRow, 'by'> {
  readonly examId: string;
  readonly examTitle: string;
}

interface RawNotice {
  id: string; session_id: string; text: string; sent_by: string | null; sender: string | null; at: Date; read_at: Date | null; withdrawn_at: Date | null;
}

/** Reads what was told about a pair, the oldest first. */
export async function listNotices(q: Queryable, pairId: string): Promise<NoticeRow[]> {
  const { rows } = await q.query<RawNotice>(
    'select n.*, u.name as sender from plagiarism_notices n left join users u on u.id = n.sent_by where n.pair_id = $1 order by n.at, n.id', [pairId],
  );
  return rows.map((row) => ({ ...common(row), by: row.sent_by === null ? null : { id: row.sent_by, name: row.sender ?? '' } }));
}

/** How many students of each pair of a scan were told and not told otherwise since. */
export async function countTold(q: Queryable, runId: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await q.query<{ pair_id: string; n: number }>(
    `select n.pair_id, count(*)::int as n from plagiarism_pairs p join plagiarism_notices n on n.pair_id = p.id where p.run_id = $1 and n.withdrawn_at is null group by 1`, [runId],
  );
  return new Map(rows.map(({ n, pair_id }) => [pair_id, n]));
}

/** Reads what a student was told, the newest first. */
export async function listOwnNotices(q: Queryable, studentId: string): Promise<OwnNotice[]> {
  const { rows } = await q.query<RawNotice & { exam_id: string; title: string }>(
    `select n.*, s.exam_id, e.title from exam_sessions s join plagiarism_notices n on n.session_id = s.id join exams e on e.id = s.exam_id
      where s.student_id = $1 order by n.at desc, n.id desc limit 100`,
    [studentId],
  );
  return rows.map((row) => ({ ...common(row), examId: row.exam_id, examTitle: row.title }));
}

/**
 * Tells one student of a confirmed pair what a person wrote, in the product and by mail; the other student is not named.
 * @param notice `version` of the pair that the person looked at
 * @throws state-conflict unless the pair is confirmed and the student was not told yet, version-conflict when it was decided anew
 */
export async function sendNotice(tx: Queryable, pair: PairRow, notice: { id: string; sessionId: string; text: string; version: number; origin: Origin }): Promise<NoticeRow> {
  const { id, origin, sessionId, text, version } = notice;
  await lockConfirmed(tx, pair, version, 'Only what a person has confirmed can be told to a student.');
  const side = sideOf(pair, sessionId);
  const { rowCount } = await tx.query(
    `insert into plagiarism_notices (id, pair_id, session_id, text, sent_by) values ($1, $2, $3, $4, $5) on conflict (pair_id, session_id) where withdrawn_at is null do nothing`,
    [id, pair.id, sessionId, text, origin.actorId],
  );
  if (rowCount === 0) throw new Refusal('state-conflict', 'The student was told already.');
  await enqueueMails(tx, {
    template: 'plagiarism-notice', createdBy: origin.actorId,
    recipients: [{ userId: side.student.id, variables: { examId: pair.examId, sessionId }, dedupeKey: `plagiarism-notice:${id}` }],
  });
  await insertAudit(tx, origin, { action: 'plagiarism.notify', resourceType: 'plagiarism-pair', resourceId: pair.id, examId: pair.examId, sessionId, after: { noticeId: id } });
  return (await listNotices(tx, pair.id)).find((each) => each.id === id)!;
}

/** Notes that a student has read a notice. @throws not-found for one of somebody else */
export async function readNotice(tx: Queryable, studentId: string, noticeId: string): Promise<void> {
  const { rowCount } = await tx.query(
    `update plagiarism_notices n set read_at = coalesce(n.read_at, holdfast_now()) from exam_sessions s where n.id = $1 and s.id = n.session_id and s.student_id = $2`,
    [noticeId, studentId],
  );
  if (rowCount === 0) throw new Refusal('not-found', 'There is no such message.');
}

/** Sessions of a pair whose record has an incident because of it. */
export async function listIncidentSessions(q: Queryable, pairId: string): Promise<string[]> {
  const { rows } = await q.query<{ session_id: string }>(
    `select o.session_id from plagiarism_pairs p join observations o on o.session_id in (p.session_a, p.session_b)
      where p.id = $1 and o.kind = $2 and o.detail ->> 'pairId' = p.id::text order by o.session_id`,
    [pairId, INCIDENT_KIND],
  );
  return rows.map((row) => row.session_id);
}

/**
 * Puts a confirmed pair into the record of both sessions, once.
 * @throws state-conflict unless the pair is confirmed and not recorded yet, version-conflict when it was decided anew
 */
export async function recordIncident(tx: Queryable, pair: PairRow, { version, origin, nowMs }: { version: number; origin: Origin; nowMs: number }): Promise<void> {
  await lockConfirmed(tx, pair, version, 'Only what a person has confirmed becomes an incident.');
  if ((await listIncidentSessions(tx, pair.id)).length > 0) throw new Refusal('state-conflict', 'The pair is in the record already.');
  for (const { sessionId } of [pair.a, pair.b]) {
    await insertObservations(tx, { id: sessionId, examId: pair.examId }, [{ kind: INCIDENT_KIND, atMs: nowMs, detail: { pairId: pair.id } }]);
    await insertAudit(tx, origin, { action: 'plagiarism.incident', resourceType: 'plagiarism-pair', resourceId: pair.id, examId: pair.examId, sessionId });
  }
}

/** Takes back what followed from a confirmation: students see that it was withdrawn, the records are as if it had not been. */
export async function withdrawConsequences(tx: Queryable, pairId: string): Promise<{ notices: number; incidents: number }> {
  const notices = await tx.query('update plagiarism_notices set withdrawn_at = holdfast_now() where pair_id = $1 and withdrawn_at is null', [pairId]);
  const incidents = await tx.query(
    `delete from observations o using plagiarism_pairs p where p.id = $1 and o.session_id in (p.session_a, p.session_b) and o.kind = $2 and o.detail ->> 'pairId' = p.id::text`,
    [pairId, INCIDENT_KIND],
  );
  return { notices: notices.rowCount ?? 0, incidents: incidents.rowCount ?? 0 };
}

// a decision waits for this, so what is told is what was decided
async function lockConfirmed(tx: Queryable, pair: PairRow, version: number, why: string): Promise<void> {
  const { rows } = await tx.query<{ state: string; version: number }>('select state, version from plagiarism_pairs where id = $1 for update', [pair.id]);
  const now = rows[0]!;
  if (now.version !== version) throw new Refusal('version-conflict', 'Somebody else decided about this pair meanwhile. Look at it again.');
  if (now.state !== 'confirmed') throw new Refusal('state-conflict', why);
}

function sideOf(pair: PairRow, sessionId: string): PairSide {
  const side = [pair.a, pair.b].find((each) => each.sessionId === sessionId);
  if (side === undefined) throw new Refusal('not-found', 'The session is not one of this pair.');
  return side;
}

function common(row: RawNotice): Omit<NoticeRow, 'by'> {
  return {
    id: row.id, sessionId: row.session_id, text: row.text, atMs: row.at.getTime(), readAtMs: row.read_at?.getTime() ?? null, withdrawnAtMs: row.withdrawn_at?.getTime() ?? null,
  };
}
