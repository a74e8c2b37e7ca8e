import { hasRole, type Actor } from '#api/http/actor.ts';
import { defineRoute, reply, type Route } from '#api/http/route.ts';
import { demand } from '#api/monitor/policy.ts';
import { idSchema } from '#contracts/common.ts';
import {
  examMessageInSchema, extensionSchema, maybeReasonSchema, messageSchema, reasonBodySchema, reopenSchema, sessionCommandReplySchema,
  sessionCommandSchema, sessionMessageInSchema,
} from '#contracts/time-changes.ts';
import { selectCommand } from '#db/monitor/commands.ts';
import { sendToExam, sendToSession } from '#db/monitor/messages.ts';
import { selectExamSubject, selectSessionSubject } from '#db/monitor/subjects.ts';
import { z } from 'zod';

import { presentCommand, presentMessage } from './present.ts';
import { carryOut } from './run.ts';

const staff = ['admin', 'teacher', 'proctor'] as const;
const sessionParams = z.strictObject({ sessionId: idSchema });
const examParams = z.strictObject({ examId: idSchema });
const head = { method: 'post', tag: 'sitting', access: staff, key: 'required', params: sessionParams } as const;
const replies = { 200: sessionCommandReplySchema };

/** Commands of staff to one session, and messages. */
export const sessionCommandRoutes: readonly Route[] = [
  defineRoute({
    ...head, path: '/sessions/{sessionId}/pause', summary: 'Stop the clock of a session', body: maybeReasonSchema, replies,
    handle: (request) => carryOut(request, 'pause', { reason: request.body.reason ?? null }),
  }),
  defineRoute({
    ...head, path: '/sessions/{sessionId}/resume', summary: 'Let the clock of a session go on', body: maybeReasonSchema, replies,
    handle: (request) => carryOut(request, 'resume', { reason: request.body.reason ?? null }),
  }),
  defineRoute({
    ...head, path: '/sessions/{sessionId}/terminate', summary: 'End a session for a reason', body: reasonBodySchema, replies,
    handle: (request) => carryOut(request, 'terminate', { reason: request.body.reason }),
  }),
  defineRoute({
    ...head, path: '/sessions/{sessionId}/withdraw', summary: 'Take a student out of the exam', body: reasonBodySchema, replies,
    handle: (request) => carryOut(request, 'withdraw', { reason: request.body.reason }),
  }),
  defineRoute({
    ...head, path: '/sessions/{sessionId}/reopen', summary: 'Open a closed session again for some seconds',
    description: 'Only while no results are published. The earlier hand-in is kept.', body: reopenSchema, replies,
    handle: (request) => carryOut(request, 'reopen', { reason: request.body.reason, seconds: request.body.seconds }),
  }),
  defineRoute({
    ...head, path: '/sessions/{sessionId}/extensions', summary: 'Give a session more time', body: extensionSchema, replies,
    handle: (request) => carryOut(request, 'extend', {
      reason: request.body.reason ?? null, seconds: request.body.seconds, scaled: request.body.scaled ?? false,
    }),
  }),
  defineRoute({
    method: 'get', path: '/sessions/{sessionId}/commands/{commandId}', tag: 'sitting', summary: 'Read what became of a command', access: staff,
    params: z.strictObject({ sessionId: idSchema, commandId: idSchema }),
    replies: { 200: sessionCommandSchema },
    async handle({ actor, db, params }) {
      const { exam } = await selectSessionSubject(db, params.sessionId, actor.id);
      demand(actor, 'monitor', exam);
      return reply(200, presentCommand(await selectCommand(db, params.sessionId, params.commandId)));
    },
  }),
  defineRoute({
    ...head, path: '/sessions/{sessionId}/messages', summary: 'Write to one student', body: sessionMessageInSchema, replies: { 201: messageSchema },
    async handle({ actor, body, commandId, deps, origin, params, tx, afterCommit }) {
      const { exam } = await selectSessionSubject(tx, params.sessionId, actor.id);
      demand(actor, 'message', exam);
      const sent = await sendToSession(tx, { id: commandId, examId: exam.id, text: body.text, fromRole: roleOf(actor), origin }, params.sessionId);
      afterCommit(() => deps.bus.wake());
      return reply(201, presentMessage(sent));
    },
  }),
  defineRoute({
    ...head, path: '/exams/{examId}/messages', summary: 'Write to everybody in an exam, or to some', params: examParams,
    body: examMessageInSchema, replies: { 201: messageSchema },
    async handle({ actor, body, commandId, deps, origin, params, tx, afterCommit }) {
      const exam = await selectExamSubject(tx, params.examId, actor.id);
      demand(actor, 'message', exam);
      const sent = await sendToExam(tx, { id: commandId, examId: exam.id, text: body.text, fromRole: roleOf(actor), origin }, body.scope);
      afterCommit(() => deps.bus.wake());
      return reply(201, presentMessage(sent));
    },
  }),
];

/** The hat under which a student meets the sender. */
function roleOf(actor: Actor): string {
  if (hasRole(actor, 'teacher')) return 'teacher';
  return hasRole(actor, 'proctor') ? 'proctor' : 'admin';
}
