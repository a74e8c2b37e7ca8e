import { randomUUID } from 'node:crypto';

import { inTransaction } from '#db/connection.ts';
import { lockExam } from '#db/schedule/lock.ts';
import { applyTimeChange } from '#db/schedule/time-changes.ts';
import { buildAnswer, type CoreBench, holdTransaction, openBench, originOf, waitUntilBlockedBy } from '#tests/support/core.ts';
import { insertExam } from '#tests/support/exam-rows.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { SAVE } from './answer-sql.ts';
import { closeSessionIfDue } from './close.ts';
import { runSessionCommand, type SessionCommandRequest, type StaffCommandKind } from './commands.ts';
import { selectSession, type SessionRow } from './rows.ts';
import { submitSession } from './submit.ts';

let bench: CoreBench;
let sessions: SessionRow[];
let session: SessionRow;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  const { examId, studentIds } = await insertExam(bench.db, { students: 3 });
  sessions = [];
  for (const studentId of studentIds) sessions.push(await bench.start(examId, studentId));
  session = sessions[0]!;
});

type Given = Partial<SessionCommandRequest>;
const run = (kind: StaffCommandKind, given: Given = {}) =>
  inTransaction(bench.db, (tx) =>
    runSessionCommand(tx, { sessionId: session.id, commandId: randomUUID(), kind, origin: originOf(null), reason: null, ...given }));
const submit = (commandId = randomUUID()) =>
  inTransaction(bench.db, (tx) => submitSession(tx, { sessionId: session.id, commandId, origin: originOf(session.studentId) }));
const codeOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'accepted', (error: { code: string }) => error.code);
const parameters = (sessionId: string): unknown[] => {
  const one = buildAnswer({ sessionId });
  return [[one.sessionId], [one.itemId], [one.clientId], [one.clientSeq], [one.baseRevision], JSON.stringify([one.response])];
};

describe('a pause and a save that is under way', () => {
  it('the pause begins after the save that it waited for', async () => {
    const saving = await holdTransaction(bench.db);
    await saving.query(SAVE, parameters(session.id));
    const pausing = run('pause');
    await waitUntilBlockedBy(bench.owner, saving.pid);
    await bench.clock.advance(700);
    await saving.query(SAVE, parameters(session.id));
    await saving.commit();
    const { session: paused } = await pausing;
    const { rows } = await bench.db.query<{ last: Date }>('select max(saved_at) as last from answers where session_id = $1', [session.id]);
    expect(paused.pausedAtMs!).toBeGreaterThanOrEqual(rows[0]!.last.getTime());
    await bench.clock.advance(-700);
  });

  it('a statement that reads the clock while it waits pauses before it', async () => {
    const saving = await holdTransaction(bench.db);
    await saving.query(SAVE, parameters(session.id));
    // what the command must not be: lock and clock in one statement
    const naive = bench.db.query<{ paused_at: Date }>(
      `with locked as (select id, holdfast_now() as at from exam_sessions where id = $1 for update)
       update exam_sessions s set state = 'paused', paused_at = locked.at from locked where s.id = locked.id returning paused_at`,
      [session.id],
    );
    await waitUntilBlockedBy(bench.owner, saving.pid);
    await bench.clock.advance(700);
    await saving.query(SAVE, parameters(session.id));
    await saving.commit();
    const pausedAtMs = (await naive).rows[0]!.paused_at.getTime();
    const { rows } = await bench.db.query<{ last: Date }>('select max(saved_at) as last from answers where session_id = $1', [session.id]);
    expect(rows[0]!.last.getTime() - pausedAtMs).toBeGreaterThanOrEqual(700);
    await bench.clock.advance(-700);
  });
});

describe('handing in', () => {
  it('twice at once is one hand-in: the second click waits for the first', async () => {
    const [first, second] = await Promise.all([submit(), submit()]);
    expect([first.session, second.session]).toEqual([first.session, first.session]);
    expect(first.session).toMatchObject({ state: 'submitted', version: 2 });
  });

  it('begun with a shared lock, as a save is, a double click deadlocks', async () => {
    const [one, two] = [await holdTransaction(bench.db), await holdTransaction(bench.db)];
    for (const tx of [one, two]) await tx.query('select from exam_sessions where id = $1 for share', [session.id]);
    const close = `update exam_sessions set state = 'submitted', closed_at = holdfast_now() where id = $1 and state = 'active'`;
    const outcomes = await Promise.allSettled([one.query(close, [session.id]), two.query(close, [session.id])]);
    expect(outcomes.filter(({ status }) => status === 'rejected').map((outcome) => (outcome as PromiseRejectedResult).reason as { code: string })).toMatchObject([
      { code: '40P01' },
    ]);
    await one.rollback();
    await two.rollback();
  });

  it('and the deadline: exactly one wins, whoever holds the row first', async () => {
    const submitting = await holdTransaction(bench.db);
    const result = await submitSession(submitting, { sessionId: session.id, commandId: randomUUID(), origin: originOf(null) });
    await bench.clock.advance(3_700_000);
    const closing = closeSessionIfDue(bench.db, session.id);
    await waitUntilBlockedBy(bench.owner, submitting.pid);
    await submitting.commit();
    expect(await closing).toEqual(result.session);

    session = sessions[1]!;
    const closer = await holdTransaction(bench.db);
    await closer.query('select close_session_if_due($1)', [session.id]);
    const late = submit();
    await waitUntilBlockedBy(bench.owner, closer.pid);
    await closer.commit();
    expect(await late).toMatchObject({ refusal: 'deadline-passed', session: { state: 'expired' } });
    await bench.clock.advance(-3_700_000);
  });
});

