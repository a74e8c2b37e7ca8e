import { Refusal } from '#domain/problem.ts';

import type { Queryable } from '../connection.ts';
import { toMs } from '../session/rows.ts';

/** What the head of a report says about its exam. */
export interface ReportExam {
  readonly id: string;
  readonly title: string;
  readonly timeZone: string;
  readonly opensAtMs: number | null;
  readonly closesAtMs: number | null;
  readonly durationMinutes: number;
  readonly passPercent: number | null;
  readonly owner: string;
}

/** @throws not-found */
export async function selectReportExam(q: Queryable, examId: string): Promise<ReportExam> {
  const { rows } = await q.query<{
    id: string; title: string; time_zone: string | null; opens_at: Date | null; closes_at: Date | null; duration_minutes: number; pass_percent: string | null; owner: string;
  }>(
    `select e.id, e.title, e.time_zone, e.opens_at, e.closes_at, e.duration_minutes, e.pass_percent::text, u.name as owner
       from exams e join users u on u.id = e.owner_id where e.id = $1 and e.deleted_at is null`,
    [examId],
  );
  const [row] = rows;
  if (row === undefined) throw new Refusal('not-found', 'There is no such exam.');
  return {
    id: row.id, title: row.title, timeZone: row.time_zone ?? 'UTC', opensAtMs: toMs(row.opens_at), closesAtMs: toMs(row.closes_at),
    durationMinutes: row.duration_minutes, passPercent: row.pass_percent === null ? null : Number(row.pass_percent), owner: row.owner,
  };
}

/** Who sat a session, and which version its grade has now. */
export interface ReportSubject {
  readonly sessionId: string;
  readonly name: string;
  readonly externalId: string | null;
  /** Of the grade; 0 without one. */
  readonly version: number;
}

/** Who sat some sessions; those that do not exist are missing. */
export async function listReportSubjects(q: Queryable, sessionIds: readonly string[]): Promise<ReportSubject[]> {
  const { rows } = await q.query<{ id: string; name: string; external_id: string | null; version: number }>(
    `select s.id, u.name, u.external_id, coalesce(g.version, 0) as version from exam_sessions s join users u on u.id = s.student_id
       left join grades g on g.session_id = s.id and g.closed_version = s.closed_version where s.id = any($1::uuid[])`,
    [sessionIds],
  );
  return rows.map((row) => ({ sessionId: row.id, name: row.name, externalId: row.external_id, version: row.version }));
}
