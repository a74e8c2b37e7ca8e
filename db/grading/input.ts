import { Refusal } from '#domain/problem.ts';

import type { Queryable } from '../connection.ts';
import { selectSessions, type SessionRow } from '../session/rows.ts';

/** What a closed session is graded from, together with the frozen content of its exam. */
export interface GradingInput {
  readonly session: SessionRow & { readonly closedVersion: number };
  /** The last acknowledged response of each item that has one. */
  readonly answers: ReadonlyMap<string, unknown>;
}

/**
 * Reads closed sessions with their answers. The sessions are read first: once one is closed every save has committed or was refused, so
 * the statement after it sees all there will ever be.
 * @returns by session; a session that is gone (`not-found`) or open (`state-conflict`) has a refusal
 */
export async function selectGradingInputs(q: Queryable, sessionIds: readonly string[]): Promise<ReadonlyMap<string, GradingInput | Refusal>> {
  const sessions = new Map((await selectSessions(q, sessionIds)).map((session) => [session.id, session]));
  const { rows } = await q.query<{ session_id: string; item_id: string; response: unknown }>(
    'select session_id, item_id, response from answers where session_id = any($1::uuid[])', [sessionIds],
  );
  const answers = Map.groupBy(rows, (row) => row.session_id);
  return new Map(sessionIds.map((id): [string, GradingInput | Refusal] => {
    const session = sessions.get(id);
    if (session === undefined) return [id, new Refusal('not-found', 'There is no such session.')];
    const { closedVersion } = session;
    if (closedVersion === null) return [id, new Refusal('state-conflict', 'The session is still open.')];
    return [id, { session: { ...session, closedVersion }, answers: new Map(answers.get(id)?.map((row) => [row.item_id, row.response])) }];
  }));
}

/**
 * Reads one closed session with its answers.
 * @throws Refusal `not-found`, `state-conflict` while the session is open
 */
export async function selectGradingInput(q: Queryable, sessionId: string): Promise<GradingInput> {
  const input = (await selectGradingInputs(q, [sessionId])).get(sessionId)!;
  if (input instanceof Refusal) throw input;
  return input;
}
