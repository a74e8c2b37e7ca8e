import { randomUUID } from 'node:crypto';
import type pg from 'pg';

import type { Origin } from '#db/audit.ts';
import { type Db, openDb, type Tx } from '#db/connection.ts';
import type { AnswerInput } from '#db/session/answer-types.ts';
import type { SessionRow } from '#db/session/rows.ts';
import { startSession } from '#db/session/start.ts';

import { installTestClock, type TestClock } from './clock.ts';
import { testDatabase } from './database.ts';

/** A database of its own with a clock that can be moved, as the tests of the durable core use it. */
export interface CoreBench {
  /** Connections with the rights of the API. */
  readonly db: Db;
  readonly clock: TestClock;
  /** Connections as owner of the schema, for what no service may do. */
  readonly owner: pg.Pool;
  /** Address for a process with the rights of the worker. */
  readonly workerUrl: string;
  start(examId: string, studentId: string): Promise<SessionRow>;
  close(): Promise<void>;
}

/** Makes a bench; for `beforeAll`. */
export async function openBench(): Promise<CoreBench> {
  const database = await testDatabase();
  const db = openDb(database.urlAs('holdfast_api'), { poolSize: 12, transactionPoolSize: 12, statementTimeoutMs: 5_000, applicationName: 'test' });
  const clock = await installTestClock(database.pool as unknown as Db);
  return {
    db,
    clock,
    owner: database.pool,
    workerUrl: database.urlAs('holdfast_worker'),
    start: async (examId, studentId) =>
      (await startSession(db, { examId, studentId, accessCodeOk: () => Promise.resolve(true), origin: originOf(studentId) })).session,
    close: async () => {
      for (const client of HELD) client.release(true);
      HELD.clear();
      await db.close();
      await database.close();
    },
  };
}

/** A person acting from nowhere in particular. */
export function originOf(actorId: string | null): Origin {
  return { actorId, address: '127.0.0.1', requestId: null };
}

/** One save; what is left out is a first save of a fresh window. */
export function buildAnswer(given: Partial<AnswerInput> & Pick<AnswerInput, 'sessionId'>): AnswerInput {
  return { itemId: randomUUID(), response: { optionId: 'a' }, clientId: randomUUID(), clientSeq: 1, baseRevision: 0, ...given };
}

/** An open transaction on a connection of its own, for tests that hold it while something else runs. */
export interface HeldTransaction extends Pick<Tx, 'query'> {
  commit(): Promise<void>;
  rollback(): Promise<void>;
  readonly pid: number;
}

const HELD = new Set<pg.PoolClient>();

/** Begins a transaction that stays open until the test ends it. */
export async function holdTransaction(db: Pick<Db, 'pool'>): Promise<HeldTransaction> {
  const client = await db.pool.connect();
  HELD.add(client);
  // a test that fails in between leaves it to the time-out of the database
  const ignore = (): void => undefined;
  client.on('error', ignore);
  await client.query('begin');
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const end = async (statement: string): Promise<void> => {
    await client.query(statement);
    HELD.delete(client);
    client.off('error', ignore);
    client.release();
  };
  return {
    query: (text, values) => client.query(text, values as unknown[] | undefined),
    commit: () => end('commit'),
    rollback: () => end('rollback'),
    pid: rows[0]!.pid,
  };
}

/** Resolves as soon as some connection waits for a lock that `pid` holds; a race is then where the test wants it. */
export async function waitUntilBlockedBy(owner: pg.Pool, pid: number, waiters = 1): Promise<void> {
  const deadline = performance.now() + 5_000;
  for (;;) {
    const { rows } = await owner.query<{ waiting: number }>(
      'select count(*)::int as waiting from pg_stat_activity where $1 = any(pg_blocking_pids(pid))',
      [pid],
    );
    if (rows[0]!.waiting >= waiters) return;
    if (performance.now() > deadline) throw new Error('nothing waits for the held transaction');
  }
}

/**
 * Takes one guard out of a function of the test database, so that a test can show what breaks without it.
 * @returns a function that puts the original back
 */
export async function withoutGuard(owner: pg.Pool, signature: string, guard: string, instead = ''): Promise<() => Promise<void>> {
  const { rows } = await owner.query<{ definition: string }>('select pg_get_functiondef($1::regprocedure) as definition', [signature]);
  const { definition } = rows[0]!;
  if (!definition.includes(guard)) throw new Error(`${signature} has no guard "${guard}"`);
  await owner.query(definition.replaceAll(guard, instead));
  return async () => {
    await owner.query(definition);
  };
}
