import type { Queryable } from '../connection.ts';
import type { MarkContent } from '../marking/answers.ts';
import type { ChosenRubric } from '../marking/settle.ts';

/** The mark of one item as it can be released. */
export interface ReleasableMark {
  readonly itemId: string;
  /** Decimal string; null while a person has to decide. */
  readonly points: string | null;
  readonly maxPoints: string;
  readonly comment: string | null;
  /** What was handed in; null for no answer. */
  readonly response: unknown;
  /** What graders said beside points and comment; absent or null where the mark that counts is not of theirs. */
  readonly marking?: ReleasableMarking | null;
}

/** What graders said about an answer beside points and comment. */
export interface ReleasableMarking {
  readonly rubric: ChosenRubric | null;
  readonly parts: MarkContent['parts'];
  readonly annotations: MarkContent['annotations'];
}

/** A hand-in of a session. */
export interface HandIn {
  readonly sessionId: string;
  readonly closedVersion: number;
}

/** The marks of one hand-in with what was handed in; whether anybody may see them is up to `resultGate`. */
export async function listReleasableMarks(q: Queryable, sessionId: string, closedVersion: number): Promise<readonly ReleasableMark[]> {
  return (await listReleasableMarksOf(q, [{ sessionId, closedVersion }])).get(sessionId) ?? [];
}

/** The same of many hand-ins, by session. */
export async function listReleasableMarksOf(q: Queryable, handIns: readonly HandIn[]): Promise<ReadonlyMap<string, readonly ReleasableMark[]>> {
  const { rows } = await q.query<{
    session_id: string; item_id: string; points: string | null; max_points: string; comment: string | null; response: unknown; marking: ReleasableMarking | null;
  }>(
    `select m.session_id, m.item_id, m.points::text, m.max_points::text, m.comment, a.response, g.effective as marking
       from unnest($1::uuid[], $2::int[]) as w (session_id, closed_version) join marks m using (session_id, closed_version)
       left join answers a on a.session_id = m.session_id and a.item_id = m.item_id
       left join marking_answers g on g.session_id = m.session_id and g.closed_version = m.closed_version and g.item_id = m.item_id and g.settled_version = m.version`,
    [handIns.map(({ sessionId }) => sessionId), handIns.map(({ closedVersion }) => closedVersion)],
  );
  const bySession = Map.groupBy(rows, (row) => row.session_id);
  return new Map([...bySession].map(([sessionId, marks]) => [sessionId, marks.map((row): ReleasableMark => ({
    itemId: row.item_id, points: row.points, maxPoints: row.max_points, comment: row.comment, response: row.response, marking: row.marking,
  }))]));
}
