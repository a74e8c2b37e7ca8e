import type { Knex } from 'knex';

/** Reports about plagiarism scans. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table report_files drop constraint report_files_kind_check;
    alter table report_files add constraint report_files_kind_check check (kind in ('student', 'class', 'item-analysis', 'incidents', 'close-out', 'plagiarism')) not valid;
    alter table report_files validate constraint report_files_kind_check;
  `);
}
