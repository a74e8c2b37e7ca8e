import { hasRole } from '#api/http/actor.ts';
import { csvLine } from '#domain/csv.ts';
import { defineRoute, reply, type Reply, type Route } from '#api/http/route.ts';
import { demand } from '#api/monitor/policy.ts';
import { idSchema } from '#contracts/common.ts';
import {
  adminStatisticsSchema, examStatisticsSchema, itemsStatisticsSchema, statisticsExportQuery, studentStatisticsSchema,
} from '#contracts/statistics.ts';
import { insertAudit } from '#db/audit.ts';
import { selectExamSubject } from '#db/monitor/subjects.ts';
import { selectUser } from '#db/people/users.ts';
import { selectOverview } from '#db/statistics/overview.ts';
import { listOwnTrends, listTrends } from '#db/statistics/trends.ts';
import { z } from 'zod';

import { classFiguresOf, statisticsOf } from './cache.ts';
import { presentExam, presentItems, presentOverview, presentTrend } from './present.ts';
import { plainCell, type Sheet, sheetsOf } from './sheets.ts';
import { workbookOf } from './workbook.ts';

// proctors reach the policy, so that an exam they watch over answers 403 and any other 404
const staff = ['admin', 'teacher', 'proctor'] as const;
const params = z.strictObject({ examId: idSchema });
const read = { method: 'get', tag: 'statistics' } as const;
// spreadsheets take a file without it for one in the code page of their machine
const BYTE_ORDER_MARK = '\ufeff';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Statistics of exams, items, students and the institution. */
export const statisticsRoutes: readonly Route[] = [
  defineRoute({
    ...read, path: '/exams/{examId}/statistics', summary: 'See the statistics of an exam',
    description: 'About the attempts that count and are completely marked. A value that is not defined is null, and `notes` says why.',
    access: staff, params, replies: { 200: examStatisticsSchema },
    async handle({ actor, db, deps, params: { examId } }) {
      const exam = await selectExamSubject(db, examId, actor.id);
      demand(actor, 'read-results', exam);
      return reply(200, presentExam(exam, await statisticsOf(deps, examId)));
    },
  }),
  defineRoute({
    ...read, path: '/exams/{examId}/statistics/items', summary: 'See the statistics of the items of an exam', access: staff, params,
    replies: { 200: itemsStatisticsSchema },
    async handle({ actor, db, deps, params: { examId } }) {
      demand(actor, 'read-results', await selectExamSubject(db, examId, actor.id));
      return reply(200, presentItems(examId, await statisticsOf(deps, examId)));
    },
  }),
  defineRoute({
    ...read, path: '/exams/{examId}/statistics/export', summary: 'Write the statistics of an exam into a file',
    description: 'XLSX with a sheet each for summary, items, distractors, students, batches and definitions, or CSV of one of them (UTF-8 with a byte order mark, commas, decimal points). The export is audited.',
    access: staff, params, query: statisticsExportQuery, replies: { 200: z.string() }, mediaTypes: { 200: 'application/octet-stream' },
    async handle({ actor, db, deps, origin, params: { examId }, query }) {
      const exam = await selectExamSubject(db, examId, actor.id);
      demand(actor, 'read-results', exam);
      const { computedAtMs, results, statistics } = await statisticsOf(deps, examId);
      const sheets = sheetsOf(exam.title, computedAtMs, statistics, results);
      await insertAudit(db, origin, { action: 'exam.statistics-export', resourceType: 'exam', resourceId: examId, examId, after: { ...query, sessions: results.length } });
      if (query.format === 'xlsx') return fileReply(await workbookOf(sheets), XLSX, 'statistics.xlsx');
      const sheet = sheets.find(({ name }) => name === query.sheet)!;
      return fileReply(csvOf(sheet), 'text/csv; charset=utf-8', `statistics-${sheet.name}.csv`);
    },
  }),
  defineRoute({
    ...read, path: '/users/{userId}/statistics', summary: 'See how a student did from exam to exam, beside the class',
    description: 'Admins see all exams, teachers their own.', access: ['admin', 'teacher'],
    params: z.strictObject({ userId: idSchema }), replies: { 200: studentStatisticsSchema },
    async handle({ actor, db, deps, params: { userId } }) {
      const { id } = await selectUser(db, userId);
      const points = await listTrends(db, id, hasRole(actor, 'admin') ? null : actor.id, (examId) => classFiguresOf(deps, examId));
      return reply(200, presentTrend(id, deps.clock.nowMs(), points));
    },
  }),
  defineRoute({
    ...read, path: '/auth/me/statistics', summary: 'See the own results that are out, from exam to exam',
    description: 'The class stands beside them where the exam shows its distribution and at least 5 results count.', access: ['student'],
    replies: { 200: studentStatisticsSchema },
    async handle({ actor, db, deps }) {
      const points = await listOwnTrends(db, actor.id, (examId) => classFiguresOf(deps, examId));
      return reply(200, presentTrend(actor.id, deps.clock.nowMs(), points));
    },
  }),
  defineRoute({
    ...read, path: '/admin/statistics', summary: 'See the institution in numbers, month by month', access: ['admin'], replies: { 200: adminStatisticsSchema },
    async handle({ db, deps }) {
      return reply(200, presentOverview(deps.clock.nowMs(), await selectOverview(db)));
    },
  }),
];

function csvOf({ head, rows }: Sheet): string {
  return BYTE_ORDER_MARK + csvLine(head) + rows.map((row) => csvLine(row.map(plainCell))).join('');
}

function fileReply(body: string | Buffer, type: string, name: string): Reply {
  return reply(200, body, { headers: { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"`, 'Cache-Control': 'no-store' } });
}
