import type { z } from 'zod';

import type { auditPageSchema, auditRowSchema } from '#contracts/operations.ts';
import { address, request } from '#web/lib/http.ts';

/** One thing that was done. */
export type AuditRow = z.output<typeof auditRowSchema>;

/** What the log is searched by; `from` and `to` are RFC 3339. */
export interface AuditQuery {
  readonly q: string;
  readonly action: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly actorId?: string | undefined;
  readonly examId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly resourceId?: string | undefined;
}

/** A page of the log, newest first. */
export function listAudit(query: AuditQuery, cursor: string | undefined, signal?: AbortSignal): Promise<z.output<typeof auditPageSchema>> {
  return request('GET', '/admin/audit', { query: { ...query, cursor, limit: 100 }, ...(signal === undefined ? {} : { signal }) });
}

/** Address of the log as a file. */
export function auditFile(query: AuditQuery): string {
  return address('/admin/audit/export', { ...query, format: 'csv' });
}
