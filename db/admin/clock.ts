import type { Queryable } from '../connection.ts';

/** How far the clock that keeps the deadlines was from network time. */
export interface ClockMeasurement {
  readonly server: string;
  readonly stratum: number;
  /** The clock of the database minus network time, ms; above 0 the clock is fast. */
  readonly offsetMs: number;
  readonly delayMs: number;
}

/** What is known about the clock at some moment. */
export interface ServerClock {
  readonly offsetMs: number;
  /** `ntp`: against network time; `worker`: against the clock of the machine of a worker, which is nobody's reference. */
  readonly source: 'ntp' | 'worker';
  /** The server of network time; null for a worker. */
  readonly server: string | null;
  readonly atMs: number;
}

/** A measurement tells about the clock for this long. */
const FRESH = '20 minutes';
/** Measurements are kept beyond the time in which a result can be contested. */
const KEPT = '400 days';

/** Of as many comparisons the one that took the shortest counts. */
const COMPARISONS = 4;

/** The clock of the database minus the clock of this machine, ms, and how long the question took. */
export async function compareClocks(q: Queryable): Promise<{ offsetMs: number; roundTripMs: number }> {
  let best = { offsetMs: 0, roundTripMs: Infinity };
  for (let comparison = 0; comparison < COMPARISONS; comparison += 1) {
    const before = Date.now();
    const { rows } = await q.query<{ at: Date }>('select holdfast_now() as at');
    const after = Date.now();
    const roundTripMs = after - before;
    if (roundTripMs < best.roundTripMs) best = { offsetMs: rows[0]!.at.getTime() - (before + after) / 2, roundTripMs };
  }
  return best;
}

/** Records a measurement. */
export async function insertClockMeasurement(q: Queryable, measured: ClockMeasurement): Promise<void> {
  await q.query('insert into clock_measurements (server, stratum, offset_ms, delay_ms) values ($1, $2, $3, $4)', [
    measured.server, measured.stratum, measured.offsetMs, measured.delayMs,
  ]);
}

/**
 * What was known about the clock: the last measurement against network time at most 20 min before, else what the last pulse of a
 * worker tells now, else null.
 * @param atMs epoch ms; null for now
 */
export async function selectServerClock(q: Queryable, atMs: number | null): Promise<ServerClock | null> {
  const { rows } = await q.query<{ offset_ms: number; source: ServerClock['source']; server: string | null; at: Date }>(
    `with asked as (select coalesce(to_timestamp($1::numeric / 1000.0), holdfast_now()) as at)
     (select m.offset_ms, 'ntp' as source, m.server, m.at from asked, clock_measurements m
       where m.at <= asked.at and m.at > asked.at - interval '${FRESH}' order by m.at desc limit 1)
     union all
     (select (p.data ->> 'clockOffsetMs')::float8, 'worker', null, p.beat_at from pulses p
       where p.name = 'worker' and p.beat_at > holdfast_now() - interval '10 seconds' and p.data ? 'clockOffsetMs')`,
    [atMs],
  );
  const row = rows[0];
  return row === undefined ? null : { offsetMs: row.offset_ms, source: row.source, server: row.server, atMs: row.at.getTime() };
}

/** Forgets old measurements. */
export async function pruneClockMeasurements(q: Queryable): Promise<void> {
  await q.query(`delete from clock_measurements where at < (select holdfast_now()) - interval '${KEPT}'`);
}
