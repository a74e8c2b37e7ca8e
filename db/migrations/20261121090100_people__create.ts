import type { Knex } from 'knex';

/** Accounts, log-ins, batches, accommodations. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table users (
      id uuid primary key,
      external_id text unique,
      email text not null,
      name text not null,
      roles text[] not null check (roles <@ array['student','teacher','proctor','admin'] and cardinality(roles) > 0),
      password_hash text,
      disabled boolean not null default false,
      time_zone text not null default 'UTC',
      locale text not null default 'en',
      version int not null default 1,
      created_at timestamptz not null default holdfast_now(),
      updated_at timestamptz not null default holdfast_now()
    );
    create unique index users_email_key on users (lower(email));
    create index users_name_idx on users (name, id);

    create table user_accommodations (
      user_id uuid primary key references users on delete cascade,
      time_multiplier numeric(6,4) not null default 1 check (time_multiplier between 1 and 5),
      extra_minutes int not null default 0 check (extra_minutes between 0 and 1440),
      break_minutes int not null default 0 check (break_minutes between 0 and 1440),
      note text not null default '',
      version int not null default 1,
      updated_by uuid references users,
      updated_at timestamptz not null default holdfast_now()
    );

    create table auth_sessions (
      id uuid primary key,
      user_id uuid not null references users on delete cascade,
      device_hash text,
      user_agent text not null default '',
      address text not null default '',
      created_at timestamptz not null default holdfast_now(),
      last_used_at timestamptz not null default holdfast_now(),
      expires_at timestamptz not null,
      revoked_at timestamptz,
      revoke_reason text
    );
    create index auth_sessions_user_idx on auth_sessions (user_id) where revoked_at is null;

    create table refresh_tokens (
      token_hash text primary key,
      auth_session_id uuid not null references auth_sessions on delete cascade,
      created_at timestamptz not null default holdfast_now(),
      expires_at timestamptz not null,
      used_at timestamptz
    );
    create index refresh_tokens_session_idx on refresh_tokens (auth_session_id);

    create table known_devices (
      user_id uuid not null references users on delete cascade,
      device_hash text not null,
      seen_at timestamptz not null default holdfast_now(),
      primary key (user_id, device_hash)
    );

    create table login_failures (
      scope text not null,
      key text not null,
      failures int not null default 0,
      locked_until timestamptz,
      failed_at timestamptz not null default holdfast_now(),
      primary key (scope, key)
    );

    create table batches (
      id uuid primary key,
      external_id text unique,
      name text not null,
      description text not null default '',
      owner_id uuid not null references users,
      active boolean not null default true,
      version int not null default 1,
      created_at timestamptz not null default holdfast_now(),
      updated_at timestamptz not null default holdfast_now()
    );
    create table batch_students (
      batch_id uuid not null references batches on delete cascade,
      student_id uuid not null references users on delete cascade,
      added_at timestamptz not null default holdfast_now(),
      primary key (batch_id, student_id)
    );
    create index batch_students_student_idx on batch_students (student_id);
  `);
}
