import type { Knex } from 'knex';

/** The uploaded bytes until they are parsed, so that a parse that died with its process is done again. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table question_imports
      add column source bytea,
      add column encoding text,
      add column claimed_until timestamptz,
      add column tries int not null default 0;
    create index question_imports_open_idx on question_imports (created_at) where state in ('queued','parsing');
  `);
}
