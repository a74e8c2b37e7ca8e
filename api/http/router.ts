import Router from '@koa/router';
import type Koa from 'koa';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';

import type { Actor } from '#api/http/actor.ts';
import { authenticate } from '#api/http/authenticate.ts';
import { readJson } from '#api/http/body.ts';
import { hashRequest, once } from '#api/http/idempotency.ts';
import { packed } from '#api/http/pack.ts';
import { fieldErrors, invalid } from '#api/http/problem.ts';
import type { Reply, Route, RouteRequest } from '#api/http/route.ts';
import type { Deps } from '#api/deps.ts';
import { inTransaction, type Tx } from '#db/connection.ts';
import { Refusal, type FieldError } from '#domain/problem.ts';

/** Longest JSON body, bytes; uploads and batches of answers have their own. */
const BODY_LIMIT = 4 * 1024 * 1024;
const KEY = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Path prefix of the API. */
export const API_BASE = '/api/v1';

/** Serves the routes: limit, authenticate, validate, authorize (in the handler), handle, present. */
export function createRouter(routes: readonly Route[], deps: Deps): Router {
  const router = new Router({ prefix: API_BASE });
  for (const route of routes.filter((route) => !route.outside)) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    router.register(path, [route.method], [(ctx: Koa.Context) => serve(route, deps, ctx)]);
  }
  return router;
}

async function serve(route: Route, deps: Deps, ctx: Koa.Context): Promise<void> {
  const requestId = ctx.state['requestId'] as string;
  const actor = await authenticate(deps.tokens, ctx, route.access);
  ctx.set(await deps.limits.take(route.limit ?? 'general', actor?.id ?? null, ctx.ip));
  const input = await readInput(route, ctx);
  const commandId = readKey(route, ctx);
  const ifMatch = readIfMatch(route, ctx);
  const effects: (() => unknown)[] = [];

  const requestWith = (tx: Tx): RouteRequest<never, never, never, never> => ({
    actor: actor as never,
    params: input.params as never,
    query: input.query as never,
    body: input.body as never,
    tx,
    db: deps.db,
    deps,
    origin: { actorId: actor?.id ?? null, address: ctx.ip, requestId },
    commandId: commandId ?? uuidv7(),
    ifMatch,
    requestId,
    headers: ctx.headers,
    afterCommit: (effect) => effects.push(effect),
  });

  const answer = await runRoute(route, deps, ctx, requestWith, effects, keyUse(route, deps, ctx, actor, commandId, input.rawBody));
  for (const effect of effects) Promise.resolve().then(effect).catch((error: unknown) => deps.log.warn({ error, requestId }, 'an effect after the commit failed'));
  if (answer !== null) await send(ctx, answer);
}

async function runRoute(
  route: Route,
  deps: Deps,
  ctx: Koa.Context,
  requestWith: (tx: Tx) => RouteRequest<never, never, never, never>,
  effects: unknown[],
  use: { actorId: string; route: string; key: string; requestHash: string } | null,
): Promise<Reply | null> {
  if (route.method === 'get' || route.transaction === false) {
    return route.run(requestWith(deps.db as never), ctx);
  }
  return inTransaction(deps.db, async (tx) => {
    effects.length = 0;
    const work = async (): Promise<Reply> => (await route.run(requestWith(tx), ctx))!;
    return use === null ? work() : once(tx, use, work);
  });
}

interface Input {
  params: unknown;
  query: unknown;
  body: unknown;
  rawBody: unknown;
}

async function readInput(route: Route, ctx: Koa.Context): Promise<Input> {
  const params = route.params === undefined ? undefined : parseParams(route.params, ctx['params'] as unknown);
  const errors: FieldError[] = [];
  const query = route.query === undefined ? refuseQuery(ctx, errors) : parseInto(route.query, { ...ctx.query }, errors);
  if (route.raw) {
    if (errors.length > 0) throw invalid(errors);
    return { params, query, body: undefined, rawBody: undefined };
  }
  const rawBody = route.method === 'get' ? undefined : await readJson(ctx.req, BODY_LIMIT);
  if (route.body === undefined && rawBody !== undefined && !isEmptyObject(rawBody)) {
    errors.push({ pointer: '', message: 'this request takes no body' });
  }
  const body = route.body === undefined ? undefined : parseInto(route.body, rawBody ?? {}, errors);
  if (errors.length > 0) throw invalid(errors);
  return { params, query, body, rawBody };
}

function parseParams(schema: z.ZodType, params: unknown): unknown {
  const parsed = schema.safeParse(params);
  if (!parsed.success) throw new Refusal('not-found', 'There is nothing here: the id in the path is not one of ours.');
  return parsed.data;
}

function parseInto(schema: z.ZodType, value: unknown, errors: FieldError[]): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  errors.push(...fieldErrors(parsed.error));
  return undefined;
}

function refuseQuery(ctx: Koa.Context, errors: FieldError[]): undefined {
  for (const name of Object.keys(ctx.query)) errors.push({ pointer: `/${name}`, message: 'unknown query parameter' });
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function readKey(route: Route, ctx: Koa.Context): string | undefined {
  if (route.key === undefined) return undefined;
  const key = ctx.get('Idempotency-Key');
  if (key === '') {
    if (route.key === 'optional') return undefined;
    throw new Refusal('precondition-required', 'Send an Idempotency-Key header with a fresh UUID; repeat the same one when you retry.');
  }
  if (!KEY.test(key)) throw invalid([{ pointer: '/Idempotency-Key', message: 'must be a UUID' }], 'The Idempotency-Key header is not a UUID.');
  return key.toLowerCase();
}

function readIfMatch(route: Route, ctx: Koa.Context): number | null {
  if (route.ifMatch === undefined) return null;
  const value = ctx.get('If-Match').trim();
  if (value === '') {
    if (route.ifMatch === 'optional') return null;
    throw new Refusal('precondition-required', 'Send If-Match with the ETag that you read, so that no change of somebody else is lost.');
  }
  if (value === '*') return null;
  const match = /^(?:W\/)?"(\d{1,9})"$/.exec(value);
  if (match === null) throw new Refusal('version-conflict', 'If-Match must be the ETag that you read, such as "7".');
  return Number(match[1]);
}

function keyUse(route: Route, deps: Deps, ctx: Koa.Context, actor: Actor | null, key: string | undefined, rawBody: unknown) {
  if (key === undefined || actor === null) return null;
  const methodAndPath = `${route.method} ${ctx.path}`;
  return { actorId: actor.id, route: `${route.method} ${route.path}`, key, requestHash: hashRequest(deps.config.secret, methodAndPath, rawBody) };
}

async function send(ctx: Koa.Context, answer: Reply): Promise<void> {
  ctx.status = answer.status;
  ctx.set(answer.headers);
  if (answer.etag !== undefined) ctx.set('ETag', `"${answer.etag}"`);
  if (answer.cookies.length > 0) ctx.append('Set-Cookie', [...answer.cookies]);
  if (answer.body === null || answer.body === undefined) {
    ctx.body = null;
    ctx.status = answer.status;
    return;
  }
  if (Buffer.isBuffer(answer.body) || typeof answer.body === 'string') {
    ctx.body = answer.body;
    return;
  }
  ctx.type = 'application/json; charset=utf-8';
  ctx.body = await packed(ctx, JSON.stringify(answer.body));
}
