import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

import { StartFailure } from './failure.ts';
import { canReach, type OsUser, postgresUser } from './os-user.ts';
import { postgresPrograms } from './postgres-programs.ts';
import { adoptProcess, becomesReady, commandLine, fileSize, isSameProcess, processStartMark, sendSignal, type ServerProcess, settlesWithin, spawnServer, stopProcess, textSince } from './process.ts';

/** Where a PostgreSQL cluster lives and how it is run. */
export interface PostgresOptions {
  /** Folder of the cluster; made when missing. Its parent must exist. */
  dir: string;
  /** Loopback TCP port. */
  port: number;
  /** Password of the superuser `postgres`. */
  password: string;
  logFile: string;
  /** Server settings beyond the usual ones, for example `fsync: 'off'` in tests. */
  settings?: Record<string, string>;
  /** A cluster for one test run: created without waiting for the disk. */
  throwAway?: boolean;
  /** Told as soon as the process exists, before it answers. */
  onSpawn?: (process: ServerProcess) => void;
}

/** A PostgreSQL server that answers. */
export interface Postgres {
  process: ServerProcess;
  port: number;
  /** Connection string of the superuser. */
  superUrl(database?: string): string;
  /** Ends all connections and the server, with everything on disk. */
  stop(): Promise<void>;
}

const USUAL_SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '150',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %u@%d ',
  log_checkpoints: 'off',
  shared_buffers: '256MB',
  // bounds what is replayed after a crash, and with it the time without the database
  max_wal_size: '512MB',
  jit: 'off',
  random_page_cost: '1.1',
  // after a crash one call per disk instead of one per file: a second less without the database
  ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
};
const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 20_000;

/**
 * Starts the PostgreSQL that comes with the npm packages, or takes over the one that an earlier run left on the same folder.
 * @throws StartFailure with one sentence: port taken, disk full, folder of another version, programs missing
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const user = postgresUser();
  const programs = postgresPrograms(user);
  if (!existsSync(join(options.dir, 'PG_VERSION'))) createCluster(options, programs.initdb, user);
  const written = readFileSync(join(options.dir, 'PG_VERSION'), 'utf8').trim();
  if (written !== programs.major) {
    throw new StartFailure(`The database in ${options.dir} was written by PostgreSQL ${written}, this release brings ${programs.major}: start it with the release it belongs to, or restore a backup into a new folder.`);
  }
  const left = await findLiveServer(options);
  if (left) {
    options.onSpawn?.(left.process);
    return handle(left.process, left.port, options);
  }
  return launch(options, programs.postgres, user);
}

function createCluster(options: PostgresOptions, initdb: string, user: OsUser | undefined): void {
  const half = `${options.dir}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  const secret = mkdtempSync(join(tmpdir(), 'holdfast-'));
  const passwordFile = join(secret, 'password');
  try {
    writeFileSync(passwordFile, options.password, { mode: 0o600 });
    if (user) for (const path of [half, secret, passwordFile]) chownSync(path, user.uid, user.gid);
    chmodSync(half, 0o700);
    const args = ['-D', folderArgument(half, user), '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    if (options.throwAway) args.push('--no-sync');
    const run = spawnSync(initdb, args, { encoding: 'utf8', cwd: half, ...(user ? { uid: user.uid, gid: user.gid } : {}) });
    if (run.status !== 0) throw new StartFailure(explain(`${run.stdout ?? ''}\n${run.stderr ?? ''}\n${run.error?.message ?? ''}`, 'The database folder can not be created', options));
    renameSync(half, options.dir);
  } finally {
    rmSync(secret, { recursive: true, force: true });
    rmSync(half, { recursive: true, force: true });
  }
}

async function launch(options: PostgresOptions, program: string, user: OsUser | undefined): Promise<Postgres> {
  const settings = Object.entries({ ...USUAL_SETTINGS, ...options.settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const offset = fileSize(options.logFile);
    const started = await spawnServer({
      name: 'postgres',
      command: program,
      args: ['-D', folderArgument(options.dir, user), '-p', String(options.port), ...settings],
      cwd: options.dir,
      user,
      logFile: options.logFile,
    });
    options.onSpawn?.(started);
    const ready = await becomesReady(started, async () => (await startTimeOf(options.port, options.password)) !== undefined, deadline - Date.now());
    if (ready) return handle(started, options.port, options);
    const log = textSince(options.logFile, offset);
    // the children of a killed server need a moment to notice; their shared memory goes with them
    if (/pre-existing shared memory block|is still in use/.test(log) && Date.now() < deadline) {
      await sleep(200);
      continue;
    }
    await stopProcess(started, 'SIGQUIT', 5_000);
    throw new StartFailure(explain(log, 'PostgreSQL did not start', options));
  }
}

/** A server that an earlier run left on this folder: taken over when it answers, waited for when it is about to end. */
async function findLiveServer(options: PostgresOptions): Promise<{ process: ServerProcess; port: number } | undefined> {
  const pidFile = join(options.dir, 'postmaster.pid');
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (existsSync(pidFile)) {
    const [pidText, , startText, portText] = readFileSync(pidFile, 'utf8').split('\n');
    const pid = Number(pidText);
    if (!processStartMark(pid)) return undefined;
    if (!/postgres/.test(commandLine(pid))) {
      // the pid belongs to somebody else since a crash: PostgreSQL itself would refuse to start for ever
      rmSync(pidFile);
      return undefined;
    }
    const since = await startTimeOf(Number(portText), options.password);
    if (since !== undefined && Math.abs(since - Number(startText)) <= 2) return { process: adoptProcess('postgres', pid), port: Number(portText) };
    if (Date.now() > deadline) throw new StartFailure(`A PostgreSQL server (process ${pid}) holds ${options.dir} and does not answer: end that process and start again.`);
    await sleep(100);
  }
  return undefined;
}

