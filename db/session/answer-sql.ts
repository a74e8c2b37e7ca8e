/** The statements of the answer path, apart from the lane that runs them, so that tests can take them to pieces. */

/**
 * The inputs of one batch, one row per save: $1 sessions, $2 items, $3 clients, $4 sequence numbers, $5 base revisions, $6 responses
 * as one JSON array. At most one row per (session, item).
 */
export const INPUT = `
  select t.session_id, t.item_id, t.client_id, t.client_seq, t.base_revision, t.response, t.n
  from rows from (unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::uuid[]), unnest($4::bigint[]), unnest($5::int[]), jsonb_array_elements($6::jsonb))
    with ordinality as t(session_id, item_id, client_id, client_seq, base_revision, response, n)`;

/** Sessions of the batch that take answers now. State and time stand in the locking read: without the time late savers starve the close. */
const OPEN = `
  select s.id, s.version, s.deadline_at, s.cutoff_at from exam_sessions s
  where s.id = any($1::uuid[]) and s.state = 'active' and s.cutoff_at > holdfast_now()
  order by s.id for share skip locked`;

/** Whether an arriving answer follows the stored one, `a`; `x` is the arriving one. */
export function follows(x: string): string {
  return `(
    (a.client_id = ${x}.client_id and ${x}.client_seq > a.client_seq)
    or (${x}.base_revision = a.revision and (a.client_id = ${x}.client_id and a.client_seq = ${x}.client_seq) is not true)
    or (${x}.client_id is null and ${x}.base_revision is null and ${x}.client_seq > a.client_seq))`;
}

/**
 * Saves what may be saved and answers those rows only, `n` counted from 1. The clock is read a second time once every lock is held, and
 * what is checked is what is stored; inserts go in one order in every process, so two lanes can not deadlock; the log is written from
 * the rows that were really stored.
 */
export const SAVE = `
  with input as materialized (${INPUT}
  ), open as materialized (${OPEN}
  ), clock as materialized (select holdfast_now() as at from (select count(*) from open) locked
  ), saved as (
    insert into answers as a (session_id, item_id, revision, client_id, client_seq, base_revision, response, saved_at, session_version)
    select i.session_id, i.item_id, 1, i.client_id, i.client_seq, i.base_revision, i.response, c.at, o.version
    from input i join open o on o.id = i.session_id cross join clock c
    where c.at < o.cutoff_at
    order by i.session_id, i.item_id
    on conflict (session_id, item_id) do update set revision = a.revision + 1, client_id = excluded.client_id, client_seq = excluded.client_seq,
      base_revision = excluded.base_revision, response = excluded.response, saved_at = excluded.saved_at, session_version = excluded.session_version
    where ${follows('excluded')}
    returning a.session_id, a.item_id, a.revision, a.client_id, a.client_seq, a.response, a.saved_at, a.session_version
  ), log as (
    insert into answer_revisions (session_id, item_id, revision, client_id, client_seq, response, saved_at, session_version)
    select session_id, item_id, revision, client_id, client_seq, response, saved_at, session_version from saved
  )
  select i.n, v.revision, instant_ms(v.saved_at) as saved_ms, instant_ms(o.deadline_at) as deadline_ms, v.session_version
  from saved v join input i on i.session_id = v.session_id and i.item_id = v.item_id join open o on o.id = v.session_id`;

/**
 * Says why rows of a batch were not saved: a plain read that locks nothing. `verdict` null means that the row would be accepted
 * now: somebody held the session. A response that was accepted before is a success with its first result; without a client id the
 * sequence number names no save, there the revision it followed has to fit too. What is refused is kept.
 */
export const EXPLAIN = `
  with input as materialized (${INPUT}
  ), judged as materialized (
    select i.*, s.id as known, s.version, s.deadline_at, a.revision, a.response as stored, a.saved_at,
      p.revision as first_revision, p.saved_at as first_saved_at,
      case
        when s.id is null then 'not-found'
        when p.response = i.response and (i.client_id is not null or i.base_revision is null or p.revision = i.base_revision + 1) then 'saved-before'
        when s.state = 'paused' then 'session-paused'
        when s.state = 'expired' then 'deadline-passed'
        when s.state <> 'active' then 'session-closed'
        when s.cutoff_at <= holdfast_now() then 'deadline-passed'
        when i.client_id is not null and p.revision is not null then 'validation-failed'
        when a.revision is not null and not coalesce(${follows('i')}, false) then 'stale-revision'
      end as verdict
    from input i
    left join exam_sessions s on s.id = i.session_id
    left join answers a on a.session_id = i.session_id and a.item_id = i.item_id
    left join lateral (
      select r.revision, r.response, r.saved_at from answer_revisions r
      where r.session_id = i.session_id and r.item_id = i.item_id and r.client_id is not distinct from i.client_id and r.client_seq = i.client_seq
      order by (r.response is not distinct from i.response) desc, r.revision desc limit 1
    ) p on true
  ), kept as (
    insert into refused_answers (session_id, item_id, client_id, client_seq, base_revision, response, code)
    select j.session_id, j.item_id, j.client_id, j.client_seq, j.base_revision, j.response, j.verdict
    from judged j
    where j.verdict in ('session-paused', 'session-closed', 'deadline-passed', 'stale-revision')
      and not exists (select from refused_answers f where f.session_id = j.session_id and f.item_id = j.item_id
        and f.client_id is not distinct from j.client_id and f.client_seq = j.client_seq and f.response is not distinct from j.response)
    order by j.session_id, j.item_id
  )
  select n, verdict, revision, stored, instant_ms(saved_at) as saved_ms, first_revision, instant_ms(first_saved_at) as first_saved_ms,
    instant_ms(deadline_at) as deadline_ms, version
  from judged`;
