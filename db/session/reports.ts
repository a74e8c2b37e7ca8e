import type { Queryable } from '../connection.ts';
import { insertStreamEvent } from '../stream-events.ts';

/** Something that the exam page noticed. */
export interface Observation {
  readonly kind: string;
  /** By the clock of the client. */
  readonly atMs: number;
  readonly detail: unknown;
}

/** The session that something is reported of. */
export interface ReportedSession {
  readonly id: string;
  readonly examId: string;
}

/**
 * Stores what the exam page noticed: evidence for a person, never a reason to do anything. Staff hear of it in one event for the
 * whole batch, unless the exam is not proctored at all.
 */
export async function insertObservations(tx: Queryable, session: ReportedSession, observations: readonly Observation[]): Promise<void> {
  await tx.query(
    `insert into observations (session_id, kind, observed_at, detail)
     select $1, t.kind, to_timestamp(t.at_ms / 1000.0), t.detail from unnest($2::text[], $3::float8[], $4::jsonb[]) with ordinality as t(kind, at_ms, detail, n)
      order by t.n`,
    [
      session.id, observations.map(({ kind }) => kind), observations.map(({ atMs }) => atMs),
      observations.map(({ detail }) => (detail === undefined ? null : JSON.stringify(detail))),
    ],
  );
  const { rows } = await tx.query<{ proctored: boolean }>("select proctoring <> 'none' as proctored from exams where id = $1", [session.examId]);
  if (rows[0]?.proctored !== true) return;
  await insertStreamEvent(tx, {
    examId: session.examId, sessionId: session.id, kind: 'incident', data: { type: 'observations', severity: 'info', kinds: countKinds(observations) },
  });
}

/** A cry for help of a student. */
export interface HelpRequest {
  readonly id: string;
  readonly sessionId: string;
  readonly reason: string;
  readonly atMs: number;
}

/** Stores a help request and tells staff. */
export async function insertHelpRequest(tx: Queryable, session: ReportedSession, id: string, reason: string): Promise<HelpRequest> {
  const { rows } = await tx.query<{ at: Date }>('insert into help_requests (id, session_id, reason) values ($1, $2, $3) returning at', [id, session.id, reason]);
  await insertStreamEvent(tx, { examId: session.examId, sessionId: session.id, kind: 'help-requested', data: { id, reason } });
  return { id, sessionId: session.id, reason, atMs: rows[0]!.at.getTime() };
}

function countKinds(observations: readonly Observation[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of observations) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
