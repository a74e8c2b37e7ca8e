import type { Knex } from 'knex';

/** Files that students hand in; the bytes lie on disk under their hash, a row exists only for what was complete in time. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table session_files (
      id uuid primary key,
      session_id uuid not null references exam_sessions,
      sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
      size_bytes bigint not null check (size_bytes >= 0),
      media_type text not null,
      file_name text not null,
      at timestamptz not null default holdfast_now(),
      unique (session_id, sha256, file_name)
    );
  `);
}
