import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { migrate } from '#db/migrate.ts';
import { tryLock, unlock } from '#tools/servers/lock.ts';
import { freePorts } from '#tools/servers/ports.ts';
import { type Postgres, startPostgres } from '#tools/servers/postgres.ts';
import { ownUrls, prepareServer } from '#tools/stack/database.ts';
import { derivePorts } from '#tools/stack/port-plan.ts';
import { readSecrets, type Secrets } from '#tools/stack/secrets.ts';

import { backUp } from './backup.ts';
import type { Manifest } from './manifest.ts';
import { restore } from './restore.ts';

const MEDIUM = Buffer.from('a picture');
const NAME = createHash('sha256').update(MEDIUM).digest('hex');

describe('a backup', () => {
  let root: string;
  let data: string;
  let secrets: Secrets;
  let server: Postgres;
  const inRoot = (name: string): string => join(root, name);
  const never = new AbortController().signal;
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  const take = (to: string, signal = never): Promise<Manifest> => backUp({ data, to, say, signal });
  const bringBack = (from: string, to: string, withoutTemporal = false): Promise<Manifest> => restore({ from, data: to, withoutTemporal, say, signal: never });

  const open = async (folder: string): Promise<Postgres> => {
    const [port = 0] = await freePorts(1);
    await mkdir(join(folder, 'logs'), { recursive: true });
    return startPostgres({ dir: join(folder, 'postgres'), port, password: secrets.postgres, logFile: join(folder, 'logs', 'postgres.log') });
  };
  const ask = async <T>(url: string, sql: string): Promise<T[]> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<pg.QueryResultRow>(sql)).rows as T[];
    } finally {
      await client.end();
    }
  };
  const lastBeat = async (of: Postgres, database: string): Promise<number> => (await ask<{ last: number }>(of.superUrl(database), 'select max(n) as last from beats'))[0]!.last;

  /** Commits a number to the application's database, then the same number to Temporal's, again and again. */
  const beat = async (): Promise<{ acknowledged: () => number; end: () => Promise<void> }> => {
    const clients = ['holdfast', 'temporal'].map((database) => new pg.Client({ connectionString: server.superUrl(database) }));
    for (const client of clients) await client.connect();
    let n = (await clients[1]!.query<{ last: number }>('select coalesce(max(n), 0) as last from beats')).rows[0]!.last;
    let going = true;
    const done = (async () => {
      while (going) {
        for (const client of clients) await client.query('insert into beats values ($1)', [n + 1]);
        n += 1;
      }
    })();
    return {
      acknowledged: () => n,
      end: async () => {
        going = false;
        await done;
        for (const client of clients) await client.end();
      },
    };
  };

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'holdfast-backup-'));
    await chmod(root, 0o711);
    data = inRoot('data');
    await mkdir(data, { mode: 0o711 });
    secrets = readSecrets(join(data, 'secrets.json'));
    server = await open(data);
    await prepareServer(server.superUrl(), secrets);
    await migrate(ownUrls(server.port, secrets).owner);
    for (const database of ['holdfast', 'temporal']) await ask(server.superUrl(database), 'create table beats (n int primary key)');
    await ask(server.superUrl('temporal'), `create table cluster_membership (host text); insert into cluster_membership values ('127.0.0.1')`);
    await writeFile(join(data, 'stack.json'), JSON.stringify({ product: 'holdfast', format: 1, ports: { ...derivePorts(9123), postgres: server.port } }));
    await writeFile(join(data, 'run.json'), '{}');
    for (const folder of ['media/incoming', `media/${NAME.slice(0, 2)}`, 'nats']) await mkdir(join(data, folder), { recursive: true });
    await writeFile(join(data, 'media', 'incoming', 'half'), 'half a pic');
    await writeFile(join(data, 'media', NAME.slice(0, 2), NAME), MEDIUM);
  });
  afterAll(async () => {
    await server.stop();
    await rm(root, { recursive: true, force: true });
  });

  it('of a database in use brings back every commit that was acknowledged before, all databases as of one instant', async () => {
    const writer = await beat();
    // held by somebody alive: the stack runs
    tryLock(join(data, 'supervisor.lock'));
    const before = writer.acknowledged();
    const manifest = await take(inRoot('online'));
    unlock(join(data, 'supervisor.lock'));
    const after = writer.acknowledged();
    await writer.end();
    expect(after).toBeGreaterThan(before);

    expect(await bringBack(inRoot('online'), inRoot('second'))).toEqual(manifest);
    const second = await open(inRoot('second'));
    try {
      const [holdfast, temporal] = await Promise.all([lastBeat(second, 'holdfast'), lastBeat(second, 'temporal')]);
      expect(temporal).toBeGreaterThanOrEqual(before);
      expect(temporal).toBeLessThanOrEqual(after);
      expect(holdfast - temporal === 0 || holdfast - temporal === 1).toBe(true);
      expect((await ask<{ n: number }>(second.superUrl('holdfast'), 'select count(*)::int as n from beats'))[0]!.n).toBe(holdfast);
      expect(await ask(second.superUrl('temporal'), 'select * from cluster_membership')).toEqual([]);
    } finally {
      await second.stop();
    }
  });

  it('holds what a stack needs and nothing of the one that runs', async () => {
    expect((await readdir(inRoot('online'))).sort()).toEqual(['manifest.json', 'media', 'postgres', 'secrets.json', 'stack.json']);
    expect(await readdir(join(inRoot('online'), 'media'))).toEqual([NAME.slice(0, 2)]);
    expect(await readFile(join(inRoot('second'), 'media', NAME.slice(0, 2), NAME))).toEqual(MEDIUM);
    expect(existsSync(join(inRoot('online'), 'postgres', 'postmaster.pid'))).toBe(false);
    expect((await stat(inRoot('online'))).mode & 0o077).toBe(0);
    expect(JSON.parse(await readFile(join(inRoot('second'), 'stack.json'), 'utf8'))).toEqual({ product: 'holdfast', format: 1, ports: derivePorts(9123) });
  });

  it('frees the write-ahead log again', async () => {
    expect(await ask(server.superUrl(), 'select * from pg_replication_slots')).toEqual([]);
    expect(existsSync(join(data, 'supervisor.lock'))).toBe(false);
  });

  it('can leave the databases of Temporal out', async () => {
    await bringBack(inRoot('online'), inRoot('third'), true);
    const third = await open(inRoot('third'));
    try {
      const names = await ask<{ datname: string }>(third.superUrl(), `select datname from pg_database where not datistemplate order by 1`);
      expect(names.map(({ datname }) => datname)).toEqual(['holdfast', 'postgres']);
      await prepareServer(third.superUrl(), secrets);
      expect(await ask(third.superUrl('temporal'), `select from pg_tables where schemaname = 'public'`)).toEqual([]);
    } finally {
      await third.stop();
    }
  });

  it('of a stopped stack starts its database for as long as it takes', async () => {
    const last = await lastBeat(server, 'holdfast');
    // a folder that holds nothing is as good as a new one
    await mkdir(inRoot('offline'));
    await server.stop();
    try {
      await take(inRoot('offline'));
      expect(existsSync(join(data, 'postgres', 'postmaster.pid'))).toBe(false);
    } finally {
      server = await open(data);
    }
    await bringBack(inRoot('offline'), inRoot('fourth'));
    const fourth = await open(inRoot('fourth'));
    expect(await lastBeat(fourth, 'holdfast')).toBe(last);
    await fourth.stop();
  });

  it.each([
    ['whose manifest is missing', (at: string) => rm(join(at, 'manifest.json')), /is not a backup: it has no manifest\.json/],
    ['whose manifest was cut off', (at: string) => truncate(join(at, 'manifest.json'), 500), /manifest\.json is damaged/],
    ['of which a file is missing', (at: string) => rm(join(at, 'secrets.json')), /1 of its \d+ files are missing or have another size, for example secrets\.json/],
    ['of which a file has grown', (at: string) => appendFile(join(at, 'postgres', 'PG_VERSION'), '\n'), /another size, for example postgres\/PG_VERSION/],
    ['of which a byte has changed', (at: string) => writeFile(join(at, 'media', NAME.slice(0, 2), NAME), 'a pictura'), /the content of media\/.* has changed since it was written/],
    ['of a newer release', (at: string) => edit(at, { schema: '29990101000000_future__create' }), /newer release of Holdfast \(its database knows 29990101000000_future__create\)/],
    ['in a newer layout', (at: string) => edit(at, { format: 2 }), /newer release of Holdfast \(format 2/],
    ['from another kind of machine', (at: string) => edit(at, { platform: 'plan9-mips' }), /was made on plan9-mips/],
    ['of another PostgreSQL', (at: string) => edit(at, { postgres: { version: '17.1', major: '17' } }), /files of PostgreSQL 17, this release brings 18/],
    ['that names files elsewhere', (at: string) => edit(at, { folders: ['../elsewhere'] }), /manifest\.json is damaged \(folders\.0: leads out of the folder\)/],
  ])('%s is refused, and nothing is left behind', async (_what, damage, sentence) => {
    const at = inRoot('online');
    const files = ['manifest.json', 'secrets.json', 'postgres/PG_VERSION', `media/${NAME.slice(0, 2)}/${NAME}`].map((path) => join(at, path));
    const whole = await Promise.all(files.map((file) => readFile(file)));
    await damage(at);
    await expect(bringBack(at, inRoot('never'))).rejects.toThrow(sentence);
    expect((await readdir(root)).filter((name) => name.startsWith('never'))).toEqual([]);
    for (const [index, file] of files.entries()) await writeFile(file, whole[index]!);
  });

  it('goes into a new folder only', async () => {
    await expect(take(inRoot('online'))).rejects.toThrow(/online is not empty/);
    await expect(bringBack(inRoot('online'), inRoot('second'))).rejects.toThrow(/second is not empty/);
    await expect(take(join(data, 'backup'))).rejects.toThrow(/inside the data folder/);
  });

  it('that is stopped leaves nothing behind', async () => {
    const stop = new AbortController();
    const taking = take(inRoot('deep/down/stopped'), stop.signal);
    stop.abort(new Error('stopped by hand'));
    await expect(taking).rejects.toThrow('stopped by hand');
    expect(existsSync(inRoot('deep'))).toBe(false);
    expect(await ask(server.superUrl(), 'select * from pg_replication_slots')).toEqual([]);
  });

  it('ends with one sentence when the database goes away in the middle', async () => {
    const holder = new pg.Client({ connectionString: server.superUrl() });
    await holder.connect();
    const taking = take(inRoot('cut'));
    const cut = (async () => {
      for (;;) {
        const { rowCount } = await holder.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'holdfast-backup'`);
        if (rowCount) return;
      }
    })();
    await expect(taking).rejects.toThrow('The database went away during the backup: take it again.');
    await cut;
    await holder.end();
    expect((await readdir(root)).filter((name) => name.startsWith('cut'))).toEqual([]);
  });

  it('is not taken of a folder that is no data folder', async () => {
    await expect(backUp({ data: root, to: inRoot('none'), say, signal: never })).rejects.toThrow(/is not the data folder of a stack/);
  });
});

async function edit(backup: string, change: object): Promise<void> {
  const file = join(backup, 'manifest.json');
  await writeFile(file, JSON.stringify({ ...(JSON.parse(await readFile(file, 'utf8')) as object), ...change }));
}
