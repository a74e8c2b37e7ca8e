import { randomUUID } from 'node:crypto';

import type Koa from 'koa';
import type { Logger } from 'pino';

import type { ServerClock } from '#api/server-clock.ts';
import { problemOf, refusalOf } from '#api/http/problem.ts';
import { Refusal } from '#domain/problem.ts';

/** Gives every reply its request id and server time, and turns whatever is thrown into a problem; logs faults once. */
export function requestContext(log: Logger, clock: ServerClock): Koa.Middleware {
  return async (ctx, next) => {
    const requestId = randomUUID();
    ctx.state['requestId'] = requestId;
    ctx.set('X-Request-Id', requestId);
    try {
      await next();
      if (ctx.status === 404 && ctx.body === undefined) throw new Refusal('not-found', 'There is nothing at this address.');
    } catch (error) {
      sendProblem(ctx, error, requestId, log);
    }
    ctx.set('X-Server-Time', new Date(clock.nowMs()).toISOString());
  };
}

function sendProblem(ctx: Koa.Context, error: unknown, requestId: string, log: Logger): void {
  let refusal = refusalOf(error);
  if (refusal === undefined) {
    log.error({ err: error, requestId, method: ctx.method, path: ctx.path }, 'a request failed');
    refusal = new Refusal('internal', `Something broke on our side. Tell your administrator the number ${requestId}.`);
  }
  if (ctx.headerSent || ctx.respond === false) {
    ctx.res.end();
    return;
  }
  const problem = problemOf(refusal, { path: ctx.path, requestId });
  ctx.status = problem.status;
  ctx.set(problem.headers);
  ctx.set('Cache-Control', 'no-store');
  ctx.type = 'application/problem+json; charset=utf-8';
  ctx.body = JSON.stringify(problem.body);
}
