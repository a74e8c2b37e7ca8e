import { decimal, type DecimalLimits, formatDecimal } from '#domain/decimal.ts';
import { type ResultRules, resultOf } from '#domain/grading/result.ts';

import type { Queryable } from '../connection.ts';
import { containing, type Page, type Position } from '../keyset.ts';
import { RANKED } from '../scales/cohort.ts';
import { resolveRules, selectStoredRules } from '../scales/rules.ts';

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
  /** Decimal strings; null without a grade. Points after moderation, and the plain sum of the marks. */
  readonly points: string | null;
  readonly rawPoints: string | null;
  readonly maxPoints: string | null;
  readonly percent: number | null;
  /** Null while marks are missing, and without a pass mark. */
  readonly passed: boolean | null;
  /** By the scale of the exam; null while marks are missing. */
  readonly gradeLabel: string | null;
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
}

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
  const rules = await resolveRules(q, await selectStoredRules(q, request.examId));
  const kept = rows.slice(0, request.limit);
  const last = kept.at(-1);
  return { items: kept.map((row) => toResultRow(row, rules)), next: rows.length > request.limit && last !== undefined ? { value: last.name, id: last.id } : null };
}

function toResultRow(row: RawResult, rules: ResultRules): ResultRow {
  const maxPoints = row.max_points === null ? null : canonical(row.max_points);
  const rawPoints = row.points === null ? null : canonical(row.points);
  const result = rawPoints === null || maxPoints === null ? undefined : resultOf({ points: rawPoints, maxPoints, isFinal: row.grade_state === 'graded' }, rules);
  const percent = result?.percent ?? null;
  return {
    sessionId: row.id,
    closedVersion: row.closed_version,
    student: { id: row.student_id, externalId: row.external_id, name: row.name },
    attempt: row.attempt,
    sessionState: row.session_state,
    counted: row.counted,
    state: row.grade_state,
    points: result?.points ?? null,
    rawPoints,
    maxPoints,
    percent: percent === null ? null : Number(percent),
    passed: result?.passed ?? null,
    gradeLabel: result?.gradeLabel ?? null,
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
