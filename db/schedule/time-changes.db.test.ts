import { randomUUID } from 'node:crypto';

import { inTransaction } from '#db/connection.ts';
import { acknowledge } from '#db/session/presence.ts';
import { closeDueSessions, closeSessionIfDue, createCloseLoop } from '#db/session/close.ts';
import { checkInvariants } from '#db/session/invariants.ts';
import { runSessionCommand } from '#db/session/commands.ts';
import { selectSession, type SessionRow } from '#db/session/rows.ts';
import { type CoreBench, holdTransaction, openBench, originOf, waitUntilBlockedBy, withoutGuard } from '#tests/support/core.ts';
import { assignStudent, type ExamRows, insertExam } from '#tests/support/exam-rows.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { applyTimeChange, continueTimeChanges, listTimeChanges, selectTimeChange, type TimeChangeKind, type TimeChangeRequest } from './time-changes.ts';

let bench: CoreBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());
afterEach(async () => {
  // whatever a test did: the rows are consistent
  const broken = (await checkInvariants(bench.db)).filter(({ name, holds }) => !holds && !name.includes('workflow') && name !== 'closed-in-time');
  expect(broken).toEqual([]);
});

const STAFF = originOf(randomUUID());
type Given = Partial<TimeChangeRequest>;
const change = (examId: string, kind: TimeChangeKind, given: Given = {}) =>
  inTransaction(bench.db, (tx) => applyTimeChange(tx, { commandId: randomUUID(), examId, kind, scope: { all: true }, reason: 'bell', origin: STAFF, ...given }));
const codeOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'accepted', (error: { code: string }) => error.code);
const windowOf = async (examId: string) => {
  const { rows } = await bench.db.query<{ opens_at: Date; closes_at: Date; local_end: string; schedule_version: number; extended_ms: number }>(
    'select opens_at, closes_at, local_end, schedule_version, extended_ms from exams where id = $1', [examId]);
  const row = rows[0]!;
  return { opensAtMs: row.opens_at.getTime(), closesAtMs: row.closes_at.getTime(), localEnd: row.local_end, version: row.schedule_version };
};

async function sitting(given: ExamRows = {}): Promise<{ examId: string; sessions: SessionRow[]; studentIds: string[] }> {
  const { examId, studentIds } = await insertExam(bench.db, { students: 3, ...given });
  const sessions: SessionRow[] = [];
  for (const studentId of studentIds) sessions.push(await bench.start(examId, studentId));
  return { examId, sessions, studentIds };
}
const again = (session: SessionRow | undefined): Promise<SessionRow> => selectSession(bench.db, session!.id);

