import type { Queryable } from './connection.ts';

/**
 * Kinds of stored stream events. A row with a session id reaches the student of that session and the staff of the exam;
 * a row without one reaches everybody in the exam; `STAFF_ONLY_KINDS` never reach a student.
 */
export type StreamEventKind =
  | 'started' | 'time-changed' | 'paused' | 'resumed' | 'reopened' | 'closed' | 'message'
  | 'window-changed' | 'results-published' | 'results-unpublished'
  | 'acknowledged' | 'help-requested' | 'help-changed' | 'incident' | 'run-progress' | 'graded';

/** Kinds that only staff may see. */
export const STAFF_ONLY_KINDS: ReadonlySet<StreamEventKind> = new Set(['started', 'acknowledged', 'help-requested', 'incident', 'run-progress', 'graded']);

/** Appends stream events in the transaction of the change, in this order. */
export async function insertStreamEvents(
  tx: Queryable, events: readonly { examId: string; sessionId: string | null; kind: StreamEventKind; data: Record<string, unknown> }[],
): Promise<void> {
  await tx.query(
    `insert into stream_events (exam_id, session_id, kind, data)
     select e."examId", e."sessionId", e.kind, e.data
       from rows from (jsonb_to_recordset($1::jsonb) as ("examId" uuid, "sessionId" uuid, kind text, data jsonb)) with ordinality as e ("examId", "sessionId", kind, data, place)
      order by e.place`,
    [JSON.stringify(events)],
  );
}

/** Appends one stream event in the transaction of the change; its position is given after the commit. */
export async function insertStreamEvent(
  tx: Queryable,
  event: { examId: string; sessionId?: string | null; kind: StreamEventKind; data: Record<string, unknown> },
): Promise<void> {
  await tx.query('insert into stream_events (exam_id, session_id, kind, data) values ($1, $2, $3, $4)', [
    event.examId, event.sessionId ?? null, event.kind, JSON.stringify(event.data),
  ]);
}
