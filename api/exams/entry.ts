import type { StudentExam } from '#db/exams/student-exams.ts';
import { entryRefusalAt, type ExamMoment } from '#domain/exams/exam-state.ts';
import type { ProblemCode } from '#domain/problem.ts';
import { isTerminal } from '#domain/session/state.ts';
import type { StoredExam } from '#db/exams/types.ts';

/** What the state of an exam follows from. */
export function momentOf(exam: Pick<StoredExam, 'lifecycle' | 'cancelledAtMs' | 'window'>): ExamMoment {
  return { lifecycle: exam.lifecycle, cancelled: exam.cancelledAtMs !== null, window: exam.window };
}

/**
 * Why a student could not start or resume now, in the order in which starting decides; null when it would work. The access
 * code is asked for at the start.
 */
export function entryRefusal(student: StudentExam, nowMs: number): ProblemCode | null {
  const { exam, session } = student;
  if (session !== null && isOpenAt(session, nowMs)) return null;
  const moment = momentOf(exam);
  const shut = entryRefusalAt(moment, null, nowMs);
  if (shut !== null) return shut;
  if (session?.state === 'terminated' || session?.state === 'withdrawn') return 'session-closed';
  if (student.attemptsUsed >= exam.attempts) return 'attempts-used';
  return entryRefusalAt(moment, exam.lateEntryMinutes, nowMs) ?? (student.held ? 'session-paused' : null);
}

/** An open row past its cut-off is over, whether or not the close loop has come by. */
function isOpenAt(session: NonNullable<StudentExam['session']>, nowMs: number): boolean {
  return !isTerminal(session.state) && (session.state === 'paused' || nowMs < session.cutoffAtMs);
}