describe('extending everybody', () => {
  it('moves every open session, the window, streams and outbox in one transaction', async () => {
    const { examId, sessions } = await sitting();
    const before = await windowOf(examId);
    const result = await change(examId, 'extend', { seconds: 90 });
    expect(result).toMatchObject({ state: 'applied', affected: 3, skipped: 0 });
    for (const session of sessions) expect((await again(session)).deadlineAtMs).toBe(session.deadlineAtMs + 90_000);
    const after = await windowOf(examId);
    expect(after).toMatchObject({ opensAtMs: before.opensAtMs, closesAtMs: before.closesAtMs + 90_000, version: before.version + 1 });
    expect(after.localEnd).toBe(new Date(after.closesAtMs).toISOString().slice(0, after.closesAtMs % 60_000 < 1_000 ? 16 : 19));
    const { rows } = await bench.db.query(
      `select (select count(*) from stream_events where exam_id = $1 and kind = 'time-changed') as changed,
         (select count(*) from stream_events where exam_id = $1 and kind = 'window-changed' and session_id is null) as moved,
         (select count(*) from outbox where topic = 'window' and payload ->> 'id' = $2) as windows,
         (select count(*) from outbox o join exam_sessions s on o.key = s.id || ':2' where s.exam_id = $1) as wakes,
         (select count(*) from audit_log where exam_id = $1 and action = 'exam.extend') as audits`,
      [examId, examId],
    );
    expect(rows[0]).toEqual({ changed: 3, moved: 1, windows: 1, wakes: 3, audits: 1 });
  });

  it('reaches each student exactly once, whether the window or the own time ends the session, started before it or after', async () => {
    for (const closesInMs of [1_800_000, 3 * 3_600_000]) {
      const { examId, studentIds } = await insertExam(bench.db, { students: 2, durationMinutes: 60, closesInMs });
      const before = await bench.start(examId, studentIds[0]!);
      await change(examId, 'extend', { seconds: 600 });
      const after = await bench.start(examId, studentIds[1]!);
      expect((await again(before)).deadlineAtMs).toBe(before.deadlineAtMs + 600_000);
      const sameRule = closesInMs === 1_800_000 ? before.deadlineAtMs : after.startedAtMs + 3_600_000;
      expect(after.deadlineAtMs).toBe(sameRule + 600_000);
    }
  });

  it('before anybody started lets them start until the moved end', async () => {
    const { examId, studentIds } = await insertExam(bench.db, { durationMinutes: 60, closesInMs: 600_000 });
    await change(examId, 'extend', { seconds: 600 });
    await bench.clock.advance(700_000);
    const session = await bench.start(examId, studentIds[0]!);
    expect(session.deadlineAtMs).toBe((await windowOf(examId)).closesAtMs);
    await bench.clock.advance(-700_000);
  });

  it('scaled gives each their multiplier, rounded up to a second', async () => {
    const { examId, studentIds } = await insertExam(bench.db, { students: 2 });
    await bench.db.query('insert into user_accommodations (user_id, time_multiplier) values ($1, 1.5)', [studentIds[1]]);
    const [plain, longer] = [await bench.start(examId, studentIds[0]!), await bench.start(examId, studentIds[1]!)];
    await change(examId, 'extend', { seconds: 571, scaled: true });
    expect([(await again(plain)).extraMs, (await again(longer)).extraMs]).toEqual([571_000, 857_000]);
    const late = await assignStudent(bench.db, examId);
    await bench.db.query('insert into user_accommodations (user_id, time_multiplier) values ($1, 1.5)', [late]);
    expect((await bench.start(examId, late)).extraMs).toBe(857_000);
  });

  it('again with the same id answers the same and changes nothing; with other arguments it is refused', async () => {
    const { examId, sessions } = await sitting();
    const commandId = randomUUID();
    const first = await change(examId, 'extend', { seconds: 60, commandId });
    expect(await change(examId, 'extend', { seconds: 60, commandId })).toEqual(first);
    expect((await again(sessions[0])).extraMs).toBe(60_000);
    expect(await codeOf(change(examId, 'extend', { seconds: 61, commandId }))).toBe('idempotency-key-reused');
    const twin = randomUUID();
    const twins = await Promise.all([1, 2, 3].map(() => change(examId, 'extend', { seconds: 30, commandId: twin })));
    expect(twins.map(({ affected }) => affected)).toEqual([3, 3, 3]);
    expect((await again(sessions[0])).extraMs).toBe(90_000);
  });

  it('skips and counts sessions that are closed, and does not open a window that is over', async () => {
    const { examId, sessions } = await sitting({ durationMinutes: 1, closesInMs: 60_000, endRule: 'duration' });
    await bench.clock.advance(70_500);
    await closeSessionIfDue(bench.db, sessions[0]!.id);
    const before = await windowOf(examId);
    // two are past their cutoff although nobody has closed them yet
    expect(await change(examId, 'extend', { seconds: 600 })).toMatchObject({ state: 'applied', affected: 0, skipped: 1 });
    expect(await windowOf(examId)).toEqual(before);
    expect(await closeDueSessions(bench.db, 100, examId)).toBe(2);
    await bench.clock.advance(-70_500);
  });
});

