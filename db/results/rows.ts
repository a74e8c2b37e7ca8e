import { decimal, type DecimalLimits, formatDecimal } from '#domain/decimal.ts';
import { isPassed, percentOf } from '#domain/grading/grade-session.ts';

import type { Queryable } from '../connection.ts';
import { containing, type Page, type Position } from '../keyset.ts';

/** Where the grade of a session stands; `ungraded`: none of its last hand-in. */
export type GradeState = 'graded' | 'pending' | 'needs-manual' | 'ungraded';

/** The result of one closed session. */
export interface ResultRow {
  readonly sessionId: string;
  readonly closedVersion: number;
  readonly student: { readonly id: string; readonly externalId: string | null; readonly name: string };
  readonly attempt: number;
  readonly sessionState: 'submitted' | 'expired' | 'terminated' | 'withdrawn';
  /** Whether the attempt rule of the exam counts this attempt; with `mean` all of them. */
  readonly counted: boolean;
  readonly state: GradeState;
  /** Decimal strings; null without a grade. */
  readonly points: string | null;
  readonly maxPoints: string | null;
  readonly percent: number | null;
  /** Null while marks are missing, and without a pass mark. */
  readonly passed: boolean | null;
  readonly gradedCount: number;
  readonly pendingCount: number;
  readonly withheld: boolean;
  /** Raised by every change of a mark; 0 without a grade. */
  readonly version: number;
}

/** Which results, from where; ordered by the name of the student. */
export interface ResultsRequest {
  readonly examId: string;
  readonly q?: string | undefined;
  readonly state?: GradeState | undefined;
  readonly counted?: boolean | undefined;
  readonly studentId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly after: Position | undefined;
  readonly limit: number;
}

interface RawResult {
  id: string;
  closed_version: number;
  student_id: string;
  external_id: string | null;
  name: string;
  attempt: number;
  session_state: ResultRow['sessionState'];
  counted: boolean;
  grade_state: GradeState;
  points: string | null;
  max_points: string | null;
  graded_count: number;
  pending_count: number;
  withheld: boolean;
  version: number;
  pass_percent: string | null;
}

/** The attempt that counts has rank 1; a withdrawn one never counts, one without a grade only by its place. */
const RANKED = `
  select s.id, s.closed_version, s.student_id, s.attempt, s.state as session_state, e.attempt_rule, e.pass_percent,
         g.points, g.max_points, coalesce(g.graded_count, 0) as graded_count, coalesce(g.pending_count, 0) as pending_count,
         coalesce(g.state, 'ungraded') as grade_state, coalesce(g.version, 0) as version,
         s.state <> 'withdrawn' as eligible,
         row_number() over (
           partition by s.student_id, s.state <> 'withdrawn'
           order by case e.attempt_rule when 'best' then coalesce(g.points / nullif(g.max_points, 0), -1e9) when 'last' then s.attempt else -s.attempt end desc, s.attempt
         ) as place
    from exam_sessions s join exams e on e.id = s.exam_id
    left join grades g on g.session_id = s.id and g.closed_version = s.closed_version
   where s.exam_id = $1 and s.closed_at is not null and ($2::uuid is null or s.student_id = $2)`;

/** Reads one page of the results of an exam. */
export async function listResultRows(q: Queryable, request: ResultsRequest): Promise<Page<ResultRow>> {
  const values: unknown[] = [request.examId, request.studentId ?? null];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const where: string[] = [];
  if (request.state !== undefined) where.push(`r.grade_state = ${add(request.state)}`);
  if (request.counted !== undefined) where.push(`(r.eligible and (r.attempt_rule = 'mean' or r.place = 1)) = ${add(request.counted)}`);
  if (request.sessionId !== undefined) where.push(`r.id = ${add(request.sessionId)}`);
  if (request.q !== undefined && request.q !== '') {
    const pattern = add(containing(request.q));
    where.push(`(u.name ilike ${pattern} or u.email ilike ${pattern} or u.external_id ilike ${pattern})`);
  }
  if (request.after !== undefined) where.push(`(u.name, r.id) > (${add(request.after.value)}::text, ${add(request.after.id)}::uuid)`);
  const { rows } = await q.query<RawResult>(
    `with r as (${RANKED})
     select r.*, r.eligible and (r.attempt_rule = 'mean' or r.place = 1) as counted, u.external_id, u.name, h.session_id is not null as withheld
       from r join users u on u.id = r.student_id left join result_holds h on h.session_id = r.id
      ${where.length === 0 ? '' : `where ${where.join(' and ')}`} order by u.name, r.id limit ${add(request.limit + 1)}`,
    values,
  );
  const kept = rows.slice(0, request.limit);
  const last = kept.at(-1);
  return { items: kept.map(toResultRow), next: rows.length > request.limit && last !== undefined ? { value: last.name, id: last.id } : null };
}

function toResultRow(row: RawResult): ResultRow {
  const points = row.points === null ? null : canonical(row.points);
  const maxPoints = row.max_points === null ? null : canonical(row.max_points);
  const graded = points !== null && maxPoints !== null;
  const percent = graded ? percentOf(points, maxPoints) : null;
  return {
    sessionId: row.id,
    closedVersion: row.closed_version,
    student: { id: row.student_id, externalId: row.external_id, name: row.name },
    attempt: row.attempt,
    sessionState: row.session_state,
    counted: row.counted,
    state: row.grade_state,
    points,
    maxPoints,
    percent: percent === null ? null : Number(percent),
    passed: graded && row.grade_state === 'graded' && row.pass_percent !== null ? isPassed(points, maxPoints, row.pass_percent) : null,
    gradedCount: row.graded_count,
    pendingCount: row.pending_count,
    withheld: row.withheld,
    version: row.version,
  };
}

/** What the columns of marks can hold. */
export const STORED: DecimalLimits = { digits: 14, places: 4 };

/** `2.5000` as the database writes it becomes `2.5`. */
export function canonical(numeric: string): string {
  return formatDecimal(decimal(numeric, STORED));
}
