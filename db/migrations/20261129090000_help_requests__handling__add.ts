import type { Knex } from 'knex';

/** Who takes care of a help request, and how it ended. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table help_requests
      add column state text not null default 'open',
      add column claimed_by uuid,
      add column claimed_at timestamptz,
      add column resolved_by uuid,
      add column resolved_at timestamptz,
      add column note text,
      add constraint help_requests_state_check check (state in ('open', 'claimed', 'resolved'));
  `);
}
