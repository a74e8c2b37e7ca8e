import type { Knex } from 'knex';

/** Bulk changes, one pass at a time. A pass never waits for a row: what is held follows in the next one. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- sessions a change still has to reach, whoever holds them
    create function count_awaiting(change uuid) returns bigint language sql stable
      as $$ select count(*) from time_changes c join exams e on e.id = c.exam_id join exam_sessions s on s.exam_id = c.exam_id
        where c.command_id = change
          and change_awaits(c, s, session_cap(e.end_rule, e.closes_at, e.extended_ms, s.entitled_ms, s.duration_ms)) $$;

    -- changes of the same exam that are not finished and come first
    create function has_earlier_change(change uuid) returns boolean language sql stable
      as $$ select exists (select from time_changes c join time_changes p on p.exam_id = c.exam_id
        where c.command_id = change and p.done_at is null and p.change_no < c.change_no) $$;

    -- sessions in scope that the change leaves alone: of a student with several attempts only the last counts
    create function count_skipped(change uuid) returns bigint language sql stable
      as $$ select count(*) from time_changes c join exams e on e.id = c.exam_id join exam_sessions s on s.exam_id = c.exam_id
        where c.command_id = change and c.kind <> 'open' and s.change_no < c.change_no
          and (c.kind = 'reopen' or s.closed_at is not null)
          and change_covers(c.scope, s.exam_id, s.student_id)
          and not exists (select from exam_sessions n where n.exam_id = s.exam_id and n.student_id = s.student_id and n.attempt > s.attempt)
          and not exists (select from session_commands k where k.session_id = s.id and k.command_id = c.command_id)
          and not change_awaits(c, s, session_cap(e.end_rule, e.closes_at, e.extended_ms, s.entitled_ms, s.duration_ms)) $$;

    create function local_time_text(at timestamptz, zone text) returns text language sql stable strict
      as $$ select to_char(at at time zone zone, case when extract(second from at) = 0 then 'YYYY-MM-DD"T"HH24:MI' else 'YYYY-MM-DD"T"HH24:MI:SS' end) $$;

    create function run_time_change(change uuid) returns int language plpgsql as $$
    declare
      c time_changes;
      e exams;
      at timestamptz;
      ids uuid[];
      late uuid[];
      changed int;
    begin
      select * into c from time_changes where command_id = change;
      select * into e from exams where id = c.exam_id;
      ids := array(
        select s.id from exam_sessions s
        where s.exam_id = c.exam_id
          and change_awaits(c, s, session_cap(e.end_rule, e.closes_at, e.extended_ms, s.entitled_ms, s.duration_ms))
          and not awaits_earlier_change(s, c.change_no)
        order by s.id for update skip locked);
      if cardinality(ids) = 0 then return 0; end if;
      -- after the locks: a pause that reads the clock earlier would start before a save that was accepted
      at := holdfast_now();
      -- a pause that reaches a row only after its cut-off counts from the decision: what the lock took is given back
      late := case when c.kind = 'pause' then array(select s.id from exam_sessions s where s.id = any(ids) and s.cutoff_at <= at) else '{}' end;
      select count(*) into changed from (
        select from apply_session_change(array(select unnest(ids) except select unnest(late)), c.kind, at,
          coalesce((c.args ->> 'seconds')::bigint, 0) * 1000, coalesce((c.args ->> 'scaled')::boolean, false),
          c.command_id, c.args_hash, c.actor_id, c.reason, true)
        union all
        select from apply_session_change(late, c.kind, c.at, 0, false, c.command_id, c.args_hash, c.actor_id, c.reason, true)
      ) t;
      return changed;
    end $$;
  `);
}
