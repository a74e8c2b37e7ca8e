import type { Queryable } from './connection.ts';
import type { OutboxTopic } from './outbox.ts';

/** One wake-up on its way to a workflow. */
export interface OutboxRow {
  readonly id: number;
  readonly topic: OutboxTopic;
  /** `<id>:<version>` */
  readonly key: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** How often it was claimed, this time included. */
  readonly attempts: number;
  /** How long it has been there, ms of the database clock. */
  readonly waitedMs: number;
}

/**
 * Takes wake-ups that are available and that nobody else has, oldest first, for the length of a lease. A relay that dies gives them
 * back by the end of the lease, which has to be longer than all its calls.
 */
export async function claimOutbox(q: Queryable, limit: number, leaseMs: number): Promise<OutboxRow[]> {
  const { rows } = await q.query<{
    id: number; topic: OutboxTopic; key: string; payload: Record<string, unknown>; attempts: number; waited_ms: number;
  }>(
    `with moment as materialized (select holdfast_now() as now), taken as materialized (
       select o.id from outbox o
       where o.available_at <= (select now from moment) and (o.claimed_until is null or o.claimed_until <= (select now from moment))
       order by o.available_at, o.id limit $1 for update skip locked
     ), claimed as (
       update outbox o set claimed_until = m.now + $2::bigint * interval '1 millisecond', attempts = o.attempts + 1
       from taken t, moment m where o.id = t.id
       returning o.id, o.topic, o.key, o.payload, o.attempts, instant_ms(m.now) - instant_ms(o.created_at) as waited_ms, o.available_at
     )
     select * from claimed order by available_at, id`,
    [limit, leaseMs],
  );
  return rows.map((row) => ({
    id: row.id,
    topic: row.topic,
    key: row.key,
    payload: row.payload,
    attempts: row.attempts,
    waitedMs: row.waited_ms,
  }));
}

/** Deletes a wake-up that was delivered: a kept one would swallow the next with the same key. */
export async function finishOutbox(q: Queryable, id: number): Promise<void> {
  await q.query('delete from outbox where id = $1', [id]);
}

/** Gives a wake-up back, to be available again after a delay. */
export async function postponeOutbox(q: Queryable, id: number, delayMs: number): Promise<void> {
  await q.query(
    `update outbox set claimed_until = null, available_at = holdfast_now() + $2::bigint * interval '1 millisecond' where id = $1`,
    [id, delayMs],
  );
}

/** Drops the wake-up of one version of a row, once the workflow has taken a signal about it directly. */
export async function dropWakeUp(q: Queryable, topic: OutboxTopic, id: string, version: number): Promise<void> {
  await q.query('delete from outbox where topic = $1 and key = $2', [topic, `${id}:${version}`]);
}
