import type { Actor } from '#api/http/actor.ts';
import type { Deps } from '#api/deps.ts';
import type { Origin } from '#db/audit.ts';
import type { Db, Tx } from '#db/connection.ts';
import type { Role } from '#domain/people/roles.ts';
import { Refusal } from '#domain/problem.ts';
import type Koa from 'koa';
import type { z } from 'zod';

/** Which budget of requests a route draws from. */
export type LimitGroup = 'general' | 'sitting' | 'login' | 'none';

/** Who may call a route at all; finer rules are policies. */
export type Access = 'public' | readonly Role[];

/** What a handler answers. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly etag: number | undefined;
  readonly cookies: readonly string[];
}

/** What a handler gets; `tx` is the one open transaction of an unsafe route, and the database itself for a read. */
export interface RouteRequest<Params = unknown, Query = unknown, Body = unknown, Who = Actor> {
  readonly actor: Who;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly tx: Tx;
  readonly db: Db;
  readonly deps: Deps;
  readonly origin: Origin;
  /** The Idempotency-Key, or a fresh id where the key is optional and absent. */
  readonly commandId: string;
  /** Version demanded by If-Match, null when the header is absent. */
  readonly ifMatch: number | null;
  readonly requestId: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Runs `effect` once the transaction is committed; for wake-ups and signals, whose failure is ignored. */
  afterCommit(effect: () => unknown): void;
}

interface Head {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Path below `/api/v1`, parameters in braces. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly limit?: LimitGroup;
  readonly key?: 'required' | 'optional';
  readonly ifMatch?: 'required' | 'optional';
  /** false: the handler opens transactions itself. */
  readonly transaction?: false;
  /** Schema by status; null for a reply without a body. */
  readonly replies: Readonly<Record<number, z.ZodType | null>>;
  /** Media types of replies that are not JSON. */
  readonly mediaTypes?: Readonly<Record<number, string>>;
}

/** A route as the router, the OpenAPI page and the tests see it. */
export interface Route extends Head {
  readonly params: z.ZodType | undefined;
  readonly query: z.ZodType | undefined;
  readonly body: z.ZodType | undefined;
  /** True for routes that read or write the connection themselves: uploads, streams, the answer path. */
  readonly raw: boolean;
  readonly multipart: boolean;
  /** True for the answer path, which is served before the framework; the router leaves it out. */
  readonly outside: boolean;
  run(request: RouteRequest<never, never, never, never>, ctx: Koa.Context): Promise<Reply | null>;
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type WhoFor<A extends Access> = A extends 'public' ? Actor | null : Actor;

/** Declares one route; the types of the handler's input follow from the schemas. */
export function defineRoute<
  const A extends Access,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  spec: Head & {
    readonly access: A;
    readonly params?: P;
    readonly query?: Q;
    readonly body?: B;
    handle(request: RouteRequest<Parsed<P>, Parsed<Q>, Parsed<B>, WhoFor<A>>): Promise<Reply>;
  },
): Route {
  const { handle, params, query, body, ...head } = spec;
  return { ...head, params, query, body, raw: false, multipart: false, outside: false, run: (request) => handle(request) };
}

/**
 * Declares a route that reads the request or writes the reply itself; it answers null when it has written the reply.
 * It gets no transaction.
 */
export function defineRawRoute<
  const A extends Access,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
>(
  spec: Head & {
    readonly access: A;
    readonly params?: P;
    readonly query?: Q;
    /** Schema of a JSON body that the handler reads itself; for the description only. */
    readonly body?: z.ZodType;
    readonly multipart?: boolean;
    handle(request: RouteRequest<Parsed<P>, Parsed<Q>, undefined, WhoFor<A>>, ctx: Koa.Context): Promise<Reply | null>;
  },
): Route {
  const { handle, params, query, body, multipart, ...head } = spec;
  return {
    ...head, params, query, body, raw: true, multipart: multipart ?? false, outside: false, transaction: false,
    run: (request, ctx) => handle(request, ctx),
  };
}

/** Describes a route that is served outside the framework. */
export function defineOutsideRoute(spec: Head & { readonly params: z.ZodType; readonly body: z.ZodType }): Route {
  return {
    ...spec, query: undefined, raw: true, multipart: false, outside: true, transaction: false,
    run: () => Promise.reject(new Error(`${spec.method} ${spec.path} is served outside the framework`)),
  };
}

/** Builds a reply. */
export function reply(
  status: number,
  body: unknown = null,
  more: { etag?: number; location?: string; headers?: Record<string, string>; cookies?: readonly string[] } = {},
): Reply {
  const headers = more.location === undefined ? { ...more.headers } : { ...more.headers, Location: more.location };
  return { status, body, headers, etag: more.etag, cookies: more.cookies ?? [] };
}

/** Turns a policy's "no" into an answer that looks like absence. */
export function authorize(allowed: boolean): void {
  if (!allowed) throw new Refusal('not-found', 'There is nothing here, or nothing that you may see.');
}

/** Turns a policy's "no" into 403, for things that the actor knows to exist. */
export function permit(allowed: boolean, detail = 'Your role does not allow this.'): void {
  if (!allowed) throw new Refusal('forbidden', detail);
}

/** Compares `If-Match` with the stored version. @throws version-conflict */
export function demandVersion(ifMatch: number | null, version: number): void {
  if (ifMatch !== null && ifMatch !== version) {
    throw new Refusal('version-conflict', `Somebody changed this meanwhile (version ${version}). Load it again and repeat your change.`);
  }
}
