import { Refusal } from '#domain/problem.ts';

import { selectServerClock, type ServerClock } from '../admin/clock.ts';
import type { Queryable } from '../connection.ts';
import { checkInvariants } from '../session/invariants.ts';
import { toMs } from '../session/rows.ts';

/** The proof that an exam is over for everybody. */
export interface CloseOutCertificate {
  /** `open` while students can still start; `closing` while sessions are open after that; `closed` when each student is in one terminal state. */
  readonly state: 'open' | 'closing' | 'closed';
  readonly assigned: number;
  /** Assigned students by the state of their last attempt; absent: never started. */
  readonly counts: {
    readonly submitted: number;
    readonly expired: number;
    readonly terminated: number;
    readonly withdrawn: number;
    readonly absent: number;
  };
  readonly invariants: readonly { readonly name: string; readonly holds: boolean; readonly detail: string }[];
  /** The clock that keeps the deadlines, at the end of the exam; null where nothing is known about it. */
  readonly serverClock: ServerClock | null;
  /** When the last session and the window were closed; null before. */
  readonly closedAtMs: number | null;
}

interface Standing {
  over: boolean;
  assigned: number;
  submitted: number;
  expired: number;
  terminated: number;
  withdrawn: number;
  absent: number;
  open: number;
  open_anywhere: number;
  paused: string[] | null;
  unassigned: number;
  ended_at: Date | null;
}

const STANDING = `
  with last as (
    select distinct on (s.student_id) s.student_id, s.state from exam_sessions s where s.exam_id = $1 order by s.student_id, s.attempt desc
  ), people as (
    select l.state from exam_assignments a left join last l on l.student_id = a.student_id where a.exam_id = $1
  )
  select e.closes_at <= holdfast_now() or e.cancelled_at is not null or e.lifecycle = 'archived' as over,
    (select count(*) from people) as assigned,
    (select count(*) from people where state = 'submitted') as submitted,
    (select count(*) from people where state = 'expired') as expired,
    (select count(*) from people where state = 'terminated') as terminated,
    (select count(*) from people where state = 'withdrawn') as withdrawn,
    (select count(*) from people where state is null) as absent,
    (select count(*) from people where state in ('active', 'paused')) as open,
    (select count(*) from exam_sessions s where s.exam_id = e.id and s.closed_at is null) as open_anywhere,
    (select array_agg(s.id::text order by s.paused_at) from exam_sessions s where s.exam_id = e.id and s.state = 'paused') as paused,
    (select count(*) from last l where not exists (select from exam_assignments a where a.exam_id = $1 and a.student_id = l.student_id)) as unassigned,
    greatest((select max(s.closed_at) from exam_sessions s where s.exam_id = e.id), least(e.closes_at, e.cancelled_at)) as ended_at
  from exams e where e.id = $1 and e.deleted_at is null and e.lifecycle <> 'draft'`;

/**
 * Draws up the close-out of an exam as it stands.
 * @throws Refusal `not-found`
 */
export async function readCloseOut(q: Queryable, examId: string): Promise<CloseOutCertificate> {
  const { rows } = await q.query<Standing>(STANDING, [examId]);
  const standing = rows[0];
  if (standing === undefined) throw new Refusal('not-found', 'There is no such exam.');
  const { submitted, expired, terminated, withdrawn, absent } = standing;
  const counted = submitted + expired + terminated + withdrawn + absent;
  const closedAtMs = toMs(standing.ended_at);
  const state = !standing.over ? 'open' : standing.open_anywhere > 0 ? 'closing' : 'closed';
  return {
    state,
    assigned: standing.assigned,
    counts: { submitted, expired, terminated, withdrawn, absent },
    invariants: [
      {
        name: 'one-state-each',
        holds: counted + standing.open === standing.assigned && (state !== 'closed' || standing.open === 0),
        detail: `${counted} of ${standing.assigned} assigned students are in one terminal state, ${standing.open} are still sitting, ${standing.unassigned} sat without being assigned now`,
      },
      { name: 'nobody-left-paused', holds: standing.paused === null, detail: standing.paused === null ? 'no session is paused' : `paused: ${standing.paused.join(', ')}` },
      ...(await checkInvariants(q, examId)).map(({ name, holds, detail }) => ({ name, holds, detail })),
    ],
    serverClock: await selectServerClock(q, state === 'closed' ? closedAtMs : null),
    closedAtMs: state === 'closed' ? closedAtMs : null,
  };
}

/** Stores the certificate of an exam that is closed; a later one (after a re-open) replaces it. */
export async function storeCloseOut(tx: Queryable, examId: string, certificate: CloseOutCertificate): Promise<void> {
  await tx.query(
    `insert into close_outs (exam_id, certificate) values ($1, $2)
     on conflict (exam_id) do update set certificate = excluded.certificate, closed_at = holdfast_now()`,
    [examId, JSON.stringify(certificate)],
  );
}
