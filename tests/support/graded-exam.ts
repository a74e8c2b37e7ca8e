import { randomUUID } from 'node:crypto';

import { inTransaction } from '#db/connection.ts';
import { submitSession } from '#db/session/submit.ts';

import { type CoreBench, originOf } from './core.ts';
import { insertExam } from './exam-rows.ts';

/** An exam that a class handed in and that is graded; sessions and students in one order. */
export interface GradedExam {
  readonly examId: string;
  readonly ownerId: string;
  readonly studentIds: readonly string[];
  readonly sessionIds: readonly string[];
}

/** Inserts a class with a grade each, 17.25 of 20 points. */
export async function insertGradedExam(bench: CoreBench, students = 1): Promise<GradedExam> {
  const { examId, ownerId, studentIds } = await insertExam(bench.db, { students });
  const sessionIds: string[] = [];
  for (const studentId of studentIds) {
    const { id: sessionId } = await bench.start(examId, studentId);
    await inTransaction(bench.db, (tx) => submitSession(tx, { sessionId, commandId: randomUUID(), origin: originOf(studentId) }));
    sessionIds.push(sessionId);
  }
  await bench.db.query(
    `insert into grades (session_id, closed_version, exam_id, points, max_points, graded_count, pending_count, state)
     select id, closed_version, exam_id, 17.25, 20, 1, 0, 'graded' from exam_sessions where exam_id = $1`,
    [examId],
  );
  return { examId, ownerId, studentIds, sessionIds };
}
