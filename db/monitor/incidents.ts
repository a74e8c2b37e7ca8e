import type { Queryable } from '../connection.ts';

/** What was noticed of one kind in one session within one minute: evidence for a person, nothing else. */
export interface IncidentRow {
  /** The last observation in it. */
  readonly id: number;
  readonly sessionId: string;
  readonly student: { readonly id: string; readonly externalId: string | null; readonly name: string };
  readonly kind: string;
  readonly count: number;
  /** By the clock of the database. */
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  /** Detail of the last one. */
  readonly detail: unknown;
}

/** Which incidents, newest first. */
export interface IncidentRequest {
  readonly examId: string;
  readonly sessionId?: string | undefined;
  readonly kind?: string | undefined;
  readonly beforeId?: number | undefined;
  readonly limit: number;
}

interface RawIncident {
  id: number;
  session_id: string;
  student_id: string;
  external_id: string | null;
  name: string;
  kind: string;
  count: number;
  first_at: Date;
  last_at: Date;
  detail: unknown;
}

/** Reads one page of what the exam pages of an exam noticed. */
export async function listIncidents(q: Queryable, request: IncidentRequest): Promise<{ items: IncidentRow[]; more: boolean }> {
  const values: unknown[] = [request.examId];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const where = ['s.exam_id = $1'];
  if (request.sessionId !== undefined) where.push(`s.id = ${add(request.sessionId)}`);
  if (request.kind !== undefined) where.push(`o.kind = ${add(request.kind)}`);
  const before = request.beforeId === undefined ? '' : `having max(o.id) < ${add(request.beforeId)}::bigint`;
  const { rows } = await q.query<RawIncident>(
    `with merged as (
       select max(o.id) as id, o.session_id, o.kind, count(*)::int as count, min(o.at) as first_at, max(o.at) as last_at
         from exam_sessions s join observations o on o.session_id = s.id
        where ${where.join(' and ')} group by o.session_id, o.kind, date_trunc('minute', o.at) ${before}
        order by max(o.id) desc limit ${add(request.limit + 1)}
     )
     select m.*, s.student_id, u.external_id, u.name, o.detail
       from merged m join observations o on o.id = m.id join exam_sessions s on s.id = m.session_id join users u on u.id = s.student_id
      order by m.id desc`,
    values,
  );
  return { items: rows.slice(0, request.limit).map(toIncident), more: rows.length > request.limit };
}

function toIncident(row: RawIncident): IncidentRow {
  return {
    id: row.id,
    sessionId: row.session_id,
    student: { id: row.student_id, externalId: row.external_id, name: row.name },
    kind: row.kind,
    count: row.count,
    firstAtMs: row.first_at.getTime(),
    lastAtMs: row.last_at.getTime(),
    detail: row.detail,
  };
}
