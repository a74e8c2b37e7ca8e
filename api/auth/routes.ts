import { deviceCookie, logInCookies, logOutCookies, REFRESH_COOKIE } from '#api/auth/cookies.ts';
import { deviceOf } from '#api/auth/device.ts';
import { logIn } from '#api/auth/login.ts';
import { hashPassword } from '#api/auth/passwords.ts';
import { refreshLogin } from '#api/auth/refresh.ts';
import { ACCESS_SECONDS, hashSecret } from '#api/auth/tokens.ts';
import type { Deps } from '#api/deps.ts';
import { ACCESS_COOKIE, readCookie, refuseCrossSite } from '#api/http/authenticate.ts';
import { defineRoute, permit, reply, type Reply, type Route } from '#api/http/route.ts';
import { presentUser } from '#api/users/present.ts';
import { loggedInSchema, loginSchema, refreshSchema, registerSchema } from '#contracts/auth.ts';
import { userSchema } from '#contracts/people.ts';
import { insertAudit } from '#db/audit.ts';
import { inTransaction } from '#db/connection.ts';
import { type Grant, revokeAuthSession, selectOptionalAuthSessionOfToken } from '#db/people/auth-sessions.ts';
import { insertUser } from '#db/people/users.ts';
import type { User } from '#domain/people/types.ts';
import { Refusal } from '#domain/problem.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Registering, logging in and out, keeping a log-in alive. */
export const authRoutes: readonly Route[] = [
  defineRoute({
    method: 'post', path: '/auth/register', tag: 'auth', summary: 'Make a student account for oneself',
    description: 'Can be switched off. Roles are given by admins only.',
    access: 'public',
    limit: 'login',
    transaction: false,
    body: registerSchema,
    replies: { 201: userSchema },
    async handle({ body: { email, name, password }, db, deps, origin }) {
      permit(deps.config.registration, 'Registration is switched off. Ask your administrator for an account.');
      const passwordHash = await hashPassword(password, 'login');
      // whoever registers acts for themselves, also when somebody else is logged in
      const own = { ...origin, actorId: null };
      const user = await inTransaction(db, (tx) => insertUser(tx, own, { email, name, roles: ['student'] }, passwordHash));
      return reply(201, presentUser(user), { etag: user.version, location: '/api/v1/auth/me' });
    },
  }),
  defineRoute({
    method: 'post', path: '/auth/login', tag: 'auth', summary: 'Log in',
    description:
      'Five wrong passwords for an account from one address are answered 429 for a minute, more of them 423 for a time that grows. A device that '
      + 'logged in to the account before is exempt: it is told apart by our cookie, or by the header X-Device-Id of an API client (a secret of 16 to '
      + '200 characters). The tokens are also set as cookies.',
    access: 'public',
    limit: 'login',
    transaction: false,
    body: loginSchema,
    replies: { 200: loggedInSchema },
    async handle({ body, db, deps, origin, headers }) {
      const device = deviceOf(headers);
      const refreshToken = deps.tokens.firstRefresh();
      const userAgent = String(headers['user-agent'] ?? '').slice(0, 300);
      const { grant, user } = await logIn(db, origin, { ...body, deviceHash: device.hash, userAgent, refreshToken });
      return loggedIn(deps, grant, user, refreshToken, device.mark === null ? [] : [deviceCookie(deps.config.publicUrl, device.mark)]);
    },
  }),
  defineRoute({
    method: 'post', path: '/auth/refresh', tag: 'auth', summary: 'Exchange a refresh token for a new pair',
    description:
      'Each refresh token is used once; the same one within 30 s answers the same pair, later it ends the log-in. The web app sends its cookie '
      + 'instead of the token, with X-Requested-By: holdfast.',
    access: 'public',
    limit: 'login',
    transaction: false,
    body: refreshSchema,
    replies: { 200: loggedInSchema },
    async handle({ body, db, deps, origin, headers }) {
      const token = body.refreshToken ?? refreshCookie(headers);
      if (token === undefined) throw new Refusal('unauthenticated', 'Send a refresh token.');
      const { grant, user, refreshToken } = await refreshLogin(db, deps.tokens, origin, token);
      return loggedIn(deps, grant, user, refreshToken, []);
    },
  }),
  defineRoute({
    method: 'post', path: '/auth/logout', tag: 'auth', summary: 'Log out',
    description: 'Ends the log-in of the access token, or of the refresh token when there is no valid access token, and takes the cookies away.',
    access: 'public',
    body: refreshSchema,
    replies: { 204: null },
    async handle({ actor, body, tx, deps, origin, headers, afterCommit }) {
      if (headers.authorization === undefined && readCookie(cookiesOf(headers), ACCESS_COOKIE) !== undefined) demandSameSite(headers);
      const token = body.refreshToken ?? (actor === null ? refreshCookie(headers) : undefined);
      const session = actor === null ? token && (await selectOptionalAuthSessionOfToken(tx, hashSecret(token))) : { id: actor.authSessionId, userId: actor.id };
      if (!session) throw new Refusal('unauthenticated', 'There is no log-in to end.');
      if (await revokeAuthSession(tx, session.id, 'logged out')) {
        await insertAudit(tx, { ...origin, actorId: session.userId }, { action: 'auth.logout', resourceType: 'auth-session', resourceId: session.id });
      }
      afterCommit(() => deps.tokens.revokeSession(session.id));
      return reply(204, null, { cookies: logOutCookies(deps.config.publicUrl) });
    },
  }),
];

async function loggedIn(deps: Deps, grant: Grant, user: User, refreshToken: string, more: readonly string[]): Promise<Reply> {
  const accessToken = await deps.tokens.issue(grant);
  const body = { accessToken, refreshToken, expiresIn: ACCESS_SECONDS, user: presentUser(user) };
  return reply(200, body, { headers: { 'Cache-Control': 'no-store' }, cookies: [...logInCookies(deps.config.publicUrl, body), ...more] });
}

function refreshCookie(headers: Headers): string | undefined {
  const token = readCookie(cookiesOf(headers), REFRESH_COOKIE);
  if (token !== undefined) demandSameSite(headers);
  return token;
}

function demandSameSite(headers: Headers): void {
  refuseCrossSite('POST', String(headers['x-requested-by'] ?? ''));
}

function cookiesOf(headers: Headers): string {
  return String(headers['cookie'] ?? '');
}
