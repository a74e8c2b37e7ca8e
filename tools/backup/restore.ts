import { chmodSync, lchownSync, readdirSync, statSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

import { MIGRATIONS } from '#db/migrations/source.ts';
import { StartFailure } from '#tools/servers/failure.ts';
import { type OsUser, postgresUser } from '#tools/servers/os-user.ts';
import { freePorts } from '#tools/servers/ports.ts';
import { type Postgres, startPostgres } from '#tools/servers/postgres.ts';
import { postgresPrograms } from '#tools/servers/postgres-programs.ts';
import { type Say, withProgress } from '#tools/servers/progress.ts';
import { TEMPORAL_DATABASES } from '#tools/servers/temporal.ts';
import { writeAtomically } from '#tools/stack/files.ts';
import { DEFAULT_PORT, derivePorts } from '#tools/stack/port-plan.ts';
import { readSecrets } from '#tools/stack/secrets.ts';
import { withoutLog } from '#tools/stack/supervisor.ts';

import { Copier, demandRoom, inMegabytes, syncFolder } from './copier.ts';
import { type Manifest, PLATFORM, readManifest } from './manifest.ts';
import { makeNewFolder } from './new-folder.ts';

const HEADROOM_BYTES = 200 * 1024 * 1024;

/** What to restore and where to. */
export interface RestoreOptions {
  /** Folder of a backup. */
  from: string;
  /** Folder that becomes the data folder of a stack. */
  data: string;
  /** Leave the databases of Temporal out. */
  withoutTemporal: boolean;
  say: Say;
  signal: AbortSignal;
}

/**
 * Makes a data folder from a backup and sees that its database comes up. The folder appears when it is complete.
 * @throws StartFailure with one sentence
 */
export async function restore({ from, data, withoutTemporal, say, signal }: RestoreOptions): Promise<Manifest> {
  const manifest = readManifest(from);
  const user = postgresUser();
  refuseUnfit(from, manifest, postgresPrograms(user).major);
  refuseIncomplete(from, manifest);
  // as npm start makes it: other accounts may pass through, because PostgreSQL may run under one
  const half = makeNewFolder(data, 0o711);
  try {
    chmodSync(half.path, 0o711);
    demandRoom(half.path, manifest.bytes + HEADROOM_BYTES);
    const copier = new Copier(half.path, signal);
    await withProgress(
      say, 'Copying the backup, each file compared with what was written', () => copyChecked(from, manifest, copier),
      () => `${inMegabytes(copier.bytes)} of ${inMegabytes(manifest.bytes)} MB`,
    );
    for (const folder of copier.folders) await syncFolder(join(half.path, folder));
    if (user) giveTo(user, join(half.path, 'postgres'));
    await derivePortsAgain(join(half.path, 'stack.json'));
    await withProgress(say, 'Bringing the database up once, so that it is known to be whole', () => tryOut(half.path, manifest, withoutTemporal, signal));
    await half.appear();
    return manifest;
  } catch (error) {
    await half.discard();
    throw error;
  }
}

function refuseUnfit(from: string, { platform, postgres, schema }: Manifest, major: string): void {
  if (!(schema in MIGRATIONS)) throw new StartFailure(`The backup ${from} was made by a newer release of Holdfast (its database knows ${schema}): restore it with that release.`);
  if (platform !== PLATFORM) throw new StartFailure(`The backup ${from} was made on ${platform}, this machine is ${PLATFORM}, and the files of a database fit one kind of machine only.`);
  if (postgres.major !== major) throw new StartFailure(`The backup ${from} holds files of PostgreSQL ${postgres.major}, this release brings ${major}: restore it with the release that made it.`);
}

/** Before anything is copied: sizes now, contents while they are copied. */
function refuseIncomplete(from: string, { files }: Manifest): void {
  const wrong = files.filter(({ path, size }) => statSync(join(from, path), { throwIfNoEntry: false })?.size !== size);
  if (wrong.length > 0) throw new StartFailure(`The backup ${from} is damaged: ${wrong.length} of its ${files.length} files are missing or have another size, for example ${wrong[0]!.path}.`);
}

async function copyChecked(from: string, { folders, files }: Manifest, copier: Copier): Promise<void> {
  for (const path of folders) await copier.folder(path);
  const expected = new Map(files.map(({ path, sha256 }) => [path, sha256]));
  const stored = await copier.copy(files.map(({ path }) => ({ from: join(from, path), path })));
  const wrong = stored.filter(({ path, sha256 }) => expected.get(path) !== sha256);
  if (wrong.length > 0) throw new StartFailure(`The backup ${from} is damaged: the content of ${wrong[0]!.path} has changed since it was written (${wrong.length} of ${files.length} files).`);
}

function giveTo(user: OsUser, path: string): void {
  lchownSync(path, user.uid, user.gid);
  if (statSync(path).isDirectory()) for (const name of readdirSync(path)) giveTo(user, join(path, name));
}

/** The stack comes back at its address; the ports behind it are chosen anew, because the first stack may still use them. */
async function derivePortsAgain(file: string): Promise<void> {
  const { ports, ...marker } = JSON.parse(await readFile(file, 'utf8')) as { ports?: { api?: number } };
  writeAtomically(file, `${JSON.stringify({ ...marker, ports: derivePorts(ports?.api ?? DEFAULT_PORT) }, null, 2)}\n`, 0o644);
}

async function tryOut(folder: string, { schema }: Manifest, withoutTemporal: boolean, signal: AbortSignal): Promise<void> {
  await mkdir(join(folder, 'logs'), { mode: 0o700 });
  const { postgres: password } = readSecrets(join(folder, 'secrets.json'));
  const [port = 0] = await freePorts(1);
  signal.throwIfAborted();
  let server: Postgres | undefined;
  try {
    server = await startPostgres({ dir: join(folder, 'postgres'), port, password, logFile: join(folder, 'logs', 'postgres.log') });
    await onDatabase(server.superUrl('holdfast'), async (client) => {
      const { rows } = await client.query<{ name: string }>('select name from schema_migrations order by id desc limit 1');
      if (rows[0]?.name !== schema) throw new StartFailure(`the database is at ${rows[0]?.name}, the manifest says ${schema}`);
    });
    await (withoutTemporal ? dropTemporal(server) : forgetMembers(server));
  } catch (error) {
    throw new StartFailure(`The backup can not be used: ${withoutLog((error as Error).message)}`);
  } finally {
    await server?.stop();
  }
}

/** The next start makes the databases again, empty; the reconciler then starts a workflow for every session that needs one. */
async function dropTemporal(server: Postgres): Promise<void> {
  await onDatabase(server.superUrl(), async (client) => {
    for (const database of Object.keys(TEMPORAL_DATABASES)) await client.query(`drop database if exists ${database}`);
  });
}

/**
 * Forgets which Temporal processes were alive: a copy that starts within 20 s of the backup would else join those of the
 * first stack, and both would work on the workflows of each other.
 */
async function forgetMembers(server: Postgres): Promise<void> {
  const there = await onDatabase(server.superUrl(), (client) => client.query(`select from pg_database where datname = 'temporal'`));
  if (there.rowCount === 0) return;
  await onDatabase(server.superUrl('temporal'), async (client) => {
    const { rows } = await client.query<{ made: boolean }>(`select to_regclass('cluster_membership') is not null as made`);
    if (rows[0]?.made) await client.query('delete from cluster_membership');
  });
}

async function onDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
