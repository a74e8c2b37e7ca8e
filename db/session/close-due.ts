import type { Queryable } from '../connection.ts';
import { selectSession, type SessionRow } from './rows.ts';

/**
 * Closes sessions whose time is over, in the order of their ids, leaving out rows that somebody holds: they follow in the next pass.
 * Writes rows, commands of kind `expire`, stream events and audit. Idempotent.
 * @param limit most rows in one pass
 * @param examId only this exam
 * @returns how many were closed; 0 does not mean that nothing is due, `countDueSessions` does
 */
export async function closeDueSessions(q: Queryable, limit: number, examId?: string): Promise<number> {
  const { rows } = await q.query<{ closed: number }>('select close_due_sessions($1, $2) as closed', [limit, examId ?? null]);
  return rows[0]?.closed ?? 0;
}

/** How many sessions are due and still open, locked ones included. */
export async function countDueSessions(q: Queryable): Promise<number> {
  const { rows } = await q.query<{ due: number }>('select count_due_sessions() as due');
  return rows[0]?.due ?? 0;
}

/**
 * Closes one session if its time is over by the clock after the wait for its row; otherwise changes nothing. Idempotent.
 * @returns the session as it stands now: adopt it, a session that is not due is no error
 * @throws Refusal `not-found`
 */
export async function closeSessionIfDue(q: Queryable, sessionId: string): Promise<SessionRow> {
  await q.query('select close_session_if_due($1)', [sessionId]);
  return selectSession(q, sessionId);
}
