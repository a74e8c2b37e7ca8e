import type { Knex } from 'knex';

/**
 * Marking by hand. An answer is (session, closed version, item): a session that is opened again and handed in anew starts anew.
 * Marks of graders are only ever added; the one of now has no `superseded_at`.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table marking_settings (
      exam_id uuid primary key references exams on delete cascade,
      anonymous boolean not null default true,
      second_marking text not null default 'none' check (second_marking in ('none','sample','all')),
      sample_percent int not null default 10 check (sample_percent between 0 and 100),
      difference_threshold numeric(14,4) not null default 0 check (difference_threshold >= 0),
      lease_minutes int not null default 15 check (lease_minutes between 1 and 240),
      graders uuid[] not null default '{}',
      secret bytea not null default uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()),
      version int not null default 1
    );

    create table marking_answers (
      session_id uuid not null,
      closed_version int not null,
      item_id uuid not null,
      exam_id uuid not null,
      code text not null,
      state text not null default 'first' check (state in ('first','second','reconcile','done')),
      draw int not null check (draw between 0 and 99),
      first_grader uuid,
      second_grader uuid,
      first_by uuid,
      second_by uuid,
      lease_id uuid,
      lease_holder uuid,
      lease_role text check (lease_role in ('first','second')),
      leased_at timestamptz,
      lease_until timestamptz,
      settled_version int,
      effective jsonb,
      primary key (session_id, closed_version, item_id),
      check (first_by is distinct from second_by or first_by is null)
    );
    create index marking_answers_exam_idx on marking_answers (exam_id, item_id, code);

    create table marker_marks (
      session_id uuid not null,
      closed_version int not null,
      item_id uuid not null,
      role text not null check (role in ('first','second')),
      version int not null,
      grader_id uuid not null,
      points numeric(14,4) not null,
      computed_points numeric(14,4),
      rubric_version int,
      content jsonb not null,
      seconds int,
      completed_at timestamptz not null default holdfast_now(),
      superseded_at timestamptz,
      primary key (session_id, closed_version, item_id, role, version)
    );
    create unique index marker_marks_current_idx on marker_marks (session_id, closed_version, item_id, role) where superseded_at is null;

    create table marker_drafts (
      session_id uuid not null,
      closed_version int not null,
      item_id uuid not null,
      grader_id uuid not null,
      role text not null,
      content jsonb not null,
      refused boolean not null default false,
      saved_at timestamptz not null default holdfast_now(),
      primary key (session_id, closed_version, item_id, grader_id)
    );

    create table marking_flags (
      session_id uuid not null,
      closed_version int not null,
      item_id uuid not null,
      grader_id uuid not null,
      exam_id uuid not null,
      note text not null,
      flagged_at timestamptz not null default holdfast_now(),
      primary key (session_id, closed_version, item_id, grader_id)
    );
    create index marking_flags_exam_idx on marking_flags (exam_id);

    create table marking_rubrics (
      exam_id uuid not null,
      item_id uuid not null,
      version int not null,
      kind text not null check (kind in ('additive','level')),
      criteria jsonb not null,
      created_by uuid not null,
      created_at timestamptz not null default holdfast_now(),
      primary key (exam_id, item_id, version)
    );

    create table marking_comments (
      id uuid primary key,
      exam_id uuid not null,
      item_id uuid not null,
      text text not null,
      uses int not null default 0,
      created_by uuid not null,
      created_at timestamptz not null default holdfast_now()
    );
    create index marking_comments_item_idx on marking_comments (exam_id, item_id);
  `);
}
