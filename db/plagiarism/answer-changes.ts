import type { Queryable } from '../connection.ts';

/** A change of an answer. */
export interface AnswerChange {
  readonly itemId: string;
  readonly from: unknown;
  readonly to: unknown;
}

const IS_SAID = `r.response is not null and r.response <> 'null'::jsonb`;

/** Every answer that sessions ever saved to items, in order: by session, then by item. */
export async function selectResponses(q: Queryable, sessionIds: readonly string[], itemIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<string, readonly unknown[]>>> {
  const { rows } = await q.query<{ session_id: string; item_id: string; responses: unknown[] }>(
    `select r.session_id, r.item_id, jsonb_agg(r.response order by r.revision) as responses
       from answer_revisions r where r.session_id = any($1) and r.item_id = any($2) and ${IS_SAID} group by r.session_id, r.item_id`,
    [sessionIds, itemIds],
  );
  const found = new Map<string, Map<string, readonly unknown[]>>(sessionIds.map((id) => [id, new Map()]));
  for (const { item_id, responses, session_id } of rows) found.get(session_id)!.set(item_id, responses);
  return found;
}

/** How common changes are: the share of those who answered the item in a closed session whose last change it was, by item. */
export async function selectChangeShares(q: Queryable, examId: string, changes: readonly AnswerChange[]): Promise<ReadonlyMap<string, number>> {
  if (changes.length === 0) return new Map();
  const { rows } = await q.query<{ item_id: string; share: number }>(
    `with wanted as (select * from jsonb_to_recordset($2::jsonb) as w ("itemId" uuid, "from" jsonb, "to" jsonb)),
     said as (
       select r.session_id, r.item_id, r.revision, r.response, lag(r.response) over (partition by r.session_id, r.item_id order by r.revision) as before
         from exam_sessions s join wanted w on true join answer_revisions r on r.session_id = s.id and r.item_id = w."itemId"
        where s.exam_id = $1 and s.closed_at is not null and ${IS_SAID}),
     last as (
       select distinct on (session_id, item_id) session_id, item_id, before, response from said where before is null or before <> response
        order by session_id, item_id, revision desc)
     select l.item_id, avg((l.before is not distinct from w."from" and l.response = w."to")::int)::float8 as share
       from last l join wanted w on w."itemId" = l.item_id group by l.item_id`,
    [examId, JSON.stringify(changes)],
  );
  return new Map(rows.map(({ item_id, share }) => [item_id, share]));
}
