import type pg from 'pg';

const ROWS_PER_CALL = 1_000;
const SEQUENCE = { name: 'sequence-events', text: 'select sequence_stream_events($1) as numbered', values: [ROWS_PER_CALL] };

/**
 * Gives positions to the events that committed since the last call, in the order of their ids, a thousand per transaction. One process
 * at a time does it; for the others there is nothing to do.
 * @returns how many events got a position
 */
export async function sequenceEvents(pool: Pick<pg.Pool, 'query'>): Promise<number> {
  let total = 0;
  for (;;) {
    const { rows } = await pool.query<{ numbered: number }>(SEQUENCE);
    const numbered = rows[0]?.numbered ?? 0;
    total += numbered;
    if (numbered < ROWS_PER_CALL) return total;
  }
}