describe('two commands', () => {
  it('of one id at the same moment are carried out once', async () => {
    const commandId = randomUUID();
    const twins = await Promise.all([1, 2, 3].map(() => run('extend', { commandId, seconds: 60 })));
    expect(twins.map(({ replayed }) => replayed).sort()).toEqual([false, true, true]);
    expect((await selectSession(bench.db, session.id))).toMatchObject({ extraMs: 60_000, version: 2 });
  });

  it('of different ids are both carried out, each with its version', async () => {
    await Promise.all([run('extend', { seconds: 60 }), run('extend', { seconds: 30 }), run('pause')]);
    expect(await selectSession(bench.db, session.id)).toMatchObject({ extraMs: 90_000, version: 4, state: 'paused' });
  });

  it('an extension and the close: the close looks again after its wait and adopts the row', async () => {
    await bench.clock.advance(3_605_000);
    const extending = await holdTransaction(bench.db);
    await runSessionCommand(extending, { sessionId: session.id, commandId: randomUUID(), kind: 'extend', seconds: 600, origin: originOf(null), reason: null });
    await bench.clock.advance(60_000);
    const closing = closeSessionIfDue(bench.db, session.id);
    await waitUntilBlockedBy(bench.owner, extending.pid);
    await extending.commit();
    expect(await closing).toMatchObject({ state: 'active', version: 2 });
    await bench.clock.advance(-3_665_000);
  });
});

describe('a re-open and a publication', () => {
  const publish = `update exams set results_published_at = holdfast_now() where id = $1
    and not exists (select from exam_sessions where exam_id = $1 and closed_at is null)`;
  beforeEach(async () => {
    for (const one of sessions) await run('terminate', { sessionId: one.id });
  });

  it('the re-open waits for a publication that is under way and is refused', async () => {
    const publishing = await holdTransaction(bench.db);
    await lockExam(publishing, session.examId, 'exclusive');
    await publishing.query(publish, [session.examId]);
    const reopening = codeOf(run('reopen', { seconds: 60 }));
    await waitUntilBlockedBy(bench.owner, publishing.pid);
    await publishing.commit();
    expect(await reopening).toBe('state-conflict');
  });

  it('a publication that waits for a re-open sees the open session', async () => {
    const reopening = await holdTransaction(bench.db);
    await runSessionCommand(reopening, { sessionId: session.id, commandId: randomUUID(), kind: 'reopen', seconds: 60, origin: originOf(null), reason: null });
    const publishing = inTransaction(bench.db, async (tx) => {
      await lockExam(tx, session.examId, 'exclusive');
      return (await tx.query(publish, [session.examId])).rowCount;
    });
    await waitUntilBlockedBy(bench.owner, reopening.pid);
    await reopening.commit();
    expect(await publishing).toBe(0);
  });

  it('without the lock of the exam both go through: open sessions under published results', async () => {
    const publishing = await holdTransaction(bench.db);
    expect((await publishing.query(publish, [session.examId])).rowCount).toBe(1);
    expect(await codeOf(run('reopen', { seconds: 60 }))).toBe('accepted');
    await publishing.commit();
  });
});

describe('a change of the whole exam', () => {
  const extendAll = () =>
    inTransaction(bench.db, (tx) =>
      applyTimeChange(tx, {
        commandId: randomUUID(), examId: session.examId, kind: 'extend', seconds: 60, scope: { all: true }, reason: 'bell', origin: originOf(null),
      }));
  const [first, last] = [0, 2];
  const byId = () => sessions.toSorted((left, right) => (left.id < right.id ? -1 : 1));

  it('does not stand behind a hung row, and does not keep saves of others waiting', async () => {
    const hung = await holdTransaction(bench.db);
    await hung.query('select from exam_sessions where id = $1 for share', [byId()[first]!.id]);
    expect(await extendAll()).toMatchObject({ state: 'accepted', affected: 2 });
    await hung.rollback();
  });

  it('in order but waiting, it stands behind it and holds nothing less than the lock of the exam meanwhile', async () => {
    const hung = await holdTransaction(bench.db);
    await hung.query('select from exam_sessions where id = $1 for share', [byId()[first]!.id]);
    const naive = bench.db.query('select id from exam_sessions where exam_id = $1 order by id for update', [session.examId]);
    await waitUntilBlockedBy(bench.owner, hung.pid);
    await hung.rollback();
    expect((await naive).rowCount).toBe(3);
  });

  it('and a save lane do not deadlock; a plain update does', async () => {
    const [low, high] = [byId()[first]!, byId()[last]!];
    // a lane whose batch holds the last row and wants the first, as the order of a plain update meets it
    const lane = await holdTransaction(bench.db);
    await lane.query('select from exam_sessions where id = $1 for share', [high.id]);
    expect(await extendAll()).toMatchObject({ affected: 2 });
    await lane.query('select from exam_sessions where id = $1 for share', [low.id]);
    await lane.commit();

    const [other, staff] = [await holdTransaction(bench.db), await holdTransaction(bench.db)];
    await other.query('select from exam_sessions where id = $1 for share', [high.id]);
    await staff.query('update exam_sessions set extra_ms = extra_ms where id = $1', [low.id]);
    const outcomes = Promise.allSettled([
      staff.query('update exam_sessions set extra_ms = extra_ms where id = $1', [high.id]),
      other.query('select from exam_sessions where id = $1 for share', [low.id]),
    ]);
    expect((await outcomes).filter(({ status }) => status === 'rejected')).toHaveLength(1);
    await other.rollback();
    await staff.rollback();
  });
});
