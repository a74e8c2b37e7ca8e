import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type Db, inTransaction, openDb } from '#db/connection.ts';
import type { User, UserChange } from '#domain/people/types.ts';
import { testDatabase, type TestDatabase } from '#tests/support/database.ts';

import { upsertUsers } from './bulk.ts';
import { listRevocations } from './revocations.ts';
import { deleteUser, insertUser, selectUser, selectUserForUpdate, updateUser } from './users.ts';

let database: TestDatabase;
let db: Db;
let admin: User;

const ORIGIN = { actorId: null, address: '127.0.0.1', requestId: null };

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.urlAs('holdfast_api'), { poolSize: 4, transactionPoolSize: 4, statementTimeoutMs: 5_000, applicationName: 'test' });
  admin = await add({ roles: ['admin'] }, 'hash');
});
afterAll(async () => {
  await db.close();
  await database.close();
});

function add(more: UserChange = {}, passwordHash: string | null = null): Promise<User> {
  return inTransaction(db, (tx) => insertUser(tx, ORIGIN, { email: `${randomUUID()}@uni.test`, name: 'Somebody', roles: ['student'], ...more }, passwordHash));
}

function change(user: User, values: UserChange, passwordHash?: string): Promise<User> {
  return inTransaction(db, async (tx) => updateUser(tx, ORIGIN, await selectUserForUpdate(tx, user.id), values, passwordHash));
}

function bulk(...rows: UserChange[]) {
  return inTransaction(db, (tx) => upsertUsers(tx, { ...ORIGIN, actorId: admin.id }, admin.id, rows.map((values, index) => ({ index, values, passwordHash: undefined }))));
}

async function auditOf(id: string): Promise<{ action: string; before: unknown; after: unknown }[]> {
  const { rows } = await db.query<{ action: string; before: unknown; after: unknown }>(
    `select action, before, after from audit_log where resource_id = $1 order by id`, [id]);
  return rows;
}

