import pg from 'pg';

import { migrate, NewerDatabaseError } from '#db/migrate.ts';
import { grantRoles } from '#db/roles.ts';
import { StartFailure } from '#tools/servers/failure.ts';
import type { TemporalStore } from '#tools/servers/temporal.ts';

import type { Secrets } from './secrets.ts';

/** Connection strings of the roles that the processes of a stack use. */
export interface DatabaseUrls {
  owner: string;
  api: string;
  worker: string;
}

/** Oldest server that has `transaction_timeout`. */
const OLDEST = 170_000;

/** Roles of our own server, with the number of connections that each may hold. */
const ROLES = { holdfast: 20, holdfast_api: 16, holdfast_worker: 24, temporal: 60 } as const;
const DATABASES = { holdfast: 'holdfast', temporal: 'temporal', temporal_visibility: 'temporal' } as const;

/** Makes the roles and databases of a stack on our own server; what is there stays. */
export async function prepareServer(superUrl: string, secrets: Secrets): Promise<void> {
  const passwords: Record<keyof typeof ROLES, string> = { holdfast: secrets.owner, holdfast_api: secrets.api, holdfast_worker: secrets.worker, temporal: secrets.temporal };
  await withClient(superUrl, async (client) => {
    const roles = await names(client, 'select rolname as name from pg_roles');
    for (const [role, limit] of Object.entries(ROLES) as [keyof typeof ROLES, number][]) {
      if (roles.has(role)) continue;
      await client.query(`create role ${role} login connection limit ${limit} password ${client.escapeLiteral(passwords[role])}`);
    }
    const databases = await names(client, 'select datname as name from pg_database');
    for (const [database, owner] of Object.entries(DATABASES)) {
      if (databases.has(database)) continue;
      await client.query(`create database ${database} owner ${owner}`);
      await client.query(`revoke connect on database ${database} from public`);
      if (database === 'holdfast') await client.query(`grant connect on database holdfast to holdfast_api, holdfast_worker`);
    }
  });
}

/** Writes everything to its place on disk, so that a crash soon after the first start has little to replay. */
export async function checkpoint(superUrl: string): Promise<void> {
  await withClient(superUrl, (client) => client.query('checkpoint'));
}

/** Connection strings on our own server. */
export function ownUrls(port: number, secrets: Secrets): DatabaseUrls {
  const url = (role: string, password: string): string => `postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/holdfast`;
  return { owner: url('holdfast', secrets.owner), api: url('holdfast_api', secrets.api), worker: url('holdfast_worker', secrets.worker) };
}

/**
 * Checks a server that was given by DATABASE_URL.
 * @throws StartFailure when it does not answer, is too old, or may lose what it has acknowledged
 */
export async function checkGivenServer(url: string): Promise<void> {
  const { rows } = await withClient(url, (client) =>
    client.query<{ version: number; shown: string; fsync: string; commit: string }>(
      `select current_setting('server_version_num')::int as version, current_setting('server_version') as shown, current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
    ),
  ).catch((error: unknown) => {
    throw new StartFailure(`The database of DATABASE_URL does not answer: ${(error as Error).message}.`);
  });
  const server = rows[0];
  if (!server || server.version < OLDEST) throw new StartFailure(`The database of DATABASE_URL is PostgreSQL ${server?.shown}: 17 or newer is needed, because older ones have no transaction_timeout.`);
  if (server.fsync === 'off' || server.commit === 'off') {
    throw new StartFailure(`The database of DATABASE_URL runs with ${server.fsync === 'off' ? 'fsync' : 'synchronous_commit'} off, so an acknowledged answer could be lost: switch it on.`);
  }
}

/**
 * Brings the schema to this release and gives the service roles their rights.
 * @param roles the service roles, none on a given server whose roles are not ours to make
 * @throws StartFailure when the database was written by a newer release
 */
export async function migrateDatabase(ownerUrl: string, roles: readonly string[]): Promise<void> {
  try {
    await migrate(ownerUrl);
  } catch (error) {
    if (error instanceof NewerDatabaseError) throw new StartFailure(`Holdfast can not start here: ${error.message}.`);
    throw error;
  }
  if (roles.length === 0) return;
  await withClient(ownerUrl, (client) => grantRoles({ query: (text, values) => client.query(text, values as unknown[] | undefined) }, roles));
}

/** True when a database of Temporal has its version table. */
export async function hasTemporalTables(store: TemporalStore, database: string): Promise<boolean> {
  const url = `postgres://${encodeURIComponent(store.user)}:${encodeURIComponent(store.password)}@${store.host}:${store.port}/${database}`;
  const { rows } = await withClient(url, (client) => client.query<{ there: boolean }>(`select to_regclass('schema_version') is not null as there`));
  return rows[0]?.there ?? false;
}

/**
 * The databases of Temporal on a server given by DATABASE_URL, made when missing.
 * @throws StartFailure when they are missing and the role may not make them
 */
export async function givenTemporalStore(url: string): Promise<TemporalStore> {
  const parsed = new URL(url);
  await withClient(url, async (client) => {
    const databases = await names(client, 'select datname as name from pg_database');
    for (const database of ['temporal', 'temporal_visibility']) {
      if (databases.has(database)) continue;
      await client.query(`create database ${database}`).catch((error: unknown) => {
        throw new StartFailure(`The database ${database} for Temporal can not be made on the server of DATABASE_URL (${(error as Error).message}): make it, or set TEMPORAL_ADDRESS.`);
      });
    }
  });
  return { host: parsed.hostname, port: Number(parsed.port || 5432), user: decodeURIComponent(parsed.username), password: decodeURIComponent(parsed.password) };
}

async function names(client: pg.Client, sql: string): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string }>(sql);
  return new Set(rows.map(({ name }) => name));
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
