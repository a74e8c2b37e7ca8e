import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type pg from 'pg';

import { StartFailure } from '#tools/servers/failure.ts';
import { type Say, withProgress } from '#tools/servers/progress.ts';
import { FORMAT } from '#tools/stack/data-folder.ts';
import { readSecrets, type Secrets } from '#tools/stack/secrets.ts';

import { type ClusterCopy, copyCluster } from './cluster.ts';
import { listCluster } from './cluster-files.ts';
import { Copier, demandRoom, inMegabytes, syncFolder } from './copier.ts';
import { withDatabase } from './database.ts';
import { BACKUP_FORMAT, MANIFEST, type Manifest, PLATFORM } from './manifest.ts';
import { makeNewFolder } from './new-folder.ts';

/** Bytes that people sent, each file named by its hash and never changed. */
const STORES = ['media', 'files'];
/** Small files of a data folder; `demo.json` is there when demo data are. */
const SMALL_FILES = ['stack.json', 'secrets.json', 'demo.json'];
/** Room for what the database writes while it is copied. */
const HEADROOM_BYTES = 200 * 1024 * 1024;

/** What to back up and where to. */
export interface BackupOptions {
  /** Data folder of a stack that runs or is stopped. */
  data: string;
  /** Folder that becomes the backup. */
  to: string;
  say: Say;
  signal: AbortSignal;
}

interface DatabaseCopy extends ClusterCopy {
  version: string;
  schema: string;
}

/**
 * Copies a data folder, whether it is in use or not, into a new folder: all databases as they are at one instant,
 * secrets, media and files. The folder appears when it is complete.
 * @throws StartFailure with one sentence
 */
export async function backUp({ data, to, say, signal }: BackupOptions): Promise<Manifest> {
  const secrets = readStack(data);
  if (!relative(data, to).startsWith('..')) throw new StartFailure(`The backup ${to} would lie inside the data folder: choose a folder elsewhere.`);
  const startedAt = new Date().toISOString();
  const half = makeNewFolder(to, 0o700);
  try {
    const gone = new AbortController();
    const copier = new Copier(half.path, AbortSignal.any([signal, gone.signal]));
    const database = await withDatabase({ data, secrets, say, signal, onGone: (why) => gone.abort(why), work: (client) => copyDatabase(client, data, copier, say) });
    // after the database: whatever a row of it names was on the disk before that row
    await withProgress(say, 'Copying media and files, which people sent', () => copyStores(data, copier, say), () => `${inMegabytes(copier.bytes)} MB`);
    await copier.copy(SMALL_FILES.map((path) => ({ from: join(data, path), path, mayBeGone: path === 'demo.json' })));
    const manifest = describe(database, copier, startedAt);
    await copier.text(MANIFEST, `${JSON.stringify(manifest, null, 1)}\n`);
    for (const folder of copier.folders) await syncFolder(join(half.path, folder));
    await half.appear();
    return manifest;
  } catch (error) {
    await half.discard();
    throw error;
  }
}

function describe({ takenAt, wal, version, schema }: DatabaseCopy, { bytes, folders, files }: Copier, startedAt: string): Manifest {
  const postgres = { version, major: version.split('.')[0] ?? '' };
  return { product: 'holdfast', format: BACKUP_FORMAT, takenAt, startedAt, platform: PLATFORM, postgres, schema, wal, bytes, folders: [...folders], files: [...files] };
}

/** @throws StartFailure when the folder is none of ours, or one that can not be backed up from here */
function readStack(data: string): Secrets {
  const marker = join(data, 'stack.json');
  if (!existsSync(marker)) throw new StartFailure(`${data} is not the data folder of a stack: it has no stack.json, which the first complete start writes.`);
  let format: number;
  try {
    ({ format } = JSON.parse(readFileSync(marker, 'utf8')) as { format: number });
  } catch (error) {
    throw new StartFailure(`${marker} can not be read: ${(error as Error).message}.`);
  }
  if (format > FORMAT) throw new StartFailure(`The data folder ${data} was written by a newer release of Holdfast (format ${format}, this release knows ${FORMAT}): back it up with that release.`);
  if (!existsSync(join(data, 'postgres', 'PG_VERSION'))) throw new StartFailure(`The database of this stack is not in ${data} (it was given by DATABASE_URL): back it up with the tools of that server, and ${STORES.join(' and ')} after it.`);
  if (!existsSync(join(data, 'secrets.json'))) throw new StartFailure(`${join(data, 'secrets.json')} is missing: without it the database can not be opened.`);
  return readSecrets(join(data, 'secrets.json'));
}

async function copyDatabase(client: pg.Client, data: string, copier: Copier, say: Say): Promise<DatabaseCopy> {
  const dir = join(data, 'postgres');
  const { bytes } = await listCluster(dir);
  demandRoom(copier.root, bytes + storedFiles(data).reduce((sum, { size }) => sum + size, 0) + HEADROOM_BYTES);
  const { rows } = await client.query<{ version: string; schema: string }>(
    `select split_part(current_setting('server_version'), ' ', 1) as version, (select name from schema_migrations order by id desc limit 1) as schema`,
  );
  const copy = await withProgress(
    say, 'Copying the databases, while the stack goes on', () => copyCluster(client, dir, copier, 'postgres'),
    () => `${inMegabytes(copier.bytes)} of about ${inMegabytes(bytes)} MB`,
  );
  return { ...copy, ...rows[0]! };
}

async function copyStores(data: string, copier: Copier, say: Say): Promise<void> {
  const stored = await copier.copy(storedFiles(data).map(({ path }) => ({ from: join(data, path), path })));
  for (const { path, sha256 } of stored) {
    if (basename(path) !== sha256) say(`Warning: ${join(data, path)} no longer has the content that it was stored with; it is in the backup as it is`);
  }
}

/** Everything that was stored completely; what is just coming in has no row yet. */
function storedFiles(data: string): { path: string; size: number }[] {
  return STORES.flatMap((store) => (existsSync(join(data, store)) ? readdirSync(join(data, store)) : [])
    .filter((part) => part !== 'incoming')
    .flatMap((part) => readdirSync(join(data, store, part)).map((name) => {
      const path = `${store}/${part}/${name}`;
      return { path, size: statSync(join(data, path)).size };
    })));
}
