import { z } from 'zod';

import { presentPage, readPosition } from '#api/http/keyset.ts';
import { defineRoute, reply, type Route } from '#api/http/route.ts';
import { demand } from '#api/monitor/policy.ts';
import { presentRun } from '#api/runs/present.ts';
import { idSchema } from '#contracts/common.ts';
import { reportFailuresSchema } from '#contracts/reports.ts';
import { runPageSchema, runQuerySchema } from '#contracts/runs.ts';
import { selectExamSubject } from '#db/monitor/subjects.ts';
import { listReportFailures, listReportRuns } from '#db/reports/runs.ts';
import { selectRun } from '#db/runs/rows.ts';

import { presentFailure } from './present.ts';

// proctors reach the policy, so that an exam they watch over answers 403 and any other 404
const staff = ['admin', 'teacher', 'proctor'] as const;
/** More are not read one by one. */
const MAX_FAILURES = 500;

/** Runs that made reports, and what they could not make. */
export const reportRunRoutes: readonly Route[] = [
  defineRoute({
    method: 'get', path: '/exams/{examId}/report-runs', tag: 'reports', summary: 'List the report runs of an exam, newest first', access: staff,
    description: 'Without those of students who asked for the report of their own result.',
    params: z.strictObject({ examId: idSchema }), query: runQuerySchema, replies: { 200: runPageSchema },
    async handle({ actor, db, params: { examId }, query }) {
      demand(actor, 'read-results', await selectExamSubject(db, examId, actor.id));
      return reply(200, presentPage(await listReportRuns(db, { examId, after: readPosition(query.cursor, 'number'), limit: query.limit }), presentRun));
    },
  }),
  defineRoute({
    method: 'get', path: '/runs/{runId}/report-failures', tag: 'reports', summary: 'List the reports that a run could not make, with the reason', access: staff,
    params: z.strictObject({ runId: idSchema }), replies: { 200: reportFailuresSchema },
    async handle({ actor, db, params: { runId } }) {
      const run = await selectRun(db, runId);
      demand(actor, 'read-results', await selectExamSubject(db, run.examId ?? run.id, actor.id));
      return reply(200, { items: (await listReportFailures(db, runId, MAX_FAILURES)).map(presentFailure) });
    },
  }),
];
