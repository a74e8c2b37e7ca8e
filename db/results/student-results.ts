import type { SessionState } from '#domain/session/state.ts';

import type { Queryable } from '../connection.ts';
import { resultGates, type ResultGate } from '../grading/gate.ts';
import type { Page, Position } from '../keyset.ts';
import { toMs } from '../session/rows.ts';

/** A session of a student with what the gate says about its result. */
export interface StudentResult {
  readonly sessionId: string;
  readonly examId: string;
  readonly examTitle: string;
  readonly attempt: number;
  readonly attempts: number;
  readonly attemptRule: 'best' | 'mean' | 'last' | 'first';
  readonly state: SessionState;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly closedAtMs: number | null;
  readonly gate: ResultGate;
}

interface RawResult {
  id: string;
  exam_id: string;
  title: string;
  attempt: number;
  attempts: number;
  attempt_rule: StudentResult['attemptRule'];
  state: SessionState;
  started_at: Date;
  ended_at: Date | null;
  closed_at: Date | null;
}

/** Reads one page of the sessions of a student, newest first. */
export async function listStudentResults(q: Queryable, studentId: string, examId: string | undefined, after: Position | undefined, limit: number): Promise<Page<StudentResult>> {
  const { rows } = await q.query<RawResult>(
    `select s.id, s.exam_id, e.title, s.attempt, e.attempts, e.attempt_rule, s.state, s.started_at, s.ended_at, s.closed_at
       from exam_sessions s join exams e on e.id = s.exam_id
      where s.student_id = $1 and e.deleted_at is null and ($2::uuid is null or s.exam_id = $2)
        and ($3::bigint is null or (instant_ms(s.started_at), s.id) < ($3, $4::uuid))
      order by instant_ms(s.started_at) desc, s.id desc limit $5`,
    [studentId, examId ?? null, after?.value ?? null, after?.id ?? null, limit + 1],
  );
  const kept = rows.slice(0, limit);
  const gates = await resultGates(q, kept.map((row) => row.id));
  const last = kept.at(-1);
  return {
    items: kept.map((row) => ({
      sessionId: row.id, examId: row.exam_id, examTitle: row.title, attempt: row.attempt, attempts: row.attempts, attemptRule: row.attempt_rule, state: row.state,
      startedAtMs: row.started_at.getTime(), endedAtMs: toMs(row.ended_at), closedAtMs: toMs(row.closed_at), gate: gates.get(row.id)!,
    })),
    next: rows.length > limit && last !== undefined ? { value: last.started_at.getTime(), id: last.id } : null,
  };
}
