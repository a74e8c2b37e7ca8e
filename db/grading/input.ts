import { Refusal } from '#domain/problem.ts';

import type { Queryable } from '../connection.ts';
import { selectSession, type SessionRow } from '../session/rows.ts';

/** What a closed session is graded from, together with the frozen content of its exam. */
export interface GradingInput {
  readonly session: SessionRow & { readonly closedVersion: number };
  /** The last acknowledged response of each item that has one. */
  readonly answers: ReadonlyMap<string, unknown>;
}

/**
 * Reads a closed session with its answers. The session is read first: once it is closed every save has committed or was refused, so the
 * statement after it sees all there will ever be.
 * @throws Refusal `not-found`, `state-conflict` while the session is open
 */
export async function selectGradingInput(q: Queryable, sessionId: string): Promise<GradingInput> {
  const session = await selectSession(q, sessionId);
  const { closedVersion } = session;
  if (closedVersion === null) throw new Refusal('state-conflict', 'The session is still open.');
  const { rows } = await q.query<{ item_id: string; response: unknown }>('select item_id, response from answers where session_id = $1', [sessionId]);
  return { session: { ...session, closedVersion }, answers: new Map(rows.map((row) => [row.item_id, row.response])) };
}
