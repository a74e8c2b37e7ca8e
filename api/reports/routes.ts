import { Readable } from 'node:stream';

import { z } from 'zod';

import type { Actor } from '#api/http/actor.ts';
import { presentPage, readPosition } from '#api/http/keyset.ts';
import { defineRawRoute, defineRoute, reply, type Route } from '#api/http/route.ts';
import { API_BASE } from '#api/http/router.ts';
import { demand } from '#api/monitor/policy.ts';
import { presentRun } from '#api/runs/present.ts';
import { idSchema } from '#contracts/common.ts';
import { reportPageSchema, reportQuerySchema, reportRunInSchema } from '#contracts/reports.ts';
import { runSchema } from '#contracts/runs.ts';
import { insertAudit, type Origin } from '#db/audit.ts';
import type { Queryable } from '#db/connection.ts';
import { selectExamSubject } from '#db/monitor/subjects.ts';
import { deleteReport, listReports, listReportsOfRun, selectReport } from '#db/reports/files.ts';
import { queueRegeneration, queueReportRun } from '#db/reports/queue.ts';
import type { ReportFile } from '#db/reports/rows.ts';
import { selectRun } from '#db/runs/rows.ts';
import { Refusal } from '#domain/problem.ts';

import { headersOf, sendPdf } from './download.ts';
import { discardReport, readReport } from './files.ts';
import { presentReport } from './present.ts';
import { type ZipEntry, zipOf } from './zip.ts';

// proctors reach the policy, so that an exam they watch over answers 403 and any other 404
const staff = ['admin', 'teacher', 'proctor'] as const;
const examParams = z.strictObject({ examId: idSchema });
const reportParams = z.strictObject({ reportId: idSchema });
const bytes = z.string().meta({ description: 'The bytes.' });

/** PDF reports: made by runs, kept, downloaded. */
export const reportRoutes: readonly Route[] = [
  defineRoute({
    method: 'post', path: '/exams/{examId}/reports', tag: 'reports', summary: 'Have PDF reports of an exam made', access: staff, key: 'required',
    description: 'Answers a run; its reports appear in the list as they are made. Reports for students show what the exam shows to students, and go to students only after publication.',
    params: examParams, body: reportRunInSchema, replies: { 202: runSchema },
    async handle({ actor, afterCommit, body, commandId, deps, origin, params, tx }) {
      demand(actor, 'read-results', await selectExamSubject(tx, params.examId, actor.id));
      const run = await queueReportRun(tx, {
        runId: commandId, examId: params.examId, report: body.kind, audience: body.kind === 'student' ? body.audience : 'staff', locale: body.locale,
        timeZone: body.timeZone ?? null, sessionIds: body.kind === 'student' ? body.sessionIds : undefined, scanId: body.kind === 'plagiarism' ? body.scanId : undefined, origin,
      });
      afterCommit(() => deps.bus.wake());
      return reply(202, presentRun(run), { location: `${API_BASE}/runs/${run.id}` });
    },
  }),
  defineRoute({
    method: 'get', path: '/exams/{examId}/reports', tag: 'reports', summary: 'List the reports of an exam, newest first', access: staff,
    params: examParams, query: reportQuerySchema, replies: { 200: reportPageSchema },
    async handle({ actor, db, params, query }) {
      demand(actor, 'read-results', await selectExamSubject(db, params.examId, actor.id));
      const page = await listReports(db, { examId: params.examId, kind: query.kind, runId: query.runId, q: query.q, after: readPosition(query.cursor, 'number'), limit: query.limit });
      return reply(200, presentPage(page, presentReport));
    },
  }),
  defineRawRoute({
    method: 'get', path: '/reports/{reportId}', tag: 'reports', summary: 'Read a report', access: staff, params: reportParams,
    description: 'The download is audited.',
    replies: { 200: bytes }, mediaTypes: { 200: 'application/pdf' },
    async handle({ actor, db, deps, origin, params }, ctx) {
      const report = await selectPermitted(db, actor, params.reportId);
      await sendPdf(ctx, report, deps.config.dataDir);
      await auditDownload(db, origin, report);
      return null;
    },
  }),
  defineRoute({
    method: 'post', path: '/reports/{reportId}/regenerate', tag: 'reports', summary: 'Make a report anew from what holds now', access: staff, key: 'required',
    description: 'Answers a run; the report keeps its id.', params: reportParams, replies: { 202: runSchema },
    async handle({ actor, afterCommit, commandId, deps, origin, params, tx }) {
      const report = await selectPermitted(tx, actor, params.reportId);
      const run = await queueRegeneration(tx, { runId: commandId, report, origin });
      afterCommit(() => deps.bus.wake());
      return reply(202, presentRun(run), { location: `${API_BASE}/runs/${run.id}` });
    },
  }),
  defineRoute({
    method: 'delete', path: '/reports/{reportId}', tag: 'reports', summary: 'Delete a report', access: staff, params: reportParams, replies: { 204: null },
    async handle({ actor, afterCommit, db, deps, origin, params, tx }) {
      const report = await selectPermitted(tx, actor, params.reportId);
      await deleteReport(tx, report, origin);
      afterCommit(() => discardReport(deps.config.dataDir, db, report.sha256));
      return reply(204);
    },
  }),
  defineRawRoute({
    method: 'get', path: '/runs/{runId}/reports.zip', tag: 'reports', summary: 'Read every report of a run in one archive', access: staff, params: z.strictObject({ runId: idSchema }),
    description: 'The download is audited.',
    replies: { 200: bytes }, mediaTypes: { 200: 'application/zip' },
    async handle({ actor, db, deps, origin, params }, ctx) {
      const run = await selectRun(db, params.runId);
      const exam = await selectExamSubject(db, run.examId ?? run.id, actor.id);
      demand(actor, 'read-results', exam);
      const reports = await listReportsOfRun(db, run.id);
      if (reports.length === 0) throw new Refusal('not-found', 'This run has no reports.');
      await insertAudit(db, origin, { action: 'report.download-run', resourceType: 'run', resourceId: run.id, examId: run.examId, after: { reports: reports.length } });
      ctx.status = 200;
      ctx.set(headersOf('reports.zip'));
      const body = Readable.from(zipOf(entriesOf(reports, deps.config.dataDir)), { objectMode: false });
      // the reader left, or the head is out already: a file that is cut off is all that can be said
      body.on('error', (error) => deps.log.warn({ err: error, requestId: origin.requestId }, 'an archive of reports broke off'));
      ctx.body = body;
      ctx.set('Content-Type', 'application/zip');
      return null;
    },
  }),
];

async function selectPermitted(q: Queryable, actor: Actor, reportId: string): Promise<ReportFile> {
  const report = await selectReport(q, reportId);
  demand(actor, 'read-results', await selectExamSubject(q, report.examId, actor.id));
  return report;
}

async function auditDownload(q: Queryable, origin: Origin, report: ReportFile): Promise<void> {
  await insertAudit(q, origin, { action: 'report.download', resourceType: 'report', resourceId: report.id, examId: report.examId, sessionId: report.sessionId });
}

/** Two students of one name get files of different names. */
function entriesOf(reports: readonly ReportFile[], dataDir: string): ZipEntry[] {
  const seen = new Map<string, number>();
  return reports.map(({ createdAtMs, fileName, sha256 }) => {
    const count = (seen.get(fileName) ?? 0) + 1;
    seen.set(fileName, count);
    return { name: count === 1 ? fileName : fileName.replace(/(\.pdf)?$/u, `-${count}.pdf`), modifiedAtMs: createdAtMs, bytes: () => readReport(dataDir, sha256) };
  });
}
