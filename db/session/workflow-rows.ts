import { Refusal } from '#domain/problem.ts';

import type { Queryable } from '../connection.ts';
import { sessionColumns, type SessionRow, toSessionRow } from './rows.ts';

/** Which run of which Temporal store asks. */
export interface WorkflowRun {
  /** Id of the namespace: another store has another one. */
  readonly namespaceId: string;
  readonly runId: string;
}

/**
 * Reads a session for its workflow and records in the same statement which run has seen which version.
 * @throws Refusal `not-found`
 */
export async function loadSessionForWorkflow(q: Queryable, asked: WorkflowRun & { sessionId: string }): Promise<SessionRow> {
  const { rows } = await q.query(
    `with s as (select * from exam_sessions where id = $1), noted as (
       insert into session_workflows (session_id, namespace_id, run_id, seen_version, seen_at)
       select s.id, $2, $3, s.version, holdfast_now() from s
       on conflict (session_id) do update set namespace_id = excluded.namespace_id, run_id = excluded.run_id,
         seen_version = excluded.seen_version, seen_at = excluded.seen_at, completed_at = null
     )
     select ${sessionColumns('s')} from s`,
    [asked.sessionId, asked.namespaceId, asked.runId],
  );
  return found(rows[0]);
}

/**
 * Records that a workflow is complete, if the session is closed and still at the version it worked on; otherwise that it has seen the
 * row that comes back, with which it has to go on.
 * @throws Refusal `not-found`
 */
export async function completeSessionWorkflow(
  q: Queryable, asked: WorkflowRun & { sessionId: string; version: number },
): Promise<SessionRow> {
  const { rows } = await q.query(
    `with s as (select * from exam_sessions where id = $1), noted as (
       insert into session_workflows (session_id, namespace_id, run_id, seen_version, seen_at, completed_at)
       select s.id, $2, $3, s.version, n, case when s.version = $4 and s.closed_at is not null then n end
       from s cross join (select holdfast_now() as n) clock
       on conflict (session_id) do update set namespace_id = excluded.namespace_id, run_id = excluded.run_id,
         seen_version = excluded.seen_version, seen_at = excluded.seen_at, completed_at = excluded.completed_at
     )
     select ${sessionColumns('s')} from s`,
    [asked.sessionId, asked.namespaceId, asked.runId, asked.version],
  );
  return found(rows[0]);
}

function found(row: object | undefined): SessionRow {
  if (row === undefined) throw new Refusal('not-found', 'There is no such session.');
  return toSessionRow(row);
}
