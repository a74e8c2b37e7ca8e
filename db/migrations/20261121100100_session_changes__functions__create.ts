import type { Knex } from 'knex';

/**
 * How a session changes, once for every writer: commands, bulk passes, the close loop.
 *
 * `session_change` is the rule (old row in, new row out), `apply_session_change` the only statement that raises a version:
 * it writes row, command, stream event and outbox together, so versions have no gap and none is silent.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(BASICS);
  await knex.raw(RULE);
  await knex.raw(APPLY);
}

const BASICS = `
  -- stable, as what it calls is, else the planner can not inline it; exact: instants are whole milliseconds, far below 2^53
  create function instant_ms(at timestamptz) returns bigint language sql stable strict parallel safe
    as $$ select (date_part('epoch', at) * 1000)::bigint $$;

  create function instant_text(at timestamptz) returns text language sql stable strict parallel safe
    as $$ select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;

  create function exam_lock_key(exam_id uuid) returns bigint language sql immutable strict parallel safe
    as $$ select hashtextextended(exam_id::text, 7) $$;

  -- accommodations widen the cap, late entry does not; extensions and paused time come after it
  create function session_cap(end_rule text, closes_at timestamptz, extended_ms bigint, entitled_ms bigint, duration_ms bigint)
    returns timestamptz language sql stable parallel safe
    as $$ select case when end_rule = 'window' then closes_at + (entitled_ms - duration_ms - extended_ms) * interval '1 millisecond' end $$;

  create function session_snapshot(s exam_sessions) returns jsonb language sql stable parallel safe
    as $$ select jsonb_build_object(
      'id', s.id, 'examId', s.exam_id, 'studentId', s.student_id, 'attempt', s.attempt, 'state', s.state, 'version', s.version,
      'startedAtMs', instant_ms(s.started_at), 'entitledMs', s.entitled_ms, 'durationMs', s.duration_ms, 'timeMultiplier', s.time_multiplier::text,
      'capAtMs', instant_ms(s.cap_at), 'extraMs', s.extra_ms, 'pausedTotalMs', s.paused_total_ms, 'deadlineAtMs', instant_ms(s.deadline_at),
      'graceMs', s.grace_ms, 'cutoffAtMs', instant_ms(s.cutoff_at), 'pausedAtMs', instant_ms(s.paused_at), 'pauseLimitAtMs', instant_ms(s.pause_limit_at),
      'endedAtMs', instant_ms(s.ended_at), 'closedAtMs', instant_ms(s.closed_at), 'closeReason', s.close_reason, 'closedVersion', s.closed_version,
      'seed', s.seed::text) $$;

  -- Results of the whole exam that students may see already. An hour set for them does not come before the last session is over; an exam
  -- that answers at once (immediate) can still be re-opened.
  create function results_are_out(exam uuid) returns boolean language sql stable
    as $$ select e.results_published_at is not null
        or (e.results ->> 'release' = 'at' and greatest((e.results ->> 'releaseAt')::timestamptz, e.closes_at) <= holdfast_now()
          and not exists (select from exam_sessions s where s.exam_id = e.id and s.closed_at is null))
      from exams e where e.id = exam $$;

  -- due by the clock; cutoff_at and pause_limit_at are each indexed for this
  create function session_is_due(s exam_sessions, at timestamptz) returns boolean language sql immutable parallel safe
    as $$ select (s.state = 'active' and s.cutoff_at <= at) or (s.state = 'paused' and s.pause_limit_at <= at) $$;
`;

const RULE = `
  create function session_change(s exam_sessions, change text, at timestamptz, ms bigint, cap timestamptz, pause_limit timestamptz)
  returns exam_sessions language plpgsql stable as $$
  declare
    was_paused boolean := s.state = 'paused';
    -- the earliest deadline that takes no second back: the clock, or the moment the clock was stopped
    floor_at timestamptz := coalesce(s.paused_at, at);
    was_deadline timestamptz := s.deadline_at;
    logical_end timestamptz := at;
    closes boolean := change in ('submit', 'terminate', 'withdraw', 'cancel', 'end', 'expire');
  begin
    s.version := s.version + 1;

    if was_paused and (closes or change = 'resume') then
      if change = 'expire' then logical_end := s.pause_limit_at; end if;
      s.paused_total_ms := s.paused_total_ms + greatest(0, instant_ms(logical_end) - instant_ms(s.paused_at));
      s.paused_at := null;
      s.pause_limit_at := null;
      s.state := 'active';
    end if;

    if change in ('extend', 'credit') then
      s.extra_ms := s.extra_ms + ms;
    elsif change = 'shorten' then
      s.extra_ms := s.extra_ms - least(ms, greatest(0, instant_ms(was_deadline) - instant_ms(floor_at)));
    elsif change = 'pause' then
      s.state := 'paused';
      s.paused_at := at;
      s.pause_limit_at := pause_limit;
    elsif change = 'window' then
      -- clamped in the cap, not in extra_ms: the next move computes the cap afresh and gives everything back
      s.cap_at := greatest(cap, least(was_deadline, floor_at) - (s.extra_ms + s.paused_total_ms) * interval '1 millisecond');
      if was_paused then s.pause_limit_at := pause_limit; end if;
    elsif change = 'end' then
      s.extra_ms := s.extra_ms - greatest(0,
        instant_ms(session_deadline(s.started_at, s.entitled_ms, s.cap_at, s.extra_ms, s.paused_total_ms)) - instant_ms(at));
    elsif change = 'reopen' then
      s.state := 'active';
      s.cap_at := cap;
      s.extra_ms := instant_ms(at) + ms - instant_ms(session_deadline(s.started_at, s.entitled_ms, cap, 0, s.paused_total_ms));
      s.ended_at := null;
      s.closed_at := null;
      s.close_reason := null;
      s.closed_version := null;
    end if;

    s.deadline_at := session_deadline(s.started_at, s.entitled_ms, s.cap_at, s.extra_ms, s.paused_total_ms);
    s.cutoff_at := s.deadline_at + s.grace_ms * interval '1 millisecond';

    if closes then
      s.closed_at := at;
      s.closed_version := s.version;
      s.ended_at := case when change in ('end', 'expire') and not (was_paused and change = 'expire') then s.deadline_at else logical_end end;
      s.state := case change when 'submit' then 'submitted' when 'terminate' then 'terminated'
        when 'withdraw' then 'withdrawn' when 'cancel' then 'withdrawn' else 'expired' end;
      s.close_reason := case change when 'submit' then 'submitted' when 'terminate' then 'terminated' when 'withdraw' then 'withdrawn'
        when 'cancel' then 'cancelled' when 'end' then 'ended' else case when was_paused then 'pause-limit' else 'deadline' end end;
    end if;
    return s;
  end $$;
`;

const APPLY = `
  -- The caller holds the row locks, taken in the order of the ids, and has read the clock after that.
  -- \`whole\`: keep the whole session as the result of the command; changes of many keep what they moved.
  create function apply_session_change(ids uuid[], change text, at timestamptz, ms bigint, scaled boolean,
    command uuid, hash text, actor uuid, why text, wake boolean, whole boolean default true)
  returns setof exam_sessions language plpgsql as $$
  begin
    return query
    with changed as materialized (
      select s as old, session_change(s, change, at,
          case when scaled then ceil(ms / 1000.0 * s.time_multiplier)::bigint * 1000 else ms end,
          session_cap(e.end_rule, e.closes_at, e.extended_ms, s.entitled_ms, s.duration_ms),
          greatest(e.closes_at, s.deadline_at, at) + interval '24 hours') as new
      from exam_sessions s join exams e on e.id = s.exam_id
      where s.id = any(ids)
    ), noted as materialized (
      select old, new, (new).id as id, coalesce(command, gen_random_uuid()) as command_id,
        case when (new).state = 'paused' then null else instant_text((new).deadline_at) end as deadline,
        greatest(0, instant_ms((new).deadline_at) - instant_ms(coalesce((new).paused_at, at))) as remaining
      from changed
    ), written as (
      update exam_sessions t set state = (c.new).state, version = (c.new).version, cap_at = (c.new).cap_at, extra_ms = (c.new).extra_ms,
        paused_total_ms = (c.new).paused_total_ms, deadline_at = (c.new).deadline_at, cutoff_at = (c.new).cutoff_at,
        paused_at = (c.new).paused_at, pause_limit_at = (c.new).pause_limit_at, ended_at = (c.new).ended_at,
        closed_at = (c.new).closed_at, close_reason = (c.new).close_reason, closed_version = (c.new).closed_version
      from noted c where t.id = c.id
      returning t.*
    ), commands as (
      insert into session_commands (session_id, command_id, kind, args_hash, actor_id, reason, version, result, at)
      select id, command_id, change, hash, actor, why, (new).version,
        jsonb_build_object(
          'before', jsonb_build_object('state', (old).state, 'deadlineAtMs', instant_ms((old).deadline_at), 'cutoffAtMs', instant_ms((old).cutoff_at)),
          'session', case when whole then session_snapshot(new) else jsonb_build_object('state', (new).state, 'version', (new).version,
            'deadlineAtMs', instant_ms((new).deadline_at), 'cutoffAtMs', instant_ms((new).cutoff_at)) end), at
      from noted
    ), events as (
      insert into stream_events (exam_id, session_id, kind, data, at)
      select (new).exam_id, id,
        case when (new).closed_at is not null then 'closed' when change = 'pause' then 'paused' when change = 'resume' then 'resumed'
          when change = 'reopen' then 'reopened' else 'time-changed' end,
        jsonb_build_object('sessionVersion', (new).version, 'commandId', command_id, 'reason', why)
          || case when (new).closed_at is not null
            then jsonb_build_object('state', (new).state, 'closeReason', (new).close_reason,
              'closedAt', instant_text((new).closed_at), 'endedAt', instant_text((new).ended_at))
            else jsonb_build_object('kind', change, 'deadlineAt', deadline, 'remainingMs', remaining) end,
        at
      from noted n order by n.id
    ), wakes as (
      insert into outbox (topic, key, payload)
      select 'session', id || ':' || (new).version,
        jsonb_build_object('id', id, 'version', (new).version, 'kind', change, 'commandId', command_id)
      from noted n where wake order by n.id
      on conflict (topic, key) do nothing
    )
    select * from written;
  end $$;
`;
