import type { Knex } from 'knex';

/** Streams, outbox, idempotency, audit, the platform's own watch over itself. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table stream_events (
      id bigserial primary key,
      seq bigint,
      exam_id uuid not null,
      session_id uuid,
      kind text not null,
      data jsonb not null,
      at timestamptz not null default holdfast_now()
    ) with (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.01);
    create sequence stream_events_seq;
    create index stream_events_unsequenced_idx on stream_events (id) where seq is null;
    create unique index stream_events_seq_key on stream_events (seq) where seq is not null;
    create index stream_events_exam_idx on stream_events (exam_id, seq);
    create index stream_events_session_idx on stream_events (session_id, seq) where session_id is not null;

    create table outbox (
      id bigserial primary key,
      topic text not null,
      key text not null,
      payload jsonb not null,
      attempts int not null default 0,
      created_at timestamptz not null default holdfast_now(),
      available_at timestamptz not null default holdfast_now(),
      claimed_until timestamptz,
      unique (topic, key)
    ) with (autovacuum_vacuum_scale_factor = 0.01);
    create index outbox_available_idx on outbox (available_at, id);

    create table idempotency (
      actor_id uuid not null,
      route text not null,
      key uuid not null,
      request_hash text not null,
      status int,
      headers jsonb,
      response jsonb,
      created_at timestamptz not null default holdfast_now(),
      primary key (actor_id, route, key)
    );
    create index idempotency_created_idx on idempotency (created_at);

    create table audit_log (
      id bigserial primary key,
      at timestamptz not null default holdfast_now(),
      actor_id uuid,
      address text,
      request_id text,
      action text not null,
      resource_type text not null,
      resource_id text,
      exam_id uuid,
      session_id uuid,
      reason text,
      before jsonb,
      after jsonb
    );
    create index audit_log_at_idx on audit_log (at, id);
    create index audit_log_exam_idx on audit_log (exam_id, id) where exam_id is not null;
    create index audit_log_session_idx on audit_log (session_id, id) where session_id is not null;
    create index audit_log_actor_idx on audit_log (actor_id, id);
    create trigger audit_log_append_only before update or delete on audit_log for each row execute function refuse_change();
    create trigger audit_log_no_truncate before truncate on audit_log for each statement execute function refuse_change();

    -- one row per tick of the platform's own pulse that came late: what the credit for an outage is computed from
    create table outages (
      id bigserial primary key,
      began_at timestamptz not null,
      ended_at timestamptz not null,
      detail text not null
    );
    create table pulses (
      name text primary key,
      beat_at timestamptz not null default holdfast_now(),
      data jsonb not null default '{}'
    );
  `);
}
