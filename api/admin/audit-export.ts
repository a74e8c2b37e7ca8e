import { Readable } from 'node:stream';

import type { z } from 'zod';

import { csvLine } from '#domain/csv.ts';
import { defineRawRoute, type Route } from '#api/http/route.ts';
import { instant } from '#api/session-commands/present.ts';
import { auditExportQuery, auditExportSchema } from '#contracts/operations.ts';
import { type AuditRequest, type AuditRow, listAudit } from '#db/admin/audit.ts';
import { insertAudit } from '#db/audit.ts';
import { type Db, inTransaction } from '#db/connection.ts';

/** Rows that are read at once. */
const PAGE = 1_000;
const HEAD = ['id', 'at', 'actorId', 'actorName', 'address', 'requestId', 'action', 'resourceType', 'resourceId', 'examId', 'sessionId', 'reason', 'before', 'after'];
// spreadsheets take a file without it for one in the code page of their machine
const BYTE_ORDER_MARK = '\ufeff';

/** The audit log as a file. */
export const auditExportRoute: Route = defineRawRoute({
  method: 'get', path: '/admin/audit/export', tag: 'admin', summary: 'Write the audit log into a file, newest first',
  description: 'The filters of the list narrow it. The export itself is audited first, and the file holds what was done before it.',
  access: ['admin'],
  query: auditExportQuery,
  replies: { 200: auditExportSchema },
  mediaTypes: { 200: 'text/csv' },
  async handle({ db, deps, origin, query }, ctx) {
    const { format: _format, from: fromMs, to: toMs, ...filters } = query;
    const request = { ...filters, fromMs, toMs };
    const ownId = await inTransaction(db, (tx) => insertAudit(tx, origin, { action: 'audit.export', resourceType: 'audit', after: auditOf(query) }));
    ctx.status = 200;
    ctx.set('Content-Disposition', 'attachment; filename="audit.csv"');
    ctx.set('Cache-Control', 'no-store');
    const body = Readable.from(lines(db, request, ownId), { objectMode: false });
    // the reader left, or the head is out already: a file that is cut off is all that can be said
    body.on('error', (error) => deps.log.warn({ err: error, requestId: origin.requestId }, 'an export of the audit log broke off'));
    ctx.body = body;
    ctx.set('Content-Type', 'text/csv; charset=utf-8');
    return null;
  },
});

async function* lines(db: Db, request: Omit<AuditRequest, 'beforeId' | 'limit'>, ownId: number): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(HEAD);
  for (let beforeId = ownId; ; ) {
    const { items, more } = await listAudit(db, { ...request, beforeId, limit: PAGE });
    if (items.length > 0) yield items.map(lineOf).join('');
    if (!more) return;
    beforeId = items.at(-1)!.id;
  }
}

function lineOf(row: AuditRow): string {
  return csvLine([
    row.id, instant(row.atMs), row.actorId, row.actorName, row.address, row.requestId, row.action, row.resourceType, row.resourceId, row.examId, row.sessionId, row.reason,
    jsonOf(row.before), jsonOf(row.after),
  ]);
}

function jsonOf(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

function auditOf(query: z.output<typeof auditExportQuery>): Record<string, unknown> {
  const { from, to, ...rest } = query;
  return { ...rest, ...(from === undefined ? {} : { from: instant(from) }), ...(to === undefined ? {} : { to: instant(to) }) };
}
