import type { Knex } from 'knex';

/**
 * The clock and the deadline formula, each in one place.
 *
 * `holdfast_now()` is the only clock that any predicate reads: the wall clock of the database, cut to milliseconds.
 * Cutting down is safe for a cut-off on a whole millisecond: the cut value reaches it exactly when the clock does.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function holdfast_now() returns timestamptz
      language sql volatile parallel safe
      as $$ select date_trunc('milliseconds', clock_timestamp()) $$;

    create function session_deadline(started_at timestamptz, entitled_ms bigint, cap_at timestamptz, extra_ms bigint, paused_total_ms bigint)
      returns timestamptz language sql stable parallel safe
      as $$ select least(started_at + entitled_ms * interval '1 millisecond', cap_at)
                   + (extra_ms + paused_total_ms) * interval '1 millisecond' $$;

    create function refuse_change() returns trigger language plpgsql as $$
      begin raise exception '% is append-only', tg_table_name using errcode = '42501'; end $$;
  `);
}
