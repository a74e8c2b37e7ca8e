import type { Actor } from '#api/http/actor.ts';
import { presentPage, readPosition } from '#api/http/keyset.ts';
import { defineRoute, reply, type Reply, type Route, type RouteRequest } from '#api/http/route.ts';
import { demand } from '#api/monitor/policy.ts';
import { idSchema } from '#contracts/common.ts';
import {
  holdSchema, holdStateSchema, markInSchema, markReplySchema, publicationInSchema, publicationSchema, resultPageSchema, resultsQuerySchema,
} from '#contracts/results.ts';
import { selectExamSubject, selectSessionSubject } from '#db/monitor/subjects.ts';
import { releaseResult, withholdResult } from '#db/results/holds.ts';
import { listMarks, setMark } from '#db/results/marks.ts';
import { publishResults, unpublishResults } from '#db/results/publish.ts';
import { listResultRows } from '#db/results/rows.ts';
import { z } from 'zod';

import { presentHold, presentMark, presentPublication, presentResult } from './present.ts';

// proctors reach the policy, so that an exam they watch over answers 403 and any other 404
const staff = ['admin', 'teacher', 'proctor'] as const;
const examParams = z.strictObject({ examId: idSchema });
const sessionParams = z.strictObject({ sessionId: idSchema });
const command = { method: 'post', tag: 'results', access: staff, key: 'required' } as const;

/** Results for staff: publication, withholding, lists, marks by hand. */
export const resultRoutes: readonly Route[] = [
  defineRoute({
    ...command, path: '/exams/{examId}/results/publish', summary: 'Publish the results of an exam in every channel',
    description: 'Every session has to be closed and graded; otherwise 409 with `counts`.', params: examParams, body: publicationInSchema,
    replies: { 200: publicationSchema },
    handle: (request) => publish(request, (tx, about) => publishResults(tx, { ...about, notify: request.body.notify })),
  }),
  defineRoute({
    ...command, path: '/exams/{examId}/results/unpublish', summary: 'Take the results of an exam back from every channel', params: examParams,
    replies: { 200: publicationSchema },
    handle: (request) => publish(request, unpublishResults),
  }),
  defineRoute({
    ...command, path: '/sessions/{sessionId}/result/withhold', summary: 'Withhold the result of one session', params: sessionParams, body: holdSchema,
    replies: { 200: holdStateSchema },
    handle: (request) => hold(request, withholdResult),
  }),
  defineRoute({
    ...command, path: '/sessions/{sessionId}/result/release', summary: 'Let a withheld result go with the others', params: sessionParams, body: holdSchema,
    replies: { 200: holdStateSchema },
    handle: (request) => hold(request, releaseResult),
  }),
  defineRoute({
    method: 'get', path: '/exams/{examId}/results', tag: 'results', summary: 'List the results of an exam, by name', access: staff,
    params: examParams, query: resultsQuerySchema, replies: { 200: resultPageSchema },
    async handle({ actor, db, params, query }) {
      const exam = await selectExamSubject(db, params.examId, actor.id);
      demand(actor, 'read-results', exam);
      const { q, state, counted, studentId, limit } = query;
      const page = await listResultRows(db, { examId: exam.id, after: readPosition(query.cursor, 'text'), limit, q, state, counted, studentId });
      const marks = query.items ? Map.groupBy(await listMarks(db, page.items), (mark) => mark.sessionId) : undefined;
      return reply(200, presentPage(page, (row) => presentResult(row, marks === undefined ? undefined : (marks.get(row.sessionId) ?? []))));
    },
  }),
  defineRoute({
    method: 'put', path: '/sessions/{sessionId}/marks/{itemId}', tag: 'results', summary: 'Give the mark of one item by hand',
    description: 'A `version` that is older than the last change of this mark answers 412.', access: staff, key: 'optional',
    params: z.strictObject({ sessionId: idSchema, itemId: idSchema }), body: markInSchema, replies: { 200: markReplySchema },
    async handle({ actor, afterCommit, body, deps, origin, params, tx }) {
      const { exam, id: sessionId, studentId } = await selectSessionSubject(tx, params.sessionId, actor.id);
      demand(actor, 'mark', exam);
      await setMark(tx, {
        sessionId, itemId: params.itemId, points: body.points, comment: body.comment ?? null, rubric: body.rubric ?? null, version: body.version, origin,
        itemsOf: async (examId, seed) => (await deps.contents.drawnPaperOf(examId, seed)).sections.flatMap((section) => section.items),
      });
      afterCommit(() => deps.bus.wake());
      const { items: [row] } = await listResultRows(tx, { examId: exam.id, studentId, sessionId, after: undefined, limit: 1 });
      const mark = (await listMarks(tx, [row!])).find((each) => each.itemId === params.itemId);
      return reply(200, { mark: presentMark(mark!), result: presentResult(row!) });
    },
  }),
];

type ExamRequest = Pick<RouteRequest<{ examId: string }, unknown, unknown, Actor>, 'actor' | 'afterCommit' | 'deps' | 'origin' | 'params' | 'tx'>;
type HoldRequest = RouteRequest<{ sessionId: string }, unknown, { reason: string }, Actor>;

async function publish(request: ExamRequest, act: typeof unpublishResults): Promise<Reply> {
  const { actor, afterCommit, deps, origin, params, tx } = request;
  demand(actor, 'publish-results', await selectExamSubject(tx, params.examId, actor.id));
  const publication = await act(tx, { examId: params.examId, origin });
  if (publication.changed) afterCommit(() => deps.bus.wake());
  return reply(200, presentPublication(publication));
}

async function hold(request: HoldRequest, act: typeof withholdResult): Promise<Reply> {
  const { actor, afterCommit, body, deps, origin, params, tx } = request;
  const { exam, id: sessionId } = await selectSessionSubject(tx, params.sessionId, actor.id);
  demand(actor, 'publish-results', exam);
  const state = await act(tx, { sessionId, examId: exam.id, published: exam.resultsOut, reason: body.reason, origin });
  afterCommit(() => deps.bus.wake());
  return reply(200, presentHold(state));
}
