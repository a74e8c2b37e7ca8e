import type { Queryable } from '../connection.ts';

/** One thing that happened in a session. */
export interface TimelineRow {
  readonly atMs: number;
  /** Tells rows of the same instant apart. */
  readonly ord: string;
  readonly kind: string;
  /** Null: the platform itself. */
  readonly actor: { readonly id: string; readonly name: string; readonly role: string } | null;
  readonly reason: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Which part of a timeline. */
export interface TimelineRequest {
  readonly sessionId: string;
  readonly after: { readonly atMs: number; readonly ord: string } | undefined;
  readonly limit: number;
  /** Only these kinds; null for all. */
  readonly kinds: readonly string[] | null;
}

/** What a command of the session tells by itself; the audit row beside it would tell it twice. */
const TOLD_BY_COMMANDS = [
  'extend', 'shorten', 'credit', 'pause', 'resume', 'window', 'reopen', 'submit', 'expire', 'end', 'terminate', 'withdraw', 'cancel',
].map((kind) => `session.${kind}`);

/** What other tables tell in more detail. */
const TOLD_ELSEWHERE = ['session.message', 'session.file'];

const ENTRIES = `
  select c.at, 'command ' || lpad(c.version::text, 10, '0') as ord, c.kind, c.actor_id, c.reason,
         jsonb_build_object('sessionVersion', c.version, 'commandId', c.command_id, 'state', c.result -> 'session' ->> 'state',
           'oldDeadlineAt', instant_text(to_timestamp((c.result -> 'before' ->> 'deadlineAtMs')::numeric / 1000.0)),
           'newDeadlineAt', instant_text(to_timestamp((c.result -> 'session' ->> 'deadlineAtMs')::numeric / 1000.0))) as detail
    from session_commands c where c.session_id = $1
  union all
  select a.at, 'audit ' || lpad(a.id::text, 19, '0'), regexp_replace(a.action, '^session[.]', ''), a.actor_id, a.reason, coalesce(a.after, '{}')
    from audit_log a where a.session_id = $1 and a.action <> all($2)
  union all
  select a.at, 'audit ' || lpad(a.id::text, 19, '0'),
         case a.action when 'exam.window' then 'window-changed' when 'exam.results-publish' then 'results-published' else 'results-unpublished' end,
         a.actor_id, a.reason, coalesce(a.after, '{}')
    from s join audit_log a on a.exam_id = s.exam_id and a.session_id is null
     and a.action in ('exam.window', 'exam.results-publish', 'exam.results-unpublish') and a.at >= s.started_at
  union all
  select m.at, 'message ' || m.id, 'message', m.from_id, null, jsonb_build_object('id', m.id, 'text', m.text, 'forAll', m.session_id is null)
    from s join messages m on m.exam_id = s.exam_id
   where m.session_id = s.id or (m.session_id is null and m.at between s.started_at and coalesce(s.closed_at, 'infinity')
     and (m.scope is null or change_covers(m.scope, s.exam_id, s.student_id)))
  union all
  select h.at, 'help ' || h.id, 'help-requested', s.student_id, h.reason, jsonb_build_object('id', h.id)
    from s join help_requests h on h.session_id = s.id
  union all
  select f.at, 'file ' || f.id, 'file', s.student_id, null, jsonb_build_object('fileId', f.id, 'fileName', f.file_name, 'size', f.size_bytes, 'sha256', f.sha256)
    from s join session_files f on f.session_id = s.id
  union all
  select c.at, 'connection ' || lpad(c.id::text, 19, '0'), case when c.online then 'connected' else 'disconnected' end, s.student_id, null, '{}'
    from s join session_connections c on c.session_id = s.id
  union all
  select e.at, 'event ' || lpad(e.id::text, 19, '0'), e.kind, case e.kind when 'acknowledged' then s.student_id end, null,
         case e.kind when 'acknowledged' then jsonb_build_object('sessionVersion', e.data -> 'sessionVersion') else e.data end
    from s join stream_events e on e.session_id = s.id
   where e.kind = 'acknowledged' or (e.kind = 'incident' and e.data ->> 'type' is distinct from 'observations')
  union all
  select g.graded_at, 'grade ' || lpad(g.closed_version::text, 10, '0'), 'graded', null, null,
         jsonb_build_object('state', g.state, 'closedVersion', g.closed_version, 'gradedCount', g.graded_count, 'pendingCount', g.pending_count)
    from s join grades g on g.session_id = s.id
  union all
  select min(r.saved_at), 'saves', 'answers-saved', s.student_id, null,
         jsonb_build_object('saves', count(*), 'items', count(distinct r.item_id), 'until', instant_text(max(r.saved_at)))
    from s join answer_revisions r on r.session_id = s.id group by s.student_id, date_trunc('minute', r.saved_at)
  union all
  select min(r.at), 'refused ' || r.code, 'answers-refused', s.student_id, null,
         jsonb_build_object('code', r.code, 'answers', count(*), 'until', instant_text(max(r.at)))
    from s join refused_answers r on r.session_id = s.id group by s.student_id, r.code, date_trunc('minute', r.at)
  union all
  select min(o.at), 'observations', 'observations', s.student_id, null, jsonb_build_object('kinds', jsonb_object_agg(o.kind, o.seen), 'until', instant_text(max(o.until)))
    from s cross join lateral (
      select o.kind, date_trunc('minute', o.at) as minute, count(*) as seen, min(o.at) as at, max(o.at) as until
        from observations o where o.session_id = s.id group by 1, 2
    ) o group by s.student_id, o.minute`;

/**
 * One page of everything that is known to have happened in a session, oldest first: commands with actor and reason, saves and
 * refusals by the minute, connections, messages, files, incidents, grading, publication.
 */
export async function listTimeline(q: Queryable, request: TimelineRequest): Promise<TimelineRow[]> {
  const { rows } = await q.query<{
    at: Date; ord: string; kind: string; actor_id: string | null; actor_name: string | null; actor_role: string | null; reason: string | null; detail: Record<string, unknown>;
  }>(
    `with s as materialized (select id, exam_id, student_id, started_at, closed_at from exam_sessions where id = $1),
          entries as (${ENTRIES})
     select t.at, t.ord, t.kind, t.actor_id, t.reason, t.detail, u.name as actor_name,
            case when u.id = s.student_id then 'student' when u.id = e.owner_id and 'teacher' = any(u.roles) then 'teacher'
                 when 'proctor' = any(u.roles) then 'proctor' when 'teacher' = any(u.roles) then 'teacher'
                 when 'admin' = any(u.roles) then 'admin' when u.id is not null then 'student' end as actor_role
       from entries t cross join s join exams e on e.id = s.exam_id left join users u on u.id = t.actor_id
      where ($3::text[] is null or t.kind = any($3))
        and ($4::numeric is null or (t.at, t.ord collate "C") > (to_timestamp($4 / 1000.0), $5::text collate "C"))
      order by t.at, t.ord collate "C" limit $6`,
    [
      request.sessionId, [...TOLD_BY_COMMANDS, ...TOLD_ELSEWHERE], request.kinds, request.after?.atMs ?? null, request.after?.ord ?? null, request.limit,
    ],
  );
  return rows.map((row) => ({
    atMs: row.at.getTime(),
    ord: row.ord,
    kind: row.kind,
    actor: row.actor_id === null ? null : { id: row.actor_id, name: row.actor_name ?? '', role: row.actor_role ?? 'unknown' },
    reason: row.reason,
    detail: row.detail,
  }));
}
