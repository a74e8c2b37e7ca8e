import type { Knex } from 'knex';

/** When the page of a session was connected and when not: part of the story of every minute of an exam. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table session_connections (
      id bigserial primary key,
      session_id uuid not null,
      online boolean not null,
      at timestamptz not null
    );
    create index session_connections_session_idx on session_connections (session_id, id);
    -- finds the few that are online; a refresh changes last_seen_at only and stays a HOT update
    create index session_presence_online_idx on session_presence (session_id) where online;
  `);
}
