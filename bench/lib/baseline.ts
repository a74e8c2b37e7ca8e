import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import pg from 'pg';

const run = promisify(execFile);

/** Sessions and items of the yardstick's own tables. */
const SESSIONS = 5_000;
const ITEMS = 40;
const CLIENTS = 16;

/** One guarded upsert of one row: the session is open, the time is not over, the row is written. */
const UPSERT = `insert into bench.answers (session_id, item_id, response, saved_at)
select s.id, $2, $3, clock_timestamp() from bench.sessions s where s.id = $1 and s.state = 'active' and clock_timestamp() < s.cutoff_at
on conflict (session_id, item_id) do update set response = excluded.response, saved_at = excluded.saved_at`;

/** Makes the tables of the yardstick in a schema of their own. */
export async function prepareBaseline(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    await client.query('drop schema if exists bench cascade');
    await client.query('create schema bench');
    await client.query('create table bench.sessions (id int primary key, state text not null, cutoff_at timestamptz not null)');
    await client.query('create table bench.answers (session_id int, item_id int, response jsonb, saved_at timestamptz not null, primary key (session_id, item_id))');
    await client.query(`insert into bench.sessions select n, 'active', clock_timestamp() + interval '1 day' from generate_series(1, ${SESSIONS}) n`);
    await client.query('vacuum analyze bench.sessions');
  });
}

/** Removes the tables of the yardstick. */
export async function removeBaseline(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (client) => void (await client.query('drop schema if exists bench cascade')));
}

/**
 * Single-row guarded upserts a second with 16 clients on the database of the stack: by pgbench where it is, otherwise by
 * the same statement, prepared, over 16 connections of this process.
 */
export async function measureBaseline(ownerUrl: string, seconds: number): Promise<{ perSecond: number; by: 'pgbench' | 'pg' }> {
  const perSecond = await byPgbench(ownerUrl, seconds);
  if (perSecond !== undefined) return { perSecond, by: 'pgbench' };
  return { perSecond: await byConnections(ownerUrl, seconds), by: 'pg' };
}

async function byPgbench(ownerUrl: string, seconds: number): Promise<number | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-pgbench-'));
  try {
    const script = UPSERT.replace('$1', ':s').replace('$2', ':i').replace('$3', `'{"optionId":"b"}'`);
    const file = join(folder, 'upsert.sql');
    await writeFile(file, `\\set s random(1, ${SESSIONS})\n\\set i random(1, ${ITEMS})\n${script};\n`);
    const { stdout } = await run('pgbench', ['-n', '-M', 'prepared', '-c', String(CLIENTS), '-j', '2', '-T', String(seconds), '-f', file, ownerUrl]);
    const found = /tps = ([\d.]+)/.exec(stdout);
    return found === null ? undefined : Number(found[1]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function byConnections(ownerUrl: string, seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1000;
  const counts = await Promise.all(Array.from({ length: CLIENTS }, () => withClient(ownerUrl, async (client) => {
    let count = 0;
    for (; performance.now() < end; count += 1) {
      await client.query({ name: 'upsert', text: UPSERT, values: [1 + Math.floor(Math.random() * SESSIONS), 1 + Math.floor(Math.random() * ITEMS), '{"optionId":"b"}'] });
    }
    return count;
  })));
  return counts.reduce((sum, count) => sum + count, 0) / seconds;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
