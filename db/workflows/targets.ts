import type { Queryable } from '../connection.ts';

/** What the relay has to know of a session before it wakes its workflow. */
export interface SessionTarget {
  readonly examId: string;
  readonly studentId: string;
  /** What the running workflow has read last, and in which Temporal store it runs; null when none has reported. */
  readonly seen: { readonly version: number; readonly namespaceId: string; readonly completed: boolean } | null;
}

/** Undefined when the session is gone. */
export async function selectSessionTarget(q: Queryable, sessionId: string): Promise<SessionTarget | undefined> {
  const { rows } = await q.query<{ exam_id: string; student_id: string; seen_version: number | null; namespace_id: string | null; completed: boolean }>(
    `select s.exam_id, s.student_id, w.seen_version, w.namespace_id, w.completed_at is not null as completed
       from exam_sessions s left join session_workflows w on w.session_id = s.id where s.id = $1`,
    [sessionId],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    examId: row.exam_id,
    studentId: row.student_id,
    seen: row.seen_version === null || row.namespace_id === null
      ? null
      : { version: row.seen_version, namespaceId: row.namespace_id, completed: row.completed },
  };
}
