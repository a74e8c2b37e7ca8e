import type Koa from 'koa';

import { hasRole, type Actor } from '#api/http/actor.ts';
import type { Access } from '#api/http/route.ts';
import { Refusal } from '#domain/problem.ts';

/** Checks access tokens; the real one is `api/auth/tokens.ts`. */
export interface TokenVerifier {
  /** The actor of a token; null when it is unknown, expired or revoked. */
  verify(token: string): Promise<Actor | null>;
  /** The same without waiting, for a token that was seen before; undefined when it was not. */
  verifyCached(token: string): Actor | undefined;
}

/** Cookie with the access token of the web app. */
export const ACCESS_COOKIE = 'hf_access';

/**
 * Finds out who asks.
 * @throws unauthenticated without a valid token where one is needed; forbidden for a role that the route does not serve
 */
export async function authenticate(tokens: TokenVerifier, ctx: Koa.Context, access: Access): Promise<Actor | null> {
  const token = tokenOf(ctx.get('Authorization'), ctx.get('Cookie'));
  const actor = token === undefined ? null : await tokens.verify(token.value);
  if (access === 'public') return actor;
  if (actor === null) throw new Refusal('unauthenticated', 'Log in, or send a valid access token.');
  if (token!.fromCookie) refuseCrossSite(ctx.method, ctx.get('X-Requested-By'));
  if (!hasRole(actor, ...access)) throw new Refusal('forbidden', 'Your role does not allow this.');
  return actor;
}

/** The access token of a request: `Authorization: Bearer`, else the cookie of the web app. */
export function tokenOf(authorization: string, cookies: string): { value: string; fromCookie: boolean } | undefined {
  if (authorization.startsWith('Bearer ')) return { value: authorization.slice(7).trim(), fromCookie: false };
  const cookie = readCookie(cookies, ACCESS_COOKIE);
  return cookie === undefined ? undefined : { value: cookie, fromCookie: true };
}

/** One cookie out of the `Cookie` header. */
export function readCookie(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || undefined;
  }
  return undefined;
}

/** With cookies, an unsafe method needs a header that no foreign page can add. @throws forbidden */
export function refuseCrossSite(method: string, requestedBy: string): void {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return;
  if (requestedBy !== 'holdfast') throw new Refusal('forbidden', 'With cookies, send the header X-Requested-By: holdfast.');
}
