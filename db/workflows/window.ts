import { insertAudit, PLATFORM } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { insertStreamEvent } from '../stream-events.ts';

/** Exam `e`, certificate `c`. */
const CLOSED_LATER = 'exists (select from exam_sessions s where s.exam_id = e.id and s.closed_at > c.closed_at)';

/** What stands in the way of the end of an exam. */
export interface Remainder {
  /** Due by the clock and still open, rows that somebody holds included. */
  readonly due: number;
  readonly paused: number;
  /** Closed hand-ins without a grade; withdrawn ones get none. */
  readonly ungraded: number;
  readonly students: number;
}

/** Counts what is left of an exam, without waiting for locks. */
export async function selectRemainder(q: Queryable, examId: string): Promise<Remainder> {
  const { rows } = await q.query<Remainder>(
    `select count(*) filter (where session_is_due(s, (select holdfast_now()))) as due,
            count(*) filter (where s.state = 'paused') as paused,
            count(*) filter (where s.closed_at is not null and s.state <> 'withdrawn' and g.session_id is null) as ungraded,
            (select count(*) from exam_assignments where exam_id = $1) as students
       from exam_sessions s left join grades g on g.session_id = s.id and g.closed_version = s.closed_version
      where s.exam_id = $1`,
    [examId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the statement returned no row');
  return row;
}

/** Tells everybody in the exam, and the audit log, that its window has opened or ended by itself; in the caller's transaction. */
export async function tellWindow(tx: Queryable, examId: string, what: 'opened' | 'ended'): Promise<void> {
  const { rows } = await tx.query<{ data: Record<string, unknown> }>(
    `select jsonb_build_object('opensAt', instant_text(opens_at), 'closesAt', instant_text(closes_at), 'localStart', local_start, 'localEnd', local_end,
              'timeZone', time_zone, 'cancelledAt', null, 'scheduleVersion', schedule_version, 'kind', $2::text) as data
       from exams where id = $1`,
    [examId, what],
  );
  const data = rows[0]?.data;
  if (data === undefined) throw new Error('the exam is gone');
  await insertStreamEvent(tx, { examId, kind: 'window-changed', data });
  await insertAudit(tx, PLATFORM, { action: `exam.${what}`, resourceType: 'exam', resourceId: examId, examId });
}

/**
 * Asks the window workflow for another certificate when sessions were closed after the one that is stored: somebody was
 * re-opened, and now nobody is sitting any more.
 * @returns whether it was asked for
 */
export async function requestNewCloseOut(q: Queryable, examId: string): Promise<boolean> {
  const { rowCount } = await q.query(
    `insert into outbox (topic, key, payload)
     select 'window', e.id || ':' || e.schedule_version, jsonb_build_object('id', e.id, 'version', e.schedule_version, 'kind', 'nudge')
       from exams e join close_outs c on c.exam_id = e.id
      where e.id = $1 and ${CLOSED_LATER} and not exists (select from exam_sessions s where s.exam_id = e.id and s.closed_at is null)
     on conflict (topic, key) do nothing`,
    [examId],
  );
  return rowCount === 1;
}

/** What the milestones of a window depend on beside its plan. */
export interface WindowFacts {
  /** Whether sessions were closed after the stored certificate was drawn up. */
  readonly closeOutOutdated: boolean;
  /** The last cut-off of those who are sitting, epoch ms; who is on hold has none. Null when nobody is sitting. */
  readonly lastActiveCutoffMs: number | null;
}

/** Reads what the milestones of a window depend on beside its plan. */
export async function selectWindowFacts(q: Queryable, examId: string): Promise<WindowFacts> {
  const { rows } = await q.query<{ outdated: boolean; last_cutoff_ms: number | null }>(
    `select exists (select from close_outs c where c.exam_id = e.id and ${CLOSED_LATER}) as outdated,
            (select instant_ms(max(s.cutoff_at)) from exam_sessions s where s.exam_id = e.id and s.state = 'active') as last_cutoff_ms
       from exams e where e.id = $1`,
    [examId],
  );
  return { closeOutOutdated: rows[0]?.outdated ?? false, lastActiveCutoffMs: rows[0]?.last_cutoff_ms ?? null };
}
