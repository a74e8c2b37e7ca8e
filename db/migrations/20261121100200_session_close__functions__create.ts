import type { Knex } from 'knex';

/**
 * Closing by the clock. Three callers: the close loop and the window at its end (many rows, never waits), a session
 * workflow or command (one row, waits for whoever holds it).
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function change_covers(scope jsonb, exam uuid, student uuid) returns boolean language sql stable parallel safe
      as $$ select case
        when jsonb_exists(scope, 'all') then true
        when jsonb_exists(scope, 'studentIds') then jsonb_exists(scope -> 'studentIds', student::text)
        else exists (select from batch_students b where b.student_id = student and jsonb_exists(scope -> 'batchIds', b.batch_id::text))
          or exists (select from exam_assignments a where a.exam_id = exam and a.student_id = student and jsonb_exists(scope -> 'batchIds', a.batch_id::text))
        end $$;

    -- Sessions that a bulk change still has to reach, held or not. Whether it reaches one was decided at c.at: a row that stayed locked
    -- past its cut-off still gets the extension that was granted before. Sessions started after the change have it already.
    create function awaiting_sessions(change uuid) returns setof uuid language plpgsql stable rows 100 as $$
    declare
      c time_changes;
      e exams;
    begin
      select * into c from time_changes where command_id = change;
      select * into e from exams where id = c.exam_id;
      return query
      select s.id from exam_sessions s
      where s.exam_id = c.exam_id and s.change_no < c.change_no
        and case
          when c.kind = 'open' then false
          when c.kind = 'reopen' then s.closed_at is not null and (s.state in ('expired', 'submitted') or jsonb_exists(c.scope, 'studentIds'))
          when c.kind = 'pause' then s.state = 'active' and s.cutoff_at > c.at
          when c.kind = 'resume' then s.state = 'paused'
          when c.kind in ('end', 'cancel') then s.closed_at is null
          else s.closed_at is null and (s.state = 'paused' or s.cutoff_at > c.at)
            and (c.kind <> 'window' or s.cap_at is distinct from
              session_cap(e.end_rule, e.closes_at, e.extended_ms, s.entitled_ms, s.duration_ms))
          end
        and (c.kind <> 'reopen' or not exists (
          select from exam_sessions n where n.exam_id = s.exam_id and n.student_id = s.student_id and n.attempt > s.attempt))
        and (jsonb_exists(c.scope, 'all') or change_covers(c.scope, s.exam_id, s.student_id))
        and s.id not in (select k.session_id from session_commands k where k.command_id = c.command_id);
    end $$;

    -- Sessions that unfinished changes with a lower number still have to reach: changes are carried out in their order on every row,
    -- a pause that is late must not follow its own resume, and no close overtakes an extension.
    create function awaiting_earlier(exam uuid, before_no int) returns uuid[] language sql stable
      as $$ select coalesce(array_agg(distinct w), '{}') from time_changes c cross join lateral awaiting_sessions(c.command_id) w
        where c.done_at is null and c.exam_id = exam and c.change_no < before_no $$;

    create function close_due_sessions(max_rows int, only_exam uuid) returns int language plpgsql as $$
    declare
      -- read before the locks: a row that this instant calls due is due at every later one
      seen_at timestamptz := holdfast_now();
      due_exam uuid;
      free_exams uuid[] := '{}';
      waiting uuid[] := '{}';
      ids uuid[];
    begin
      for due_exam in
        select distinct s.exam_id from exam_sessions s
        where ((s.state = 'active' and s.cutoff_at <= seen_at) or (s.state = 'paused' and s.pause_limit_at <= seen_at))
          and (only_exam is null or s.exam_id = only_exam)
        order by s.exam_id
      loop
        -- a change of the whole exam that is under way may have been decided before these deadlines: it comes first
        continue when not pg_try_advisory_xact_lock_shared(exam_lock_key(due_exam));
        free_exams := free_exams || due_exam;
        waiting := waiting || awaiting_earlier(due_exam, 2147483647);
      end loop;
      if cardinality(free_exams) = 0 then return 0; end if;
      ids := array(
        select s.id from exam_sessions s
        where ((s.state = 'active' and s.cutoff_at <= seen_at) or (s.state = 'paused' and s.pause_limit_at <= seen_at))
          and s.exam_id = any(free_exams) and s.id not in (select unnest(waiting))
        order by s.id limit max_rows for update skip locked);
      if cardinality(ids) = 0 then return 0; end if;
      return close_locked_sessions(ids);
    end $$;

    create function close_locked_sessions(ids uuid[]) returns int language plpgsql as $$
    declare
      closed int;
    begin
      with closing as (
        select * from apply_session_change(ids, 'expire', holdfast_now(), 0, false, null, '', null, null, false, false)
      ), noted as (
        insert into audit_log (action, resource_type, resource_id, exam_id, session_id, after)
        select 'session.expire', 'session', id::text, exam_id, id,
          jsonb_build_object('state', state, 'closeReason', close_reason, 'version', version, 'endedAt', instant_text(ended_at))
        from closing c order by c.id
      )
      select count(*) into closed from closing;
      return closed;
    end $$;

    -- waits for changes of the exam and for the row, then reads the clock; true when this call closed it
    create function close_session_if_due(session uuid) returns boolean language plpgsql as $$
    declare
      s exam_sessions;
    begin
      perform pg_advisory_xact_lock_shared(exam_lock_key(x.exam_id)) from exam_sessions x where x.id = session;
      select * into s from exam_sessions where id = session for update;
      if not found or not session_is_due(s, holdfast_now()) then return false; end if;
      if session = any(awaiting_earlier(s.exam_id, 2147483647)) then return false; end if;
      return close_locked_sessions(array[session]) = 1;
    end $$;

    -- plain and unlocked: rows that others hold count as due
    create function count_due_sessions() returns bigint language plpgsql stable as $$
    declare
      seen_at timestamptz := holdfast_now();
    begin
      return (select count(*) from exam_sessions where state = 'active' and cutoff_at <= seen_at)
        + (select count(*) from exam_sessions where state = 'paused' and pause_limit_at <= seen_at);
    end $$;
  `);
}
