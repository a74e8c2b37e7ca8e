import type { Db } from '../connection.ts';
import type { StoredAnswer } from './answers.ts';
import { AT_THE_START, type Place, placeOfRow, type RawPlace } from './place.ts';
import { SESSION_COLUMNS, type SessionRow, toSessionRow } from './rows.ts';

/** A session with everything that a client needs to go on, read in one snapshot. */
export interface Sitting {
  readonly session: SessionRow;
  readonly answers: readonly StoredAnswer[];
  readonly place: Place;
  /** Clock of the database. */
  readonly nowMs: number;
  /** Position in the stream: whatever comes after it is not in this snapshot. */
  readonly streamPosition: number;
}

interface RawSitting extends RawPlace {
  now: Date;
  position: number | null;
  answers: { itemId: string; revision: number; response: unknown; savedAtMs: number }[] | null;
}

const SITTING = `

    select ${SESSION_COLUMNS}, holdfast_now() as now,
           (select max(seq) from stream_events where seq is not null) as position,
           (select json_agg(json_build_object('itemId', a.item_id, 'revision', a.revision, 'response', a.response, 'savedAtMs', instant_ms(a.saved_at)) order by a.item_id)
              from answers a where a.session_id = exam_sessions.id) as answers,
           p.session_id is not null as has_place, p.current_item_id, p.seen, p.flagged, p.notes, p.reached, p.client_seq
      from exam_sessions left join session_places p on p.session_id = exam_sessions.id
     where exam_sessions.id = $1`;

/**
 * A session that was started this moment: there is nothing to read.
 * @param streamPosition a position from before the start
 */
export function freshSitting(session: SessionRow, nowMs: number, streamPosition: number): Sitting {
  return { session, answers: [], place: AT_THE_START, nowMs, streamPosition };
}

/** Reads a session whole; undefined when there is none. */
export async function selectOptionalSitting(db: Pick<Db, 'pool'>, sessionId: string): Promise<Sitting | undefined> {
  const { rows } = await db.pool.query<RawSitting>({ name: 'sitting', text: SITTING, values: [sessionId] });
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    session: toSessionRow(row),
    answers: row.answers ?? [],
    place: placeOfRow(row),
    nowMs: row.now.getTime(),
    streamPosition: row.position ?? 0,
  };
}
