import { createHmac } from 'node:crypto';

import { reply, type Reply } from '#api/http/route.ts';
import type { Tx } from '#db/connection.ts';
import { Refusal } from '#domain/problem.ts';

/** One use of an Idempotency-Key: scoped to actor and route. */
export interface KeyUse {
  readonly actorId: string;
  readonly route: string;
  readonly key: string;
  readonly requestHash: string;
}

/**
 * Hash over what makes two requests the same: method and path, and the body whatever the order of its members.
 * @param secret keyed, because a body may hold a password
 */
export function hashRequest(secret: string, methodAndPath: string, body: unknown): string {
  return createHmac('sha256', secret).update(methodAndPath).update('\n').update(canonical(body)).digest('base64url');
}

/**
 * Runs `work` once per key. Row and effect share the transaction: a concurrent twin waits on the insert, then reads the
 * stored reply; a refusal rolls both back and stores nothing.
 * @throws idempotency-key-reused when the key came with another request
 */
export async function once(tx: Tx, use: KeyUse, work: () => Promise<Reply>): Promise<Reply> {
  const claimed = await tx.query(
    'insert into idempotency (actor_id, route, key, request_hash) values ($1, $2, $3, $4) on conflict do nothing',
    [use.actorId, use.route, use.key, use.requestHash],
  );
  if (claimed.rowCount === 0) return stored(tx, use);
  const answer = await work();
  await tx.query('update idempotency set status = $4, headers = $5, response = $6 where actor_id = $1 and route = $2 and key = $3', [
    use.actorId, use.route, use.key, answer.status,
    JSON.stringify({ ...answer.headers, ...(answer.etag === undefined ? {} : { ETag: `"${answer.etag}"` }) }),
    JSON.stringify(answer.body),
  ]);
  return answer;
}

async function stored(tx: Tx, use: KeyUse): Promise<Reply> {
  const { rows } = await tx.query<{ request_hash: string; status: number; headers: Record<string, string>; response: unknown }>(
    'select request_hash, status, headers, response from idempotency where actor_id = $1 and route = $2 and key = $3',
    [use.actorId, use.route, use.key],
  );
  const row = rows[0];
  // the twin rolled back between our insert and our read, or the row was pruned
  if (row === undefined) throw new Refusal('unavailable', 'The same command was running. Send it again.', { extra: { retryAfterSeconds: 1 } });
  if (row.request_hash !== use.requestHash) {
    throw new Refusal('idempotency-key-reused', 'This Idempotency-Key was used for another request. Use a fresh UUID for a new command.');
  }
  return reply(row.status, row.response, { headers: row.headers });
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
