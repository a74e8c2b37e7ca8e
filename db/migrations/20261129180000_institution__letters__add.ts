import type { Knex } from 'knex';

/** Where the institution is and what it says on every page of its reports, and the letters that new exams grade with. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table institution add column address text not null default '';
    alter table institution add column footer text not null default '';

    create table institution_letters (
      number bigint generated always as identity primary key,
      bands jsonb not null,
      since timestamptz not null default holdfast_now(),
      created_by uuid references users (id)
    );
  `);
}
