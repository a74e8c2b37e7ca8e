import { logOutCookies } from '#api/auth/cookies.ts';
import { deviceOf } from '#api/auth/device.ts';
import { provePassword } from '#api/auth/login.ts';
import { hashPassword } from '#api/auth/passwords.ts';
import { presentAuthSession } from '#api/auth/present.ts';
import { invalid } from '#api/http/problem.ts';
import { defineRoute, demandVersion, reply, type Route } from '#api/http/route.ts';
import { presentUser } from '#api/users/present.ts';
import { authSessionPageSchema, passwordChangeSchema, profilePatchSchema } from '#contracts/auth.ts';
import { idSchema } from '#contracts/common.ts';
import { userSchema } from '#contracts/people.ts';
import { insertAudit } from '#db/audit.ts';
import { inTransaction } from '#db/connection.ts';
import { listAuthSessions, revokeAuthSession } from '#db/people/auth-sessions.ts';
import { deleteLoginFailures } from '#db/people/login-failures.ts';
import { selectOptionalCredentialsOf, updateOwnPassword } from '#db/people/passwords.ts';
import { selectUser, selectUserForUpdate, updateUser } from '#db/people/users.ts';
import { ROLES } from '#domain/people/roles.ts';
import { Refusal } from '#domain/problem.ts';
import { z } from 'zod';

/** Log-ins that one reply lists; nobody reads more. */
const MAX_SESSIONS = 200;

/** What everybody does with their own account. */
export const meRoutes: readonly Route[] = [
  defineRoute({
    method: 'get', path: '/auth/me', tag: 'auth', summary: 'Read the own account',
    access: ROLES,
    replies: { 200: userSchema },
    async handle({ actor, db }) {
      const user = await selectUser(db, actor.id);
      return reply(200, presentUser(user), { etag: user.version });
    },
  }),
  defineRoute({
    method: 'patch', path: '/auth/me', tag: 'auth', summary: 'Change the own profile',
    description: 'JSON Merge Patch (RFC 7396) of name, time zone and language.',
    access: ROLES,
    ifMatch: 'required',
    body: profilePatchSchema,
    replies: { 200: userSchema },
    async handle({ actor, body, ifMatch, tx, origin }) {
      const before = await selectUserForUpdate(tx, actor.id);
      demandVersion(ifMatch, before.version);
      const after = Object.keys(body).length === 0 ? before : await updateUser(tx, origin, before, body);
      return reply(200, presentUser(after), { etag: after.version });
    },
  }),
  defineRoute({
    method: 'post', path: '/auth/me/password', tag: 'auth', summary: 'Change the own password',
    description: 'Every other log-in of the account ends; this one goes on. A wrong current password counts like one at log-in.',
    access: ROLES,
    limit: 'login',
    transaction: false,
    body: passwordChangeSchema,
    replies: { 204: null },
    async handle({ actor, body, db, deps, origin, headers }) {
      const deviceHash = deviceOf(headers).hash;
      const credentials = await selectOptionalCredentialsOf(db, actor.id, deviceHash);
      if (credentials === undefined) throw new Refusal('unauthenticated', 'Log in again.');
      const proof = await provePassword(db, origin, credentials, { email: credentials.email, password: body.current, deviceHash });
      if (proof === null) throw invalid([{ pointer: '/current', message: 'is not your password' }]);
      const next = await hashPassword(body.next, 'login');
      const ended = await inTransaction(db, async (tx) => {
        await deleteLoginFailures(tx, proof.scopes);
        return updateOwnPassword(tx, origin, { userId: actor.id, authSessionId: actor.authSessionId, known: proof.passwordHash, next });
      });
      if (ended === undefined) throw new Refusal('state-conflict', 'The password was changed meanwhile.');
      for (const id of ended) deps.tokens.revokeSession(id);
      return reply(204);
    },
  }),
  defineRoute({
    method: 'get', path: '/auth/sessions', tag: 'auth', summary: 'List where the own account is logged in',
    access: ROLES,
    replies: { 200: authSessionPageSchema },
    async handle({ actor, db }) {
      const sessions = await listAuthSessions(db, actor.id, MAX_SESSIONS);
      return reply(200, { items: sessions.map((session) => presentAuthSession(session, actor)), nextCursor: null });
    },
  }),
  defineRoute({
    method: 'delete', path: '/auth/sessions/{authSessionId}', tag: 'auth', summary: 'End one of the own log-ins',
    access: ROLES,
    params: z.strictObject({ authSessionId: idSchema }),
    replies: { 204: null },
    async handle({ actor, params: { authSessionId }, tx, deps, origin, afterCommit }) {
      const ended = await revokeAuthSession(tx, authSessionId, 'ended by its owner', actor.id);
      if (!ended) throw new Refusal('not-found', 'There is no such log-in.');
      await insertAudit(tx, origin, { action: 'auth.end-session', resourceType: 'auth-session', resourceId: authSessionId });
      afterCommit(() => deps.tokens.revokeSession(authSessionId));
      return reply(204, null, { cookies: authSessionId === actor.authSessionId ? logOutCookies(deps.config.publicUrl) : [] });
    },
  }),
];
