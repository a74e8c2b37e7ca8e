import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { type Db, inTransaction, openDb } from '#db/connection.ts';
import { installTestClock, type TestClock } from '#tests/support/clock.ts';
import { testDatabase, type TestDatabase } from '#tests/support/database.ts';

import { insertAuthSession, listAuthSessions, type RefreshOutcome, revokeAuthSessionsOf, useRefreshToken } from './auth-sessions.ts';
import { pruneLogins } from './prune.ts';
import { listRevocations } from './revocations.ts';

const WEEK_MS = 7 * 24 * 3_600_000;

let database: TestDatabase;
let db: Db;
let clock: TestClock;
let userId: string;

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.urlAs('holdfast_api'), { poolSize: 4, transactionPoolSize: 4, statementTimeoutMs: 5_000, applicationName: 'test' });
  clock = await installTestClock(database.pool as unknown as Db);
});
afterAll(async () => {
  await db.close();
  await database.close();
});
beforeEach(async () => {
  userId = randomUUID();
  await db.query(`insert into users (id, email, name, roles, password_hash) values ($1, $2, 'Ada', '{student,teacher}', 'hash')`, [userId, `${userId}@uni.test`]);
});

function open(refreshHash: string, passwordHash = 'hash') {
  return inTransaction(db, (tx) =>
    insertAuthSession(tx, { userId, passwordHash, refreshHash, refreshMs: WEEK_MS, deviceHash: 'd', userAgent: 'test', address: '10.0.0.1' }));
}

function use(hash: string, next: string): Promise<RefreshOutcome> {
  return inTransaction(db, (tx) => useRefreshToken(tx, hash, next, WEEK_MS));
}

describe('opening a log-in', () => {
  it('grants the roles that the account has now and remembers the device', async () => {
    const grant = await open(randomUUID());
    expect(grant).toMatchObject({ userId, roles: ['student', 'teacher'], accessVersion: 1 });
    const { rows } = await db.query('select device_hash from known_devices where user_id = $1', [userId]);
    expect(rows).toEqual([{ device_hash: 'd' }]);
    expect(await listAuthSessions(db, userId, 10)).toMatchObject([{ id: grant!.authSessionId, userAgent: 'test', address: '10.0.0.1' }]);
  });

  it('fails when the password changed since it was checked', async () => {
    expect(await open(randomUUID(), 'old hash')).toBeUndefined();
  });

  it('fails when the account was disabled since the password was checked', async () => {
    await db.query('update users set disabled = true where id = $1', [userId]);
    expect(await open(randomUUID())).toBeUndefined();
  });
});

describe('using a refresh token', () => {
  it('rotates, and twins that come at once get the same grant', async () => {
    const [first, next] = [randomUUID(), randomUUID()];
    await open(first);
    const twins = await Promise.all([use(first, next), use(first, next), use(first, next)]);
    expect(twins.map(({ verdict }) => verdict).sort()).toEqual(['repeat', 'repeat', 'rotate']);
    expect(new Set(twins.map((twin) => 'grant' in twin && JSON.stringify(twin.grant))).size).toBe(1);
    expect(await use(next, randomUUID())).toMatchObject({ verdict: 'rotate' });
  });

  it('more than 30 s later ends the log-in, also for the token that followed', async () => {
    const [first, next] = [randomUUID(), randomUUID()];
    const grant = await open(first);
    await use(first, next);
    await clock.advance(28_000);
    expect(await use(first, next)).toMatchObject({ verdict: 'repeat' });
    await clock.advance(2_001);
    expect(await use(first, next)).toEqual({ verdict: 'reuse', userId, authSessionId: grant!.authSessionId });
    expect(await use(next, randomUUID())).toEqual({ verdict: 'over' });
    expect((await listRevocations(db, 60_000)).authSessionIds).toContain(grant!.authSessionId);
  });

  it('that nobody knows tells nothing', async () => {
    expect(await use(randomUUID(), randomUUID())).toEqual({ verdict: 'unknown' });
  });

  it('after a week without use is over', async () => {
    const first = randomUUID();
    await open(first);
    await clock.advance(WEEK_MS);
    expect(await use(first, randomUUID())).toEqual({ verdict: 'over' });
  });

  it('of a disabled account is over', async () => {
    const first = randomUUID();
    await open(first);
    await db.query('update users set disabled = true where id = $1', [userId]);
    expect(await use(first, randomUUID())).toEqual({ verdict: 'over' });
  });
});

it('ending the log-ins of an account spares the one that goes on', async () => {
  const kept = await open(randomUUID());
  const ended = await open(randomUUID());
  expect(await revokeAuthSessionsOf(db, userId, 'test', kept!.authSessionId)).toEqual([ended!.authSessionId]);
  expect((await listAuthSessions(db, userId, 10)).map(({ id }) => id)).toEqual([kept!.authSessionId]);
});

it('pruning removes what is long over and nothing that can be used', async () => {
  const old = randomUUID();
  await open(old);
  await clock.advance(WEEK_MS + 31 * 24 * 3_600_000);
  const fresh = randomUUID();
  await open(fresh);
  await db.query(`insert into login_failures (scope, key, failures, failed_at) values ('account', 'a', 1, holdfast_now() - interval '25 hours'), ('account', 'b', 1, holdfast_now())`);
  await pruneLogins(db);
  const { rows } = await db.query('select token_hash from refresh_tokens where token_hash = any($1)', [[old, fresh]]);
  expect(rows).toEqual([{ token_hash: fresh }]);
  expect((await db.query('select key from login_failures')).rows).toEqual([{ key: 'b' }]);
  expect(await use(fresh, randomUUID())).toMatchObject({ verdict: 'rotate' });
});
