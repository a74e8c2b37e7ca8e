import { randomUUID } from 'node:crypto';

import type { Queryable } from '#db/connection.ts';
import { insertUser } from '#tests/support/exam-rows.ts';

/** A class with its teacher, everything of gamification switched on. */
export interface TestCourse {
  readonly batchId: string;
  readonly ownerId: string;
  readonly studentIds: readonly string[];
}

/** Makes a class. */
export async function insertCourse(q: Queryable, given: { students?: number; zone?: string; termStartsOn?: string; ownerId?: string; enabled?: boolean } = {}): Promise<TestCourse> {
  const batchId = randomUUID();
  const ownerId = given.ownerId ?? (await insertUser(q, 'teacher'));
  await q.query(`insert into batches (id, name, owner_id) values ($1, 'Class', $2)`, [batchId, ownerId]);
  await q.query(
    `insert into batch_gamification (batch_id, enabled, badges, time_zone, term_starts_on, updated_by) values ($1, $2, '{perfect,fast,consistent,clean,early-bird}', $3, $4, $5)`,
    [batchId, given.enabled ?? true, given.zone ?? 'UTC', given.termStartsOn ?? null, ownerId],
  );
  const studentIds: string[] = [];
  for (let index = 0; index < (given.students ?? 3); index += 1) studentIds.push(await insertUser(q, 'student'));
  await q.query('insert into batch_students (batch_id, student_id) select $1, unnest($2::uuid[])', [batchId, studentIds]);
  return { batchId, ownerId, studentIds };
}

/** One result of an exam of a class. */
export interface TestResult {
  readonly studentId: string;
  /** Of ten. */
  readonly points: number | string;
  readonly minutes?: number;
  readonly attempt?: number;
  readonly state?: 'submitted' | 'expired' | 'withdrawn';
  readonly graded?: 'graded' | 'pending';
}

/** Makes an exam of a class that everybody named has sat, at the given instant of publication; null: not published. */
export async function insertSatExam(
  q: Queryable, course: Pick<TestCourse, 'batchId' | 'ownerId'>, publishedAt: string | null, results: readonly TestResult[], more: { ownerId?: string; rule?: string; shown?: object } = {},
): Promise<{ examId: string; sessionIds: string[] }> {
  const examId = randomUUID();
  await q.query(
    `insert into exams (id, title, owner_id, duration_minutes, pass_percent, attempts, attempt_rule, lifecycle, time_zone, opens_at, closes_at, results_published_at, results)
     values ($1, 'Sat', $2, 60, 50, 9, $3, 'published', 'UTC', holdfast_now() - interval '2 days', holdfast_now() - interval '1 day', $4, $5)`,
    [examId, more.ownerId ?? course.ownerId, more.rule ?? 'best', publishedAt, JSON.stringify({ release: 'manual', score: true, ...more.shown })],
  );
  await q.query('insert into exam_batches (exam_id, batch_id) values ($1, $2)', [examId, course.batchId]);
  const sessionIds: string[] = [];
  for (const result of results) {
    const id = randomUUID();
    sessionIds.push(id);
    await q.query(
      `insert into exam_sessions (id, exam_id, student_id, attempt, state, started_at, entitled_ms, duration_ms, deadline_at, grace_ms, cutoff_at, ended_at, closed_at, close_reason, closed_version, seed)
       select $1, $2, $3, $4, $5, t, 3600000, 3600000, t + interval '1 hour', 10000, t + interval '1 hour', t + $6 * interval '1 minute', t + $6 * interval '1 minute', 'submitted', 1, 1
         from (select holdfast_now() - interval '2 days' as t) x`,
      [id, examId, result.studentId, result.attempt ?? 1, result.state ?? 'submitted', result.minutes ?? 30],
    );
    await q.query(
      'insert into grades (session_id, closed_version, exam_id, points, max_points, graded_count, pending_count, state) values ($1, 1, $2, $3, 10, 1, 0, $4)',
      [id, examId, result.points, result.graded ?? 'graded'],
    );
  }
  return { examId, sessionIds };
}
