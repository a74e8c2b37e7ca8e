import type { Knex } from 'knex';

/**
 * Starting, in one call: decides, draws nothing, waits only for the exam lock. `refusal` carries a problem code, or
 * 'access-code' with the hash that the caller has to check and to hand back as `code_hash`.
 *
 * Standing changes: exam-wide, batch and student extensions granted before the start count for the session that starts, like
 * for those that ran; credits do not, they give back time that was lost while running. A pause that covers the student and
 * was not followed by a resume keeps the student out: nobody reads the paper while the clock of the others stands still.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function standing_extra_ms(exam uuid, student uuid, multiplier numeric) returns bigint language sql stable
      as $$ select coalesce(sum(
          case c.kind when 'shorten' then -1 else 1 end
          * case when (c.args ->> 'scaled')::boolean then ceil((c.args ->> 'seconds')::bigint * multiplier) else (c.args ->> 'seconds')::bigint end
        ), 0)::bigint * 1000
        from time_changes c where c.exam_id = exam and c.kind in ('extend', 'shorten') and change_covers(c.scope, exam, student) $$;

    create function standing_pause(exam uuid, student uuid) returns boolean language sql stable
      as $$ select coalesce((select c.kind = 'pause' from time_changes c
        where c.exam_id = exam and c.kind in ('pause', 'resume', 'end', 'cancel') and change_covers(c.scope, exam, student)
        order by c.change_no desc limit 1), false) $$;

    -- the parts of a deadline as a student would get them who starts at this instant; the one place that knows accommodations
    create function entitlement(exam exams, student uuid, out multiplier numeric, out own_ms bigint, out cap timestamptz, out standing_ms bigint)
    language plpgsql stable as $$
    declare
      more_minutes int;
    begin
      select a.time_multiplier, a.extra_minutes into multiplier, more_minutes from user_accommodations a where a.user_id = student;
      multiplier := coalesce(multiplier, 1);
      own_ms := ceil((exam.duration_minutes * multiplier + coalesce(more_minutes, 0)) * 60)::bigint * 1000;
      cap := session_cap(exam.end_rule, exam.closes_at, exam.extended_ms, own_ms, exam.duration_minutes * 60000);
      standing_ms := case when exam.change_no = 0 then 0 else standing_extra_ms(exam.id, student, multiplier) end;
    end $$;

    create function last_possible_cutoff(exam uuid) returns timestamptz language sql stable
      as $$ select max(session_deadline(least(e.closes_at, e.opens_at + coalesce(e.late_entry_minutes, 1e7)::bigint * interval '1 minute'),
            t.own_ms, t.cap, greatest(t.standing_ms, 0), 0)) + max(e.grace_seconds) * interval '1 second'
        from exams e join exam_assignments a on a.exam_id = e.id cross join lateral entitlement(e, a.student_id) t
        where e.id = exam and e.lifecycle = 'published' and e.cancelled_at is null and e.closes_at > holdfast_now()
          and (select count(*) from exam_sessions s where s.exam_id = e.id and s.student_id = a.student_id) < e.attempts $$;

    create function start_session(exam uuid, student uuid, new_id uuid, new_seed bigint, code_hash text,
      actor uuid, from_address text, request text,
      out refusal text, out needed_hash text, out created boolean, out session exam_sessions)
    language plpgsql as $$
    declare
      e exams;
      at timestamptz;
      latest record;
      last_state text;
      used int;
      own record;
      extra bigint;
      ends timestamptz;
    begin
      created := false;
      -- a statement of its own: what follows sees every change that was waited for
      perform pg_advisory_xact_lock_shared(exam_lock_key(exam));
      select * into e from exams where id = exam and deleted_at is null and lifecycle <> 'draft';
      if not found then refusal := 'not-found'; return; end if;
      perform from exam_assignments a where a.exam_id = exam and a.student_id = student;
      if not found then refusal := 'not-assigned'; return; end if;

      for attempt_no in 1..3 loop
        -- one statement, one snapshot: between two a twin could start, and its session would count as an attempt used
        select s as row, count(*) over () as used into latest from exam_sessions s
          where s.exam_id = exam and s.student_id = student order by s.attempt desc limit 1;
        used := coalesce(latest.used, 0);
        session := latest.row;
        if session.closed_at is null and used > 0 then
          if session_is_due(session, holdfast_now()) and close_session_if_due(session.id) then continue; end if;
          return;
        end if;
        last_state := session.state;
        session := null;

        at := holdfast_now();
        refusal := case
          when e.cancelled_at is not null or e.lifecycle <> 'published' then 'exam-closed'
          when at < e.opens_at then 'exam-not-open'
          when at >= e.closes_at then 'exam-closed'
          when last_state in ('terminated', 'withdrawn') then 'session-closed'
          when used >= e.attempts then 'attempts-used'
          when e.late_entry_minutes is not null and at > e.opens_at + e.late_entry_minutes * interval '1 minute' then 'late-entry-closed'
          when e.change_no > 0 and standing_pause(exam, student) then 'session-paused'
          when e.access_code_hash is not null and code_hash is distinct from e.access_code_hash then 'access-code'
          end;
        if refusal is not null then
          needed_hash := case refusal when 'access-code' then e.access_code_hash end;
          return;
        end if;

        own := entitlement(e, student);
        -- a shortening can take all the time there is, never more
        extra := greatest(own.standing_ms, instant_ms(at) - instant_ms(session_deadline(at, own.own_ms, own.cap, 0, 0)));
        ends := session_deadline(at, own.own_ms, own.cap, extra, 0);
        insert into exam_sessions as s (id, exam_id, student_id, attempt, state, version, started_at, entitled_ms, duration_ms, time_multiplier,
          cap_at, extra_ms, deadline_at, grace_ms, cutoff_at, seed, change_no)
        values (new_id, exam, student, used + 1, 'active', 1, at, own.own_ms, e.duration_minutes * 60000, own.multiplier,
          own.cap, extra, ends, e.grace_seconds * 1000, ends + e.grace_seconds * interval '1 second', new_seed, e.change_no)
        on conflict do nothing
        returning s.* into session;
        created := found;
        exit when created;
      end loop;
      if not created then raise exception 'no session could be started' using errcode = '40001'; end if;

      insert into session_presence (session_id, exam_id, last_seen_at, online, acknowledged_version, acknowledged_at)
        values (new_id, exam, at, true, 1, at);
      insert into stream_events (exam_id, session_id, kind, data, at)
        values (exam, new_id, 'started', jsonb_build_object('studentId', student, 'attempt', session.attempt, 'sessionVersion', 1,
          'deadlineAt', instant_text(session.deadline_at), 'remainingMs', instant_ms(session.deadline_at) - instant_ms(at)), at);
      insert into outbox (topic, key, payload)
        values ('session', new_id || ':1', jsonb_build_object('id', new_id, 'version', 1, 'kind', 'start'));
      insert into audit_log (at, actor_id, address, request_id, action, resource_type, resource_id, exam_id, session_id, after)
        values (at, actor, from_address, request, 'session.start', 'session', new_id::text, exam, new_id,
          jsonb_build_object('attempt', session.attempt, 'deadlineAt', instant_text(session.deadline_at), 'entitledMs', own.own_ms, 'extraMs', extra));
    end $$;
  `);
}
