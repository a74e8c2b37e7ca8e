import type { Knex } from 'knex';

/** Finds the last move of a window among the thousands of rows that an exam leaves; pages of students ask for it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw("create index audit_log_window_idx on audit_log (exam_id, id) where action = 'exam.window'");
}
