import type { Queryable } from '../connection.ts';

/** The verdict on one invariant. */
export interface InvariantVerdict {
  readonly name: string;
  readonly holds: boolean;
  readonly violations: number;
  /** What it says and, where it does not hold, ids of the first violations. */
  readonly detail: string;
}

interface Invariant {
  readonly name: string;
  readonly says: string;
  /** Answers one row `(id)` per violation; $1 is an exam or null for all. */
  readonly sql: string;
}

const SHOWN = 5;

/** The cutoff of a session as it was at each version: the command that ended the version wrote it down. */
const CUTOFFS = `
  select k.session_id, k.version - 1 as version, (k.result -> 'before' ->> 'cutoffAtMs')::bigint as cutoff_ms from session_commands k
  join exam_sessions s on s.id = k.session_id where ($1::uuid is null or s.exam_id = $1)
  union all
  select s.id, s.version, instant_ms(s.cutoff_at) from exam_sessions s where s.closed_at is null and ($1::uuid is null or s.exam_id = $1)`;

const INVARIANTS: readonly Invariant[] = [
  {
    name: 'no-late-save',
    says: 'no save was accepted at or after the cutoff of its version',
    sql: `with cutoffs as materialized (${CUTOFFS})
      select r.session_id as id from answer_revisions r join cutoffs c on c.session_id = r.session_id and c.version = r.session_version
      where instant_ms(r.saved_at) >= c.cutoff_ms`,
  },
  {
    name: 'no-save-after-close',
    says: 'no answer of a closed session carries its closed version or a later one',
    sql: `select a.session_id as id from answers a join exam_sessions s on s.id = a.session_id
      where s.closed_at is not null and a.session_version >= s.closed_version and ($1::uuid is null or s.exam_id = $1)`,
  },
  {
    name: 'versions-without-gap',
    says: 'every version of a session after the first has its command or close',
    sql: `select s.id from exam_sessions s left join (
        select session_id, count(*) as commands, min(version) as first, max(version) as last from session_commands group by session_id
      ) k on k.session_id = s.id
      where ($1::uuid is null or s.exam_id = $1)
        and (coalesce(k.commands, 0) <> s.version - 1 or coalesce(k.first, 2) <> 2 or coalesce(k.last, 1) <> s.version)`,
  },
  {
    name: 'deadline-equals-parts',
    says: 'deadline and cutoff follow from the parts they are made of',
    sql: `select s.id from exam_sessions s where ($1::uuid is null or s.exam_id = $1)
      and (s.deadline_at, s.cutoff_at) is distinct from (
        session_deadline(s.started_at, s.entitled_ms, s.cap_at, s.extra_ms, s.paused_total_ms),
        session_deadline(s.started_at, s.entitled_ms, s.cap_at, s.extra_ms, s.paused_total_ms) + s.grace_ms * interval '1 millisecond')`,
  },
  {
    name: 'one-open-session',
    says: 'a student has at most one open session of an exam',
    sql: `select min(s.id::text)::uuid as id from exam_sessions s where s.state in ('active', 'paused') and ($1::uuid is null or s.exam_id = $1)
      group by s.exam_id, s.student_id having count(*) > 1`,
  },
  {
    name: 'closed-in-time',
    says: 'no session is open 10 s after its cutoff, or after the limit of its pause',
    sql: `select s.id from exam_sessions s where ($1::uuid is null or s.exam_id = $1)
      and session_is_due(s, (select holdfast_now()) - interval '10 seconds')`,
  },
  {
    name: 'workflow-completed',
    says: 'every session closed for 10 minutes has a completed workflow',
    sql: `select s.id from exam_sessions s left join session_workflows w on w.session_id = s.id
      where s.closed_at <= (select holdfast_now()) - interval '10 minutes' and w.completed_at is null and ($1::uuid is null or s.exam_id = $1)`,
  },
  {
    name: 'no-workflow-over-closed-session',
    says: 'no workflow runs for more than 10 minutes over a closed session',
    sql: `select s.id from exam_sessions s join session_workflows w on w.session_id = s.id
      where s.closed_at <= (select holdfast_now()) - interval '10 minutes' and w.completed_at is null
        and w.seen_at <= (select holdfast_now()) - interval '10 minutes' and ($1::uuid is null or s.exam_id = $1)`,
  },
  {
    name: 'saves-in-log',
    says: 'every accepted save is in the revision log',
    sql: `select a.session_id as id from answers a join exam_sessions s on s.id = a.session_id
        left join lateral (
          select count(*) as revisions, max(r.revision) as last from answer_revisions r where r.session_id = a.session_id and r.item_id = a.item_id
        ) l on true
        left join answer_revisions n on n.session_id = a.session_id and n.item_id = a.item_id and n.revision = a.revision
      where ($1::uuid is null or s.exam_id = $1)
        and (l.revisions <> a.revision or l.last <> a.revision or (n.response, n.saved_at) is distinct from (a.response, a.saved_at))`,
  },
];

/**
 * Checks everything that has to hold after any crash, whatever was killed when: after chaos runs, at close-out, every night.
 * @param examId only this exam
 */
export async function checkInvariants(q: Queryable, examId?: string): Promise<InvariantVerdict[]> {
  const verdicts: InvariantVerdict[] = [];
  for (const { name, says, sql } of INVARIANTS) {
    const { rows } = await q.query<{ violations: number; shown: string[] | null }>(
      `select count(*) as violations, (array_agg(id::text order by id))[1:${SHOWN}] as shown from (${sql}) v`,
      [examId ?? null],
    );
    const { violations, shown } = rows[0]!;
    verdicts.push({ name, holds: violations === 0, violations, detail: violations === 0 ? says : `${says}; not so for ${(shown ?? []).join(', ')}` });
  }
  return verdicts;
}
