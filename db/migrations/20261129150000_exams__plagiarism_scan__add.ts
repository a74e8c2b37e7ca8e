import type { Knex } from 'knex';

/** Whether the answers of an exam are compared by themselves at its close-out, and how strictly. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`alter table exams add column plagiarism_scan jsonb not null default '{"automatic": false, "level": 0.01}'`);
}
