import { Refusal } from '#domain/problem.ts';

import type { Queryable } from '../connection.ts';
import { insertStreamEvent } from '../stream-events.ts';

/** A sign of life of the student's client. */
export interface Touch {
  readonly sessionId: string;
  readonly examId: string;
  readonly online: boolean;
}

/** Notes that a student is, or is no longer, connected; `lastSeenAt` moves only for a sign of life. */
export async function touchSession(q: Queryable, touch: Touch): Promise<void> {
  await q.query(
    `insert into session_presence as p (session_id, exam_id, last_seen_at, online) values ($1, $2, holdfast_now(), $3)
     on conflict (session_id) do update set online = excluded.online,
       last_seen_at = case when excluded.online then excluded.last_seen_at else p.last_seen_at end`,
    [touch.sessionId, touch.examId, touch.online],
  );
}

/**
 * Notes that the student's client shows the given version of the session; staff learn of it by `acknowledged`. An older version than
 * one acknowledged before, or a version that does not exist yet, changes nothing.
 * @returns the highest version acknowledged
 * @throws Refusal `not-found`
 */
export async function acknowledge(tx: Queryable, ack: { sessionId: string; version: number }): Promise<number> {
  const { rows } = await tx.query<{ exam_id: string; version: number; moved: boolean }>(
    `with s as (select id, exam_id, version from exam_sessions where id = $1), moved as (
       insert into session_presence as p (session_id, exam_id, last_seen_at, online, acknowledged_version, acknowledged_at)
       select s.id, s.exam_id, holdfast_now(), true, least($2::int, s.version), holdfast_now() from s
       on conflict (session_id) do update set acknowledged_version = excluded.acknowledged_version, acknowledged_at = excluded.acknowledged_at,
         last_seen_at = excluded.last_seen_at
       where excluded.acknowledged_version > p.acknowledged_version
       returning p.acknowledged_version
     )
     select s.exam_id, coalesce(m.acknowledged_version, p.acknowledged_version) as version, m.acknowledged_version is not null as moved
     from s left join moved m on true left join session_presence p on p.session_id = s.id`,
    [ack.sessionId, ack.version],
  );
  const row = rows[0];
  if (row === undefined) throw new Refusal('not-found', 'There is no such session.');
  if (row.moved) {
    await insertStreamEvent(tx, { examId: row.exam_id, sessionId: ack.sessionId, kind: 'acknowledged', data: { sessionVersion: row.version } });
  }
  return row.version;
}
