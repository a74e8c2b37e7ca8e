import type { Knex } from 'knex';

/** How points become grades, and steps of moderation over the sum of the marks. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table grade_scales (
      exam_id uuid primary key,
      scale jsonb not null,
      version int not null default 1,
      updated_by uuid not null,
      updated_at timestamptz not null default holdfast_now()
    );

    create table exam_moderations (
      id uuid primary key,
      exam_id uuid not null,
      number int not null,
      kind text not null check (kind in ('scale','add')),
      amount numeric(14,4) not null,
      cap numeric(14,4),
      reason text not null,
      created_by uuid not null,
      created_at timestamptz not null default holdfast_now(),
      undone_by uuid,
      undone_at timestamptz,
      undo_reason text,
      unique (exam_id, number)
    );
  `);
}
