import { presentPage, readPage } from '#api/http/keyset.ts';
import { invalid } from '#api/http/problem.ts';
import { authorize, defineRoute, demandVersion, permit, reply, type Route } from '#api/http/route.ts';
import { judgeRows, presentOutcomes } from '#api/users/bulk.ts';
import { changeUser, createUser } from '#api/users/change.ts';
import { can, seesAll } from '#api/users/policy.ts';
import { presentAccommodations, presentPerson, presentUser } from '#api/users/present.ts';
import { idSchema } from '#contracts/common.ts';
import {
  accommodationsInSchema, accommodationsSchema, externalIdSchema, newUserSchema, userBulkResultSchema, userBulkSchema, userByExternalIdSchema,
  userOrPersonSchema, userPageSchema, userPatchSchema, userQuerySchema, userSchema,
} from '#contracts/people.ts';
import { inTransaction } from '#db/connection.ts';
import { selectAccommodations, updateAccommodations } from '#db/people/accommodations.ts';
import { upsertUsers } from '#db/people/bulk.ts';
import { listUsers, USER_SORTS } from '#db/people/user-list.ts';
import { deleteUser, selectOptionalUserByExternalIdForUpdate, selectUser, selectUserForUpdate } from '#db/people/users.ts';
import { Refusal } from '#domain/problem.ts';
import { z } from 'zod';

const params = z.strictObject({ userId: idSchema });
const STAFF = ['admin', 'teacher', 'proctor'] as const;

