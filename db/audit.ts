import type { Queryable } from './connection.ts';

/** Who acts, and through which request; part of every audit row. */
export interface Origin {
  /** Account that acts; null for the platform itself. */
  readonly actorId: string | null;
  readonly address: string | null;
  readonly requestId: string | null;
}

/** The platform acting by itself: timers, loops, workflows. */
export const PLATFORM: Origin = { actorId: null, address: null, requestId: null };

/** One thing that was done. Never answer texts, passwords or tokens in `before` and `after`. */
export interface AuditEntry {
  /** Dotted verb, for example `session.extend`. */
  readonly action: string;
  readonly resourceType: string;
  readonly resourceId?: string | null;
  readonly examId?: string | null;
  readonly sessionId?: string | null;
  readonly reason?: string | null;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Appends one audit row; call it in the transaction of the change. @returns its number */
export async function insertAudit(tx: Queryable, origin: Origin, entry: AuditEntry): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    `insert into audit_log (actor_id, address, request_id, action, resource_type, resource_id, exam_id, session_id, reason, before, after)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
    [
      origin.actorId, origin.address, origin.requestId, entry.action, entry.resourceType, entry.resourceId ?? null,
      entry.examId ?? null, entry.sessionId ?? null, entry.reason ?? null, toJson(entry.before), toJson(entry.after),
    ],
  );
  return rows[0]!.id;
}

/** Appends audit rows about sessions; call it in the transaction of the changes. */
export async function insertSessionAudits(
  tx: Queryable, origin: Origin, action: string, entries: readonly { examId: string; sessionId: string; after: Record<string, unknown> }[],
): Promise<void> {
  await tx.query(
    `insert into audit_log (actor_id, address, request_id, action, resource_type, resource_id, exam_id, session_id, after)
     select $1, $2, $3, $4, 'session', e."sessionId", e."examId", e."sessionId", e.after
       from jsonb_to_recordset($5::jsonb) as e ("examId" uuid, "sessionId" uuid, after jsonb) order by e."sessionId"`,
    [origin.actorId, origin.address, origin.requestId, action, JSON.stringify(entries)],
  );
}

function toJson(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}
