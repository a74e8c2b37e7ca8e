import { randomUUID } from 'node:crypto';

import { buildAnswer, type CoreBench, openBench } from '#tests/support/core.ts';
import { insertExam } from '#tests/support/exam-rows.ts';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { type AnswerLane, createAnswerLane, listAnswerRevisions, listAnswers } from './answers.ts';
import { pageRefusedAnswers } from './refused.ts';
import type { SessionRow } from './rows.ts';

let bench: CoreBench;
let lane: AnswerLane;
let session: SessionRow;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  lane = createAnswerLane(bench.db.pool);
  const { examId, studentIds } = await insertExam(bench.db);
  session = await bench.start(examId, studentIds[0]!);
});
afterEach(() => lane.close());

const save = (given: Partial<Parameters<typeof buildAnswer>[0]>): ReturnType<AnswerLane['save']> => lane.save(buildAnswer({ sessionId: session.id, ...given }));

describe('a save', () => {
  it('is stored with its revision, its log and the deadline of the session', async () => {
    const itemId = randomUUID();
    const verdict = await save({ itemId, response: { text: 'the "end" \\ of it' } });
    expect(verdict).toMatchObject({ ok: true, itemId, revision: 1, sessionVersion: 1, deadlineAtMs: session.deadlineAtMs });
    expect(await listAnswers(bench.db, session.id)).toEqual([
      { itemId, revision: 1, response: { text: 'the "end" \\ of it' }, savedAtMs: verdict.ok ? verdict.savedAtMs : 0 },
    ]);
    expect(await listAnswerRevisions(bench.db, session.id)).toHaveLength(1);
  });

  it('of the same window follows by its sequence number, however the revisions crossed', async () => {
    const one = { itemId: randomUUID(), clientId: randomUUID() };
    expect(await save({ ...one, clientSeq: 1, baseRevision: 0 })).toMatchObject({ revision: 1 });
    expect(await save({ ...one, clientSeq: 3, baseRevision: 0 })).toMatchObject({ revision: 2 });
    expect(await save({ ...one, clientSeq: 2, baseRevision: 0, response: { optionId: 'b' } })).toMatchObject({ ok: false, code: 'stale-revision' });
  });

  it('of another window follows only on the revision that is stored', async () => {
    const itemId = randomUUID();
    await save({ itemId, response: { text: '09:30' } });
    const stale = await save({ itemId, response: { text: '09:05' }, clientSeq: 99, baseRevision: 0 });
    expect(stale).toMatchObject({ ok: false, code: 'stale-revision', current: { revision: 1, response: { text: '09:30' } } });
    expect(await pageRefusedAnswers(bench.db, session.id, 0, 100)).toMatchObject([{ itemId, response: { text: '09:05' }, code: 'stale-revision', clientSeq: 99 }]);
    expect(await save({ itemId, response: { text: '09:31' }, clientSeq: 1, baseRevision: 1 })).toMatchObject({ ok: true, revision: 2 });
  });

  it('sent again is answered with its first result, also after newer ones and after the close', async () => {
    const itemId = randomUUID();
    const first = buildAnswer({ sessionId: session.id, itemId });
    const verdict = await lane.save(first);
    await save({ itemId, baseRevision: 1, response: { optionId: 'z' } });
    expect(await lane.save(first)).toEqual(verdict);
    await bench.clock.advance(4_000_000);
    expect(await lane.save(first)).toMatchObject({ ok: true, revision: 1 });
    await bench.clock.advance(-4_000_000);
  });

  it('with a used sequence number and another response is wrong', async () => {
    const first = buildAnswer({ sessionId: session.id });
    await lane.save(first);
    expect(await lane.save({ ...first, response: { optionId: 'q' } })).toMatchObject({ ok: false, code: 'validation-failed' });
    expect(await lane.save({ ...first, response: { optionId: 'q' }, baseRevision: 1 })).toMatchObject({ ok: false, code: 'validation-failed' });
  });

  it('of a client that names neither window nor revision is judged by its number alone', async () => {
    const plain = { itemId: randomUUID(), clientId: null, baseRevision: null };
    expect(await save({ ...plain, clientSeq: 5 })).toMatchObject({ ok: true, revision: 1 });
    expect(await save({ ...plain, clientSeq: 4, response: null })).toMatchObject({ ok: false, code: 'stale-revision' });
    expect(await save({ ...plain, clientSeq: 5 })).toMatchObject({ ok: true, revision: 1 });
    expect(await save({ ...plain, clientSeq: 6, response: null })).toMatchObject({ ok: true, revision: 2 });
    expect((await listAnswers(bench.db, session.id))[0]).toMatchObject({ response: null });
  });

  it('without a window but on the stored revision is never taken for an earlier one', async () => {
    const one = { itemId: randomUUID(), clientId: null, clientSeq: 0 };
    await save({ ...one, baseRevision: 0, response: { text: 'A' } });
    await save({ ...one, baseRevision: 1, response: { text: 'B' } });
    await bench.clock.advance(4_000_000);
    expect(await save({ ...one, baseRevision: 2, response: { text: 'A' } })).toMatchObject({ ok: false, code: 'deadline-passed' });
    await bench.clock.advance(-4_000_000);
    expect(await save({ ...one, baseRevision: 2, response: { text: 'A' } })).toMatchObject({ ok: true, revision: 3 });
  });

  it('for a session that does not exist is not found', async () => {
    expect(await save({ sessionId: randomUUID() })).toMatchObject({ ok: false, code: 'not-found' });
  });
});

