import { randomUUID } from 'node:crypto';

import type { Queryable } from '#db/connection.ts';

/** What a test may say about an exam; the rest is an exam that opened a minute ago and is open for three hours. */
export interface ExamRows {
  durationMinutes?: number;
  graceSeconds?: number;
  attempts?: number;
  lateEntryMinutes?: number | null;
  endRule?: 'window' | 'duration';
  accessCodeHash?: string | null;
  /** Milliseconds from now. */
  opensInMs?: number;
  /** Milliseconds from now. */
  closesInMs?: number;
  lifecycle?: 'draft' | 'published' | 'archived';
  students?: number;
}

/** Ids of what was inserted. */
export interface InsertedExam {
  readonly examId: string;
  readonly ownerId: string;
  readonly studentIds: string[];
}

/** Inserts an exam with its owner and assigned students. */
export async function insertExam(q: Queryable, given: ExamRows = {}): Promise<InsertedExam> {
  const ownerId = await insertUser(q, 'teacher');
  const examId = randomUUID();
  await q.query(
    `insert into exams (id, title, owner_id, duration_minutes, grace_seconds, attempts, late_entry_minutes, end_rule, access_code_hash, lifecycle,
       time_zone, opens_at, closes_at, local_start, local_end)
     select $1, 'Exam', $2, $3, $4, $5, $6, $7, $8, $9, 'UTC', o, c, to_char(o, 'YYYY-MM-DD"T"HH24:MI:SS'), to_char(c, 'YYYY-MM-DD"T"HH24:MI:SS')
     from (select holdfast_now() + $10 * interval '1 millisecond' as o, holdfast_now() + $11 * interval '1 millisecond' as c) w`,
    [
      examId, ownerId, given.durationMinutes ?? 60, given.graceSeconds ?? 10, given.attempts ?? 1, given.lateEntryMinutes ?? null,
      given.endRule ?? 'window', given.accessCodeHash ?? null, given.lifecycle ?? 'published', given.opensInMs ?? -60_000, given.closesInMs ?? 3 * 3_600_000,
    ],
  );
  const studentIds: string[] = [];
  for (let index = 0; index < (given.students ?? 1); index += 1) studentIds.push(await assignStudent(q, examId));
  return { examId, ownerId, studentIds };
}

/** Inserts a student and assigns the exam. */
export async function assignStudent(q: Queryable, examId: string): Promise<string> {
  const studentId = await insertUser(q, 'student');
  await q.query('insert into exam_assignments (exam_id, student_id) values ($1, $2)', [examId, studentId]);
  return studentId;
}

/** Inserts an account. */
export async function insertUser(q: Queryable, role: 'student' | 'teacher' | 'proctor' | 'admin'): Promise<string> {
  const id = randomUUID();
  await q.query(`insert into users (id, email, name, roles) values ($1, $2, 'Somebody', array[$3])`, [id, `${id}@example.org`, role]);
  return id;
}