describe('a scope', () => {
  it('reaches batches by membership and by assignment, and selections by name', async () => {
    const { examId, sessions, studentIds } = await sitting();
    const batchId = randomUUID();
    await bench.db.query(`insert into batches (id, name, owner_id) select $1, 'B', owner_id from exams where id = $2`, [batchId, examId]);
    await bench.db.query('insert into batch_students (batch_id, student_id) values ($1, $2)', [batchId, studentIds[0]]);
    await bench.db.query('update exam_assignments set batch_id = $1 where exam_id = $2 and student_id = $3', [batchId, examId, studentIds[1]]);
    expect(await change(examId, 'extend', { seconds: 10, scope: { batchIds: [batchId] } })).toMatchObject({ affected: 2 });
    expect(await change(examId, 'shorten', { seconds: 5, scope: { studentIds: [studentIds[0]!, studentIds[2]!] } })).toMatchObject({ affected: 2 });
    expect(await Promise.all(sessions.map(async (session) => (await again(session)).extraMs))).toEqual([5_000, 10_000, -5_000]);
    expect((await windowOf(examId)).version).toBe(0);
  });

  it('counts for who starts later too', async () => {
    const { examId, studentIds } = await insertExam(bench.db, { students: 2 });
    await change(examId, 'extend', { seconds: 300, scope: { studentIds: [studentIds[0]!] } });
    expect((await bench.start(examId, studentIds[0]!)).extraMs).toBe(300_000);
    expect((await bench.start(examId, studentIds[1]!)).extraMs).toBe(0);
  });
});

describe('the other kinds', () => {
  it('pause stops every clock, keeps late starters out, and resume gives back exactly the paused time', async () => {
    const { examId, sessions } = await sitting();
    expect(await change(examId, 'pause')).toMatchObject({ affected: 3 });
    const late = await assignStudent(bench.db, examId);
    expect(await codeOf(bench.start(examId, late))).toBe('session-paused');
    await bench.clock.advance(60_000);
    expect(await change(examId, 'resume')).toMatchObject({ affected: 3 });
    const resumed = await Promise.all(sessions.map(again));
    expect(new Set(resumed.map((session) => session.pausedTotalMs)).size).toBe(1);
    expect(resumed[0]!.pausedTotalMs).toBeGreaterThanOrEqual(60_000);
    for (const [index, session] of resumed.entries()) expect(session.deadlineAtMs).toBe(sessions[index]!.deadlineAtMs + session.pausedTotalMs);
    expect((await bench.start(examId, late)).state).toBe('active');
    await bench.clock.advance(-60_000);
  });

  it('shorten takes from all, moves the end of the window, and never goes behind the clock', async () => {
    const { examId, sessions } = await sitting();
    const before = await windowOf(examId);
    await change(examId, 'shorten', { seconds: 600 });
    expect((await again(sessions[0])).deadlineAtMs).toBe(sessions[0]!.deadlineAtMs - 600_000);
    expect((await windowOf(examId)).closesAtMs).toBe(before.closesAtMs - 600_000);
    await change(examId, 'shorten', { seconds: 86_400 });
    const nowMs = await bench.clock.nowMs();
    for (const session of sessions) expect(Math.abs((await again(session)).deadlineAtMs - nowMs)).toBeLessThan(5_000);
    expect(Math.abs((await windowOf(examId)).closesAtMs - nowMs)).toBeLessThan(5_000);
  });

  it('open opens the window now', async () => {
    const { examId, studentIds } = await insertExam(bench.db, { opensInMs: 600_000 });
    expect(await codeOf(bench.start(examId, studentIds[0]!))).toBe('exam-not-open');
    expect(await change(examId, 'open')).toMatchObject({ state: 'applied', affected: 0 });
    expect((await bench.start(examId, studentIds[0]!)).state).toBe('active');
  });

  it('end closes everybody and the window now; the paused ones too', async () => {
    const { examId, sessions } = await sitting();
    await change(examId, 'pause', { scope: { studentIds: [sessions[0]!.studentId] } });
    expect(await change(examId, 'end')).toMatchObject({ state: 'applied', affected: 3 });
    for (const session of sessions) {
      const closed = await again(session);
      expect(closed).toMatchObject({ state: 'expired', closeReason: 'ended', endedAtMs: closed.deadlineAtMs });
      expect(closed.deadlineAtMs).toBe(closed.closedAtMs);
    }
    expect(await codeOf(bench.start(examId, await assignStudent(bench.db, examId)))).toBe('exam-closed');
  });

  it('re-open brings back what the clock or the students closed, not what a person ended, unless named', async () => {
    const { examId, sessions } = await sitting({ durationMinutes: 1, endRule: 'duration' });
    await change(examId, 'pause', { scope: { studentIds: [sessions[2]!.studentId] } });
    await bench.db.query(`select apply_session_change(array[$1::uuid], 'terminate', holdfast_now(), 0, false, null, '', null, null, false, false)`, [sessions[2]!.id]);
    await bench.clock.advance(70_500);
    await closeSessionIfDue(bench.db, sessions[0]!.id);
    await closeSessionIfDue(bench.db, sessions[1]!.id);
    expect(await change(examId, 'reopen', { seconds: 600 })).toMatchObject({ affected: 2, skipped: 1 });
    expect((await again(sessions[0])).state).toBe('active');
    expect(await change(examId, 'reopen', { seconds: 600, scope: { studentIds: [sessions[2]!.studentId] } })).toMatchObject({ affected: 1 });
    await bench.clock.advance(-70_500);
  });

  it('credit gives running sessions time and leaves those who have not started untouched', async () => {
    const { examId, sessions } = await sitting();
    const before = await windowOf(examId);
    expect(await change(examId, 'credit', { seconds: 570 })).toMatchObject({ affected: 3 });
    expect((await again(sessions[0])).extraMs).toBe(570_000);
    expect((await bench.start(examId, await assignStudent(bench.db, examId))).extraMs).toBe(0);
    expect(await windowOf(examId)).toEqual(before);
  });

  it('cancel withdraws open sessions and is the end', async () => {
    const { examId, sessions } = await sitting();
    expect(await change(examId, 'cancel')).toMatchObject({ affected: 3 });
    expect(await again(sessions[0])).toMatchObject({ state: 'withdrawn', closeReason: 'cancelled' });
    expect(await codeOf(change(examId, 'extend', { seconds: 60 }))).toBe('state-conflict');
    expect(await codeOf(bench.start(examId, await assignStudent(bench.db, examId)))).toBe('exam-closed');
  });
});

