import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** A database of its own with the migrated, empty schema. */
export interface TestDatabase {
  /** Connection string as the owner of the schema. */
  url: string;
  pool: pg.Pool;
  /** Connection string as another role: `holdfast_api` and `holdfast_worker` have the rights they have in production, `postgres` all. */
  urlAs(role: 'holdfast_api' | 'holdfast_worker' | 'postgres'): string;
  /** Ends all connections to the database and drops it. */
  close(): Promise<void>;
}

/**
 * Clones the migrated template under a fresh name; made for `beforeAll` of a test file.
 * Test files that use it are named `*.db.test.ts` or lie in `tests/integration`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { port, password, template } = inject('postgres');
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const urlAs = (role: string, database = name): string => `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
  await runOnce(urlAs('postgres', 'postgres'), `create database ${name} template ${template} owner holdfast`);
  const url = urlAs('holdfast');
  const pool = new pg.Pool({ connectionString: url, max: 10, options: '-c TimeZone=UTC' });
  // a connection that a test cuts on purpose is no failure of the pool
  pool.on('error', () => undefined);
  return {
    url,
    pool,
    urlAs: (role) => urlAs(role),
    close: async () => {
      await pool.end();
      await runOnce(urlAs('postgres', 'postgres'), `drop database ${name} with (force)`);
    },
  };
}

async function runOnce(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
