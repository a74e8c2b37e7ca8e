import { randomUUID } from 'node:crypto';

import { buildAnswer, type CoreBench, type HeldTransaction, holdTransaction, openBench, waitUntilBlockedBy } from '#tests/support/core.ts';
import { insertExam } from '#tests/support/exam-rows.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { SAVE } from './answer-sql.ts';
import type { AnswerInput } from './answer-types.ts';
import { type AnswerLane, createAnswerLane, listAnswerRevisions, listAnswers } from './answers.ts';
import { closeDueSessions, closeSessionIfDue } from './close.ts';
import type { SessionRow } from './rows.ts';

let bench: CoreBench;
let lane: AnswerLane;
let sessions: SessionRow[];
let session: SessionRow;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  lane = createAnswerLane(bench.db.pool);
  const { examId, studentIds } = await insertExam(bench.db, { students: 3 });
  sessions = [];
  for (const studentId of studentIds) sessions.push(await bench.start(examId, studentId));
  session = sessions[0]!;
});
afterEach(() => lane.close());

/** The statement of the lane with something taken out. */
const without = (guard: string, instead = ''): string => {
  if (!SAVE.includes(guard)) throw new Error(`the statement has no guard "${guard}"`);
  return SAVE.replace(guard, instead);
};
const parameters = (...inputs: AnswerInput[]): unknown[] => [
  inputs.map((one) => one.sessionId), inputs.map((one) => one.itemId), inputs.map((one) => one.clientId), inputs.map((one) => one.clientSeq),
  inputs.map((one) => one.baseRevision), JSON.stringify(inputs.map((one) => one.response)),
];
const answer = (given: Partial<AnswerInput> = {}): AnswerInput => buildAnswer({ sessionId: session.id, ...given });
/** Lets the time of the session be over as of now. */
const endTime = (id = session.id) => bench.db.query('update exam_sessions set cutoff_at = holdfast_now() where id = $1', [id]);
const hold = async (lock: 'share' | 'update', id = session.id): Promise<HeldTransaction> => {
  const held = await holdTransaction(bench.db);
  await held.query(`select from exam_sessions where id = $1 for ${lock}`, [id]);
  return held;
};
const stateOf = (error: unknown): string => (error as { code: string }).code;

describe('a save and the close of its session', () => {
  it('the close waits for a save that is under way, and nothing comes after it', async () => {
    const saving = await holdTransaction(bench.db);
    expect((await saving.query(SAVE, parameters(answer()))).rows).toHaveLength(1);
    await bench.clock.advance(3_700_000);
    expect(await closeDueSessions(bench.db, 10, session.examId)).toBe(2);
    const closing = closeSessionIfDue(bench.db, session.id);
    await waitUntilBlockedBy(bench.owner, saving.pid);
    await saving.commit();
    expect(await closing).toMatchObject({ state: 'expired', version: 2 });
    await bench.clock.advance(-3_700_000);
    expect(await listAnswers(bench.db, session.id)).toHaveLength(1);
    expect(await lane.save(answer())).toMatchObject({ ok: false, code: 'deadline-passed' });
  });

  it('a foreign key protects nothing: an update that closes the row goes past an open save', async () => {
    await bench.owner.query('create table test_answers (session_id uuid references exam_sessions)');
    await bench.owner.query('grant all on test_answers to public');
    const saving = await holdTransaction(bench.db);
    await saving.query('insert into test_answers values ($1)', [session.id]);
    const close = `update exam_sessions set state = 'expired', closed_at = holdfast_now() where id = $1`;
    expect((await bench.db.query(close, [session.id])).rowCount).toBe(1);
    // graded without the answer, which is stored after that: lost
    await saving.commit();
    expect((await bench.db.query('select from test_answers where session_id = $1', [session.id])).rowCount).toBe(1);

    const sharing = await holdTransaction(bench.db);
    await sharing.query(SAVE, parameters(answer({ sessionId: sessions[1]!.id })));
    const closing = bench.db.query(close, [sessions[1]!.id]);
    await waitUntilBlockedBy(bench.owner, sharing.pid);
    await sharing.commit();
    expect((await closing).rowCount).toBe(1);
  });

  it('a save that meets a close under way waits its turn and is refused', async () => {
    const closing = await holdTransaction(bench.db);
    await endTime();
    await closing.query('select close_session_if_due($1)', [session.id]);
    const saving = lane.save(answer());
    const other = await lane.save(answer({ sessionId: sessions[1]!.id }));
    expect(other).toMatchObject({ ok: true });
    await closing.commit();
    expect(await saving).toMatchObject({ ok: false, code: 'deadline-passed' });
    expect(await listAnswers(bench.db, session.id)).toEqual([]);
  });

  it('time is read from the clock: a transaction begun before the end saves nothing after it, and now() would', async () => {
    const old = await holdTransaction(bench.db);
    await endTime();
    expect((await old.query('select now() < cutoff_at as open from exam_sessions where id = $1', [session.id])).rows).toEqual([{ open: true }]);
    expect((await old.query(SAVE, parameters(answer()))).rows).toEqual([]);
    await old.rollback();
  });

  it('late savers do not keep the row from the close; without the time in the locking read they do', async () => {
    await endTime();
    const late = await holdTransaction(bench.db);
    await late.query(SAVE, parameters(answer()));
    expect(await closeDueSessions(bench.db, 10, session.examId)).toBe(1);
    await late.rollback();

    const starving = await holdTransaction(bench.db);
    await endTime(sessions[1]!.id);
    await starving.query(without(' and s.cutoff_at > holdfast_now()'), parameters(answer({ sessionId: sessions[1]!.id })));
    expect(await closeDueSessions(bench.db, 10, session.examId)).toBe(0);
    await starving.rollback();
  });

  it('a row that was locked past the end accepts nothing; with one look at the clock it does', async () => {
    // the waiting form of the statement: where a lock is waited for, the first look at the clock is old
    const waiting = SAVE.replace(' for share skip locked', ' for share');
    for (const [text, saved] of [[waiting, 0], [waiting.replace('where c.at < o.cutoff_at', ''), 1]] as const) {
      const [target] = sessions.splice(0, 1);
      await bench.db.query(`update exam_sessions set cutoff_at = holdfast_now() + interval '1 hour' where id = $1`, [target!.id]);
      const holder = await hold('update', target!.id);
      const saving = bench.db.query(text, parameters(answer({ sessionId: target!.id })));
      await waitUntilBlockedBy(bench.owner, holder.pid);
      await bench.clock.advance(3_600_000);
      await holder.rollback();
      expect((await saving).rows).toHaveLength(saved);
      await bench.clock.advance(-3_600_000);
    }
  });
});