describe('the cut', () => {
  it('is exact to the millisecond: grace counts, the cutoff itself is too late', async () => {
    const late = buildAnswer({ sessionId: session.id });
    await bench.db.query(`update exam_sessions set cutoff_at = holdfast_now() + interval '200 ms' where id = $1`, [session.id]);
    expect(await save({})).toMatchObject({ ok: true });
    await bench.clock.advance(200);
    expect(await lane.save(late)).toMatchObject({ ok: false, code: 'deadline-passed' });
    await bench.clock.advance(-200);
    expect(await pageRefusedAnswers(bench.db, session.id, 0, 100)).toMatchObject([{ itemId: late.itemId, code: 'deadline-passed' }]);
  });

  it('keeps every response of a request when the session is paused or closed, once however often it is sent', async () => {
    const batch = [1, 2, 3].map((clientSeq) => buildAnswer({ sessionId: session.id, clientSeq }));
    await bench.db.query(`update exam_sessions set state = 'paused', paused_at = holdfast_now() where id = $1`, [session.id]);
    for (const code of ['session-paused', 'session-paused']) {
      expect((await lane.saveMany(session.id, batch)).map((one) => (one.ok ? 'saved' : one.code))).toEqual([code, code, code]);
    }
    expect(await pageRefusedAnswers(bench.db, session.id, 0, 100)).toHaveLength(3);
  });
});

/** A lane, and how many rows each of its batches had. */
function watchedLane(): { watched: AnswerLane; batches: number[] } {
  const batches: number[] = [];
  const connect = async (): Promise<pg.PoolClient> => {
    const client = await bench.db.pool.connect();
    const query = client.query.bind(client) as (config: unknown) => Promise<unknown>;
    const watch = (config: { name?: string; values?: string[] }): Promise<unknown> => {
      if (config.name === 'save-answers') batches.push((JSON.parse(config.values![5]!) as unknown[]).length);
      return query(config);
    };
    return Object.assign(client, { query: watch });
  };
  return { watched: createAnswerLane({ connect } as unknown as pg.Pool), batches };
}

describe('many saves', () => {
  it('of students who go on saving stay together: who is answered first does not start a batch alone', async () => {
    const sizes: number[] = [];
    lane.onBatch((saves) => sizes.push(saves));
    await Promise.all([save({}), save({})]);
    const first = save({});
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([first, save({})]);
    expect(sizes).toEqual([2, 2]);
  });

  it('of one request are one batch, and of one item the last counts', async () => {
    const itemId = randomUUID();
    const other = buildAnswer({ sessionId: session.id });
    const clientId = randomUUID();
    const { watched, batches } = watchedLane();
    const verdicts = await watched.saveMany(session.id, [
      buildAnswer({ sessionId: session.id, itemId, clientId, clientSeq: 1, response: { text: 'first' } }),
      other,
      buildAnswer({ sessionId: session.id, itemId, clientId, clientSeq: 2, response: { text: 'last' } }),
    ]);
    await watched.close();
    expect(batches).toEqual([2]);
    expect(verdicts.map((one) => one.itemId)).toEqual([itemId, other.itemId, itemId]);
    expect(verdicts.every((one) => one.ok)).toBe(true);
    expect((await listAnswers(bench.db, session.id)).find((one) => one.itemId === itemId)).toMatchObject({ revision: 1, response: { text: 'last' } });
  });

  it('of the same answer at once are each acknowledged and each in the log', async () => {
    const itemId = randomUUID();
    const clientId = randomUUID();
    const { watched, batches } = watchedLane();
    const inputs = Array.from({ length: 8 }, (_, index) =>
      buildAnswer({ sessionId: session.id, itemId, clientId, clientSeq: index + 1, response: { text: String(index) } }));
    const verdicts = await Promise.all(inputs.map((input) => watched.save(input)));
    await watched.close();
    // one of them in each batch: a statement can not store an answer twice
    expect(batches).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    expect(verdicts.map((one) => one.ok && one.revision)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect((await listAnswerRevisions(bench.db, session.id)).map((one) => one.response)).toEqual(
      Array.from({ length: 8 }, (_, index) => ({ text: String(index) })),
    );
  });

  it('are not hurt by one that the database can not store', async () => {
    const sound = [buildAnswer({ sessionId: session.id }), buildAnswer({ sessionId: session.id })];
    const [one, nul, surrogate, crooked, other] = await Promise.all([
      lane.save(sound[0]!),
      save({ response: { text: 'a\u0000b' } }),
      save({ response: { text: '\ud800' } }),
      save({ itemId: 'x'.repeat(36) }),
      lane.save(sound[1]!),
    ]);
    expect([one.ok, other.ok]).toEqual([true, true]);
    expect([nul, surrogate, crooked]).toMatchObject(Array.from({ length: 3 }, () => ({ ok: false, code: 'validation-failed' })));
  });
});
