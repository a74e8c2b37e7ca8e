import type { Knex } from 'knex';

/** PDF reports that were made, and how the institution wants to appear on them. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table institution (
      only_row boolean primary key default true check (only_row),
      name text not null default '',
      colour text not null default '#1f4fd8' check (colour ~ '^#[0-9a-f]{6}$'),
      logo_media_id uuid references media (id),
      report_days integer not null default 365 check (report_days between 1 and 3650),
      version integer not null default 1
    );
    insert into institution default values;

    create table report_files (
      id uuid primary key,
      run_id uuid references runs (id) on delete set null,
      item_id uuid not null,
      exam_id uuid not null references exams (id),
      session_id uuid references exam_sessions (id),
      kind text not null check (kind in ('student', 'class', 'item-analysis', 'incidents', 'close-out')),
      audience text not null check (audience in ('student', 'staff')),
      locale text not null,
      time_zone text not null,
      file_name text not null,
      sha256 text not null,
      size_bytes integer not null,
      pages integer not null,
      standard text not null,
      basis jsonb not null default '{}',
      created_by uuid references users (id),
      created_at timestamptz not null default holdfast_now(),
      expires_at timestamptz not null
    );
    create unique index report_files_item_idx on report_files (run_id, item_id);
    create index report_files_exam_idx on report_files (exam_id, created_at);
    create index report_files_session_idx on report_files (session_id) where session_id is not null;
    create index report_files_sha256_idx on report_files (sha256);
    create index report_files_expires_idx on report_files (expires_at);
  `);
}
