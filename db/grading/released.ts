import type { Queryable } from '../connection.ts';

/** The mark of one item as it can be released. */
export interface ReleasableMark {
  readonly itemId: string;
  /** Decimal string; null while a person has to decide. */
  readonly points: string | null;
  readonly maxPoints: string;
  readonly comment: string | null;
  /** What was handed in; null for no answer. */
  readonly response: unknown;
}

/** The marks of one hand-in with what was handed in; whether anybody may see them is up to `resultGate`. */
export async function listReleasableMarks(q: Queryable, sessionId: string, closedVersion: number): Promise<ReleasableMark[]> {
  const { rows } = await q.query<{ item_id: string; points: string | null; max_points: string; comment: string | null; response: unknown }>(
    `select m.item_id, m.points::text, m.max_points::text, m.comment, a.response
       from marks m left join answers a on a.session_id = m.session_id and a.item_id = m.item_id
      where m.session_id = $1 and m.closed_version = $2`,
    [sessionId, closedVersion],
  );
  return rows.map((row) => ({ itemId: row.item_id, points: row.points, maxPoints: row.max_points, comment: row.comment, response: row.response }));
}
