import type { Knex } from 'knex';

/** What a process needs to learn within a second that rights have changed, and the orders that lists are read in. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- a token carries the access_version it was issued under; an older one is refused
    alter table users
      add column access_version int not null default 1,
      add column access_changed_at timestamptz;
    create index users_access_changed_idx on users (access_changed_at) where access_changed_at is not null;
    create index auth_sessions_revoked_idx on auth_sessions (revoked_at) where revoked_at is not null;

    create index users_created_idx on users (created_at, id);
    create index batches_name_idx on batches (name, id);
    create index batches_owner_idx on batches (owner_id);
  `);
}
