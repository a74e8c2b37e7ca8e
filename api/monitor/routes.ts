import type { Deps } from '#api/deps.ts';
import { presentPage, readPosition } from '#api/http/keyset.ts';
import { defineRoute, reply, type Route } from '#api/http/route.ts';
import { idSchema } from '#contracts/common.ts';
import { closeOutSchema, monitorPageSchema, monitorQuerySchema } from '#contracts/time-changes.ts';
import { selectClockOffset } from '#db/admin/outages.ts';
import { listMonitorRows, type MonitorOrder } from '#db/monitor/sessions.ts';
import { selectExamSubject } from '#db/monitor/subjects.ts';
import { readCloseOut } from '#db/schedule/close-out.ts';
import { lastPosition } from '#db/stream/reader.ts';
import { z } from 'zod';

import { demand } from './policy.ts';
import { presentCloseOut, presentMonitorRow } from './present.ts';

const staff = ['admin', 'teacher', 'proctor'] as const;
const read = { method: 'get', tag: 'monitoring', access: staff, params: z.strictObject({ examId: idSchema }) } as const;

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
      const { q, state, online, changedSince: changedSinceMs, limit } = query;
      const page = await listMonitorRows(db, { examId: params.examId, q, state, online, changedSinceMs, order, descending, after, limit });
      const total = page.items.length === 0 ? 0 : await countItems(deps, params.examId);
      const nowMs = deps.clock.nowMs();
      return reply(200, { ...presentPage(page, (row) => presentMonitorRow(row, total, nowMs)), streamPosition: String(position) });
    },
  }),
  defineRoute({
    ...read, path: '/exams/{examId}/close-out', summary: 'Read whether everybody is in an end state, and the certificate', replies: { 200: closeOutSchema },
    async handle({ actor, db, params }) {
      demand(actor, 'monitor', await selectExamSubject(db, params.examId, actor.id));
      const serverClockOffsetMs = await selectClockOffset(db);
      return reply(200, presentCloseOut(await readCloseOut(db, params.examId, { serverClockOffsetMs })));
    },
  }),
];

async function countItems(deps: Deps, examId: string): Promise<number> {
  const { sections } = await deps.contents.contentOf(examId);
  return sections.reduce((sum, section) => sum + section.items.length + (section.draw?.count ?? 0), 0);
}
