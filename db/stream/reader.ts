import type { Queryable } from '../connection.ts';
import type { StreamEventKind } from '../stream-events.ts';

/** One stored event with its position. */
export interface StreamEvent {
  readonly seq: number;
  readonly examId: string;
  /** Null for an event for everybody in the exam. */
  readonly sessionId: string | null;
  readonly kind: StreamEventKind;
  readonly data: Readonly<Record<string, unknown>>;
  readonly atMs: number;
}

/**
 * Reads the events of every exam after a position, in order.
 * @param limit most rows; fewer mean that nothing more has a position now
 */
export async function readEventsAfter(q: Queryable, seq: number, limit: number): Promise<StreamEvent[]> {
  const { rows } = await q.query<{
    seq: number; exam_id: string; session_id: string | null; kind: StreamEventKind; data: Record<string, unknown>; at: Date;
  }>('select seq, exam_id, session_id, kind, data, at from stream_events where seq > $1 order by seq limit $2', [seq, limit]);
  return rows.map((row) => ({
    seq: row.seq,
    examId: row.exam_id,
    sessionId: row.session_id,
    kind: row.kind,
    data: row.data,
    atMs: row.at.getTime(),
  }));
}

/** The highest position; 0 when there never was an event. */
export async function lastPosition(q: Queryable): Promise<number> {
  const { rows } = await q.query<{ last: number | null }>('select max(seq) as last from stream_events where seq is not null');
  return rows[0]?.last ?? 0;
}

/** The lowest position that is kept; null when there never was an event. Who stands below it has to load afresh. */
export async function oldestPosition(q: Queryable): Promise<number | null> {
  const { rows } = await q.query<{ oldest: number | null }>('select min(seq) as oldest from stream_events where seq is not null');
  return rows[0]?.oldest ?? null;
}

/**
 * Deletes events older than the given age. The newest is kept whatever its age, so that positions never start again.
 * @returns how many were deleted
 */
export async function pruneEvents(q: Queryable, olderThanMs: number): Promise<number> {
  const { rowCount } = await q.query(
    `delete from stream_events where at < (select holdfast_now()) - $1::bigint * interval '1 millisecond'
       and seq < (select max(seq) from stream_events where seq is not null)`,
    [olderThanMs],
  );
  return rowCount ?? 0;
}