describe('the last admin who can log in', () => {
  it('can not be disabled, demoted or removed', async () => {
    await expect(change(admin, { disabled: true })).rejects.toMatchObject({ code: 'state-conflict' });
    await expect(change(admin, { roles: ['teacher'] })).rejects.toMatchObject({ code: 'state-conflict' });
    await expect(inTransaction(db, (tx) => deleteUser(tx, ORIGIN, admin))).rejects.toMatchObject({ code: 'state-conflict' });
  });

  it('is not replaced by an admin without a password', async () => {
    const other = await add({ roles: ['admin'] });
    await expect(change(admin, { disabled: true })).rejects.toMatchObject({ code: 'state-conflict' });
    await change(other, { disabled: true });
  });

  it('stays when two admins disable each other at the same time', async () => {
    const other = await add({ roles: ['admin'] }, 'hash');
    const results = await Promise.allSettled([change(admin, { disabled: true }), change(other, { disabled: true })]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { rows } = await db.query<{ id: string }>(`select id from users where 'admin' = any(roles) and not disabled and password_hash is not null`);
    expect(rows).toHaveLength(1);
    // the tests that follow act as whoever is left
    admin = await selectUser(db, rows[0]!.id);
  });
});

describe('a change of an account', () => {
  it('that disables it is seen by every process that looks, and ends its log-ins', async () => {
    const user = await add({}, 'hash');
    await db.query(`insert into auth_sessions (id, user_id, expires_at) values ($1, $2, holdfast_now() + interval '1 day')`, [randomUUID(), user.id]);
    await change(user, { disabled: true });
    expect((await listRevocations(db, 10_000)).users).toContainEqual({ userId: user.id, accessVersion: 2, disabled: true });
    const { rows } = await db.query('select revoke_reason from auth_sessions where user_id = $1', [user.id]);
    expect(rows).toEqual([{ revoke_reason: 'account disabled' }]);
  });

  it('of the name ends nothing', async () => {
    const user = await add({}, 'hash');
    await change(user, { name: 'Somebody else' });
    expect((await listRevocations(db, 10_000)).users.map(({ userId }) => userId)).not.toContain(user.id);
  });

  it('is audited before and after, and never with the password', async () => {
    const user = await add({}, 'secret hash');
    await change(user, { name: 'New' }, 'other secret hash');
    const audit = await auditOf(user.id);
    expect(audit).toMatchObject([
      { action: 'user.create', before: null, after: { name: 'Somebody', passwordSet: true } },
      { action: 'user.change', before: { name: 'Somebody' }, after: { name: 'New', passwordSet: true } },
    ]);
    expect(JSON.stringify(audit)).not.toContain('hash');
  });
});

describe('removing an account', () => {
  const remove = (user: User) => inTransaction(db, async (tx) => deleteUser(tx, ORIGIN, await selectUserForUpdate(tx, user.id)));

  it('leaves nothing of somebody who did nothing', async () => {
    const user = await add();
    expect(await remove(user)).toBeNull();
    await expect(selectUser(db, user.id)).rejects.toMatchObject({ code: 'not-found' });
    expect((await auditOf(user.id)).map(({ action }) => action)).toEqual(['user.create', 'user.delete']);
  });

  it('disables somebody who owns something, and whose things stay', async () => {
    const user = await add({ roles: ['teacher'] });
    await db.query(`insert into batches (id, name, owner_id) values ($1, 'B', $2)`, [randomUUID(), user.id]);
    expect(await remove(user)).toMatchObject({ id: user.id, disabled: true, version: 2 });
  });
});

describe('many accounts at once', () => {
  it('are created, changed and refused one by one', async () => {
    const [known, other] = [await add({ externalId: randomUUID() }), await add()];
    const email = `${randomUUID()}@uni.test`;
    const outcomes = await bulk(
      { email, name: 'New', roles: ['teacher'], timeZone: 'Europe/Berlin' },
      { externalId: known.externalId, name: 'Renamed', roles: ['proctor', 'student'] },
      { externalId: known.externalId, name: 'Renamed again' },
      { externalId: randomUUID(), email: known.email },
      { email: other.email, disabled: true },
      { email: `${randomUUID()}@uni.test` },
    );
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['created', 'updated', 'refuse', 'refuse', 'updated', 'refuse']);
    expect(await selectUser(db, (outcomes[0] as { id: string }).id)).toMatchObject({ email, name: 'New', roles: ['teacher'], timeZone: 'Europe/Berlin', locale: 'en', version: 1 });
    expect(await selectUser(db, known.id)).toMatchObject({ name: 'Renamed', roles: ['student', 'proctor'], email: known.email, version: 2 });
    expect((await listRevocations(db, 10_000)).users).toEqual(expect.arrayContaining([
      { userId: known.id, accessVersion: 2, disabled: false }, { userId: other.id, accessVersion: 2, disabled: true },
    ]));
    expect((await auditOf(known.id)).at(-1)).toMatchObject({ action: 'user.change', before: { name: 'Somebody' }, after: { name: 'Renamed' } });
  });

  it('sent a second time change nothing more', async () => {
    const email = `${randomUUID()}@uni.test`;
    const [created] = await bulk({ email, name: 'New' });
    expect(await bulk({ email, name: 'New' })).toEqual([{ index: 0, verdict: 'updated', id: (created as { id: string }).id }]);
    expect(await selectUser(db, (created as { id: string }).id)).toMatchObject({ version: 1 });
    expect(await auditOf((created as { id: string }).id)).toHaveLength(1);
  });

  it('sent twice at the same time create each account once', async () => {
    const rows = Array.from({ length: 200 }, () => ({ email: `${randomUUID()}@uni.test`, name: 'New' }));
    const [first, second] = await Promise.all([bulk(...rows), bulk(...rows)]);
    expect([first, second].map((outcomes) => outcomes[0]!.verdict).sort()).toEqual(['created', 'updated']);
    expect(first.map((outcome) => 'id' in outcome && outcome.id)).toEqual(second.map((outcome) => 'id' in outcome && outcome.id));
  });

  it('are refused as a whole when the actor is no admin any more', async () => {
    const teacher = await add({ roles: ['teacher'] });
    await expect(inTransaction(db, (tx) => upsertUsers(tx, ORIGIN, teacher.id, []))).rejects.toMatchObject({ code: 'forbidden' });
  });
});
