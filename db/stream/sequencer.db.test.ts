import { randomUUID } from 'node:crypto';

import { insertStreamEvent } from '#db/stream-events.ts';
import { type CoreBench, holdTransaction, openBench, waitUntilBlockedBy } from '#tests/support/core.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { lastPosition, oldestPosition, pruneEvents, readEventsAfter } from './reader.ts';
import { sequenceEvents } from './sequencer.ts';

let bench: CoreBench;
const examId = randomUUID();
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.owner.query('truncate stream_events');
});

const event = (n: number) => ({ examId, kind: 'message', data: { n } }) as const;

/** Reads like a browser that remembers the highest position it has seen. */
async function follow(after: number): Promise<{ seen: number[]; after: number }> {
  await sequenceEvents(bench.db.pool);
  const events = await readEventsAfter(bench.db, after, 100);
  return { seen: events.map(({ data }) => data.n as number), after: events.at(-1)?.seq ?? after };
}

describe('positions', () => {
  it('are given after the commit, so that an event that commits late is not lost', async () => {
    const slow = await holdTransaction(bench.db);
    await insertStreamEvent(slow, event(1));
    await insertStreamEvent(bench.db, event(2));
    const first = await follow(0);
    await slow.commit();
    const second = await follow(first.after);
    expect([...first.seen, ...second.seen]).toEqual([2, 1]);
  });

  it('ids given at insert lose that event', async () => {
    const slow = await holdTransaction(bench.db);
    await insertStreamEvent(slow, event(1));
    await insertStreamEvent(bench.db, event(2));
    const byId = 'select id, data from stream_events where id > $1 order by id';
    const { rows: first } = await bench.db.query<{ id: number }>(byId, [0]);
    await slow.commit();
    const { rows: second } = await bench.db.query(byId, [first.at(-1)!.id]);
    expect([first.length, second.length]).toEqual([1, 0]);
  });

  it('go to one sequencer at a time, and the other finds nothing to do', async () => {
    await insertStreamEvent(bench.db, event(1));
    const holder = await holdTransaction(bench.db);
    expect((await holder.query<{ n: number }>('select sequence_stream_events(1000) as n')).rows[0]).toEqual({ n: 1 });
    await insertStreamEvent(bench.db, event(2));
    expect(await sequenceEvents(bench.db.pool)).toBe(0);
    await holder.commit();
    expect((await follow(0)).seen).toEqual([1, 2]);
  });

  it('given in the statement that waits for the lock number rows twice', async () => {
    const lockAndNumber = `with held as materialized (select pg_advisory_xact_lock(hashtextextended('stream-sequencer', 7))),
      next as materialized (select id, nextval('stream_events_seq') as seq from (select id from stream_events, held where seq is null order by id) waiting)
      update stream_events e set seq = n.seq from next n where e.id = n.id returning e.seq`;
    await insertStreamEvent(bench.db, event(1));
    const holder = await holdTransaction(bench.db);
    await holder.query('select sequence_stream_events(1000)');
    const { rows: first } = await holder.query<{ seq: number }>('select seq from stream_events');
    const twin = bench.db.query<{ seq: number }>(lockAndNumber);
    await waitUntilBlockedBy(bench.owner, holder.pid);
    await holder.commit();
    // the row had a position that readers may have used, and got another one
    expect((await twin).rows).toEqual([{ seq: first[0]!.seq + 1 }]);
  });

  it('stand while a transaction in another place stays open', async () => {
    const idle = await holdTransaction(bench.db);
    await idle.query('insert into pulses (name) values ($1)', [randomUUID()]);
    await insertStreamEvent(bench.db, event(1));
    expect((await follow(0)).seen).toEqual([1]);
    // what a reader that waits for the oldest open transaction would see meanwhile
    const { rows } = await bench.db.query('select id from stream_events where xmin::text::bigint < pg_snapshot_xmin(pg_current_snapshot())::text::bigint');
    expect(rows).toEqual([]);
    await idle.rollback();
  });

  it('are given to more than a thousand events in their order', async () => {
    await bench.db.query(`insert into stream_events (exam_id, kind, data) select $1, 'message', jsonb_build_object('n', g) from generate_series(1, 2500) g`, [examId]);
    expect(await sequenceEvents(bench.db.pool)).toBe(2_500);
    const events = await readEventsAfter(bench.db, 0, 5_000);
    expect(events.map(({ data }) => data.n)).toEqual(Array.from({ length: 2_500 }, (_, index) => index + 1));
  });
});

describe('keeping events', () => {
  it('forgets old ones, and never the position it stands at', async () => {
    await insertStreamEvent(bench.db, event(1));
    await insertStreamEvent(bench.db, event(2));
    await sequenceEvents(bench.db.pool);
    const last = await lastPosition(bench.db);
    expect(await oldestPosition(bench.db)).toBe(last - 1);
    expect(await pruneEvents(bench.db, 60_000)).toBe(0);
    await bench.clock.advance(60_001);
    expect(await pruneEvents(bench.db, 60_000)).toBe(1);
    expect([await oldestPosition(bench.db), await lastPosition(bench.db)]).toEqual([last, last]);
    await bench.clock.advance(-60_001);
  });
});
