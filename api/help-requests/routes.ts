import { z } from 'zod';

import { presentPage, readPosition } from '#api/http/keyset.ts';
import { defineRoute, reply, type Route } from '#api/http/route.ts';
import { demand } from '#api/monitor/policy.ts';
import { idSchema } from '#contracts/common.ts';
import { helpClaimSchema, helpPageSchema, helpQuerySchema, helpResolveSchema, staffHelpRequestSchema } from '#contracts/monitor.ts';
import { claimHelpRequest, listHelpRequests, lockHelpRequest, resolveHelpRequest } from '#db/monitor/help-requests.ts';
import { selectExamSubject } from '#db/monitor/subjects.ts';
import { lastPosition } from '#db/stream/reader.ts';

import { presentHelpRequest } from './present.ts';

const staff = ['admin', 'teacher', 'proctor'] as const;
const act = {
  method: 'post', tag: 'monitoring', access: staff, key: 'required', params: z.strictObject({ helpRequestId: idSchema }), replies: { 200: staffHelpRequestSchema },
} as const;

/** The students who asked for help, and who takes care of them. */
export const helpRequestRoutes: readonly Route[] = [
  defineRoute({
    method: 'get', path: '/exams/{examId}/help-requests', tag: 'monitoring', summary: 'List the help requests of an exam, newest first', access: staff,
    params: z.strictObject({ examId: idSchema }),
    query: helpQuerySchema,
    replies: { 200: helpPageSchema },
    async handle({ actor, db, params, query }) {
      demand(actor, 'monitor', await selectExamSubject(db, params.examId, actor.id));
      // before the rows: what happens in between comes again with the stream
      const streamPosition = String(await lastPosition(db));
      const { state, resolved, sessionId, limit } = query;
      const page = await listHelpRequests(db, { examId: params.examId, state, resolved, sessionId, limit, after: readPosition(query.cursor, 'number') });
      return reply(200, { ...presentPage(page, presentHelpRequest), streamPosition });
    },
  }),
  defineRoute({
    ...act, path: '/help-requests/{helpRequestId}/claim', summary: 'Take care of a help request',
    description: 'What you have already stays yours. What somebody else has is 409 `state-conflict` unless you take it over.',
    body: helpClaimSchema,
    async handle({ actor, body, deps, origin, params, tx, afterCommit }) {
      const request = await lockHelpRequest(tx, params.helpRequestId);
      demand(actor, 'message', await selectExamSubject(tx, request.examId, actor.id));
      const claimed = await claimHelpRequest(tx, request, body.takeOver ?? false, { ...origin, actorId: actor.id });
      afterCommit(() => deps.bus.wake());
      return reply(200, presentHelpRequest(claimed));
    },
  }),
  defineRoute({
    ...act, path: '/help-requests/{helpRequestId}/resolve', summary: 'End a help request', body: helpResolveSchema,
    async handle({ actor, body, deps, origin, params, tx, afterCommit }) {
      const request = await lockHelpRequest(tx, params.helpRequestId);
      demand(actor, 'message', await selectExamSubject(tx, request.examId, actor.id));
      const resolved = await resolveHelpRequest(tx, request, body.note === undefined || body.note.trim() === '' ? null : body.note, origin);
      afterCommit(() => deps.bus.wake());
      return reply(200, presentHelpRequest(resolved));
    },
  }),
];
