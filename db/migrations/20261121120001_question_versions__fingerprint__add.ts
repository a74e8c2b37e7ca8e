import type { Knex } from 'knex';

/** Finds equal questions, and the exams that use a question. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table question_versions add column fingerprint text not null default '';
    create index question_versions_fingerprint_idx on question_versions (fingerprint);
    create index questions_created_by_idx on questions (created_by) where deleted_at is null;
    create index exams_owner_idx on exams (owner_id) where deleted_at is null;
    create index exams_sections_idx on exams using gin (sections jsonb_path_ops);
  `);
}
