import type { Queryable } from '../connection.ts';

/**
 * Takes the lock of an exam until the end of the transaction. It is first in the lock order (exam, sessions by id, answers, inserts)
 * and has to be a statement of its own, before anything is read: what was read earlier misses the change that was waited for.
 * @param mode `shared` for starting and re-opening, `exclusive` for exam-wide changes, cancelling, publishing content or results
 */
export async function lockExam(tx: Queryable, examId: string, mode: 'shared' | 'exclusive'): Promise<void> {
  const lock = mode === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock';
  await tx.query(`select ${lock}(exam_lock_key($1))`, [examId]);
}