/** Epoch seconds at which the server behind this port started, or undefined when it does not answer or is another one. */
async function startTimeOf(port: number, password: string): Promise<number | undefined> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'postgres', connectionTimeoutMillis: 2_000 });
  // a server that goes away in the middle must not end this process
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ since: number }>('select extract(epoch from pg_postmaster_start_time())::float8 as since');
    return rows[0]?.since;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function handle(process: ServerProcess, port: number, options: PostgresOptions): Postgres {
  return {
    process,
    port,
    superUrl: (database = 'postgres') => `postgres://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${port}/${database}`,
    stop: () => stopPostgres(process),
  };
}

/** Ends all connections and then the server; one that hangs is ended without a checkpoint, which the next start makes up for. */
export async function stopPostgres(server: ServerProcess): Promise<void> {
  if (!isSameProcess(server.pid, server.startMark)) return;
  sendSignal(server.pid, 'SIGINT');
  if (!(await settlesWithin(server.exited, STOP_TIMEOUT_MS))) await stopProcess(server, 'SIGQUIT', 5_000);
}

/** Below a folder that is closed to `user`, Linux still lets a process use the working folder it was started in. */
function folderArgument(dir: string, user: OsUser | undefined): string {
  if (!user || canReach(user, dir)) return dir;
  if (process.platform === 'linux') return '/proc/self/cwd';
  throw new StartFailure(`The folder ${dir} can not be entered by the operating-system user "${user.name}": choose another with --data, or run this as an ordinary user.`);
}

function explain(log: string, what: string, options: PostgresOptions): string {
  if (/Address already in use|could not bind/.test(log)) return `Port ${options.port} for PostgreSQL is in use by another program: stop it, or choose another --port.`;
  if (/No space left on device|ENOSPC/.test(log)) return `The disk that holds ${options.dir} is full: make room and start again.`;
  if (/Read-only file system|EROFS/.test(log)) return `The disk that holds ${options.dir} is read-only.`;
  const lines = log.split('\n').filter((line) => /FATAL|ERROR|error:|PANIC|ENOENT|EACCES/.test(line));
  return `${what} in ${options.dir}: ${lines.at(-1)?.trim() ?? (log.trim().split('\n').at(-1) || 'it gave no reason')} (log: ${options.logFile})`;
}
