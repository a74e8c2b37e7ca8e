import { z } from 'zod';

import { csvLine } from '#domain/csv.ts';
import { defineRoute, reply, type Route } from '#api/http/route.ts';
import { demand } from '#api/monitor/policy.ts';
import { maybeInstant } from '#api/session-commands/present.ts';
import { idSchema } from '#contracts/common.ts';
import { resultsExportQuery, resultsSummarySchema } from '#contracts/results.ts';
import { insertAudit } from '#db/audit.ts';
import { selectExamSubject } from '#db/monitor/subjects.ts';
import { listResultRows, type ResultRow } from '#db/results/rows.ts';
import { type ResultsSummary, summarizeResults } from '#db/results/summary.ts';

// proctors reach the policy, so that an exam they watch over answers 403 and any other 404
const staff = ['admin', 'teacher', 'proctor'] as const;
const params = z.strictObject({ examId: idSchema });
/** Most rows of one file. */
const MAX_EXPORTED = 50_000;
const HEAD = ['studentId', 'externalId', 'name', 'sessionId', 'attempt', 'counted', 'sessionState', 'state', 'points', 'rawPoints', 'maxPoints', 'percent', 'grade', 'gradeLabel', 'withheld'];
// spreadsheets take a file without it for one in the code page of their machine
const BYTE_ORDER_MARK = '\ufeff';

/** The results of an exam at one look, and as a file. */
export const resultsSummaryRoutes: readonly Route[] = [
  defineRoute({
    method: 'get', path: '/exams/{examId}/results/summary', tag: 'results', summary: 'See the results of an exam in numbers', access: staff, params,
    replies: { 200: resultsSummarySchema },
    async handle({ actor, db, params: { examId } }) {
      demand(actor, 'read-results', await selectExamSubject(db, examId, actor.id));
      return reply(200, presentSummary(await summarizeResults(db, examId)));
    },
  }),
  defineRoute({
    method: 'get', path: '/exams/{examId}/results/export', tag: 'results', summary: 'Write the results of an exam into a file, by name', access: staff, params,
    description: 'The filters of the list narrow it. The export is audited.',
    query: resultsExportQuery,
    replies: { 200: z.string() },
    mediaTypes: { 200: 'text/csv' },
    async handle({ actor, db, origin, params: { examId }, query: { format, ...filters } }) {
      demand(actor, 'read-results', await selectExamSubject(db, examId, actor.id));
      const { items } = await listResultRows(db, { ...filters, examId, after: undefined, limit: MAX_EXPORTED });
      await insertAudit(db, origin, { action: 'exam.results-export', resourceType: 'exam', resourceId: examId, examId, after: { ...filters, format, rows: items.length } });
      return reply(200, BYTE_ORDER_MARK + csvLine(HEAD) + items.map(lineOf).join(''), {
        headers: { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': 'attachment; filename="results.csv"', 'Cache-Control': 'no-store' },
      });
    },
  }),
];

function presentSummary(summary: ResultsSummary): Record<string, unknown> {
  const { resultsPublishedAtMs, ...figures } = summary;
  return { resultsPublishedAt: maybeInstant(resultsPublishedAtMs), ...figures };
}

function lineOf(row: ResultRow): string {
  const grade = row.passed === null ? null : row.passed ? 'pass' : 'fail';
  const { student } = row;
  return csvLine([
    student.id, student.externalId, student.name, row.sessionId, row.attempt, row.counted, row.sessionState, row.state, row.points, row.rawPoints,
    row.maxPoints, row.percent, grade, row.gradeLabel, row.withheld,
  ]);
}
