import { Refusal } from '#domain/problem.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { announceResults } from '../mail/announce.ts';
import { lockExam } from '../schedule/lock.ts';
import { insertStreamEvent } from '../stream-events.ts';

/** Who publishes or takes back, and of which exam. */
export interface PublicationRequest {
  readonly examId: string;
  readonly origin: Origin;
  /** Students get a mail that their result can be read; true when absent. */
  readonly notify?: boolean;
}

/** Where the results of an exam stand. */
export interface Publication {
  readonly examId: string;
  readonly resultsPublishedAtMs: number | null;
  /** Closed sessions that it is about. */
  readonly sessions: number;
  /** False when it stood so already. */
  readonly changed: boolean;
  /** Mails that were queued with it. */
  readonly mails: number;
}

interface Standing {
  lifecycle: string;
  cancelled: boolean;
  published_at: Date | null;
  out: boolean;
  release: string;
  open: number;
  closed: number;
  ungraded: number;
  pending: number;
}

/**
 * Publishes the results of an exam in every channel at once: one instant in the exam's row, that the gate reads. Under the
 * exclusive lock of the exam, so that no session is re-opened or started meanwhile. Every session has to be closed and graded
 * with the version that it was closed with; withdrawn ones have no result. The mails are queued with it. Published already: nothing happens.
 * @throws not-found, state-conflict with `counts` {open, ungraded, pending}
 */
export async function publishResults(tx: Queryable, { examId, origin, notify = true }: PublicationRequest): Promise<Publication> {
  await lockExam(tx, examId, 'exclusive');
  const standing = await selectStanding(tx, examId);
  if (standing.published_at !== null) return { examId, resultsPublishedAtMs: standing.published_at.getTime(), sessions: standing.closed, changed: false, mails: 0 };
  refuseUnready(standing);
  const { rows } = await tx.query<{ at: Date }>(
    'update exams set results_published_at = holdfast_now(), results_notify = $2 where id = $1 returning results_published_at as at', [examId, notify],
  );
  const resultsPublishedAtMs = rows[0]!.at.getTime();
  const resultsPublishedAt = new Date(resultsPublishedAtMs).toISOString();
  await insertStreamEvent(tx, { examId, kind: 'results-published', data: { resultsPublishedAt } });
  const mails = notify ? await announceResults(tx, { template: 'result-published', examId, occasion: String(resultsPublishedAtMs), createdBy: origin.actorId }) : 0;
  await insertAudit(tx, origin, {
    action: 'exam.results-publish', resourceType: 'exam', resourceId: examId, examId, after: { resultsPublishedAt, sessions: standing.closed, mails },
  });
  return { examId, resultsPublishedAtMs, sessions: standing.closed, changed: true, mails };
}

/**
 * Takes the results back from every channel at once. From then on they are released by hand: an hour of release that has
 * passed, or an exam that answers at once, would show them again. Not out: nothing happens.
 * @throws not-found
 */
export async function unpublishResults(tx: Queryable, { examId, origin }: PublicationRequest): Promise<Publication> {
  await lockExam(tx, examId, 'exclusive');
  const standing = await selectStanding(tx, examId);
  const taken = { examId, resultsPublishedAtMs: null, sessions: standing.closed, mails: 0 };
  if (!standing.out) return { ...taken, changed: false };
  await tx.query(
    `update exams set results_published_at = null, results = results || '{"release": "manual", "releaseAt": null}', version = version + 1, updated_at = holdfast_now()
      where id = $1`,
    [examId],
  );
  await insertStreamEvent(tx, { examId, kind: 'results-unpublished', data: {} });
  await insertAudit(tx, origin, {
    action: 'exam.results-unpublish', resourceType: 'exam', resourceId: examId, examId,
    before: { resultsPublishedAt: standing.published_at?.toISOString() ?? null, release: standing.release }, after: { release: 'manual' },
  });
  return { ...taken, changed: true };
}

/** Where the results of an exam stand on the way to a publication. @throws not-found */
export async function readStanding(q: Queryable, examId: string): Promise<{ resultsPublishedAtMs: number | null; publishable: boolean; blocking: { open: number; ungraded: number; pending: number } }> {
  const { lifecycle, cancelled, open, ungraded, pending, published_at } = await selectStanding(q, examId);
  return {
    resultsPublishedAtMs: published_at?.getTime() ?? null,
    publishable: lifecycle !== 'draft' && !cancelled && open + ungraded + pending === 0,
    blocking: { open, ungraded, pending },
  };
}

async function selectStanding(tx: Queryable, examId: string): Promise<Standing> {
  const { rows } = await tx.query<Standing>(
    `select e.lifecycle, e.cancelled_at is not null as cancelled, e.results_published_at as published_at, e.results ->> 'release' as release,
            results_are_out(e.id) or e.results ->> 'release' = 'immediate' as out, c.*
       from exams e, lateral (
         select count(*) filter (where s.closed_at is null)::int as open,
                count(*) filter (where s.closed_at is not null)::int as closed,
                count(*) filter (where s.closed_at is not null and s.state <> 'withdrawn' and g.session_id is null)::int as ungraded,
                count(*) filter (where s.closed_at is not null and s.state <> 'withdrawn' and g.state <> 'graded')::int as pending
           from exam_sessions s left join grades g on g.session_id = s.id and g.closed_version = s.closed_version
          where s.exam_id = e.id) c
      where e.id = $1 and e.deleted_at is null`,
    [examId],
  );
  if (rows[0] === undefined) throw new Refusal('not-found', 'There is no such exam.');
  return rows[0];
}

function refuseUnready({ lifecycle, cancelled, open, ungraded, pending }: Standing): void {
  if (lifecycle === 'draft') throw new Refusal('state-conflict', 'The exam is a draft; it has no results.');
  if (cancelled) throw new Refusal('state-conflict', 'The exam is cancelled; it has no results.');
  if (open + ungraded + pending === 0) return;
  const left = [`${open} open`, `${ungraded} not graded yet`, `${pending} with marks to be given`].filter((part) => !part.startsWith('0 '));
  throw new Refusal('state-conflict', `Some sessions are not ready: ${left.join(', ')}.`, { extra: { counts: { open, ungraded, pending } } });
}
