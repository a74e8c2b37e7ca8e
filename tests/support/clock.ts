import type { Queryable } from '#db/connection.ts';

/** A hand on the clock of a test database. */
export interface TestClock {
  /** Moves the clock from where it is. */
  advance(ms: number): Promise<void>;
  /** The clock as every predicate reads it, epoch milliseconds. */
  nowMs(): Promise<number>;
}

/**
 * Replaces `holdfast_now()` in a test database by one that adds an offset; only here, the product has no clock that can be set.
 * @param owner a connection as owner of the schema
 */
export async function installTestClock(owner: Queryable): Promise<TestClock> {
  await owner.query('create table if not exists test_clock (offset_ms bigint not null)');
  await owner.query('grant select on test_clock to public');
  await owner.query('insert into test_clock select 0 where not exists (select from test_clock)');
  await owner.query(
    `create or replace function holdfast_now() returns timestamptz language sql volatile
     as $$ select date_trunc('milliseconds', clock_timestamp()) + (select offset_ms from test_clock) * interval '1 millisecond' $$`,
  );
  return {
    advance: async (ms) => {
      await owner.query('update test_clock set offset_ms = offset_ms + $1', [ms]);
    },
    nowMs: async () => {
      const { rows } = await owner.query<{ now: Date }>('select holdfast_now() as now');
      return rows[0]!.now.getTime();
    },
  };
}
