import type { Knex } from 'knex';

/** Mails that are told to people, the state of the mail server, and the mailbox that stands in for one. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table mails (
      id uuid primary key,
      dedupe_key text not null unique,
      template text not null,
      recipient_id uuid not null references users (id) on delete cascade,
      exam_id uuid references exams (id),
      session_id uuid references exam_sessions (id),
      variables jsonb not null default '{}',
      state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'failed', 'bounced', 'dropped')),
      attempts integer not null default 0,
      next_try_at timestamptz not null default holdfast_now(),
      reason text,
      reply_code integer,
      locale text,
      created_by uuid,
      created_at timestamptz not null default holdfast_now(),
      queued_at timestamptz not null default holdfast_now(),
      sent_at timestamptz
    );
    create index mails_due_idx on mails (next_try_at, id) where state in ('queued', 'sending');
    create index mails_created_idx on mails (created_at, id);
    create index mails_state_idx on mails (state, created_at, id);
    create index mails_exam_idx on mails (exam_id, created_at);
    create index mails_recipient_idx on mails (recipient_id);

    create table mail_opt_outs (
      user_id uuid primary key references users (id) on delete cascade,
      created_at timestamptz not null default holdfast_now()
    );

    create table mail_transport (
      only_row boolean primary key default true check (only_row),
      kind text not null default 'none' check (kind in ('none', 'mailbox', 'smtp')),
      host text,
      seen_at timestamptz,
      sent_at timestamptz,
      error text,
      error_at timestamptz
    );
    insert into mail_transport default values;

    create table mailbox_mails (
      id bigint generated always as identity primary key,
      received_at timestamptz not null default holdfast_now(),
      message_id text,
      sender text not null,
      recipient text not null,
      subject text not null,
      body_text text not null,
      body_html text,
      headers jsonb not null
    );

    alter table exams add column results_notify boolean not null default true;
  `);
}
