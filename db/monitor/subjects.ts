import { Refusal } from '#domain/problem.ts';

import type { Queryable } from '../connection.ts';

/** What policies and commands of staff need to know about an exam. */
export interface ExamSubject {
  readonly id: string;
  readonly title: string;
  readonly ownerId: string;
  readonly lifecycle: 'draft' | 'published' | 'archived';
  readonly scheduleVersion: number;
  /** Whether students may see results already: published, their hour has come, or the exam answers at once. */
  readonly resultsOut: boolean;
  /** The actor is to sit this exam; false when no actor was given. */
  readonly assigned: boolean;
  /** The actor is on the list of those who mark it besides the owner. */
  readonly grader: boolean;
}

/** The same about a session. */
export interface SessionSubject {
  readonly id: string;
  readonly studentId: string;
  readonly state: string;
  readonly version: number;
  readonly closedVersion: number | null;
  readonly exam: ExamSubject;
}

interface RawExam {
  exam_id: string;
  title: string;
  owner_id: string;
  lifecycle: ExamSubject['lifecycle'];
  schedule_version: number;
  results_out: boolean;
  assigned: boolean;
  grader: boolean;
}

const EXAM_COLUMNS = `e.id as exam_id, e.title, e.owner_id, e.lifecycle, e.schedule_version,
  results_are_out(e.id) or e.results ->> 'release' = 'immediate' as results_out,
  exists (select from exam_assignments a where a.exam_id = e.id and a.student_id = $2::uuid) as assigned,
  exists (select from marking_settings ms where ms.exam_id = e.id and $2::uuid = any(ms.graders)) as grader`;

/**
 * Reads an exam as it concerns an actor.
 * @throws not-found for an exam that is absent or deleted
 */
export async function selectExamSubject(q: Queryable, examId: string, actorId?: string): Promise<ExamSubject> {
  const { rows } = await q.query<RawExam>(`select ${EXAM_COLUMNS} from exams e where e.id = $1 and e.deleted_at is null`, [examId, actorId ?? null]);
  if (rows[0] === undefined) throw new Refusal('not-found', 'There is no such exam.');
  return toExamSubject(rows[0]);
}

/**
 * Reads a session with its exam as it concerns an actor.
 * @throws not-found for a session that is absent, or one of a deleted exam
 */
export async function selectSessionSubject(q: Queryable, sessionId: string, actorId?: string): Promise<SessionSubject> {
  const { rows } = await q.query<RawExam & { id: string; student_id: string; state: string; version: number; closed_version: number | null }>(
    `select s.id, s.student_id, s.state, s.version, s.closed_version, ${EXAM_COLUMNS}
       from exam_sessions s join exams e on e.id = s.exam_id where s.id = $1 and e.deleted_at is null`,
    [sessionId, actorId ?? null],
  );
  const row = rows[0];
  if (row === undefined) throw new Refusal('not-found', 'There is no such session.');
  return {
    id: row.id, studentId: row.student_id, state: row.state, version: row.version, closedVersion: row.closed_version, exam: toExamSubject(row),
  };
}

function toExamSubject(row: RawExam): ExamSubject {
  return {
    id: row.exam_id, title: row.title, ownerId: row.owner_id, lifecycle: row.lifecycle,
    scheduleVersion: row.schedule_version, resultsOut: row.results_out, assigned: row.assigned, grader: row.grader,
  };
}
