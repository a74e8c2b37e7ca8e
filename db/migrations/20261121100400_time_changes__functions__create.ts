import type { Knex } from 'knex';

/** Bulk changes, one pass at a time. A pass never waits for a row: what is held follows in the next one. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- changes of the same exam that are not finished and come first
    create function has_earlier_change(change uuid) returns boolean language sql stable
      as $$ select exists (select from time_changes c join time_changes p on p.exam_id = c.exam_id
        where c.command_id = change and p.done_at is null and p.change_no < c.change_no) $$;

    -- sessions in scope that the change leaves alone: of a student with several attempts only the last counts
    create function count_skipped(change uuid) returns bigint language plpgsql stable as $$
    declare
      c time_changes;
    begin
      select * into c from time_changes where command_id = change;
      return (select count(*) from exam_sessions s
        where s.exam_id = c.exam_id and c.kind <> 'open' and s.change_no < c.change_no
          and (c.kind = 'reopen' or s.closed_at is not null)
          and (jsonb_exists(c.scope, 'all') or change_covers(c.scope, s.exam_id, s.student_id))
          and not exists (select from exam_sessions n where n.exam_id = s.exam_id and n.student_id = s.student_id and n.attempt > s.attempt)
          and s.id not in (select k.session_id from session_commands k where k.command_id = c.command_id)
          and s.id not in (select awaiting_sessions(change)));
    end $$;

    create function local_time_text(at timestamptz, zone text) returns text language sql stable strict
      as $$ select to_char(at at time zone zone, case when extract(second from at) = 0 then 'YYYY-MM-DD"T"HH24:MI' else 'YYYY-MM-DD"T"HH24:MI:SS' end) $$;

    create function run_time_change(change uuid) returns int language plpgsql as $$
    declare
      c time_changes;
      at timestamptz;
      ids uuid[];
      late uuid[];
      changed int;
    begin
      select * into c from time_changes where command_id = change;
      ids := array(select w from awaiting_sessions(change) w);
      ids := array(select s.id from exam_sessions s where s.id = any(ids) and s.id not in (select unnest(awaiting_earlier(c.exam_id, c.change_no)))
        order by s.id for update skip locked);
      if cardinality(ids) = 0 then return 0; end if;
      -- looked at again now that the rows can not change any more
      ids := array(select w from awaiting_sessions(change) w where w in (select unnest(ids)) order by w);
      -- after the locks: a pause that reads the clock earlier would start before a save that was accepted
      at := holdfast_now();
      -- a pause that reaches a row only after its cut-off counts from the decision: what the lock took is given back
      late := case when c.kind = 'pause' then array(select s.id from exam_sessions s where s.id = any(ids) and s.cutoff_at <= at) else '{}' end;
      select count(*) into changed from (
        select from apply_session_change(array(select unnest(ids) except select unnest(late)), c.kind, at,
          coalesce((c.args ->> 'seconds')::bigint, 0) * 1000, coalesce((c.args ->> 'scaled')::boolean, false),
          c.command_id, c.args_hash, c.actor_id, c.reason, true, false)
        union all
        select from apply_session_change(late, c.kind, c.at, 0, false, c.command_id, c.args_hash, c.actor_id, c.reason, true, false)
      ) t;
      return changed;
    end $$;
  `);
}