describe('a clock that ticks between any two looks at it', () => {
  /** Moves on by a millisecond with every look, from an instant that is given. */
  const ticking = async (fromMs: number): Promise<() => Promise<void>> => {
    const { rows } = await bench.owner.query<{ definition: string }>(`select pg_get_functiondef('holdfast_now()'::regprocedure) as definition`);
    await bench.owner.query('create sequence if not exists test_ticks; grant all on test_ticks to public; alter sequence test_ticks restart');
    await bench.owner.query(
      `create or replace function holdfast_now() returns timestamptz language sql volatile as $$ select to_timestamp(${fromMs} / 1000.0) + nextval('test_ticks') * interval '1 ms' $$`);
    return async () => {
      await bench.owner.query(rows[0]!.definition);
    };
  };
  const lateSaves = async (text: string): Promise<number> => {
    let late = 0;
    for (let offset = 0; offset < 8; offset += 1) {
      const restore = await ticking(session.cutoffAtMs - offset);
      const { rows } = await bench.db.query<{ saved_ms: number }>(text, parameters(answer())).finally(restore);
      if (rows[0] !== undefined && rows[0].saved_ms >= session.cutoffAtMs) late += 1;
    }
    return late;
  };

  it('stores the instant that was checked, so no accepted save carries one at the cutoff', async () => {
    expect(await lateSaves(SAVE)).toBe(0);
  });

  it('looked at once more to store it, it does', async () => {
    expect(await lateSaves(without('i.response, c.at, o.version', 'i.response, holdfast_now(), o.version'))).toBe(1);
  });
});

describe('a session that somebody holds', () => {
  it('does not hold up the saves of the others, and is saved as soon as it is free', async () => {
    const holder = await hold('update');
    const own = lane.save(answer());
    const others = await Promise.all(Array.from({ length: 29 }, (_, index) => lane.save(answer({ sessionId: sessions[1 + (index % 2)]!.id }))));
    expect(others.every(({ ok }) => ok)).toBe(true);
    await holder.rollback();
    expect(await own).toMatchObject({ ok: true, revision: 1 });
  });

  it('with a lock that waits, all of them stand behind it', async () => {
    const holder = await hold('update');
    const inputs = [answer(), answer({ sessionId: sessions[1]!.id })];
    const batch = bench.db.query(SAVE.replace(' for share skip locked', ' for share'), parameters(...inputs));
    await waitUntilBlockedBy(bench.owner, holder.pid);
    await holder.rollback();
    expect((await batch).rows).toHaveLength(2);
  });

  it('is not bounded by lock_timeout, which counts each wait anew', async () => {
    const holders = [await hold('update', sessions[0]!.id), await hold('update', sessions[1]!.id)];
    // whichever comes first in the order of the ids
    const inOrder = sessions[0]!.id < sessions[1]!.id ? holders : holders.toReversed();
    const batch = await holdTransaction(bench.db);
    await batch.query(`set local lock_timeout = '400ms'`);
    const began = performance.now();
    const saving = batch.query(SAVE.replace(' for share skip locked', ' for share'), parameters(answer(), answer({ sessionId: sessions[1]!.id })));
    for (const holder of inOrder) {
      await waitUntilBlockedBy(bench.owner, holder.pid);
      await holder.query('select pg_sleep(0.25)');
      await holder.rollback();
    }
    expect((await saving).rows).toHaveLength(2);
    expect(performance.now() - began).toBeGreaterThan(400);
    await batch.rollback();
  });

  it('for more than two seconds is answered as unavailable, and the save can be sent again', async () => {
    const holder = await hold('update');
    const one = answer();
    const began = performance.now();
    expect(await lane.save(one)).toMatchObject({ ok: false, code: 'unavailable' });
    expect(performance.now() - began).toBeGreaterThanOrEqual(2_000);
    await holder.rollback();
    expect(await lane.save(one)).toMatchObject({ ok: true, revision: 1 });
  });
});

