import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { announceResults } from '../mail/announce.ts';
import { insertStreamEvent } from '../stream-events.ts';

/** Whether the result of a session is withheld. */
export interface HoldState {
  readonly sessionId: string;
  readonly withheld: boolean;
  readonly reason: string | null;
  readonly heldAtMs: number | null;
}

/** Who withholds or releases what. */
export interface HoldRequest {
  readonly sessionId: string;
  readonly examId: string;
  /** Tells the student's open page when results are out. */
  readonly published: boolean;
  readonly reason: string;
  readonly origin: Origin;
}

/** Withholds the result of one session, whatever is published; a second time changes the reason. */
export async function withholdResult(tx: Queryable, request: HoldRequest): Promise<HoldState> {
  const { rows } = await tx.query<{ held_at: Date }>(
    `insert into result_holds (session_id, reason, held_by) values ($1, $2, $3)
     on conflict (session_id) do update set reason = excluded.reason, held_by = excluded.held_by returning held_at`,
    [request.sessionId, request.reason, request.origin.actorId],
  );
  await note(tx, request, 'session.result-withhold', 'results-unpublished');
  return { sessionId: request.sessionId, withheld: true, reason: request.reason, heldAtMs: rows[0]!.held_at.getTime() };
}

/** Lets the result of one session go with the others again, and tells the student who has not heard of it; one that was not withheld stays as it is. */
export async function releaseResult(tx: Queryable, request: HoldRequest): Promise<HoldState> {
  const { rowCount } = await tx.query('delete from result_holds where session_id = $1', [request.sessionId]);
  if (rowCount !== 0) {
    await note(tx, request, 'session.result-release', 'results-published');
    await announceReleased(tx, request);
  }
  return { sessionId: request.sessionId, withheld: false, reason: null, heldAtMs: null };
}

async function note(tx: Queryable, request: HoldRequest, action: string, kind: 'results-published' | 'results-unpublished'): Promise<void> {
  const { sessionId, examId, reason } = request;
  if (request.published) await insertStreamEvent(tx, { examId, sessionId, kind, data: {} });
  await insertAudit(tx, request.origin, { action, resourceType: 'session', resourceId: sessionId, examId, sessionId, reason });
}

/** The key of the publication: a student who got its mail before the hold gets no second one. */
async function announceReleased(tx: Queryable, { examId, sessionId, origin }: HoldRequest): Promise<void> {
  const { rows } = await tx.query<{ at: Date }>('select results_published_at as at from exams where id = $1 and results_published_at is not null and results_notify', [examId]);
  if (rows[0] === undefined) return;
  await announceResults(tx, { template: 'result-published', examId, sessionIds: [sessionId], occasion: String(rows[0].at.getTime()), createdBy: origin.actorId });
}