describe('a row that somebody holds', () => {
  it('does not hold up the others and follows as soon as it is free', async () => {
    const { examId, sessions } = await sitting();
    const hung = await holdTransaction(bench.db);
    await hung.query('select from exam_sessions where id = $1 for share', [sessions[1]!.id]);
    const commandId = randomUUID();
    expect(await change(examId, 'extend', { seconds: 60, commandId })).toMatchObject({ state: 'accepted', affected: 2 });
    expect(await continueTimeChanges(bench.db)).toBe(0);
    expect((await selectTimeChange(bench.db, examId, commandId)).students.filter((one) => one.newDeadlineAtMs === null)).toMatchObject([
      { sessionId: sessions[1]!.id, state: 'unacknowledged' },
    ]);
    await hung.rollback();
    expect(await continueTimeChanges(bench.db)).toBe(1);
    expect(await change(examId, 'extend', { seconds: 60, commandId })).toMatchObject({ state: 'applied', affected: 3 });
    expect((await again(sessions[1])).extraMs).toBe(60_000);
  });

  it('leaves the change open, and who starts meanwhile has it already and does not get it twice', async () => {
    const { examId, sessions } = await sitting();
    const hung = await holdTransaction(bench.db);
    await hung.query('select from exam_sessions where id = $1 for share', [sessions[1]!.id]);
    expect(await change(examId, 'extend', { seconds: 60 })).toMatchObject({ state: 'accepted' });
    const late = await bench.start(examId, await assignStudent(bench.db, examId));
    expect(late).toMatchObject({ extraMs: 60_000, version: 1 });
    expect(await continueTimeChanges(bench.db)).toBe(0);
    await hung.rollback();
    expect(await continueTimeChanges(bench.db)).toBe(1);
    expect(await again(late)).toEqual(late);
  });

  it('gets its changes in their order: a late pause does not follow its own resume', async () => {
    const { examId, sessions } = await sitting();
    const hung = await holdTransaction(bench.db);
    await hung.query('select from exam_sessions where id = $1 for share', [sessions[1]!.id]);
    expect(await change(examId, 'pause')).toMatchObject({ state: 'accepted', affected: 2 });
    expect(await change(examId, 'resume')).toMatchObject({ state: 'accepted', affected: 2 });
    await hung.rollback();
    expect(await continueTimeChanges(bench.db)).toBe(2);
    expect(await again(sessions[1])).toMatchObject({ state: 'active', version: 3 });
    expect((await listTimeChanges(bench.db, examId)).map((one) => [one.kind, one.state, one.affected])).toEqual([
      ['resume', 'applied', 3], ['pause', 'applied', 3],
    ]);
  });

  it('held past its cutoff still gets the extension that was granted before it, and is not closed over it', async () => {
    const { examId, sessions } = await sitting({ durationMinutes: 1, endRule: 'duration' });
    await bench.clock.advance(65_000);
    const hung = await holdTransaction(bench.db);
    await hung.query('select from exam_sessions where id = $1 for share', [sessions[1]!.id]);
    await change(examId, 'extend', { seconds: 600 });
    await bench.clock.advance(60_000);
    await hung.rollback();
    // whoever comes first, close or extension
    expect(await closeDueSessions(bench.db, 100, examId)).toBe(0);
    expect((await closeSessionIfDue(bench.db, sessions[1]!.id)).state).toBe('active');
    const loop = createCloseLoop(bench.db, { onClosed: () => undefined, log: { warn: () => undefined, error: () => undefined } });
    expect(await loop.tick()).toBeGreaterThanOrEqual(1);
    expect(await again(sessions[1])).toMatchObject({ state: 'active', deadlineAtMs: sessions[1]!.deadlineAtMs + 600_000 });
    await bench.clock.advance(-125_000);
  });

  it.each([
    ['close_due_sessions(integer,uuid)', 'continue when not pg_try_advisory_xact_lock_shared(exam_lock_key(due_exam));'],
    ['close_due_sessions(integer,uuid)', 'and s.id not in (select unnest(waiting))'],
  ])('is not closed over a change that was decided in time and is under way; %s without "%s" does', async (signature, guard) => {
    for (const [isGuarded, closed] of [[true, 0], [false, 1]] as const) {
      const { examId, sessions } = await sitting({ durationMinutes: 1, endRule: 'duration', students: 1 });
      await bench.clock.advance(65_000);
      const hung = await holdTransaction(bench.db);
      await hung.query('select from exam_sessions where id = $1 for share', [sessions[0]!.id]);
      const staff = await holdTransaction(bench.db);
      await applyTimeChange(staff, { commandId: randomUUID(), examId, kind: 'extend', seconds: 600, scope: { all: true }, reason: 'bell', origin: STAFF });
      // the second guard is for the time after the commit
      if (guard.includes('waiting')) await staff.commit();
      await bench.clock.advance(60_000);
      await hung.rollback();
      const restore = isGuarded ? undefined : await withoutGuard(bench.owner, signature, guard);
      expect(await closeDueSessions(bench.db, 100, examId)).toBe(closed);
      await restore?.();
      if (!guard.includes('waiting')) await staff.commit();
      await continueTimeChanges(bench.db);
      expect((await again(sessions[0])).state).toBe(isGuarded ? 'active' : 'expired');
      await bench.clock.advance(-125_000);
    }
  });

  it('held past its cutoff is paused as of the decision', async () => {
    const { examId, sessions } = await sitting({ durationMinutes: 1, endRule: 'duration' });
    await bench.clock.advance(50_000);
    const hung = await holdTransaction(bench.db);
    await hung.query('select from exam_sessions where id = $1 for share', [sessions[1]!.id]);
    await change(examId, 'pause');
    await bench.clock.advance(60_000);
    await hung.rollback();
    expect(await continueTimeChanges(bench.db)).toBe(1);
    const paused = await again(sessions[1]);
    expect(paused.state).toBe('paused');
    expect(paused.deadlineAtMs - paused.pausedAtMs!).toBeGreaterThan(5_000);
    await bench.clock.advance(-110_000);
  });
});

