import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

import { migrate } from '#db/migrate.ts';
import { grantRoles } from '#db/roles.ts';
import { freePorts } from '#tools/servers/ports.ts';
import { type Postgres, startPostgres } from '#tools/servers/postgres.ts';
import { commandLine, processStartMark, sendSignal } from '#tools/servers/process.ts';

/** Where the PostgreSQL of this run is; a template database in it holds the migrated schema. */
export interface TestPostgres {
  port: number;
  password: string;
  template: string;
}

declare module 'vitest' {
  // the name and its being an interface are given by vitest
  export interface ProvidedContext {
    postgres: TestPostgres;
  }
}

interface Shared {
  users: number;
  server: Promise<{ given: TestPostgres; stop: () => Promise<void> }> | undefined;
}

const PREFIX = 'holdfast-test-';
const TEMPLATE = 'holdfast_template';
const PASSWORD = 'test';
/** A folder that is this old and names no owner was left half removed. */
const STALE_MS = 600_000;
// every project runs this file on its own; the first that has a file to run starts the one server
const HOLDER = globalThis as typeof globalThis & { holdfastTestPostgres?: Shared };

/** Starts one PostgreSQL for the whole run and makes the template database. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const shared = (HOLDER.holdfastTestPostgres ??= { users: 0, server: undefined });
  shared.users += 1;
  shared.server ??= start();
  const { given, stop } = await shared.server;
  project.provide('postgres', given);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    shared.server = undefined;
    await stop();
  };
}

async function start(): Promise<{ given: TestPostgres; stop: () => Promise<void> }> {
  sweepKilledRuns();
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  writeFileSync(join(folder, 'owner'), `${process.pid} ${processStartMark(process.pid)}`);
  // the server may run under an account of its own
  chmodSync(folder, 0o755);
  const [port = 0] = await freePorts(1);
  let server: Postgres | undefined;
  let pid: number | undefined;
  const endAtOnce = (): void => {
    if (pid !== undefined) sendSignal(pid, 'SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  };
  const leave = (): void => process.exit(143);
  process.once('exit', endAtOnce).once('SIGTERM', leave);
  const stop = async (): Promise<void> => {
    process.off('exit', endAtOnce).off('SIGTERM', leave);
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    server = await startPostgres({
      dir: join(folder, 'pg'),
      port,
      password: PASSWORD,
      logFile: join(folder, 'postgres.log'),
      throwAway: true,
      onSpawn: (spawned) => (pid = spawned.pid),
      settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
    });
    await makeTemplate(server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { given: { port, password: PASSWORD, template: TEMPLATE }, stop };
}

async function makeTemplate(server: Postgres): Promise<void> {
  await asSuperuser(server, 'postgres', async (client) => {
    for (const role of ['holdfast', 'holdfast_api', 'holdfast_worker']) await client.query(`create role ${role} login password '${PASSWORD}'`);
    await client.query(`create database ${TEMPLATE} owner holdfast`);
  });
  const url = `postgres://holdfast:${PASSWORD}@127.0.0.1:${server.port}/${TEMPLATE}`;
  await migrate(url);
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    await grantRoles(
      { query: (text, values) => owner.query(text, values as unknown[] | undefined) },
      ['holdfast_api', 'holdfast_worker'],
    );
  } finally {
    await owner.end();
  }
}

async function asSuperuser(server: Postgres, database: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: server.superUrl(database) });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** A run that was killed could not stop its server. */
function sweepKilledRuns(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name);
    const ownerFile = join(folder, 'owner');
    if (!existsSync(ownerFile)) {
      if (Date.now() - statSync(folder).mtimeMs > STALE_MS) rmSync(folder, { recursive: true, force: true });
      continue;
    }
    const [pid, mark] = readFileSync(ownerFile, 'utf8').split(' ');
    if (processStartMark(Number(pid)) === mark) continue;
    const pidFile = join(folder, 'pg/postmaster.pid');
    const server = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').split('\n')[0]) : 0;
    if (server > 0 && commandLine(server).includes(folder)) sendSignal(server, 'SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  }
}
