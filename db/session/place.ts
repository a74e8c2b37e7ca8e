import type { Queryable } from '../connection.ts';

/** Where a student is in the paper, as the client told last. */
export interface Place {
  readonly currentItemId: string | null;
  readonly seen: readonly string[];
  readonly flagged: readonly string[];
  /** Own notes of the student by item. */
  readonly notes: Readonly<Record<string, string>>;
  /** How many items, in the order of the paper, were reached. */
  readonly reached: number;
  readonly clientSeq: number;
}

/** The columns of a place, all null without one. */
export interface RawPlace {
  has_place: boolean;
  current_item_id: string | null;
  seen: string[] | null;
  flagged: string[] | null;
  notes: Record<string, string> | null;
  reached: number | null;
  client_seq: number | null;
}

/** The place of somebody who has told none. */
export const AT_THE_START: Place = { currentItemId: null, seen: [], flagged: [], notes: {}, reached: 1, clientSeq: 0 };

/** Maps the columns of a place. */
export function placeOfRow(row: RawPlace): Place {
  if (!row.has_place) return AT_THE_START;
  return {
    currentItemId: row.current_item_id,
    seen: row.seen ?? [],
    flagged: row.flagged ?? [],
    notes: row.notes ?? {},
    reached: row.reached ?? 1,
    // -1 marks a place that was made to be locked
    clientSeq: Math.max(0, row.client_seq ?? 0),
  };
}

const COLUMNS = 'true as has_place, current_item_id, seen, flagged, notes, reached, client_seq';

/** The place of a session with the sequence number that the next one has to exceed; locked until the end of the transaction. */
export async function lockPlace(tx: Queryable, sessionId: string): Promise<{ place: Place; lastSeq: number }> {
  await tx.query('insert into session_places (session_id, client_seq) values ($1, -1) on conflict do nothing', [sessionId]);
  const { rows } = await tx.query<RawPlace>(`select ${COLUMNS} from session_places where session_id = $1 for update`, [sessionId]);
  const row = rows[0]!;
  return { place: placeOfRow(row), lastSeq: row.client_seq ?? -1 };
}

/** Writes the place of a session; the caller has locked it. */
export async function updatePlace(tx: Queryable, sessionId: string, place: Place): Promise<void> {
  await tx.query(
    `update session_places set current_item_id = $2, seen = $3, flagged = $4, notes = $5, reached = $6, client_seq = $7, saved_at = holdfast_now()
      where session_id = $1`,
    [sessionId, place.currentItemId, place.seen, place.flagged, JSON.stringify(place.notes), place.reached, place.clientSeq],
  );
}

/** The item that a student is at; null for the first one. */
export async function selectCurrentItem(q: Queryable, sessionId: string): Promise<string | null> {
  const { rows } = await q.query<{ current_item_id: string | null }>('select current_item_id from session_places where session_id = $1', [sessionId]);
  return rows[0]?.current_item_id ?? null;
}

/** How many items of a session are flagged. */
export async function countFlagged(q: Queryable, sessionId: string): Promise<number> {
  const { rows } = await q.query<{ flagged: number }>('select cardinality(flagged) as flagged from session_places where session_id = $1', [sessionId]);
  return rows[0]?.flagged ?? 0;
}
