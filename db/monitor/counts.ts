import type { Queryable } from '../connection.ts';

/** An exam in numbers, for those who watch over it. */
export interface SessionCounts {
  readonly assigned: number;
  /** Assigned students without any session. */
  readonly notStarted: number;
  /** Sessions by state; a second attempt is a session of its own. */
  readonly active: number;
  readonly paused: number;
  readonly submitted: number;
  readonly expired: number;
  readonly terminated: number;
  readonly withdrawn: number;
  /** Open sessions whose page is not connected. */
  readonly offline: number;
  /** Open sessions whose page has not shown the newest change yet. */
  readonly unacknowledged: number;
  /** Sessions in which something was noticed. */
  readonly withIncidents: number;
  /** Help requests that wait, or that somebody is at. */
  readonly helpOpen: number;
  readonly helpClaimed: number;
}

const COUNTS = `
  with s as materialized (
    select s.id, s.student_id, s.state, s.closed_at is null as open, coalesce(p.online, false) as online,
           coalesce(p.acknowledged_version, 0) < s.version as behind,
           exists (select from observations o where o.session_id = s.id) as noticed
      from exam_sessions s left join session_presence p on p.session_id = s.id where s.exam_id = $1
  ), h as (
    select h.state from s join help_requests h on h.session_id = s.id where h.state <> 'resolved'
  )
  select (select count(*) from exam_assignments a where a.exam_id = $1) as "assigned",
         (select count(*) from exam_assignments a where a.exam_id = $1 and not exists (select from s where s.student_id = a.student_id)) as "notStarted",
         count(*) filter (where state = 'active') as "active",
         count(*) filter (where state = 'paused') as "paused",
         count(*) filter (where state = 'submitted') as "submitted",
         count(*) filter (where state = 'expired') as "expired",
         count(*) filter (where state = 'terminated') as "terminated",
         count(*) filter (where state = 'withdrawn') as "withdrawn",
         count(*) filter (where open and not online) as "offline",
         count(*) filter (where open and behind) as "unacknowledged",
         count(*) filter (where noticed) as "withIncidents",
         (select count(*) from h where state = 'open') as "helpOpen",
         (select count(*) from h where state = 'claimed') as "helpClaimed"
    from s`;

/** Counts the sessions of an exam in one statement. */
export async function countSessions(q: Queryable, examId: string): Promise<SessionCounts> {
  const { rows } = await q.query<SessionCounts>(COUNTS, [examId]);
  return rows[0]!;
}
