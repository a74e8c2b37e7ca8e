import { insertAudit, PLATFORM } from '../audit.ts';
import { inTransaction, type Db, type Queryable } from '../connection.ts';
import { databaseNowMs } from '../session/rows.ts';
import { insertStreamEvent } from '../stream-events.ts';

/** What decides how the workflow of a session goes about its exam. */
export interface ExamTraits {
  /** Assigned students. */
  readonly students: number;
  /** Whether students see their result as soon as they are graded. */
  readonly answersAtOnce: boolean;
}

/**
 * The clock of the database and the traits of an exam.
 * @param known recent traits, which are then not read again
 */
export async function selectClockAndTraits(q: Queryable, examId: string, known?: ExamTraits): Promise<{ nowMs: number; traits: ExamTraits }> {
  if (known !== undefined) return { nowMs: await databaseNowMs(q), traits: known };
  const { rows } = await q.query<{ now: Date; students: number; at_once: boolean }>(
    `select holdfast_now() as now, (select count(*) from exam_assignments where exam_id = e.id) as students,
            e.results ->> 'release' = 'immediate' as at_once
       from exams e where e.id = $1`,
    [examId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the exam of the session is gone');
  return { nowMs: row.now.getTime(), traits: { students: row.students, answersAtOnce: row.at_once } };
}

/**
 * Tells staff that a session has been on hold for long, once for each hold: an audit row and an event for those who watch.
 * @returns whether this call was the one that told
 */
export async function alertLeftPaused(db: Db, sessionId: string): Promise<boolean> {
  return await inTransaction(db, async (tx) => {
    const { rows } = await tx.query<{ exam_id: string; paused_at: Date }>(
      `select exam_id, paused_at from exam_sessions s where id = $1 and state = 'paused'
          and not exists (select 1 from audit_log a where a.session_id = s.id and a.action = 'session.left-paused' and a.at >= s.paused_at)
        for update`,
      [sessionId],
    );
    const [hold] = rows;
    if (hold === undefined) return false;
    const pausedAt = hold.paused_at.toISOString();
    await insertAudit(tx, PLATFORM, {
      action: 'session.left-paused', resourceType: 'session', resourceId: sessionId, examId: hold.exam_id, sessionId, after: { pausedAt },
    });
    await insertStreamEvent(tx, { examId: hold.exam_id, sessionId, kind: 'incident', data: { sessionId, type: 'left-paused', severity: 'info', pausedAt } });
    return true;
  });
}
