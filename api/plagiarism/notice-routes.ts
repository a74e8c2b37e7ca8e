import { defineRoute, reply, type Route } from '#api/http/route.ts';
import { invalid } from '#api/http/problem.ts';
import { incidentInSchema, noticeInSchema, noticeSchema, ownNoticeParams, ownNoticesSchema, pairParams, pairSchema } from '#contracts/plagiarism.ts';
import { listOwnNotices, readNotice, recordIncident, sendNotice } from '#db/plagiarism/notices.ts';
import type { PairRow } from '#db/plagiarism/pairs.ts';

import { permittedPair } from './access.ts';
import { itemIdsOf } from './detail.ts';
import { presentNotice, presentOwnNotice, presentPair } from './present.ts';

const staff = ['admin', 'teacher', 'proctor'] as const;

/** What people do about a confirmed pair, always by an act of their own, and what its students see of it. */
export const plagiarismNoticeRoutes: readonly Route[] = [
  defineRoute({
    method: 'post', path: '/plagiarism-pairs/{pairId}/notices', tag: 'results', summary: 'Tell one student of a confirmed pair what a person wrote', access: staff, key: 'required',
    description: 'In the product and by mail, which only says that there is a message. The text must not name the other student; nothing is told before a person has confirmed the pair.',
    params: pairParams, body: noticeInSchema, replies: { 201: noticeSchema },
    async handle({ actor, afterCommit, body, commandId, deps, origin, params: { pairId }, tx }) {
      const pair = await permittedPair(tx, actor, pairId);
      refuseNames(pair, body);
      const notice = await sendNotice(tx, pair, { ...body, id: commandId, origin });
      afterCommit(() => deps.bus.wake());
      return reply(201, presentNotice(notice));
    },
  }),
  defineRoute({
    method: 'post', path: '/plagiarism-pairs/{pairId}/incident', tag: 'results', summary: 'Put a confirmed pair into the record of both sessions', access: staff, key: 'required',
    description: 'It then stands among the incidents of the exam. Taking the confirmation back takes it out again.',
    params: pairParams, body: incidentInSchema, replies: { 200: pairSchema },
    async handle({ actor, body: { version }, deps, origin, params: { pairId }, tx }) {
      const pair = await permittedPair(tx, actor, pairId);
      await recordIncident(tx, pair, { version, origin, nowMs: deps.clock.nowMs() });
      return reply(200, presentPair(pair, await itemIdsOf(deps.contents, pair.examId)));
    },
  }),
  defineRoute({
    method: 'get', path: '/auth/me/notices', tag: 'sitting', summary: 'Read messages of staff about the own answers', access: ['student'], replies: { 200: ownNoticesSchema },
    handle: async ({ actor, db }) => reply(200, { items: (await listOwnNotices(db, actor.id)).map(presentOwnNotice) }),
  }),
  defineRoute({
    method: 'post', path: '/auth/me/notices/{noticeId}/read', tag: 'sitting', summary: 'Note that a message was read', access: ['student'], key: 'required', params: ownNoticeParams, replies: { 200: ownNoticesSchema },
    async handle({ actor, params: { noticeId }, tx }) {
      await readNotice(tx, actor.id, noticeId);
      return reply(200, { items: (await listOwnNotices(tx, actor.id)).map(presentOwnNotice) });
    },
  }),
];

/** @throws validation-failed when a student would read who the other one is */
function refuseNames(pair: PairRow, { sessionId, text }: { sessionId: string; text: string }): void {
  const other = pair.a.sessionId === sessionId ? pair.b.student : pair.a.student;
  const named = [other.name, other.externalId].some((name) => name !== null && name.trim().length > 2 && text.includes(name.trim()));
  if (named) throw invalid([{ pointer: '/text', message: 'names the other student' }]);
}
