import type { Queryable } from '../connection.ts';

/** An answer that two students share. */
export interface SharedAnswer {
  readonly itemId: string;
  readonly response: unknown;
  /** Whether the order within it is part of the answer. */
  readonly isOrdered: boolean;
}

/** How common answers are: the share of those who answered the item in a closed session, by item. */
export async function selectAnswerShares(q: Queryable, examId: string, shared: readonly SharedAnswer[]): Promise<ReadonlyMap<string, number>> {
  if (shared.length === 0) return new Map();
  const { rows } = await q.query<{ item_id: string; share: number }>(
    // the order of ticked options is no part of an answer
    `select a.item_id, avg(case when w."isOrdered" then a.response = w.response else a.response @> w.response and a.response <@ w.response end::int)::float8 as share
       from jsonb_to_recordset($2::jsonb) as w ("itemId" uuid, response jsonb, "isOrdered" boolean)
       join exam_sessions s on s.exam_id = $1 and s.closed_at is not null
       join answers a on a.session_id = s.id and a.item_id = w."itemId"
      where a.response is not null and a.response <> 'null'::jsonb
      group by a.item_id`,
    [examId, JSON.stringify(shared)],
  );
  return new Map(rows.map(({ item_id, share }) => [item_id, share]));
}
