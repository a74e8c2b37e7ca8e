import { randomUUID } from 'node:crypto';

import { inTransaction } from '#db/connection.ts';
import { lockExam } from '#db/schedule/lock.ts';
import { applyTimeChange } from '#db/schedule/time-changes.ts';
import { type CoreBench, holdTransaction, openBench, originOf, waitUntilBlockedBy, withoutGuard } from '#tests/support/core.ts';
import { assignStudent, insertExam } from '#tests/support/exam-rows.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startSession } from './start.ts';

let bench: CoreBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const codeOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'accepted', (error: { code: string }) => error.code);

async function oneExam(given: Parameters<typeof insertExam>[1] = {}): Promise<{ examId: string; studentId: string }> {
  const { examId, studentIds } = await insertExam(bench.db, given);
  return { examId, studentId: studentIds[0]! };
}

describe('starting', () => {
  it('gives the deadline by own time, and the end of the window caps it', async () => {
    const early = await oneExam({ durationMinutes: 60, closesInMs: 2 * 3_600_000 });
    const session = await bench.start(early.examId, early.studentId);
    expect(session.deadlineAtMs - session.startedAtMs).toBe(3_600_000);
    expect(session.cutoffAtMs - session.deadlineAtMs).toBe(10_000);
    expect(session).toMatchObject({ state: 'active', version: 1, attempt: 1, extraMs: 0, closedAtMs: null });
    expect(BigInt(session.seed)).toBeGreaterThanOrEqual(0n);

    const late = await oneExam({ durationMinutes: 60, closesInMs: 1_800_000 });
    const capped = await bench.start(late.examId, late.studentId);
    expect(capped.deadlineAtMs).toBe(capped.capAtMs);
    expect(capped.deadlineAtMs - capped.startedAtMs).toBeLessThanOrEqual(1_800_000);

    const free = await oneExam({ durationMinutes: 60, closesInMs: 1_800_000, endRule: 'duration' });
    const uncapped = await bench.start(free.examId, free.studentId);
    expect(uncapped.capAtMs).toBeNull();
    expect(uncapped.deadlineAtMs - uncapped.startedAtMs).toBe(3_600_000);
  });

  it('rounds an accommodation up to a second and widens the cap by it', async () => {
    const { examId, studentId } = await oneExam({ durationMinutes: 7, closesInMs: 60_000 });
    await bench.db.query('insert into user_accommodations (user_id, time_multiplier, extra_minutes) values ($1, 1.3333, 1)', [studentId]);
    const session = await bench.start(examId, studentId);
    // 7 min x 1.3333 + 1 min = 619.986 s
    expect(session.entitledMs).toBe(620_000);
    expect(session.timeMultiplier).toBe('1.3333');
    const { rows } = await bench.db.query<{ closes_at: Date }>('select closes_at from exams where id = $1', [examId]);
    expect(session.deadlineAtMs).toBe(rows[0]!.closes_at.getTime() + 200_000);
  });

  it('writes event, outbox, audit and presence with the row', async () => {
    const { examId, studentId } = await oneExam();
    const { id } = await bench.start(examId, studentId);
    const { rows } = await bench.db.query(
      `select (select count(*) from stream_events where session_id = $1 and kind = 'started') as events,
         (select count(*) from outbox where topic = 'session' and key = $1 || ':1') as wakes,
         (select count(*) from audit_log where session_id = $1::uuid and action = 'session.start') as audits,
         (select count(*) from session_presence where session_id = $1::uuid) as presences,
         (select count(*) from session_commands where session_id = $1::uuid) as commands`.replaceAll('session_id = $1 ', 'session_id = $1::uuid '),
      [id],
    );
    expect(rows[0]).toEqual({ events: 1, wakes: 1, audits: 1, presences: 1, commands: 0 });
  });

  it('answers the one session however often it is asked, also at the same moment', async () => {
    const { examId, studentId } = await oneExam();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        startSession(bench.db, { examId, studentId, accessCodeOk: () => Promise.resolve(true), origin: originOf(studentId) })),
    );
    expect(new Set(answers.map(({ session }) => session.id)).size).toBe(1);
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    const { rows } = await bench.db.query('select count(*) as n from exam_sessions where exam_id = $1', [examId]);
    expect(rows[0]).toEqual({ n: 1 });
  });

  it('without the unique index on open sessions two devices get two sessions', async () => {
    const { examId, studentId } = await oneExam();
    await bench.owner.query('drop index exam_sessions_open_key');
    try {
      const first = await holdTransaction(bench.db);
      const insert = `insert into exam_sessions (id, exam_id, student_id, attempt, state, started_at, entitled_ms, duration_ms, deadline_at, grace_ms, cutoff_at, seed)
        select $1, $2, $3, (select coalesce(max(attempt), 0) + $4::int from exam_sessions where exam_id = $2), 'active', n, 1, 1, n, 0, n, 0 from holdfast_now() n`;
      await first.query(insert, [randomUUID(), examId, studentId, 1]);
      await bench.db.query(insert, [randomUUID(), examId, studentId, 2]);
      await first.commit();
      const { rows } = await bench.db.query('select count(*) as n from exam_sessions where exam_id = $1', [examId]);
      expect(rows[0]).toEqual({ n: 2 });
    } finally {
      await bench.owner.query('delete from exam_sessions where exam_id = $1', [examId]);
      await bench.owner.query(`create unique index exam_sessions_open_key on exam_sessions (exam_id, student_id) where state in ('active','paused')`);
    }
  });

  it.each([
    ['exam-not-open', { opensInMs: 60_000 }],
    ['exam-closed', { opensInMs: -7_200_000, closesInMs: -1 }],
    ['late-entry-closed', { opensInMs: -601_000, lateEntryMinutes: 10 }],
    ['not-found', { lifecycle: 'draft' }],
    ['exam-closed', { lifecycle: 'archived' }],
    ['accepted', { opensInMs: -599_000, lateEntryMinutes: 10 }],
  ] as const)('is decided by the window: %s', async (code, given) => {
    const { examId, studentId } = await oneExam(given);
    expect(await codeOf(bench.start(examId, studentId))).toBe(code);
  });

  it('refuses who is not assigned and who has used all attempts', async () => {
    const { examId, studentId } = await oneExam({ attempts: 2, durationMinutes: 1, endRule: 'duration', closesInMs: 86_400_000 });
    expect(await codeOf(bench.start(examId, randomUUID()))).toBe('not-assigned');
    for (const attempt of [1, 2]) {
      expect((await bench.start(examId, studentId)).attempt).toBe(attempt);
      await bench.clock.advance(70_001);
    }
    // the second start closed the first session by its deadline: nobody else had
    expect(await codeOf(bench.start(examId, studentId))).toBe('attempts-used');
  });

  it('asks for the access code only where there is one, and again when it changed in between', async () => {
    const { examId, studentId } = await oneExam({ accessCodeHash: 'first' });
    const request = { examId, studentId, origin: originOf(studentId) };
    expect(await codeOf(startSession(bench.db, { ...request, accessCodeOk: () => Promise.resolve(false) }))).toBe('wrong-access-code');
    const asked: string[] = [];
    const accessCodeOk = async (hash: string): Promise<boolean> => {
      asked.push(hash);
      if (asked.length === 1) await bench.db.query(`update exams set access_code_hash = 'second' where id = $1`, [examId]);
      return true;
    };
    const { created } = await startSession(bench.db, { ...request, accessCodeOk });
    expect(created).toBe(true);
    expect(asked).toEqual(['first', 'second']);
    // resuming needs no code
    expect((await startSession(bench.db, { ...request, accessCodeOk: () => Promise.resolve(false) })).created).toBe(false);
  });
});

