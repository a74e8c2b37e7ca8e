import type { Knex } from 'knex';

/**
 * Positions of stream events, given after the commit: ids given at insert are not in commit order, and a reader that remembers
 * the highest would never see what committed late.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function sequence_stream_events(max_rows int) returns int language plpgsql as $$
    declare
      numbered int;
    begin
      if not pg_try_advisory_xact_lock(hashtextextended('stream-sequencer', 7)) then return 0; end if;
      -- a statement of its own: its snapshot has to be younger than the lock, else rows are numbered twice
      with next as materialized (
        select id, nextval('stream_events_seq') as seq
        from (select id from stream_events where seq is null order by id limit max_rows) waiting
      )
      update stream_events e set seq = n.seq from next n where e.id = n.id;
      get diagnostics numbered = row_count;
      return numbered;
    end $$;

    -- events without a position are read by nobody: they need no entry there until they have one
    drop index stream_events_exam_idx, stream_events_session_idx;
    create index stream_events_exam_idx on stream_events (exam_id, seq) where seq is not null;
    create index stream_events_session_idx on stream_events (session_id, seq) where seq is not null and session_id is not null;
  `);
}
