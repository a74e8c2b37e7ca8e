import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { StartFailure } from '#tools/servers/failure.ts';

/** What belongs to the copy of a cluster; paths are below its folder, with slashes. */
export interface ClusterFiles {
  folders: string[];
  /** Without the control file, which is read by itself. */
  files: string[];
  bytes: number;
}

export const CONTROL_FILE = 'global/pg_control';

/** Folders whose content means nothing to another server; PostgreSQL wants them to be there. */
const EMPTIED = new Set(['pg_dynshmem', 'pg_notify', 'pg_replslot', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans', 'pg_wal']);
/** What belongs to the running server, or to an earlier backup or restore. */
const LEFT_OUT = /^(postmaster\.(pid|opts)|(backup_label|tablespace_map)(\.old)?|backup_manifest|(recovery|standby)\.signal|current_logfiles(\.tmp)?|postgresql\.auto\.conf\.tmp|pg_internal\.init(\.\d+)?|pgsql_tmp.*|t\d+_\d+(_(fsm|vm))?(\.\d+)?)$/;

/**
 * Lists what a copy of a cluster consists of while its server runs.
 * @source PostgreSQL 18, documentation section 25.3.4 "Making a Base Backup Using the Low Level API", and `basebackup.c` for temporary files
 */
export async function listCluster(dir: string): Promise<ClusterFiles> {
  const found: ClusterFiles = { folders: [], files: [], bytes: 0 };
  await look(dir, '', found);
  found.files = found.files.filter((path) => path !== CONTROL_FILE);
  return found;
}

async function look(dir: string, below: string, found: ClusterFiles): Promise<void> {
  for (const entry of await entriesOf(join(dir, below))) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (LEFT_OUT.test(entry.name)) continue;
    if (below === 'pg_tblspc') throw new StartFailure(`The database in ${dir} has tablespaces of its own, which this backup does not know: use the tools of PostgreSQL.`);
    if (EMPTIED.has(path)) {
      found.folders.push(path);
    } else if (entry.isDirectory()) {
      found.folders.push(path);
      await look(dir, path, found);
    } else if (entry.isFile()) {
      found.files.push(path);
      found.bytes += await sizeOf(join(dir, path));
    }
  }
}

/** Databases and tables may go away at any moment. */
async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

/** Reads the control file of a running server: as it is once two looks agree, so that no half-written one is taken. */
export async function readControlFile(dir: string): Promise<Buffer> {
  for (let before = await readFile(join(dir, CONTROL_FILE)); ; ) {
    await sleep(10);
    const now = await readFile(join(dir, CONTROL_FILE));
    if (now.equals(before)) return now;
    before = now;
  }
}
