import type { Knex } from 'knex';

/** The unit of durability: sessions, answers, commands, and what follows them. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table exam_sessions (
      id uuid primary key,
      exam_id uuid not null references exams,
      student_id uuid not null references users,
      attempt int not null check (attempt >= 1),
      state text not null check (state in ('active','paused','submitted','expired','terminated','withdrawn')),
      version int not null default 1,
      started_at timestamptz not null,
      entitled_ms bigint not null check (entitled_ms > 0),
      duration_ms bigint not null check (duration_ms > 0),
      time_multiplier numeric(6,4) not null default 1,
      cap_at timestamptz,
      extra_ms bigint not null default 0,
      paused_total_ms bigint not null default 0 check (paused_total_ms >= 0),
      deadline_at timestamptz not null,
      grace_ms int not null,
      cutoff_at timestamptz not null,
      paused_at timestamptz,
      pause_limit_at timestamptz,
      ended_at timestamptz,
      closed_at timestamptz,
      close_reason text,
      closed_version int,
      seed bigint not null,
      unique (exam_id, student_id, attempt),
      check ((state = 'paused') = (paused_at is not null)),
      check ((state in ('active','paused')) = (closed_at is null))
    );
    create unique index exam_sessions_open_key on exam_sessions (exam_id, student_id) where state in ('active','paused');
    create index exam_sessions_cutoff_idx on exam_sessions (cutoff_at) where state = 'active';
    create index exam_sessions_pause_limit_idx on exam_sessions (pause_limit_at) where state = 'paused';
    create index exam_sessions_student_idx on exam_sessions (student_id);

    -- no foreign keys below: they protect nothing on the answer path and would lock the session row
    create table answers (
      session_id uuid not null,
      item_id uuid not null,
      revision int not null,
      client_id uuid,
      client_seq bigint,
      base_revision int,
      response jsonb,
      saved_at timestamptz not null,
      session_version int not null,
      primary key (session_id, item_id)
    ) with (fillfactor = 70);

    create table answer_revisions (
      session_id uuid not null,
      item_id uuid not null,
      revision int not null,
      client_id uuid,
      client_seq bigint,
      response jsonb,
      saved_at timestamptz not null,
      session_version int not null,
      primary key (session_id, item_id, revision)
    );
    create trigger answer_revisions_append_only before update or delete on answer_revisions for each row execute function refuse_change();

    create table refused_answers (
      id bigserial primary key,
      session_id uuid not null,
      item_id uuid not null,
      client_id uuid,
      client_seq bigint,
      base_revision int,
      response jsonb,
      code text not null,
      at timestamptz not null default holdfast_now()
    );
    create index refused_answers_session_idx on refused_answers (session_id, id);

    create table session_places (
      session_id uuid primary key,
      current_item_id uuid,
      seen uuid[] not null default '{}',
      flagged uuid[] not null default '{}',
      notes jsonb not null default '{}',
      reached int not null default 1,
      client_seq bigint not null default 0,
      saved_at timestamptz not null default holdfast_now()
    );

    create table session_commands (
      session_id uuid not null,
      command_id uuid not null,
      kind text not null,
      args_hash text not null,
      actor_id uuid,
      reason text,
      version int not null,
      result jsonb not null,
      at timestamptz not null default holdfast_now(),
      primary key (session_id, command_id)
    );
    create index session_commands_command_idx on session_commands (command_id);
    create unique index session_commands_version_key on session_commands (session_id, version);

    create table time_changes (
      command_id uuid primary key,
      exam_id uuid not null references exams,
      kind text not null,
      args jsonb not null,
      args_hash text not null,
      scope jsonb not null,
      actor_id uuid,
      reason text not null,
      at timestamptz not null default holdfast_now(),
      done_at timestamptz,
      result jsonb
    );
    create index time_changes_exam_idx on time_changes (exam_id, at);
    create index time_changes_open_idx on time_changes (at) where done_at is null;

    create table session_presence (
      session_id uuid primary key,
      exam_id uuid not null,
      last_seen_at timestamptz,
      online boolean not null default false,
      acknowledged_version int not null default 0,
      acknowledged_at timestamptz
    ) with (fillfactor = 70);
    create index session_presence_exam_idx on session_presence (exam_id);

    create table session_workflows (
      session_id uuid primary key,
      namespace_id text not null,
      run_id text not null,
      seen_version int not null,
      seen_at timestamptz not null default holdfast_now(),
      completed_at timestamptz
    );

    create table messages (
      id uuid primary key,
      exam_id uuid not null,
      session_id uuid,
      scope jsonb,
      from_id uuid not null,
      text text not null,
      at timestamptz not null default holdfast_now()
    );
    create index messages_exam_idx on messages (exam_id, at);

    create table help_requests (
      id uuid primary key,
      session_id uuid not null,
      reason text not null,
      at timestamptz not null default holdfast_now()
    );
    create index help_requests_session_idx on help_requests (session_id, at);

    create table observations (
      id bigserial primary key,
      session_id uuid not null,
      kind text not null,
      observed_at timestamptz not null,
      detail jsonb,
      at timestamptz not null default holdfast_now()
    );
    create index observations_session_idx on observations (session_id, id);
  `);
}
