import { presentOutage } from '#api/admin/present.ts';
import type { Deps } from '#api/deps.ts';
import { presentPage, readPosition } from '#api/http/keyset.ts';
import { defineRoute, reply, type Route } from '#api/http/route.ts';
import { idSchema } from '#contracts/common.ts';
import { incidentPageSchema, incidentQuerySchema, sessionCountsSchema } from '#contracts/monitor.ts';
import { outagePageSchema } from '#contracts/operations.ts';
import { closeOutSchema, monitorPageSchema, monitorQuerySchema } from '#contracts/time-changes.ts';
import { listExamOutages } from '#db/admin/outages.ts';
import { countSessions } from '#db/monitor/counts.ts';
import { listIncidents } from '#db/monitor/incidents.ts';
import { listMonitorRows, type MonitorOrder } from '#db/monitor/sessions.ts';
import { selectExamSubject } from '#db/monitor/subjects.ts';
import { readCloseOut } from '#db/schedule/close-out.ts';
import { lastPosition } from '#db/stream/reader.ts';
import { z } from 'zod';

import { presentNumbered, readNumber } from './numbered.ts';
import { demand } from './policy.ts';
import { presentCloseOut, presentCounts, presentIncident, presentMonitorRow } from './present.ts';

const staff = ['admin', 'teacher', 'proctor'] as const;
const read = { method: 'get', tag: 'monitoring', access: staff, params: z.strictObject({ examId: idSchema }) } as const;
/** Most outages of one exam; more than that is one long outage. */
const MAX_OUTAGES = 200;

/** What those who watch over an exam look at. */
export const monitorRoutes: readonly Route[] = [
  defineRoute({
    ...read, path: '/exams/{examId}/sessions', summary: 'Watch the sessions of an exam',
    description: '`changedSince` may name a few sessions more than changed. Read the stream from `streamPosition` on.',
    query: monitorQuerySchema, replies: { 200: monitorPageSchema },
    async handle({ actor, db, deps, params, query }) {
      demand(actor, 'monitor', await selectExamSubject(db, params.examId, actor.id));
      const descending = query.sort.startsWith('-');
      const order = (descending ? query.sort.slice(1) : query.sort) as MonitorOrder;
      const after = readPosition(query.cursor, order === 'name' ? 'text' : 'number');
      // before the rows: what happens in between comes again with the stream
      const position = await lastPosition(db);
      const { sort: _sort, cursor: _cursor, changedSince: changedSinceMs, ...filters } = query;
      const page = await listMonitorRows(db, { ...filters, examId: params.examId, changedSinceMs, order, descending, after });
      const total = page.items.length === 0 ? 0 : await countItems(deps, params.examId);
      const nowMs = deps.clock.nowMs();
      return reply(200, { ...presentPage(page, (row) => presentMonitorRow(row, total, nowMs)), streamPosition: String(position) });
    },
  }),
  defineRoute({
    ...read, path: '/exams/{examId}/session-counts', summary: 'Count the sessions of an exam', replies: { 200: sessionCountsSchema },
    async handle({ actor, db, params }) {
      demand(actor, 'monitor', await selectExamSubject(db, params.examId, actor.id));
      const position = await lastPosition(db);
      return reply(200, presentCounts(await countSessions(db, params.examId), position));
    },
  }),
  defineRoute({
    ...read, path: '/exams/{examId}/incidents', summary: 'List what the exam pages noticed, newest first',
    description: 'Observations of one kind in one session within one minute are one entry. Evidence for a person: nothing follows from any number of them.',
    query: incidentQuerySchema, replies: { 200: incidentPageSchema },
    async handle({ actor, db, params, query }) {
      demand(actor, 'monitor', await selectExamSubject(db, params.examId, actor.id));
      const position = await lastPosition(db);
      const { sessionId, kind, limit } = query;
      const page = await listIncidents(db, { examId: params.examId, sessionId, kind, limit, beforeId: readNumber(query.cursor) });
      return reply(200, { ...presentNumbered(page, (row) => row.id, presentIncident), streamPosition: String(position) });
    },
  }),
  defineRoute({
    ...read, path: '/exams/{examId}/outages', summary: 'List the outages during an exam, newest first',
    description: 'What a credit would give back: the outages that the platform noticed itself between the opening and the end for the last student.',
    replies: { 200: outagePageSchema },
    async handle({ actor, db, params }) {
      demand(actor, 'monitor', await selectExamSubject(db, params.examId, actor.id));
      return reply(200, { items: (await listExamOutages(db, params.examId, MAX_OUTAGES)).map(presentOutage), nextCursor: null });
    },
  }),
  defineRoute({
    ...read, path: '/exams/{examId}/close-out', summary: 'Read whether everybody is in an end state, and the certificate', replies: { 200: closeOutSchema },
    async handle({ actor, db, params }) {
      demand(actor, 'monitor', await selectExamSubject(db, params.examId, actor.id));
      return reply(200, presentCloseOut(await readCloseOut(db, params.examId)));
    },
  }),
];

async function countItems(deps: Deps, examId: string): Promise<number> {
  const { sections } = await deps.contents.contentOf(examId);
  return sections.reduce((sum, section) => sum + section.items.length + (section.draw?.count ?? 0), 0);
}
