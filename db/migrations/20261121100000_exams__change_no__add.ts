import type { Knex } from 'knex';

/**
 * Numbers for time changes: which changes a session was started after. Instants can not tell, two of them can share a millisecond.
 * What a change did stands in `session_commands`, not in a copy beside it. `exams.extended_ms` is how far exam-wide extensions moved `closes_at`; caps are computed from the end before them.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table exams add column change_no int not null default 0, add column extended_ms bigint not null default 0;
    alter table exam_sessions add column change_no int not null default 0;
    alter table time_changes add column change_no int not null, drop column result;
    create unique index time_changes_number_key on time_changes (exam_id, change_no);
  `);
}
