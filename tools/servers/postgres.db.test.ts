import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { testDatabase, type TestDatabase } from '#tests/support/database.ts';

describe('the database of a test file', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  it('runs the settings that the product relies on', async () => {
    const { rows } = await database.pool.query<{ zone: string; version: number; connections: string }>(
      `select current_setting('TimeZone') as zone, current_setting('server_version_num')::int / 10000 as version, current_setting('max_connections') as connections`,
    );
    expect(rows).toEqual([{ zone: 'UTC', version: 18, connections: '150' }]);
  });

  it('holds the migrated schema and belongs to an ordinary role', async () => {
    const { rows } = await database.pool.query<{ tables: number; super: boolean }>(
      `select (select count(*)::int from pg_tables where schemaname = 'public') as tables, usesuper as super from pg_user where usename = current_user`,
    );
    expect(rows[0]?.super).toBe(false);
    expect(rows[0]?.tables).toBeGreaterThan(10);
  });
});
