import { randomUUID } from 'node:crypto';

import { inTransaction } from '#db/connection.ts';
import { type CoreBench, openBench, originOf } from '#tests/support/core.ts';
import { insertExam } from '#tests/support/exam-rows.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { closeSessionIfDue } from './close.ts';
import { runSessionCommand, type SessionCommandRequest, type StaffCommandKind } from './commands.ts';
import { selectSession, type SessionRow } from './rows.ts';
import { submitSession } from './submit.ts';

let bench: CoreBench;
let session: SessionRow;
let examId: string;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  const exam = await insertExam(bench.db);
  examId = exam.examId;
  session = await bench.start(exam.examId, exam.studentIds[0]!);
});

const PROCTOR = randomUUID();
const run = (kind: StaffCommandKind, given: Partial<SessionCommandRequest> = {}) =>
  inTransaction(bench.db, (tx) =>
    runSessionCommand(tx, { sessionId: session.id, commandId: randomUUID(), kind, origin: originOf(PROCTOR), reason: 'because', ...given }));
const codeOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'accepted', (error: { code: string }) => error.code);

describe('a command', () => {
  it('writes row, command, event, audit and outbox together, and its id again answers the first result', async () => {
    const commandId = randomUUID();
    const first = await run('extend', { commandId, seconds: 300 });
    expect(first).toMatchObject({ replayed: false, commandId, session: { version: 2, extraMs: 300_000, deadlineAtMs: session.deadlineAtMs + 300_000 } });
    await run('extend', { seconds: 60 });
    expect(await run('extend', { commandId, seconds: 300 })).toEqual({ ...first, replayed: true });
    const { rows } = await bench.db.query(
      `select (select count(*) from session_commands where session_id = $1) as commands,
         (select count(*) from outbox where payload ->> 'id' = $2) as wakes,
         (select count(*) from audit_log where session_id = $1 and action = 'session.extend') as audits,
         (select array_agg(kind order by id) from stream_events where session_id = $1) as events`,
      [session.id, session.id],
    );
    expect(rows[0]).toEqual({ commands: 2, wakes: 3, audits: 2, events: ['started', 'time-changed', 'time-changed'] });
  });

  it('is refused when its id was used for something else or by somebody else', async () => {
    const commandId = randomUUID();
    await run('extend', { commandId, seconds: 300 });
    expect(await codeOf(run('extend', { commandId, seconds: 301 }))).toBe('idempotency-key-reused');
    expect(await codeOf(run('extend', { commandId, seconds: 300, origin: originOf(randomUUID()) }))).toBe('idempotency-key-reused');
  });

  it('tells every open browser the new deadline', async () => {
    const { session: extended, commandId } = await run('extend', { seconds: 300, reason: 'fire alarm' });
    const { rows } = await bench.db.query<{ data: Record<string, unknown> }>(`select data from stream_events where session_id = $1 and kind = 'time-changed'`, [
      session.id,
    ]);
    expect(rows[0]!.data).toMatchObject({
      deadlineAt: new Date(extended.deadlineAtMs).toISOString(), sessionVersion: 2, reason: 'fire alarm', kind: 'extend', commandId,
    });
    expect(rows[0]!.data.remainingMs).toBeGreaterThan(3_800_000);
  });

  it('scaled by the multiplier of the session rounds up to a second', async () => {
    await bench.db.query('update exam_sessions set time_multiplier = 1.25 where id = $1', [session.id]);
    expect((await run('extend', { seconds: 571, scaled: true })).session.extraMs).toBe(714_000);
  });
});

describe('a pause', () => {
  it.each([1_000, 1, 86_399_999])('of %i ms gives back exactly its length', async (pausedMs) => {
    const { session: paused } = await run('pause');
    expect(paused).toMatchObject({ state: 'paused', deadlineAtMs: session.deadlineAtMs });
    await bench.clock.advance(pausedMs);
    const { session: resumed } = await run('resume');
    const { rows } = await bench.db.query<{ at: Date }>('select at from session_commands where session_id = $1 order by version', [session.id]);
    expect(resumed.pausedTotalMs).toBe(rows[1]!.at.getTime() - rows[0]!.at.getTime());
    expect(resumed).toMatchObject({ state: 'active', deadlineAtMs: session.deadlineAtMs + resumed.pausedTotalMs });
    expect(resumed.pausedTotalMs).toBeGreaterThanOrEqual(pausedMs);
    await bench.clock.advance(-pausedMs);
  });

  it('can be extended, and the extension counts after it', async () => {
    await run('pause');
    const { session: extended } = await run('extend', { seconds: 60 });
    expect(extended).toMatchObject({ state: 'paused', deadlineAtMs: session.deadlineAtMs + 60_000 });
  });

  it('left alone is closed at its limit, a day after the end of the window, and gives the paused time to nobody', async () => {
    const { session: paused } = await run('pause');
    expect(paused.pauseLimitAtMs! - paused.deadlineAtMs).toBeGreaterThan(86_400_000);
    await bench.db.query('update exam_sessions set pause_limit_at = holdfast_now() where id = $1', [session.id]);
    expect(await closeSessionIfDue(bench.db, session.id)).toMatchObject({ state: 'expired', closeReason: 'pause-limit', closedVersion: 3 });
  });

  it('is not possible once the time is over', async () => {
    await bench.clock.advance(3_610_001);
    expect(await codeOf(run('pause'))).toBe('deadline-passed');
    await bench.clock.advance(-3_610_001);
  });
});

