import type { SessionState } from '#domain/session/state.ts';

import type { Queryable } from '../connection.ts';
import { sessionColumns, type SessionRow, toMs, toSessionRow } from '../session/rows.ts';

/** A session with everything around it. */
export interface SessionReview {
  readonly session: SessionRow;
  readonly student: { readonly id: string; readonly externalId: string | null; readonly name: string };
  readonly exam: { readonly id: string; readonly title: string; readonly timeZone: string | null; readonly resultsPublishedAtMs: number | null };
  readonly answered: number;
  readonly online: boolean;
  readonly lastSavedAtMs: number | null;
  readonly lastSeenAtMs: number | null;
  readonly acknowledgedVersion: number;
  readonly incidents: number;
  readonly refusedAnswers: number;
  readonly withheld: { readonly reason: string; readonly heldAtMs: number; readonly by: { readonly id: string; readonly name: string } } | null;
  readonly workflow: { readonly seenVersion: number; readonly seenAtMs: number; readonly completedAtMs: number | null } | null;
  readonly otherAttempts: readonly { readonly sessionId: string; readonly attempt: number; readonly state: SessionState }[];
}

interface RawReview {
  student_id: string;
  external_id: string | null;
  name: string;
  exam_id: string;
  title: string;
  time_zone: string | null;
  results_published_at: Date | null;
  answered: number;
  online: boolean;
  last_saved_at: Date | null;
  last_seen_at: Date | null;
  acknowledged_version: number;
  incidents: number;
  refused: number;
  hold_reason: string | null;
  held_at: Date | null;
  held_by: string | null;
  holder: string | null;
  seen_version: number | null;
  seen_at: Date | null;
  completed_at: Date | null;
  attempts: { sessionId: string; attempt: number; state: SessionState }[] | null;
}

/** Reads a session with everything around it; undefined when there is none. */
export async function selectOptionalReview(q: Queryable, sessionId: string): Promise<SessionReview | undefined> {
  const { rows } = await q.query<RawReview>(
    `select ${sessionColumns('s')}, u.external_id, u.name, e.title, e.time_zone, e.results_published_at,
            (select count(*)::int from answers a where a.session_id = s.id and a.response <> 'null') as answered,
            (select max(a.saved_at) from answers a where a.session_id = s.id) as last_saved_at,
            (select count(*)::int from observations o where o.session_id = s.id) as incidents,
            (select count(*)::int from refused_answers r where r.session_id = s.id) as refused,
            coalesce(p.online, false) as online, p.last_seen_at, coalesce(p.acknowledged_version, 0) as acknowledged_version,
            h.reason as hold_reason, h.held_at, h.held_by, b.name as holder, w.seen_version, w.seen_at, w.completed_at,
            (select json_agg(json_build_object('sessionId', o.id, 'attempt', o.attempt, 'state', o.state) order by o.attempt)
               from exam_sessions o where o.exam_id = s.exam_id and o.student_id = s.student_id and o.id <> s.id) as attempts
       from exam_sessions s join users u on u.id = s.student_id join exams e on e.id = s.exam_id
       left join session_presence p on p.session_id = s.id
       left join session_workflows w on w.session_id = s.id
       left join result_holds h on h.session_id = s.id left join users b on b.id = h.held_by
      where s.id = $1`,
    [sessionId],
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    session: toSessionRow(row),
    student: { id: row.student_id, externalId: row.external_id, name: row.name },
    exam: { id: row.exam_id, title: row.title, timeZone: row.time_zone, resultsPublishedAtMs: toMs(row.results_published_at) },
    answered: row.answered,
    online: row.online,
    lastSavedAtMs: toMs(row.last_saved_at),
    lastSeenAtMs: toMs(row.last_seen_at),
    acknowledgedVersion: row.acknowledged_version,
    incidents: row.incidents,
    refusedAnswers: row.refused,
    withheld: row.held_at === null ? null : { reason: row.hold_reason!, heldAtMs: row.held_at.getTime(), by: { id: row.held_by!, name: row.holder ?? '' } },
    workflow: row.seen_at === null ? null : { seenVersion: row.seen_version!, seenAtMs: row.seen_at.getTime(), completedAtMs: toMs(row.completed_at) },
    otherAttempts: row.attempts ?? [],
  };
}

/** What became of one item of a paper. */
export interface ItemReview {
  readonly itemId: string;
  /** The answer that counts; null when everything that came was refused. */
  readonly answer: { readonly revision: number; readonly response: unknown; readonly savedAtMs: number; readonly sessionVersion: number } | null;
  readonly revisions: number;
  readonly refused: number;
}

/** What became of each item of a session to which anything was ever sent. */
export async function listItemReviews(q: Queryable, sessionId: string): Promise<ItemReview[]> {
  const { rows } = await q.query<{
    item_id: string; revision: number | null; response: unknown; saved_at: Date | null; session_version: number | null; revisions: number | null; refused: number | null;
  }>(
    `select item_id, a.revision, a.response, a.saved_at, a.session_version, v.revisions, r.refused
       from (select * from answers where session_id = $1) a
       full join (select item_id, count(*)::int as revisions from answer_revisions where session_id = $1 group by item_id) v using (item_id)
       full join (select item_id, count(*)::int as refused from refused_answers where session_id = $1 group by item_id) r using (item_id)`,
    [sessionId],
  );
  return rows.map((row) => ({
    itemId: row.item_id,
    answer: row.revision === null ? null : { revision: row.revision, response: row.response, savedAtMs: row.saved_at!.getTime(), sessionVersion: row.session_version! },
    revisions: row.revisions ?? 0,
    refused: row.refused ?? 0,
  }));
}

/** One save that was accepted. */
export interface Revision {
  readonly revision: number;
  readonly response: unknown;
  readonly savedAtMs: number;
  readonly clientId: string | null;
  readonly clientSeq: number | null;
  readonly sessionVersion: number;
}

/** One page of the accepted saves of one item, oldest first. */
export async function listItemRevisions(
  q: Queryable, request: { readonly sessionId: string; readonly itemId: string; readonly after: number; readonly limit: number },
): Promise<{ items: Revision[]; more: boolean }> {
  const { rows } = await q.query<{ revision: number; response: unknown; saved_at: Date; client_id: string | null; client_seq: number | null; session_version: number }>(
    `select revision, response, saved_at, client_id, client_seq, session_version from answer_revisions
      where session_id = $1 and item_id = $2 and revision > $3 order by revision limit $4`,
    [request.sessionId, request.itemId, request.after, request.limit + 1],
  );
  const items = rows.slice(0, request.limit).map((row) => ({
    revision: row.revision, response: row.response, savedAtMs: row.saved_at.getTime(), clientId: row.client_id, clientSeq: row.client_seq, sessionVersion: row.session_version,
  }));
  return { items, more: rows.length > request.limit };
}