/** Accounts, as staff see and admins manage them. */
export const userRoutes: readonly Route[] = [
  defineRoute({
    method: 'get', path: '/users', tag: 'people', summary: 'Search accounts',
    description: 'Admins and teachers see everything; proctors see names and ids, search by them, and sort by name.',
    access: STAFF,
    query: userQuerySchema,
    replies: { 200: userPageSchema },
    async handle({ actor, query, db }) {
      const all = seesAll(actor);
      // an order is a leak too: the cursor carries its value
      if (!all && !query.sort.endsWith('name')) throw invalid([{ pointer: '/sort', message: 'you can sort by name' }]);
      const page = await listUsers(db, { ...query, hideEmail: !all }, readPage(query, USER_SORTS));
      return reply(200, presentPage(page, all ? presentUser : presentPerson, page.total));
    },
  }),
  defineRoute({
    method: 'post', path: '/users', tag: 'people', summary: 'Create an account',
    access: ['admin'],
    key: 'optional',
    body: newUserSchema,
    replies: { 201: userSchema },
    async handle({ body, tx, origin }) {
      const added = await createUser(tx, origin, body);
      return reply(201, presentUser(added), { etag: added.version, location: `/api/v1/users/${added.id}` });
    },
  }),
  defineRoute({
    method: 'post', path: '/users/bulk', tag: 'people', summary: 'Create and change many accounts',
    description:
      'Each row finds its account by externalId, else by email, and gets a verdict of its own: a wrong row never harms another. What a row leaves '
      + 'out stays as it is. A new account without a password can not log in until an admin sets one; passwords make this request slow, about 15 ms each.',
    access: ['admin'],
    transaction: false,
    body: userBulkSchema,
    replies: { 200: userBulkResultSchema },
    async handle({ actor, body, db, origin }) {
      const { rows, refused } = await judgeRows(body.rows);
      const outcomes = await inTransaction(db, (tx) => upsertUsers(tx, origin, actor.id, rows));
      return reply(200, presentOutcomes([...refused, ...outcomes]));
    },
  }),
  defineRoute({
    method: 'put', path: '/users/by-external-id/{externalId}', tag: 'people', summary: 'Create or change the account with an id of another system',
    access: ['admin'],
    ifMatch: 'optional',
    params: z.strictObject({ externalId: externalIdSchema }),
    body: userByExternalIdSchema,
    replies: { 200: userSchema, 201: userSchema },
    async handle({ actor, params: { externalId }, body, ifMatch, tx, origin }) {
      const before = await selectOptionalUserByExternalIdForUpdate(tx, externalId);
      if (before === undefined) {
        const added = await createUser(tx, origin, { roles: ['student'], ...body, externalId });
        return reply(201, presentUser(added), { etag: added.version, location: `/api/v1/users/${added.id}` });
      }
      demandVersion(ifMatch, before.version);
      const after = await changeUser(tx, origin, actor, before, body);
      return reply(200, presentUser(after), { etag: after.version });
    },
  }),
  defineRoute({
    method: 'get', path: '/users/{userId}', tag: 'people', summary: 'Read one account',
    description: 'Proctors see name and ids only.',
    access: STAFF,
    params,
    replies: { 200: userOrPersonSchema },
    async handle({ actor, params: { userId }, db }) {
      const user = await selectUser(db, userId);
      authorize(can(actor, 'read', user));
      return seesAll(actor) ? reply(200, presentUser(user), { etag: user.version }) : reply(200, presentPerson(user));
    },
  }),
  defineRoute({
    method: 'patch', path: '/users/{userId}', tag: 'people', summary: 'Change an account',
    description:
      'JSON Merge Patch (RFC 7396). Other roles end the access tokens of the account within a second, a refresh gives new ones; a disabled account and '
      + 'a password set here end its log-ins. The last admin who can log in stays one, and nobody disables themselves.',
    access: ['admin'],
    ifMatch: 'required',
    params,
    body: userPatchSchema,
    replies: { 200: userSchema },
    async handle({ actor, params: { userId }, body, ifMatch, tx, origin }) {
      const before = await selectUserForUpdate(tx, userId);
      authorize(can(actor, 'manage', before));
      demandVersion(ifMatch, before.version);
      const after = await changeUser(tx, origin, actor, before, body);
      return reply(200, presentUser(after), { etag: after.version });
    },
  }),
  defineRoute({
    method: 'delete', path: '/users/{userId}', tag: 'people', summary: 'Remove an account',
    description: 'An account that sat an exam or owns something is disabled instead and answered (200); otherwise nothing is left of it (204).',
    access: ['admin'],
    ifMatch: 'optional',
    params,
    replies: { 200: userSchema, 204: null },
    async handle({ actor, params: { userId }, ifMatch, tx, origin }) {
      const before = await selectUserForUpdate(tx, userId);
      authorize(can(actor, 'manage', before));
      demandVersion(ifMatch, before.version);
      if (!can(actor, 'disable', before)) throw new Refusal('state-conflict', 'You can not remove your own account.');
      const left = await deleteUser(tx, origin, before);
      return left === null ? reply(204) : reply(200, presentUser(left), { etag: left.version });
    },
  }),
  defineRoute({
    method: 'get', path: '/users/{userId}/accommodations', tag: 'people', summary: 'Read the standing arrangements of a student',
    access: ['admin', 'teacher'],
    params,
    replies: { 200: accommodationsSchema },
    async handle({ actor, params: { userId }, db }) {
      authorize(can(actor, 'read-accommodations', await selectUser(db, userId)));
      const accommodations = await selectAccommodations(db, userId);
      return reply(200, presentAccommodations(accommodations), { etag: accommodations.version });
    },
  }),
  defineRoute({
    method: 'put', path: '/users/{userId}/accommodations', tag: 'people', summary: 'Replace the standing arrangements of a student',
    description: 'They count for sessions that start later; a session that runs is extended by an extension.',
    access: ['admin', 'teacher'],
    ifMatch: 'optional',
    params,
    body: accommodationsInSchema,
    replies: { 200: accommodationsSchema },
    async handle({ actor, params: { userId }, body, ifMatch, tx, origin }) {
      const user = await selectUserForUpdate(tx, userId);
      permit(can(actor, 'change-accommodations', user), 'Nobody gives extra time to themselves.');
      demandVersion(ifMatch, (await selectAccommodations(tx, userId)).version);
      const after = await updateAccommodations(tx, origin, userId, body);
      return reply(200, presentAccommodations(after), { etag: after.version });
    },
  }),
];