describe('a row that changes between being found and being locked', () => {
  const RUN = 'run_time_change(uuid)';
  const EARLIER = 'awaiting_earlier(uuid,integer)';
  /** Holds the pass between the two, until the gate opens. */
  const overtake = async (examId: string, first: () => Promise<unknown>): Promise<void> => {
    const restore = await withoutGuard(bench.owner, EARLIER, 'select coalesce(', 'select pg_advisory_xact_lock_shared(42); select coalesce(');
    const gate = await holdTransaction(bench.db);
    await gate.query('select pg_advisory_xact_lock(42)');
    const changing = change(examId, 'extend', { seconds: 60 });
    await waitUntilBlockedBy(bench.owner, gate.pid);
    await first();
    await gate.commit();
    await changing;
    await restore();
  };
  const terminate = (session: SessionRow) =>
    inTransaction(bench.db, (tx) => runSessionCommand(tx, { sessionId: session.id, commandId: randomUUID(), kind: 'terminate', origin: STAFF, reason: null }));

  it('is looked at again under the lock: a session closed in between is left alone', async () => {
    const { examId, sessions } = await sitting();
    await overtake(examId, () => terminate(sessions[1]!));
    expect(await again(sessions[1])).toMatchObject({ state: 'terminated', version: 2, extraMs: 0 });
    expect(await again(sessions[0])).toMatchObject({ extraMs: 60_000 });
  });

  it('without the second look a closed session is changed', async () => {
    const { examId, sessions } = await sitting();
    const restore = await withoutGuard(bench.owner, RUN, 'ids := array(select w from awaiting_sessions(change) w where w in (select unnest(ids)) order by w);');
    await overtake(examId, () => terminate(sessions[1]!));
    await restore();
    expect(await again(sessions[1])).toMatchObject({ state: 'terminated', version: 3, closedVersion: 2 });
  });
});

