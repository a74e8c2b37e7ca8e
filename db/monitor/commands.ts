import { Refusal } from '#domain/problem.ts';

import type { Queryable } from '../connection.ts';

/** One command that was carried out on a session. */
export interface CarriedOut {
  readonly commandId: string;
  readonly sessionId: string;
  readonly kind: string;
  readonly version: number;
  readonly reason: string | null;
  readonly actorId: string | null;
  readonly atMs: number;
}

/** @throws not-found for a command that the session did not carry out */
export async function selectCommand(q: Queryable, sessionId: string, commandId: string): Promise<CarriedOut> {
  const { rows } = await q.query<{ kind: string; version: number; reason: string | null; actor_id: string | null; at: Date }>(
    'select kind, version, reason, actor_id, at from session_commands where session_id = $1 and command_id = $2',
    [sessionId, commandId],
  );
  const row = rows[0];
  if (row === undefined) throw new Refusal('not-found', 'This session has carried out no such command.');
  return { commandId, sessionId, kind: row.kind, version: row.version, reason: row.reason, actorId: row.actor_id, atMs: row.at.getTime() };
}
