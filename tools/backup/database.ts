import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

import { StartFailure } from '#tools/servers/failure.ts';
import { tryLock, unlock } from '#tools/servers/lock.ts';
import { freePorts } from '#tools/servers/ports.ts';
import { startPostgres } from '#tools/servers/postgres.ts';
import type { Say } from '#tools/servers/progress.ts';
import type { Secrets } from '#tools/stack/secrets.ts';

/** Time for a server that is just starting, or starting again after a crash. */
const ANSWERS_WITHIN_MS = 30_000;
/** Error classes of a server that ends, and of a connection that breaks. */
const SERVER_ENDS = /^(57P0\d|08\d{3}|ECONNRESET|EPIPE)$/;

/** What is done with the database of a data folder. */
interface Work<T> {
  /** Data folder of a stack. */
  data: string;
  secrets: Secrets;
  say: Say;
  signal: AbortSignal;
  /** Told when the server goes away in the middle. */
  onGone(why: StartFailure): void;
  /** @param client superuser on the application's database */
  work(client: pg.Client): Promise<T>;
}

/**
 * Works on the database of a data folder: on the server that runs, else on one that is started for it, during which no
 * stack can start on the folder.
 */
export async function withDatabase<T>(task: Work<T>): Promise<T> {
  const { data, secrets, say } = task;
  // the lock of the supervisor: while a stack runs it is not ours
  const lock = join(data, 'supervisor.lock');
  if (tryLock(lock) !== undefined) return onServer(() => portOf(data), task);
  try {
    mkdirSync(join(data, 'logs'), { recursive: true, mode: 0o700 });
    const [port = 0] = await freePorts(1);
    const server = await startPostgres({ dir: join(data, 'postgres'), port, password: secrets.postgres, logFile: join(data, 'logs', 'postgres.log') });
    // a server that somebody left running goes on running
    if (!server.process.adopted) say('The stack is stopped: its database is started for the backup');
    try {
      return await onServer(() => server.port, task);
    } finally {
      if (!server.process.adopted) await server.stop();
    }
  } finally {
    unlock(lock);
  }
}

async function onServer<T>(port: () => number | undefined, { secrets, signal, onGone, work }: Work<T>): Promise<T> {
  const client = await connect(port, secrets.postgres, signal);
  const gone = new StartFailure('The database went away during the backup: take it again.');
  let isGone = false;
  const lose = (): void => {
    isGone = true;
    onGone(gone);
  };
  client.on('error', lose).once('end', lose);
  try {
    return await work(client);
  } catch (error) {
    // a server that ends says so in its answer first
    throw isGone || SERVER_ENDS.test(String((error as { code?: unknown }).code)) ? gone : error;
  } finally {
    client.off('end', lose);
    await client.end().catch(() => undefined);
  }
}

async function connect(port: () => number | undefined, password: string, signal: AbortSignal): Promise<pg.Client> {
  const deadline = performance.now() + ANSWERS_WITHIN_MS;
  for (;;) {
    signal.throwIfAborted();
    const client = new pg.Client({ host: '127.0.0.1', port: port() ?? 0, user: 'postgres', password, database: 'holdfast', application_name: 'holdfast-backup', connectionTimeoutMillis: 5_000, keepAlive: true });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (performance.now() > deadline) throw new StartFailure(`The database does not answer: ${(error as Error).message}.`);
      await sleep(250, undefined, { signal });
    }
  }
}

/** The port of the server that runs on the folder. */
function portOf(data: string): number | undefined {
  const file = join(data, 'postgres', 'postmaster.pid');
  const port = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[3]) : NaN;
  return port > 0 ? port : undefined;
}
