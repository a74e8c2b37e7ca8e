import type { Queryable } from '../connection.ts';
import type { StreamEventKind } from '../stream-events.ts';
import type { StreamEvent } from './reader.ts';

/** What one connection listens to, as far as the database is concerned. */
export interface TopicFilter {
  /** Sessions whose own rows are wanted. */
  readonly sessionIds: readonly string[];
  /** Exams of which every row is wanted. */
  readonly wholeExamIds: readonly string[];
  /** Exams of which only the rows for everybody are wanted. */
  readonly examIds: readonly string[];
}

/** Where the stream stands, read in one snapshot with the versions of sessions. */
export interface StreamHead {
  readonly nowMs: number;
  /** Highest position; 0 when no event is kept. */
  readonly last: number;
  /** Lowest position that is kept; null when none is. */
  readonly oldest: number | null;
  readonly versions: Readonly<Record<string, number>>;
}

/** Reads where the stream stands. */
export async function readStreamHead(q: Queryable, sessionIds: readonly string[]): Promise<StreamHead> {
  const { rows } = await q.query<{ now: Date; last: number | null; oldest: number | null; versions: Record<string, number> | null }>(
    `select holdfast_now() as now,
            (select max(seq) from stream_events where seq is not null) as last,
            (select min(seq) from stream_events where seq is not null) as oldest,
            (select json_object_agg(id, version) from exam_sessions where id = any($1::uuid[])) as versions`,
    [sessionIds],
  );
  const row = rows[0]!;
  return { nowMs: row.now.getTime(), last: row.last ?? 0, oldest: row.oldest, versions: row.versions ?? {} };
}

interface RawEvent {
  seq: number;
  exam_id: string;
  session_id: string | null;
  kind: StreamEventKind;
  data: Record<string, unknown>;
  at: Date;
}

/**
 * Reads the events of topics after a position, in order; each branch is one walk along an index.
 * @param limit most rows; fewer mean that nothing more is there now
 */
export async function readTopicEvents(q: Queryable, filter: TopicFilter, after: number, limit: number): Promise<StreamEvent[]> {
  const { rows } = await q.query<RawEvent>(
    `with hits as (
       (select seq from stream_events where session_id = any($2::uuid[]) and seq > $1 order by seq limit $5)
       union
       (select seq from stream_events where exam_id = any($3::uuid[]) and seq > $1 order by seq limit $5)
       union
       (select seq from stream_events where exam_id = any($4::uuid[]) and session_id is null and seq > $1 order by seq limit $5)
     )
     select e.seq, e.exam_id, e.session_id, e.kind, e.data, e.at
       from (select seq from hits order by seq limit $5) h join stream_events e on e.seq = h.seq
      order by e.seq`,
    [after, filter.sessionIds, filter.wholeExamIds, filter.examIds, limit],
  );
  return rows.map((row) => ({
    seq: row.seq, examId: row.exam_id, sessionId: row.session_id, kind: row.kind, data: row.data, atMs: row.at.getTime(),
  }));
}