describe('a start while the whole exam is being extended', () => {
  const extendAll = (examId: string) =>
    ({ commandId: randomUUID(), examId, kind: 'extend', seconds: 600, scope: { all: true }, reason: 'bell', origin: originOf(null) }) as const;

  it('waits and gets the extension', async () => {
    const { examId, studentId } = await oneExam();
    const staff = await holdTransaction(bench.db);
    await applyTimeChange(staff, extendAll(examId));
    const starting = bench.start(examId, studentId);
    await waitUntilBlockedBy(bench.owner, staff.pid);
    await staff.commit();
    expect((await starting).extraMs).toBe(600_000);
  });

  it('misses it when the exam lock is not taken', async () => {
    const { examId, studentId } = await oneExam();
    const restore = await withoutGuard(
      bench.owner, 'start_session(uuid,uuid,uuid,bigint,text,uuid,text,text)', 'perform pg_advisory_xact_lock_shared(exam_lock_key(exam));');
    try {
      const staff = await holdTransaction(bench.db);
      await applyTimeChange(staff, extendAll(examId));
      const started = await bench.start(examId, studentId);
      await staff.commit();
      expect(started.extraMs).toBe(0);
      const { rows } = await bench.db.query('select count(*) as n from session_commands where session_id = $1', [started.id]);
      expect(rows[0]).toEqual({ n: 0 });
    } finally {
      await restore();
    }
  });

  it('is waited for: a start that came first is in the pass', async () => {
    const { examId } = await oneExam();
    const studentId = await assignStudent(bench.db, examId);
    const start = await holdTransaction(bench.db);
    await lockExam(start, examId, 'shared');
    const { rows } = await start.query<{ id: string }>('select (t.session).id from start_session($1, $2, $3, 1, null, null, null, null) t', [
      examId, studentId, randomUUID(),
    ]);
    const change = inTransaction(bench.db, (tx) => applyTimeChange(tx, extendAll(examId)));
    await waitUntilBlockedBy(bench.owner, start.pid);
    await start.commit();
    expect(await change).toMatchObject({ state: 'applied', affected: 1 });
    const { rows: after } = await bench.db.query('select extra_ms, version from exam_sessions where id = $1', [rows[0]!.id]);
    expect(after[0]).toEqual({ extra_ms: 600_000, version: 2 });
  });
});
