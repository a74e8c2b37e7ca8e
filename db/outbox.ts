import type { Queryable } from './connection.ts';

/** What a relay row asks for: wake the workflow of a session, a window or a run. */
export type OutboxTopic = 'session' | 'window' | 'run';

/**
 * Adds one row for the relay, in the transaction of the change. The key carries the version: keyed by the id alone,
 * a second change would be swallowed while the first is still waiting. A run goes before everything else: somebody watches it, and
 * behind the sessions of a class it would wait for half a minute.
 */
export async function insertOutbox(tx: Queryable, topic: OutboxTopic, id: string, version: number, payload: Record<string, unknown> = {}): Promise<void> {
  await tx.query(
    `insert into outbox (topic, key, payload, available_at) values ($1, $2, $3, case when $1 = 'run' then '-infinity' else holdfast_now() end)
     on conflict (topic, key) do nothing`,
    [topic, `${id}:${version}`, JSON.stringify({ id, version, ...payload })],
  );
}