describe('two lanes with the same answers', () => {
  const items = [randomUUID(), randomUUID()].sort();
  /** Holds every statement back between its first and its second row, until the gate opens. */
  const gate = async (): Promise<{ pid: number; open: () => Promise<void> }> => {
    await bench.owner.query(`create or replace function test_gate() returns trigger language plpgsql as $$
      begin
        perform set_config('test.rows', (coalesce(nullif(current_setting('test.rows', true), ''), '0')::int + 1)::text, true);
        if current_setting('test.rows')::int = 2 then perform pg_advisory_xact_lock_shared(42); end if;
        return new;
      end $$`);
    await bench.owner.query('create or replace trigger test_gate before insert on answers for each row execute function test_gate()');
    const held = await holdTransaction(bench.db);
    await held.query('select pg_advisory_xact_lock(42)');
    return { pid: held.pid, open: () => held.commit() };
  };
  afterEach(() => bench.owner.query('drop trigger if exists test_gate on answers'));
  const both = (text: string, order: readonly string[]) =>
    bench.db.query(text, parameters(...order.map((itemId) => answer({ itemId }))));

  it('in different orders do not deadlock: both insert in one order', async () => {
    const { pid, open } = await gate();
    const first = both(SAVE, items);
    await waitUntilBlockedBy(bench.owner, pid);
    const second = both(SAVE, items.toReversed());
    await open();
    expect((await first).rows.length + (await second).rows.length).toBe(2);
  });

  it('unsorted they do', async () => {
    const unsorted = without('order by i.session_id, i.item_id', 'order by i.n');
    const { pid, open } = await gate();
    const outcomes = Promise.allSettled([both(unsorted, items), both(unsorted, items.toReversed())]);
    await waitUntilBlockedBy(bench.owner, pid, 2);
    await open();
    expect((await outcomes).filter(({ status }) => status === 'rejected').map((one) => stateOf((one as PromiseRejectedResult).reason))).toEqual(['40P01']);
  });
});

describe('what would be lost without the rule', () => {
  it('by sequence numbers alone the tab with more keystrokes wins over the newer answer', async () => {
    const itemId = randomUUID();
    await lane.save(answer({ itemId, clientSeq: 3, response: { text: '09:30' } }));
    const stale = answer({ itemId, clientSeq: 99, response: { text: '09:05' } });
    const whole = SAVE.slice(SAVE.indexOf('where (\n    (a.client_id'), SAVE.indexOf('returning a.session_id'));
    const naive = SAVE.replace(whole, 'where excluded.client_seq > a.client_seq\n    ');
    const trial = await holdTransaction(bench.db);
    expect((await trial.query(naive, parameters(stale))).rows).toHaveLength(1);
    await trial.rollback();
    expect(await lane.save(stale)).toMatchObject({ ok: false, code: 'stale-revision' });
    expect(await listAnswers(bench.db, session.id)).toMatchObject([{ response: { text: '09:30' } }]);
  });

  it('one response that can not be stored fails the batch it is in; the lane runs it again row by row', async () => {
    const good = answer();
    const bad = answer({ response: { text: 'a\u0000' } });
    await expect(bench.db.query(SAVE, parameters(good, bad))).rejects.toMatchObject({ code: '22P05' });
    expect((await Promise.all([lane.save(good), lane.save(bad)])).map(({ ok }) => ok)).toEqual([true, false]);
  });

  it('a connection that is cut loses no save: it is sent again and counted once', async () => {
    const itemId = randomUUID();
    const clientId = randomUUID();
    await lane.save(answer({ itemId, clientId, clientSeq: 1 }));
    const saving = Promise.all(Array.from({ length: 20 }, (_, index) => lane.save(answer({ itemId, clientId, clientSeq: index + 2 }))));
    await bench.owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'holdfast_api' and query like '%answer_revisions%'`);
    expect((await saving).every(({ ok }) => ok)).toBe(true);
    const log = await listAnswerRevisions(bench.db, session.id);
    expect(log.map(({ revision }) => revision)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
  });
});
