import type { Knex } from 'knex';

/** Appeals of students against published results. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table appeals (
      id uuid primary key,
      session_id uuid not null,
      exam_id uuid not null,
      student_id uuid not null,
      item_id uuid,
      body text not null,
      state text not null default 'open' check (state in ('open','assigned','decided','withdrawn')),
      reviewer_id uuid,
      outcome text check (outcome in ('upheld','rejected','partly')),
      reason text,
      points_before numeric(14,4),
      points_after numeric(14,4),
      decided_by uuid,
      decided_at timestamptz,
      version int not null default 1,
      created_at timestamptz not null default holdfast_now()
    );
    create index appeals_exam_idx on appeals (exam_id, created_at);
    create index appeals_reviewer_idx on appeals (reviewer_id) where reviewer_id is not null;
    create unique index appeals_one_waiting_idx on appeals (session_id, coalesce(item_id, '00000000-0000-0000-0000-000000000000')) where state in ('open', 'assigned');
    create index appeals_session_idx on appeals (session_id);
  `);
}
