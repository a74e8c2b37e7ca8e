import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { describeSchema } from '#tools/schema/describe.ts';
import { testDatabase, type TestDatabase } from '#tests/support/database.ts';

const FILE = join(import.meta.dirname, 'schema.sql');
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('db/schema.sql shows the schema that the migrations make', async () => {
  const schema = await describeSchema(database.pool);
  if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(FILE, schema);
  expect(readFileSync(FILE, 'utf8'), 'run: npm run schema').toBe(schema);
});

test('the service roles can not rewrite what is append-only', async () => {
  const { rows } = await database.pool.query<{ table_name: string; privilege_type: string }>(
    `select table_name, privilege_type from information_schema.role_table_grants
      where grantee in ('holdfast_api', 'holdfast_worker') and table_name in ('audit_log', 'answer_revisions', 'question_versions', 'exam_contents')
        and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')`,
  );
  expect(rows).toEqual([]);
});
