import type { Annotation, MarkerRole, MarkPart, RubricChoice } from '#domain/marking/types.ts';
import { Refusal } from '#domain/problem.ts';

import type { Queryable } from '../connection.ts';
import { canonical } from '../results/rows.ts';
import { ANSWER_SQL, type MarkingAnswer, type RawAnswer, toAnswer } from './answer-rows.ts';

/** What a grader writes about an answer; remarks about words carry the words. */
export interface MarkContent {
  /** Decimal string; null in drafts. */
  readonly points: string | null;
  readonly rubricVersion: number | null;
  readonly selection: readonly RubricChoice[] | null;
  readonly parts: readonly MarkPart[] | null;
  readonly comment: string | null;
  readonly annotations: readonly (Annotation & { readonly quote?: string | undefined })[];
}

/** The mark of one grader. */
export interface MarkerMark extends MarkContent {
  readonly sessionId: string;
  readonly itemId: string;
  readonly role: MarkerRole;
  readonly graderId: string;
  readonly graderName: string;
  readonly version: number;
  readonly points: string;
  readonly computedPoints: string | null;
  readonly completedAtMs: number;
}

/** What a grader has written and not given. */
export interface MarkerDraft extends MarkContent {
  readonly sessionId: string;
  readonly itemId: string;
  readonly role: MarkerRole;
  readonly closedVersion: number;
  readonly refused: boolean;
  readonly savedAtMs: number;
}

/** A wish to talk about an answer. */
export interface AnswerFlag {
  readonly sessionId: string;
  readonly itemId: string;
  readonly graderId: string;
  readonly graderName: string;
  readonly note: string;
  readonly atMs: number;
}

/** Who asks, for what: drafts and leases are personal. */
export interface AnswerQuery {
  readonly examId: string;
  readonly actorId: string;
  readonly itemId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly filter?: string | undefined;
  readonly after?: { readonly value: string; readonly id: string } | undefined;
  readonly limit?: number | undefined;
}

const FILTERS: Readonly<Record<string, string>> = {
  pending: "r.state = 'first'",
  second: "r.state = 'second'",
  reconcile: "r.state = 'reconcile'",
  done: "r.state = 'done'",
  flagged: 'r.flagged',
  leased: 'r.leased',
  mine: '(r.first_by = $2 or r.second_by = $2)',
  allocated: "(r.state = 'first' and r.first_grader = $2 or r.state = 'second' and r.second_grader = $2)",
  // of marks that the actor must not see nothing is told, not even this
  'older-rubric': `exists (select from marker_marks k where k.session_id = r.session_id and k.closed_version = r.closed_version and k.item_id = r.item_id
     and k.superseded_at is null and k.rubric_version < (select max(version) from marking_rubrics b where b.exam_id = r.exam_id and b.item_id = r.item_id)
     and (k.grader_id = $2 or r.state in ('done', 'reconcile')))`,
};

/** Answers of an exam that need a person, in the order of their codes. */
export async function listAnswers(q: Queryable, query: AnswerQuery): Promise<MarkingAnswer[]> {
  const values: unknown[] = [query.examId, query.actorId];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const where = ['true'];
  if (query.itemId !== undefined) where.push(`r.item_id = ${add(query.itemId)}::uuid`);
  if (query.sessionId !== undefined) where.push(`r.session_id = ${add(query.sessionId)}::uuid`);
  const filter = FILTERS[query.filter ?? 'all'];
  if (filter !== undefined) where.push(filter);
  if (query.after !== undefined) where.push(`(r.code, r.session_id) > (${add(query.after.value)}::text, ${add(query.after.id)}::uuid)`);
  const { rows } = await q.query<RawAnswer>(
    `select * from (${ANSWER_SQL}) r where ${where.join(' and ')} order by r.code, r.session_id, r.item_id ${query.limit === undefined ? '' : `limit ${add(query.limit)}`}`,
    values,
  );
  return rows.map(toAnswer);
}

/**
 * Reads one answer that needs, or needed, a person.
 * @throws not-found
 */
export async function selectAnswer(q: Queryable, examId: string, actorId: string, sessionId: string, itemId: string): Promise<MarkingAnswer> {
  const [answer] = await listAnswers(q, { examId, actorId, sessionId, itemId });
  if (answer === undefined) throw new Refusal('not-found', 'There is no such answer to mark: the machine marked it, or the session is open.');
  return answer;
}

type Keyed = Pick<MarkingAnswer, 'sessionId' | 'itemId' | 'closedVersion'>;
const keysOf = (answers: readonly Keyed[]): unknown[] => [answers.map((each) => each.sessionId), answers.map((each) => each.closedVersion), answers.map((each) => each.itemId)];
const WANTED = 'unnest($1::uuid[], $2::int[], $3::uuid[]) as w (session_id, closed_version, item_id)';

/** Every mark of graders for some answers, the first before the second; whether somebody may see one is up to the caller. */
export async function listMarkerMarks(q: Queryable, answers: readonly Keyed[]): Promise<MarkerMark[]> {
  const { rows } = await q.query<{
    session_id: string; item_id: string; role: MarkerRole; version: number; grader_id: string; name: string; points: string; computed_points: string | null;
    rubric_version: number | null; content: Omit<MarkContent, 'points' | 'rubricVersion'>; completed_at: Date;
  }>(
    `select k.session_id, k.item_id, k.role, k.version, k.grader_id, u.name, k.points, k.computed_points, k.rubric_version, k.content, k.completed_at
       from ${WANTED} join marker_marks k using (session_id, closed_version, item_id) join users u on u.id = k.grader_id
      where k.superseded_at is null order by k.session_id, k.item_id, k.role`,
    keysOf(answers),
  );
  return rows.map((row) => ({
    ...row.content, sessionId: row.session_id, itemId: row.item_id, role: row.role, version: row.version, graderId: row.grader_id, graderName: row.name,
    points: canonical(row.points), computedPoints: row.computed_points === null ? null : canonical(row.computed_points),
    rubricVersion: row.rubric_version, completedAtMs: row.completed_at.getTime(),
  }));
}

/** The drafts of one grader for some answers. */
export async function listDrafts(q: Queryable, answers: readonly Keyed[], graderId: string): Promise<MarkerDraft[]> {
  const { rows } = await q.query<{ session_id: string; item_id: string; closed_version: number; role: MarkerRole; content: MarkContent; refused: boolean; saved_at: Date }>(
    `select d.session_id, d.item_id, d.closed_version, d.role, d.content, d.refused, d.saved_at
       from ${WANTED} join marker_drafts d using (session_id, closed_version, item_id) where d.grader_id = $4`,
    [...keysOf(answers), graderId],
  );
  return rows.map((row) => ({
    ...row.content, sessionId: row.session_id, itemId: row.item_id, closedVersion: row.closed_version, role: row.role, refused: row.refused, savedAtMs: row.saved_at.getTime(),
  }));
}

/** The flags of some answers. */
export async function listFlags(q: Queryable, answers: readonly Keyed[]): Promise<AnswerFlag[]> {
  const { rows } = await q.query<{ session_id: string; item_id: string; grader_id: string; name: string; note: string; flagged_at: Date }>(
    `select f.session_id, f.item_id, f.grader_id, u.name, f.note, f.flagged_at
       from ${WANTED} join marking_flags f using (session_id, closed_version, item_id) join users u on u.id = f.grader_id order by f.flagged_at, f.grader_id`,
    keysOf(answers),
  );
  return rows.map((row) => ({ sessionId: row.session_id, itemId: row.item_id, graderId: row.grader_id, graderName: row.name, note: row.note, atMs: row.flagged_at.getTime() }));
}
