import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { hash } from '@node-rs/argon2';
import type pg from 'pg';
import pino from 'pino';
import { v7 as uuidv7 } from 'uuid';

import { createApiServer } from '#api/app.ts';
import { type ApiConfig, readConfig } from '#api/config.ts';
import { createDeps } from '#api/create-deps.ts';
import type { Deps } from '#api/deps.ts';
import type { Role } from '#domain/people/roles.ts';
import { createCaller, type Caller } from '#tests/support/caller.ts';
import { testDatabase } from '#tests/support/database.ts';

/** A person of the test with an open log-in. */
export interface TestPerson extends Caller {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly token: string;
}

/** A real API process in this process: real HTTP, real database, no Temporal and no NATS. */
export interface TestApi {
  readonly url: string;
  readonly pool: pg.Pool;
  /** What the process that runs now has made. */
  readonly deps: Deps;
  /** Connection string of the database with the rights of another service. */
  urlAs(role: 'holdfast_api' | 'holdfast_worker'): string;
  /** Calls without a log-in. */
  readonly anybody: Caller;
  /** Makes a person with these roles and logs them in. */
  person(...roles: Role[]): Promise<TestPerson>;
  /** Makes many students, logged in. */
  students(count: number): Promise<TestPerson[]>;
  /** Takes the API away: cuts every connection and ends its loops; the database stays. */
  stop(): Promise<void>;
  /** Starts a second API on the same database, at the same address and with the same keys, after `stop`. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const PASSWORD = 'correct horse battery staple';
let passwordHash: Promise<string> | undefined;

/** Starts an API on a database of its own; for `beforeAll`. Every reply is checked against the OpenAPI description. */
export async function createTestApi(settings: Record<string, string> = {}): Promise<TestApi> {
  const database = await testDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-api-'));
  const config = readConfig({
    HOLDFAST_DATA: dataDir,
    HOLDFAST_PORT: '0',
    HOLDFAST_SIGNING_KEY: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    HOLDFAST_SECRET: randomBytes(32).toString('base64'),
    DATABASE_URL: database.urlAs('holdfast_api'),
    // nobody listens on port 1: the API has to do without Temporal
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    LOG_LEVEL: 'error',
    ...settings,
  });
  let running = await startProcess(config, 0);
  const { port } = running;
  const url = `http://127.0.0.1:${port}`;
  const anybody = createCaller(url, undefined);

  async function person(...roles: Role[]): Promise<TestPerson> {
    const id = uuidv7();
    const email = `${roles.join('-')}-${randomUUID()}@example.org`;
    const name = `Test ${roles.join(' ')} ${id.slice(-6)}`;
    passwordHash ??= hash(PASSWORD, { memoryCost: 1024, timeCost: 1 });
    await database.pool.query('insert into users (id, email, name, roles, password_hash) values ($1, $2, $3, $4, $5)', [id, email, name, roles, await passwordHash]);
    const login = await anybody.post('/auth/login', { email, password: PASSWORD });
    if (login.status !== 200) throw new Error(`log-in of ${email} answered ${login.status}: ${JSON.stringify(login.body)}`);
    const token = login.body.accessToken as string;
    return { ...createCaller(url, token), id, email, name, password: PASSWORD, token };
  }

  return {
    url,
    pool: database.pool,
    get deps() {
      return running.deps;
    },
    urlAs: (role) => database.urlAs(role),
    anybody,
    person,
    students: (count) => Promise.all(Array.from({ length: count }, () => person('student'))),
    stop: () => running.stop(),
    async start() {
      running = await startProcess(config, port);
    },
    async close() {
      await running.stop();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function startProcess(config: ApiConfig, port: number): Promise<{ deps: Deps; port: number; stop(): Promise<void> }> {
  const { deps, start, stop } = createDeps(config, pino({ level: config.logLevel }, pino.destination(2)));
  const server = createApiServer(deps);
  await start();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  let stopping: Promise<void> | undefined;
  return {
    deps,
    port: (server.address() as AddressInfo).port,
    stop: () => {
      server.closeAllConnections();
      server.close();
      return (stopping ??= stop());
    },
  };
}
