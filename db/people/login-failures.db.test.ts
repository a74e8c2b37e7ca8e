import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { type Db, inTransaction, openDb } from '#db/connection.ts';
import { lockScopes, type LockScope } from '#domain/people/lockout.ts';
import { installTestClock, type TestClock } from '#tests/support/clock.ts';
import { testDatabase, type TestDatabase } from '#tests/support/database.ts';

import { deleteLoginFailures, insertLoginFailure, selectOptionalStop } from './login-failures.ts';

let database: TestDatabase;
let db: Db;
let clock: TestClock;
let email: string;

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.urlAs('holdfast_api'), { poolSize: 4, transactionPoolSize: 8, statementTimeoutMs: 5_000, applicationName: 'test' });
  clock = await installTestClock(database.pool as unknown as Db);
});
afterAll(async () => {
  await db.close();
  await database.close();
});
beforeEach(() => {
  email = `${randomUUID()}@uni.test`;
});

const stranger = (address: string): readonly LockScope[] => lockScopes({ email, address, known: null });
const fail = (scopes: readonly LockScope[]) => inTransaction(db, (tx) => insertLoginFailure(tx, scopes));

it('five failures that come at once from many connections all count', async () => {
  await Promise.all(Array.from({ length: 5 }, () => fail(stranger('10.1.0.1'))));
  expect(await selectOptionalStop(db, stranger('10.1.0.1'))).toMatchObject({ code: 'rate-limited' });
});

it('who is stopped at one address is not stopped at another', async () => {
  for (let count = 0; count < 5; count += 1) await fail(stranger('10.2.0.1'));
  expect(await selectOptionalStop(db, stranger('10.2.0.2'))).toBeUndefined();
});

it('the stop ends after its minute, and the next one is a lock of five', async () => {
  const scopes = stranger('10.3.0.1');
  for (let count = 0; count < 5; count += 1) await fail(scopes);
  await clock.advance(60_000);
  expect(await selectOptionalStop(db, scopes)).toBeUndefined();
  for (let count = 0; count < 5; count += 1) await fail(scopes);
  const stop = await selectOptionalStop(db, scopes);
  expect(stop?.code).toBe('account-locked');
  expect(stop!.retryAfterMs).toBeGreaterThan(290_000);
});

it('an account tried from many addresses is stopped everywhere but on a known device', async () => {
  for (let count = 0; count < 50; count += 1) await fail(stranger(`10.4.${count}.1`));
  expect(await selectOptionalStop(db, stranger('10.4.200.1'))).toMatchObject({ code: 'rate-limited' });
  const known = lockScopes({ email, address: '10.4.1.1', known: { userId: 'u', deviceHash: 'd' } });
  expect(await selectOptionalStop(db, known)).toBeUndefined();
});

it('a successful log-in makes good its own failures and leaves those from elsewhere', async () => {
  const [here, there] = [stranger('10.5.0.1'), stranger('10.5.0.2')];
  for (let count = 0; count < 4; count += 1) await fail(here);
  for (let count = 0; count < 4; count += 1) await fail(there);
  await deleteLoginFailures(db, here);
  expect(await fail(here)).toBeUndefined();
  expect(await fail(there)).toMatchObject({ code: 'rate-limited' });
});
