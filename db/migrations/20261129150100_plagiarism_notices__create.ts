import type { Knex } from 'knex';

/** What students were told about confirmed pairs; a decision that is taken back withdraws it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table plagiarism_notices (
      id uuid primary key,
      pair_id uuid not null references plagiarism_pairs (id) on delete cascade,
      session_id uuid not null references exam_sessions (id),
      text text not null,
      sent_by uuid references users (id),
      at timestamptz not null default holdfast_now(),
      read_at timestamptz,
      withdrawn_at timestamptz
    );
    create unique index plagiarism_notices_standing_idx on plagiarism_notices (pair_id, session_id) where withdrawn_at is null;
    create index plagiarism_notices_session_idx on plagiarism_notices (session_id);
  `);
}
