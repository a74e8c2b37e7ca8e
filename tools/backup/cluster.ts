import { join } from 'node:path';
import type pg from 'pg';

import { StartFailure } from '#tools/servers/failure.ts';

import { CONTROL_FILE, listCluster, readControlFile } from './cluster-files.ts';
import type { Copier } from './copier.ts';
import { parseLsn, walFileNames } from './wal.ts';

/** What the copy of a cluster is good for. */
export interface ClusterCopy {
  takenAt: string;
  wal: { timeline: number; start: string; end: string; files: string[] };
}

/**
 * Copies a cluster while its server runs, with the part of the write-ahead log that makes the copy whole. The server is
 * told to keep that part as long as this connection is open.
 * @param client superuser, on a connection that does nothing else
 * @param dir folder of the cluster
 * @param to where the copy goes, below the root of `copier`
 */
export async function copyCluster(client: pg.Client, dir: string, copier: Copier, to: string): Promise<ClusterCopy> {
  await client.query('select pg_create_physical_replication_slot($1, true, true)', [`holdfast_backup_${process.pid}`]);
  const { start, segmentBytes } = await first<{ start: string; segmentBytes: number }>(
    client,
    `select pg_backup_start('holdfast', fast => true)::text as start, (pg_size_bytes(current_setting('wal_segment_size')))::int as "segmentBytes"`,
  );
  // after the start: what appears later is made again from the write-ahead log
  const { folders, files } = await listCluster(dir);
  await copier.folder(to);
  for (const path of folders) await copier.folder(`${to}/${path}`);
  await copier.copy(files.map((path) => ({ from: join(dir, path), path: `${to}/${path}`, mayBeGone: true })));
  await copier.text(`${to}/${CONTROL_FILE}`, await readControlFile(dir));
  const { now: takenAt } = await first<{ now: string }>(client, `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now`);
  const { end, label, tablespaces } = await first<{ end: string; label: string; tablespaces: string }>(
    client,
    'select lsn::text as "end", labelfile as label, spcmapfile as tablespaces from pg_backup_stop(wait_for_archive => false)',
  );
  if (tablespaces !== '') throw new StartFailure(`The database in ${dir} has tablespaces of its own, which this backup does not know: use the tools of PostgreSQL.`);
  await copier.text(`${to}/backup_label`, label);
  const timeline = Number(/^START TIMELINE: (\d+)$/m.exec(label)?.[1] ?? 1);
  const needed = walFileNames(timeline, parseLsn(start), parseLsn(end), segmentBytes);
  await copyWal(join(dir, 'pg_wal'), needed, copier, `${to}/pg_wal`, segmentBytes);
  return { takenAt, wal: { timeline, start, end, files: needed } };
}

/** The stop of the backup has ended the last file, so each is whole. */
async function copyWal(from: string, names: readonly string[], copier: Copier, to: string, segmentBytes: number): Promise<void> {
  const stored = await copier.copy(names.map((name) => ({ from: join(from, name), path: `${to}/${name}`, mayBeGone: true })));
  const whole = stored.filter(({ size }) => size === segmentBytes).length;
  if (whole < names.length) throw new StartFailure(`The database has removed ${names.length - whole} files of ${from} that the backup needs: take the backup again.`);
}

async function first<Row extends pg.QueryResultRow>(client: pg.Client, sql: string): Promise<Row> {
  const { rows } = await client.query<Row>(sql);
  return rows[0]!;
}
