import type { Queryable } from '../connection.ts';
import { containing } from '../keyset.ts';

/** One thing that was done, with the name of who did it as it is now. */
export interface AuditRow {
  readonly id: number;
  readonly atMs: number;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly address: string | null;
  readonly requestId: string | null;
  readonly action: string;
  readonly resourceType: string;
  readonly resourceId: string | null;
  readonly examId: string | null;
  readonly sessionId: string | null;
  readonly reason: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

/** Which rows, newest first. */
export interface AuditRequest {
  readonly actorId?: string | undefined;
  /** A whole action, or with a dot at the end the beginning of some. */
  readonly action?: string | undefined;
  readonly resourceType?: string | undefined;
  readonly resourceId?: string | undefined;
  readonly examId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly requestId?: string | undefined;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  /** Part of an action, a resource id or a reason. */
  readonly q?: string | undefined;
  /** Only rows before this one. */
  readonly beforeId?: number | undefined;
  readonly limit: number;
}

interface RawAudit {
  id: number;
  at: Date;
  actor_id: string | null;
  actor_name: string | null;
  address: string | null;
  request_id: string | null;
  action: string;
  resource_type: string;
  resource_id: string | null;
  exam_id: string | null;
  session_id: string | null;
  reason: string | null;
  before: unknown;
  after: unknown;
}

/** Reads one page of the audit log; one row more than asked tells that there is a next page. */
export async function listAudit(q: Queryable, request: AuditRequest): Promise<{ items: AuditRow[]; more: boolean }> {
  const values: unknown[] = [];
  const where: string[] = [];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const equals: [string, unknown][] = [
    ['actor_id', request.actorId], ['resource_type', request.resourceType], ['resource_id', request.resourceId],
    ['exam_id', request.examId], ['session_id', request.sessionId], ['request_id', request.requestId],
  ];
  for (const [column, value] of equals) if (value !== undefined) where.push(`a.${column} = ${add(value)}`);
  if (request.action !== undefined) where.push(request.action.endsWith('.') ? `starts_with(a.action, ${add(request.action)})` : `a.action = ${add(request.action)}`);
  if (request.fromMs !== undefined) where.push(`a.at >= to_timestamp(${add(request.fromMs)}::bigint / 1000.0)`);
  if (request.toMs !== undefined) where.push(`a.at < to_timestamp(${add(request.toMs)}::bigint / 1000.0)`);
  if (request.q !== undefined && request.q !== '') {
    const pattern = add(containing(request.q));
    where.push(`(a.action ilike ${pattern} or a.resource_id ilike ${pattern} or a.reason ilike ${pattern})`);
  }
  if (request.beforeId !== undefined) where.push(`a.id < ${add(request.beforeId)}::bigint`);
  const { rows } = await q.query<RawAudit>(
    `select a.*, u.name as actor_name from audit_log a left join users u on u.id = a.actor_id
      ${where.length === 0 ? '' : `where ${where.join(' and ')}`} order by a.id desc limit ${add(request.limit + 1)}`,
    values,
  );
  return { items: rows.slice(0, request.limit).map(toAuditRow), more: rows.length > request.limit };
}

/** Maps a raw row with the name of its actor. */
export function toAuditRow(row: RawAudit): AuditRow {
  return {
    id: row.id, atMs: row.at.getTime(), actorId: row.actor_id, actorName: row.actor_name, address: row.address, requestId: row.request_id,
    action: row.action, resourceType: row.resource_type, resourceId: row.resource_id, examId: row.exam_id, sessionId: row.session_id,
    reason: row.reason, before: row.before, after: row.after,
  };
}
