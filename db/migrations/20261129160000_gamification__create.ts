import type { Knex } from 'knex';

/** Points, badges and leaderboards of batches: switches, rules of teachers, what was earned, what students chose. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table batch_gamification (
      batch_id uuid primary key references batches (id) on delete cascade,
      enabled boolean not null default false,
      points boolean not null default true,
      leaderboard boolean not null default true,
      badges text[] not null default '{}',
      time_zone text not null,
      term_starts_on date,
      recorded_print text,
      version integer not null default 1,
      updated_by uuid not null references users (id),
      updated_at timestamptz not null default holdfast_now()
    );

    create table achievement_rules (
      id uuid primary key,
      batch_id uuid not null references batches (id) on delete cascade,
      name text not null,
      description text not null default '',
      conditions jsonb not null,
      active boolean not null default true,
      version integer not null default 1,
      created_by uuid not null references users (id),
      created_at timestamptz not null default holdfast_now()
    );
    create index achievement_rules_batch_idx on achievement_rules (batch_id, created_at);

    create table achievements (
      batch_id uuid not null references batches (id) on delete cascade,
      student_id uuid not null references users (id) on delete cascade,
      badge text not null,
      earned_at timestamptz not null,
      seen_at timestamptz,
      withdrawn_at timestamptz,
      primary key (batch_id, student_id, badge)
    );

    create table gamification_preferences (
      student_id uuid primary key references users (id) on delete cascade,
      opted_out boolean not null default false,
      shown_as text not null default 'initials' check (shown_as in ('initials', 'name', 'alias')),
      alias text not null default '',
      version integer not null default 1
    );

    create index exam_batches_batch_idx on exam_batches (batch_id);

    -- the rule of domain/grading/moderation.ts; a test compares them
    create function moderated_points(points numeric, max_points numeric, steps jsonb) returns numeric language plpgsql immutable parallel safe as $$
    declare
      value numeric := points;
      wanted numeric;
      step jsonb;
    begin
      for step in select jsonb_array_elements(steps) loop
        wanted := case step ->> 'kind' when 'scale' then value * (step ->> 'factor')::numeric else value + (step ->> 'points')::numeric end;
        value := greatest(least(wanted, greatest(least(max_points, coalesce((step ->> 'cap')::numeric, max_points)), value)), least(0, value));
      end loop;
      return round(value, 4);
    end $$;
  `);
}
