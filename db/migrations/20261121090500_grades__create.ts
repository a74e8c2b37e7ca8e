import type { Knex } from 'knex';

/** Grades by closed version, marks per item, long work. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table grades (
      session_id uuid not null,
      closed_version int not null,
      exam_id uuid not null,
      points numeric(14,4) not null,
      max_points numeric(14,4) not null,
      graded_count int not null,
      pending_count int not null,
      state text not null check (state in ('graded','pending','needs-manual')),
      detail text,
      version int not null default 1,
      graded_at timestamptz not null default holdfast_now(),
      primary key (session_id, closed_version)
    );
    create index grades_exam_idx on grades (exam_id);

    create table marks (
      session_id uuid not null,
      closed_version int not null,
      item_id uuid not null,
      points numeric(14,4),
      max_points numeric(14,4) not null,
      state text not null check (state in ('graded','pending')),
      source text not null check (source in ('auto','manual')),
      comment text,
      rubric jsonb,
      marked_by uuid,
      version int not null default 1,
      marked_at timestamptz not null default holdfast_now(),
      primary key (session_id, closed_version, item_id)
    );

    create table result_holds (
      session_id uuid primary key,
      reason text not null,
      held_by uuid not null,
      held_at timestamptz not null default holdfast_now()
    );

    create table runs (
      id uuid primary key,
      kind text not null,
      exam_id uuid,
      state text not null check (state in ('queued','running','paused','completed','failed','cancelled')),
      done int not null default 0,
      failed int not null default 0,
      total int not null default 0,
      params jsonb not null default '{}',
      detail text,
      created_by uuid,
      created_at timestamptz not null default holdfast_now(),
      started_at timestamptz,
      finished_at timestamptz
    );
    create index runs_exam_idx on runs (exam_id, kind, created_at);
    create table run_items (
      run_id uuid not null references runs on delete cascade,
      shard int not null,
      item_id uuid not null,
      state text not null default 'pending' check (state in ('pending','done','failed','cancelled')),
      error text,
      primary key (run_id, item_id)
    );
    create index run_items_shard_idx on run_items (run_id, shard) where state = 'pending';
  `);
}
