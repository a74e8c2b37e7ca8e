import knexFactory, { type Knex } from 'knex';

import { MIGRATIONS, migrationSource } from './migrations/source.ts';

/** The database was written by a newer release than this one. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';
}

/**
 * Brings the schema of a database to this release. Running it twice, or from two processes at once, changes nothing more.
 * @throws NewerDatabaseError when the database holds a migration that this release does not know
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const knex = knexFactory({
    client: 'pg',
    connection: { connectionString: databaseUrl, options: '-c TimeZone=UTC' },
    pool: { min: 0, max: 2 },
    // a failure is thrown and told once by the caller; knex would print its SQL besides
    log: { warn: () => undefined, error: () => undefined },
    migrations: { migrationSource, tableName: 'schema_migrations' },
  });
  try {
    await refuseNewer(knex);
    await knex.migrate.latest();
  } finally {
    await knex.destroy();
  }
}

async function refuseNewer(knex: Knex): Promise<void> {
  if (!(await knex.schema.hasTable('schema_migrations'))) return;
  const applied: string[] = await knex('schema_migrations').pluck('name');
  const unknown = applied.filter((name) => !(name in MIGRATIONS));
  if (unknown.length > 0) {
    throw new NewerDatabaseError(`the database was written by a newer release (${unknown.join(', ')}); start that release, or restore a backup`);
  }
}
