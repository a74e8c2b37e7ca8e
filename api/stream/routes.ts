import type Koa from 'koa';
import { z } from 'zod';

import { tokenOf } from '#api/http/authenticate.ts';
import { invalid } from '#api/http/problem.ts';
import { defineRawRoute, type Route, type RouteRequest } from '#api/http/route.ts';
import { openSink } from '#api/stream/sink.ts';
import type { ResolvedTopic } from '#api/stream/subscriber.ts';
import { resolveTopic } from '#api/stream/topics.ts';
import { idSchema } from '#contracts/common.ts';
import { eventStreamSchema, positionSchema, streamQuery, topicsQuery } from '#contracts/streams.ts';

const reply = { replies: { 200: eventStreamSchema }, mediaTypes: { 200: 'text/event-stream' } } as const;

/** Server-Sent Events. */
export const streamRoutes: readonly Route[] = [
  defineRawRoute({
    method: 'get',
    path: '/sessions/{sessionId}/stream',
    tag: 'streams',
    summary: 'Live events of one session',
    description: 'For the exam page: while its student has one open, the session is shown as connected.',
    access: ['student', 'proctor', 'teacher', 'admin'],
    limit: 'sitting',
    params: z.strictObject({ sessionId: idSchema }),
    query: streamQuery,
    ...reply,
    async handle(request, ctx) {
      const topic = await resolveTopic(request.db, request.actor, { kind: 'session', id: request.params.sessionId });
      return openStream(request, ctx, [{ ...topic, isExamPage: true }], request.query.after);
    },
  }),

  defineRawRoute({
    method: 'get',
    path: '/exams/{examId}/stream',
    tag: 'streams',
    summary: 'Live events of an exam, for staff',
    access: ['proctor', 'teacher', 'admin'],
    limit: 'sitting',
    params: z.strictObject({ examId: idSchema }),
    query: streamQuery,
    ...reply,
    async handle(request, ctx) {
      const topic = await resolveTopic(request.db, request.actor, { kind: 'exam', id: request.params.examId });
      return openStream(request, ctx, [topic], request.query.after);
    },
  }),

  defineRawRoute({
    method: 'get',
    path: '/stream',
    tag: 'streams',
    summary: 'Live events of many sessions and exams in one connection',
    description:
      'Browsers open at most six connections. A stored event comes once, whatever number of topics it belongs to: in the form of its session where that is a '
      + 'topic, else in the form of its exam. A student who is assigned hears of an exam what everybody in it hears. '
      + 'Does not count as the connection of an exam page.',
    access: ['student', 'proctor', 'teacher', 'admin'],
    limit: 'sitting',
    query: topicsQuery,
    ...reply,
    async handle(request, ctx) {
      const topics: ResolvedTopic[] = [];
      for (const topic of request.query.topics) topics.push(await resolveTopic(request.db, request.actor, topic));
      return openStream(request, ctx, topics, request.query.after);
    },
  }),
];

async function openStream(
  { deps, actor, requestId }: Pick<RouteRequest, 'deps' | 'actor' | 'requestId'>,
  ctx: Koa.Context,
  topics: readonly ResolvedTopic[],
  after: string | undefined,
): Promise<null> {
  const position = readLastEventId(ctx.get('Last-Event-ID')) ?? after;
  const token = tokenOf(ctx.get('Authorization'), ctx.get('Cookie'))?.value ?? '';
  ctx.respond = false;
  const sink = openSink(ctx.res, { 'X-Request-Id': requestId, 'X-Server-Time': new Date(deps.clock.nowMs()).toISOString() });
  if (ctx.method === 'HEAD') {
    sink.end();
    return null;
  }
  void deps.streams.subscribe({
    sink,
    topics,
    accountId: actor.id,
    after: position === undefined ? null : Number(position),
    isValid: async () => (await deps.tokens.verify(token)) !== null,
  });
  return null;
}

/** A browser that reconnects sends the last id that it saw; it is newer than the position in the address. */
function readLastEventId(header: string): string | undefined {
  if (header === '') return undefined;
  if (!positionSchema.safeParse(header).success) throw invalid([{ pointer: '/Last-Event-ID', message: 'must be the id of a stream event' }]);
  return header;
}
