import type { Knex } from 'knex';

/** The question bank: questions, their immutable versions, imports under review, media. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table questions (
      id uuid primary key,
      current_version int not null default 1,
      created_by uuid not null references users,
      created_at timestamptz not null default holdfast_now(),
      updated_at timestamptz not null default holdfast_now(),
      deleted_at timestamptz
    );
    create table question_versions (
      question_id uuid not null references questions on delete cascade,
      version int not null,
      type text not null,
      text jsonb not null,
      options jsonb,
      key jsonb not null,
      points numeric(14,4) not null,
      tags text[] not null default '{}',
      subject text not null default '',
      topic text not null default '',
      difficulty text not null default 'medium' check (difficulty in ('easy','medium','hard')),
      explanation jsonb,
      media jsonb not null default '[]',
      origin text not null default 'manual',
      search_text text not null default '',
      created_by uuid not null references users,
      created_at timestamptz not null default holdfast_now(),
      primary key (question_id, version)
    );
    create index question_versions_tags_idx on question_versions using gin (tags);
    create trigger question_versions_immutable before update on question_versions for each row execute function refuse_change();

    create table question_imports (
      id uuid primary key,
      state text not null check (state in ('queued','parsing','ready','committed','failed')),
      format text,
      file_name text not null,
      exam_id uuid,
      detail text,
      created_by uuid not null references users,
      created_at timestamptz not null default holdfast_now(),
      committed_at timestamptz
    );
    create table question_import_items (
      import_id uuid not null references question_imports on delete cascade,
      index int not null,
      line int not null,
      status text not null check (status in ('ready','skipped','duplicate')),
      reason text,
      raw text,
      question jsonb,
      question_id uuid references questions,
      primary key (import_id, index)
    );

    create table media (
      id uuid primary key,
      media_type text not null,
      size_bytes bigint not null,
      sha256 text not null,
      file_name text not null default '',
      created_by uuid not null references users,
      created_at timestamptz not null default holdfast_now()
    );
  `);
}
