import { z } from 'zod';

import type { Actor } from '#api/http/actor.ts';
import { defineRawRoute, defineRoute, permit, reply, type Route } from '#api/http/route.ts';
import { demandViewer } from '#api/sessions/access.ts';
import { idSchema } from '#contracts/common.ts';
import { ownReportInSchema, ownReportQuerySchema, ownReportSchema } from '#contracts/reports.ts';
import type { Queryable } from '#db/connection.ts';
import { resultGate } from '#db/grading/gate.ts';
import { askForOwnReport, type OwnReportQuery, selectOwnReport } from '#db/reports/own.ts';
import { selectOptionalSession } from '#db/session/rows.ts';
import { Refusal } from '#domain/problem.ts';

import { sendPdf } from './download.ts';
import { presentOwnReport } from './present.ts';

const params = z.strictObject({ sessionId: idSchema });
const waits = 'Nothing before the result is released: 403 results-not-published.';

/** The report of a released result, for its student: asked for, waited for, downloaded. */
export const ownReportRoutes: readonly Route[] = [
  defineRoute({
    method: 'get', path: '/sessions/{sessionId}/report', tag: 'reports', summary: 'Where the report of an own result stands', access: ['student'],
    description: waits, params, query: ownReportQuerySchema, replies: { 200: ownReportSchema },
    async handle({ actor, db, params: { sessionId }, query }) {
      return reply(200, presentOwnReport(await selectOwnReport(db, { ...(await selectReleased(db, actor, sessionId)), locale: query.locale })));
    },
  }),
  defineRoute({
    method: 'post', path: '/sessions/{sessionId}/report', tag: 'reports', summary: 'Have the report of an own result made', access: ['student'], key: 'required',
    description: `${waits} One that is there or being made is not made again.`, params, body: ownReportInSchema, replies: { 202: ownReportSchema },
    async handle({ actor, afterCommit, body, commandId, deps, origin, params: { sessionId }, tx }) {
      const released = await selectReleased(tx, actor, sessionId);
      const own = await askForOwnReport(tx, { ...released, locale: body.locale, timeZone: body.timeZone ?? null, runId: commandId, origin });
      afterCommit(() => deps.bus.wake());
      return reply(202, presentOwnReport(own));
    },
  }),
  defineRawRoute({
    method: 'get', path: '/sessions/{sessionId}/report.pdf', tag: 'reports', summary: 'Read the report of an own result', access: ['student'],
    description: `${waits} 404 while no report shows exactly what the exam shows now.`,
    params, query: ownReportQuerySchema, replies: { 200: z.string().meta({ description: 'The bytes.' }) }, mediaTypes: { 200: 'application/pdf' },
    async handle({ actor, db, deps, params: { sessionId }, query }, ctx) {
      const { report } = await selectOwnReport(db, { ...(await selectReleased(db, actor, sessionId)), locale: query.locale });
      if (report === null) throw new Refusal('not-found', 'There is no report of this result yet.');
      await sendPdf(ctx, report, deps.config.dataDir);
      return null;
    },
  }),
];

/** @throws not-found, forbidden, results-not-published */
async function selectReleased(q: Queryable, actor: Actor, sessionId: string): Promise<Omit<OwnReportQuery, 'locale'>> {
  const session = await selectOptionalSession(q, sessionId);
  permit((await demandViewer(q, actor, session)) === 'student', 'Only the student reads this report.');
  const gate = (await resultGate(q, sessionId))!;
  if (!gate.open) throw new Refusal('results-not-published', 'Results are not published yet.');
  return { session: session!, gate };
}
