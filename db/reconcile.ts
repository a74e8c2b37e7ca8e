import type { Queryable } from './connection.ts';

/**
 * Queues a wake-up for every session whose workflow is missing (after a minute), belongs to another Temporal store than the present one,
 * has not seen the row for a minute after a change, or has not completed ten minutes after the close. SQL only; a wake-up that still
 * waits is not queued twice.
 * @param namespaceId id of the Temporal namespace that the server has now
 * @returns how many were queued
 */
export async function reconcileSessions(q: Queryable, namespaceId: string): Promise<number> {
  const { rowCount } = await q.query(
    `with moment as materialized (select holdfast_now() as now)
     insert into outbox (topic, key, payload)
     select 'session', s.id || ':' || s.version, jsonb_build_object('id', s.id, 'version', s.version, 'kind', 'reconcile')
     from moment m cross join exam_sessions s left join session_workflows w on w.session_id = s.id
     where (w.session_id is null and s.started_at <= m.now - interval '60 seconds')
       or (w.completed_at is null and (w.namespace_id <> $1 or s.closed_at <= m.now - interval '10 minutes') and w.session_id is not null)
       or (w.seen_version < s.version and exists (
         select from session_commands k where k.session_id = s.id and k.version = s.version and k.at <= m.now - interval '60 seconds'))
     order by s.id
     on conflict (topic, key) do nothing`,
    [namespaceId],
  );
  return rowCount ?? 0;
}

/**
 * The same for the windows of published exams: no workflow, one of another store, or one that has not seen the schedule for a minute.
 * @returns how many were queued
 */
export async function reconcileWindows(q: Queryable, namespaceId: string): Promise<number> {
  const { rowCount } = await q.query(
    `with moment as materialized (select holdfast_now() as now)
     insert into outbox (topic, key, payload)
     select 'window', e.id || ':' || e.schedule_version, jsonb_build_object('id', e.id, 'version', e.schedule_version, 'kind', 'reconcile')
     from moment m cross join exams e left join window_workflows w on w.exam_id = e.id
     where e.lifecycle = 'published' and e.deleted_at is null
       and ((w.exam_id is null and e.updated_at <= m.now - interval '60 seconds')
         or (w.completed_at is null and w.namespace_id <> $1)
         or (w.seen_version < e.schedule_version and e.updated_at <= m.now - interval '60 seconds'))
     order by e.id
     on conflict (topic, key) do nothing`,
    [namespaceId],
  );
  return rowCount ?? 0;
}

/** How long the oldest wake-up has been waiting; null when none is. Above a minute somebody should look. */
export async function outboxAgeMs(q: Queryable): Promise<number | null> {
  const { rows } = await q.query<{ age: number | null }>('select instant_ms(holdfast_now()) - instant_ms(min(created_at)) as age from outbox');
  return rows[0]?.age ?? null;
}
