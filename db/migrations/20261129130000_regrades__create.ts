import type { Knex } from 'knex';

/** Corrections over the frozen content of an exam, and the regrades that brought them. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table regrades (
      id uuid primary key,
      exam_id uuid not null,
      state text not null default 'preview' check (state in ('preview','applying','applied','discarded')),
      changes jsonb not null,
      reason text not null,
      summary jsonb not null,
      fingerprint text not null,
      run_id uuid,
      created_by uuid not null,
      created_at timestamptz not null default holdfast_now(),
      computed_at timestamptz not null default holdfast_now(),
      ended_by uuid,
      ended_at timestamptz
    );
    create index regrades_exam_idx on regrades (exam_id, created_at);
    create index regrades_run_idx on regrades (run_id) where run_id is not null;

    create table regrade_changes (
      regrade_id uuid not null references regrades on delete cascade,
      position int not null,
      session_id uuid not null,
      grade_changed boolean not null,
      change jsonb not null,
      primary key (regrade_id, position)
    );
    create index regrade_changes_session_idx on regrade_changes (session_id);

    create table exam_corrections (
      exam_id uuid not null,
      number int not null,
      regrade_id uuid not null,
      item_id uuid not null,
      correction jsonb not null,
      created_by uuid not null,
      created_at timestamptz not null default holdfast_now(),
      primary key (exam_id, number)
    );
  `);
}
