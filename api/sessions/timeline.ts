import { z } from 'zod';

import { decodeCursor, encodeCursor } from '#api/http/cursor.ts';
import { invalid } from '#api/http/problem.ts';
import { defineRoute, reply, type Route } from '#api/http/route.ts';
import { demandViewer } from '#api/sessions/access.ts';
import { instant } from '#api/sessions/present.ts';
import { idSchema } from '#contracts/common.ts';
import { sessionListQuery, type timelineEntrySchema, timelinePageSchema } from '#contracts/sessions.ts';
import { selectOptionalSession } from '#db/session/rows.ts';
import { listTimeline, type TimelineRow } from '#db/session/timeline.ts';

type EntryOut = z.input<typeof timelineEntrySchema>;

/** Members of the detail that a student sees, by kind; kinds that are not here are not shown to students at all. */
const SHOWN_TO_STUDENTS: Readonly<Record<string, readonly string[]>> = {
  start: ['attempt', 'deadlineAt'],
  extend: ['sessionVersion', 'state', 'oldDeadlineAt', 'newDeadlineAt'],
  shorten: ['sessionVersion', 'state', 'oldDeadlineAt', 'newDeadlineAt'],
  credit: ['sessionVersion', 'state', 'oldDeadlineAt', 'newDeadlineAt'],
  window: ['sessionVersion', 'state', 'oldDeadlineAt', 'newDeadlineAt'],
  pause: ['sessionVersion', 'state'],
  resume: ['sessionVersion', 'state', 'oldDeadlineAt', 'newDeadlineAt'],
  reopen: ['sessionVersion', 'state', 'newDeadlineAt'],
  submit: ['sessionVersion', 'state'],
  expire: ['sessionVersion', 'state'],
  end: ['sessionVersion', 'state'],
  terminate: ['sessionVersion', 'state'],
  withdraw: ['sessionVersion', 'state'],
  cancel: ['sessionVersion', 'state'],
  message: ['id', 'text', 'forAll'],
  'help-requested': ['id'],
  file: ['fileId', 'fileName', 'size', 'sha256'],
  connected: [],
  disconnected: [],
  acknowledged: ['sessionVersion'],
  'answers-saved': ['saves', 'items', 'until'],
  'answers-refused': ['code', 'answers', 'until'],
  'window-changed': ['opensAt', 'closesAt', 'cancelledAt'],
  'results-published': [],
  'results-unpublished': [],
};

/** What happened in a session, in order. */
export const timelineRoutes: readonly Route[] = [
  defineRoute({
    method: 'get',
    path: '/sessions/{sessionId}/timeline',
    tag: 'sitting',
    summary: 'Everything that happened in a session',
    description: 'Oldest first. Staff see who acted; students see the role only, and no evidence.',
    access: ['student', 'proctor', 'teacher', 'admin'],
    params: z.strictObject({ sessionId: idSchema }),
    query: sessionListQuery,
    replies: { 200: timelinePageSchema },
    async handle({ db, actor, params, query }) {
      const viewer = await demandViewer(db, actor, await selectOptionalSession(db, params.sessionId));
      const isStudent = viewer === 'student';
      const rows = await listTimeline(db, {
        sessionId: params.sessionId, after: readPosition(query.cursor), limit: query.limit + 1, kinds: isStudent ? Object.keys(SHOWN_TO_STUDENTS) : null,
      });
      const items = rows.slice(0, query.limit);
      const last = items.at(-1);
      const nextCursor = rows.length > query.limit && last !== undefined ? encodeCursor([last.atMs, last.ord]) : null;
      return reply(200, { items: items.map(isStudent ? presentForStudent : presentForStaff), nextCursor });
    },
  }),
];

function readPosition(cursor: string | undefined): { atMs: number; ord: string } | undefined {
  const parts = decodeCursor(cursor, 2);
  if (parts === undefined) return undefined;
  const [atMs, ord] = parts;
  if (!Number.isSafeInteger(atMs) || Math.abs(atMs as number) > 8e15 || typeof ord !== 'string') {
    throw invalid([{ pointer: '/cursor', message: 'must be a nextCursor of this list' }]);
  }
  return { atMs: atMs as number, ord };
}

function presentForStaff(row: TimelineRow): EntryOut {
  return {
    at: instant(row.atMs),
    kind: row.kind,
    actor: row.actor === null ? null : { role: row.actor.role, id: row.actor.id, name: row.actor.name },
    reason: row.reason,
    detail: { ...row.detail },
  };
}

function presentForStudent(row: TimelineRow): EntryOut {
  const shown = SHOWN_TO_STUDENTS[row.kind] ?? [];
  return {
    at: instant(row.atMs),
    kind: row.kind,
    actor: row.actor === null ? null : { role: row.actor.role },
    reason: row.reason,
    detail: Object.fromEntries(shown.filter((name) => name in row.detail).map((name) => [name, row.detail[name]])),
  };
}