describe('what staff see of a change', () => {
  it('tells for each student the old and the new deadline and whether the browser shows it', async () => {
    const { examId, sessions } = await sitting();
    await bench.db.query(`select apply_session_change(array[$1::uuid], 'terminate', holdfast_now(), 0, false, null, '', null, null, false, false)`, [sessions[2]!.id]);
    const commandId = randomUUID();
    await change(examId, 'extend', { seconds: 60, commandId });
    await inTransaction(bench.db, (tx) => acknowledge(tx, { sessionId: sessions[0]!.id, version: 2 }));
    const seen = await selectTimeChange(bench.db, examId, commandId);
    const of = (index: number) => seen.students.find((one) => one.sessionId === sessions[index]!.id);
    const deadlines = { oldDeadlineAtMs: sessions[0]!.deadlineAtMs, newDeadlineAtMs: sessions[0]!.deadlineAtMs + 60_000 };
    expect(of(0)).toEqual({ studentId: sessions[0]!.studentId, sessionId: sessions[0]!.id, state: 'acknowledged', ...deadlines });
    expect(of(1)).toMatchObject({ state: 'unacknowledged' });
    expect(of(2)).toMatchObject({ state: 'refused', code: 'session-closed', newDeadlineAtMs: null });
    expect(seen).toMatchObject({ kind: 'extend', seconds: 60, scaled: false, affected: 2, skipped: 1, changeNo: 1 });
    await expect(selectTimeChange(bench.db, randomUUID(), commandId)).rejects.toMatchObject({ code: 'not-found' });
  });
});