describe('a shortening', () => {
  it('takes the seconds away, but never goes behind the clock', async () => {
    expect((await run('shorten', { seconds: 600 })).session.deadlineAtMs).toBe(session.deadlineAtMs - 600_000);
    const beforeMs = await bench.clock.nowMs();
    const { session: ended } = await run('shorten', { seconds: 86_400 });
    expect(ended.deadlineAtMs).toBeGreaterThanOrEqual(beforeMs);
    expect(ended.deadlineAtMs).toBeLessThan(beforeMs + 3_000);
  });

  it('within the grace leaves the deadline where it is', async () => {
    await bench.clock.advance(3_605_000);
    expect((await run('shorten', { seconds: 600 })).session.deadlineAtMs).toBe(session.deadlineAtMs);
    await bench.clock.advance(-3_605_000);
  });

  it('of a paused session goes down to the moment its clock was stopped', async () => {
    const { session: paused } = await run('pause');
    await bench.clock.advance(60_000);
    expect((await run('shorten', { seconds: 86_400 })).session.deadlineAtMs).toBe(paused.pausedAtMs);
    await bench.clock.advance(-60_000);
  });
});

describe('closing by hand', () => {
  it.each([['terminate', 'terminated'], ['withdraw', 'withdrawn']] as const)('%s works on an open and on a paused session', async (kind, state) => {
    await run('pause');
    await bench.clock.advance(5_000);
    const { session: closed } = await run(kind);
    expect(closed).toMatchObject({ state, closeReason: state, version: 3, closedVersion: 3, pausedAtMs: null });
    expect(closed.endedAtMs).toBe(closed.closedAtMs);
    expect(closed.pausedTotalMs).toBeGreaterThanOrEqual(5_000);
    await bench.clock.advance(-5_000);
    expect(await codeOf(run('extend', { seconds: 1 }))).toBe('session-closed');
    expect(await codeOf(run('terminate'))).toBe('session-closed');
  });
});

describe('a re-open', () => {
  it('gives the wanted seconds from now, keeps the parts of the deadline consistent, and is closed again at its new end', async () => {
    await bench.clock.advance(3_700_000);
    expect((await closeSessionIfDue(bench.db, session.id)).state).toBe('expired');
    const { session: open } = await run('reopen', { seconds: 600 });
    const nowMs = await bench.clock.nowMs();
    expect(open).toMatchObject({ state: 'active', version: 3, closedAtMs: null, closedVersion: null, closeReason: null, endedAtMs: null });
    expect(Math.abs(open.deadlineAtMs - nowMs - 600_000)).toBeLessThan(3_000);
    expect(open.deadlineAtMs).toBe(Math.min(open.startedAtMs + open.entitledMs, open.capAtMs!) + open.extraMs + open.pausedTotalMs);
    await bench.clock.advance(611_000);
    expect(await closeSessionIfDue(bench.db, session.id)).toMatchObject({ state: 'expired', closedVersion: 4, endedAtMs: open.deadlineAtMs });
    await bench.clock.advance(-4_311_000);
  });

  it('works in the moment in which the session is over and nobody has closed it yet', async () => {
    await bench.clock.advance(3_700_000);
    expect((await run('reopen', { seconds: 600 })).session).toMatchObject({ state: 'active', version: 3 });
    await bench.clock.advance(-3_700_000);
    const { rows } = await bench.db.query('select array_agg(kind order by version) as kinds from session_commands where session_id = $1', [session.id]);
    expect(rows[0]).toEqual({ kinds: ['expire', 'reopen'] });
  });

  it('is refused for an open session, after publication, and below a later attempt', async () => {
    expect(await codeOf(run('reopen', { seconds: 60 }))).toBe('state-conflict');
    await run('terminate');
    await bench.db.query('update exams set results_published_at = holdfast_now() where id = $1', [examId]);
    expect(await codeOf(run('reopen', { seconds: 60 }))).toBe('state-conflict');
    await bench.db.query('update exams set results_published_at = null, attempts = 2 where id = $1', [examId]);
    await bench.db.query(`update exam_sessions set state = 'expired' where id = $1`, [session.id]);
    await bench.start(examId, session.studentId);
    expect(await codeOf(run('reopen', { seconds: 60 }))).toBe('state-conflict');
  });
});

describe('handing in', () => {
  it('saves the last answers, closes once, and answers the stored result to every further click', async () => {
    const submit = (commandId = randomUUID()) =>
      inTransaction(bench.db, (tx) =>
        submitSession(tx, {
          sessionId: session.id, commandId, origin: originOf(session.studentId),
          answers: [{ sessionId: session.id, itemId: session.id, response: { optionId: 'a' }, clientId: session.id, clientSeq: 7, baseRevision: 0 }],
        }));
    const first = await submit();
    expect(first).toMatchObject({ session: { state: 'submitted', closeReason: 'submitted', version: 2, closedVersion: 2 }, counts: { answered: 1 } });
    expect(first.results).toMatchObject([{ ok: true, revision: 1, sessionVersion: 1 }]);
    expect(await submit()).toMatchObject({ session: first.session, counts: { answered: 1 }, results: [{ ok: true, revision: 1 }] });
  });

  it('after the end is refused, and the answers that came along are kept', async () => {
    await bench.clock.advance(3_700_000);
    const late = await inTransaction(bench.db, (tx) =>
      submitSession(tx, {
        sessionId: session.id, commandId: randomUUID(), origin: originOf(session.studentId),
        answers: [{ sessionId: session.id, itemId: session.id, response: { optionId: 'a' }, clientId: session.id, clientSeq: 7, baseRevision: 0 }],
      }));
    await bench.clock.advance(-3_700_000);
    expect(late).toMatchObject({ refusal: 'deadline-passed', results: [{ ok: false, code: 'deadline-passed' }] });
    const { rows } = await bench.db.query('select code from refused_answers where session_id = $1', [session.id]);
    expect(rows).toEqual([{ code: 'deadline-passed' }]);
    expect((await selectSession(bench.db, session.id)).state).toBe('active');
  });
});
