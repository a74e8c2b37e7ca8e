import type { Queryable } from '../connection.ts';

/** Whether the page of a session is connected, as one API process sees it. */
export interface PresenceChange {
  readonly sessionId: string;
  readonly examId: string;
  readonly online: boolean;
  readonly atMs: number;
  /** False for a mere refresh of what this process knows. */
  readonly isNews: boolean;
}

/** A session that nobody has refreshed for this long is offline: the process that held its stream is gone. */
const STALE_MS = 45_000;

/**
 * Writes many changes in one statement, ordered by session so that two processes can not deadlock. A session that gave a sign
 * of life elsewhere since it was lost here stays online. What is news becomes a row of the session's history of connections.
 * @returns the changes that staff should hear of
 */
export async function writePresence(q: Queryable, changes: readonly PresenceChange[]): Promise<{ sessionId: string; examId: string; online: boolean }[]> {
  const { rows } = await q.query<{ session_id: string; exam_id: string; online: boolean }>(
    `with input as (
       select * from unnest($1::uuid[], $2::uuid[], $3::bool[], $4::bigint[], $5::bool[]) as t(session_id, exam_id, online, at_ms, news)
     ), before as materialized (
       select session_id, online from session_presence where session_id = any($1::uuid[])
     ), written as (
       insert into session_presence as p (session_id, exam_id, last_seen_at, online)
       select session_id, exam_id, to_timestamp(at_ms / 1000.0), online from input order by session_id
       on conflict (session_id) do update set last_seen_at = greatest(p.last_seen_at, excluded.last_seen_at), online = excluded.online
         where excluded.online or coalesce(p.last_seen_at, '-infinity') <= excluded.last_seen_at
       returning session_id
     ), news as (
       select i.* from input i join written w on w.session_id = i.session_id left join before b on b.session_id = i.session_id
        where i.news or b.online is distinct from i.online
     ), told as (
       insert into session_connections (session_id, online, at) select session_id, online, to_timestamp(at_ms / 1000.0) from news order by session_id
     )
     select session_id, exam_id, online from news`,
    [
      changes.map((change) => change.sessionId), changes.map((change) => change.examId), changes.map((change) => change.online),
      changes.map((change) => Math.floor(change.atMs)), changes.map((change) => change.isNews),
    ],
  );
  return rows.map((row) => ({ sessionId: row.session_id, examId: row.exam_id, online: row.online }));
}

/** Marks sessions offline whose stream nobody refreshes any more. */
export async function markStaleOffline(q: Queryable): Promise<{ sessionId: string; examId: string }[]> {
  const { rows } = await q.query<{ session_id: string; exam_id: string }>(
    `with stale as (
       select session_id from session_presence
        where online and coalesce(last_seen_at, '-infinity') < holdfast_now() - $1 * interval '1 millisecond'
        order by session_id for update skip locked
     ), gone as (
       update session_presence p set online = false from stale where p.session_id = stale.session_id
       returning p.session_id, p.exam_id, p.last_seen_at
     ), told as (
       insert into session_connections (session_id, online, at) select session_id, false, coalesce(last_seen_at, holdfast_now()) from gone
     )
     select session_id, exam_id from gone`,
    [STALE_MS],
  );
  return rows.map((row) => ({ sessionId: row.session_id, examId: row.exam_id }));
}
