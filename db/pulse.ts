import type { Queryable } from './connection.ts';

/** A pulse that is later than this is an outage. */
const OUTAGE_AFTER_MS = 3_000;

/**
 * Notes that a part of the platform is alive; one statement. A beat that comes more than 3 s after the last one of the
 * same name, whoever sent that, leaves a row in `outages`: what a credit for lost time is computed from.
 * @param name part of the platform, for example `worker`; processes that stand in for each other share a name
 * @param data figures about the process, kept until the next beat
 * @returns the gap in ms when it was an outage, and the database clock
 */
export async function recordPulse(q: Queryable, name: string, data: Record<string, unknown>): Promise<{ gapMs: number | null; clockAtMs: number }> {
  const { rows } = await q.query<{ gap_ms: number | null; clock: Date }>(
    `with last as (select beat_at from pulses where name = $1 for update),
          clock as materialized (select holdfast_now() as at, (select beat_at from last) as before),
          beat as (insert into pulses (name, beat_at, data) select $1, at, $2 from clock
                   on conflict (name) do update set beat_at = excluded.beat_at, data = excluded.data),
          gap as (insert into outages (began_at, ended_at, detail)
                  select before, at, 'no pulse of ' || $1::text from clock where at - before > $3 * interval '1 millisecond'
                  returning extract(epoch from ended_at - began_at) * 1000 as ms)
     select at as clock, (select ms from gap)::float8 as gap_ms from clock`,
    [name, JSON.stringify(data), OUTAGE_AFTER_MS],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the pulse returned no row');
  return { gapMs: row.gap_ms, clockAtMs: row.clock.getTime() };
}
