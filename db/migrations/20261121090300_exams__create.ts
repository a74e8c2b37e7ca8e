import type { Knex } from 'knex';

/** Exam definitions, their frozen content, who is assigned, and what the window workflow did. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table exams (
      id uuid primary key,
      external_id text unique,
      title text not null,
      description text not null default '',
      instructions text not null default '',
      duration_minutes int not null check (duration_minutes between 1 and 10080),
      grace_seconds int not null default 10 check (grace_seconds between 0 and 600),
      pass_percent numeric(5,2),
      attempts int not null default 1 check (attempts between 1 and 100),
      attempt_rule text not null default 'best' check (attempt_rule in ('best','mean','last','first')),
      navigation text not null default 'free' check (navigation in ('free','forward')),
      display text not null default 'one' check (display in ('one','all')),
      shuffle_items boolean not null default false,
      shuffle_options boolean not null default false,
      late_entry_minutes int check (late_entry_minutes >= 0),
      end_rule text not null default 'window' check (end_rule in ('window','duration')),
      access_code_hash text,
      proctoring text not null default 'none' check (proctoring in ('none','events','video')),
      results jsonb not null default '{"release":"manual","releaseAt":null,"score":true,"items":false,"key":false,"feedback":false}',
      warn_minutes int[] not null default '{10,5,1}',
      sections jsonb not null default '[]',
      local_start text,
      local_end text,
      time_zone text,
      opens_at timestamptz,
      closes_at timestamptz,
      lifecycle text not null default 'draft' check (lifecycle in ('draft','published','archived')),
      published_at timestamptz,
      cancelled_at timestamptz,
      results_published_at timestamptz,
      schedule_version int not null default 0,
      owner_id uuid not null references users,
      version int not null default 1,
      created_at timestamptz not null default holdfast_now(),
      updated_at timestamptz not null default holdfast_now(),
      deleted_at timestamptz,
      check (opens_at < closes_at),
      check (lifecycle <> 'published' or opens_at is not null)
    );
    create index exams_window_idx on exams (opens_at, id) where deleted_at is null;

    -- written once, by the publication of the exam: what every paper is drawn from and graded with
    create table exam_contents (
      exam_id uuid primary key references exams,
      content jsonb not null,
      published_at timestamptz not null default holdfast_now()
    );

    create table exam_batches (
      exam_id uuid not null references exams on delete cascade,
      batch_id uuid not null references batches,
      primary key (exam_id, batch_id)
    );
    create table exam_assignments (
      exam_id uuid not null references exams on delete cascade,
      student_id uuid not null references users,
      batch_id uuid references batches,
      assigned_at timestamptz not null default holdfast_now(),
      primary key (exam_id, student_id)
    );
    create index exam_assignments_student_idx on exam_assignments (student_id);

    create table exam_milestones (
      exam_id uuid not null references exams on delete cascade,
      key text not null,
      schedule_version int not null,
      due_at timestamptz not null,
      outcome text not null check (outcome in ('done','skipped')),
      done_at timestamptz not null default holdfast_now(),
      primary key (exam_id, key, schedule_version)
    );
    create table window_workflows (
      exam_id uuid primary key references exams on delete cascade,
      namespace_id text not null,
      run_id text not null,
      seen_version int not null,
      seen_at timestamptz not null default holdfast_now(),
      completed_at timestamptz
    );
    create table close_outs (
      exam_id uuid primary key references exams on delete cascade,
      certificate jsonb not null,
      closed_at timestamptz not null default holdfast_now()
    );
  `);
}
