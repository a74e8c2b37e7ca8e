import { type CoreBench, holdTransaction, openBench } from '#tests/support/core.ts';
import { insertExam } from '#tests/support/exam-rows.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { closeDueSessions, closeSessionIfDue, countDueSessions, createCloseLoop } from './close.ts';
import { selectSession } from './rows.ts';

let bench: CoreBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const SILENT = { warn: () => undefined, error: () => undefined };

describe('closing by the clock', () => {
  it('ends exactly what is due, at its deadline, with nobody online', async () => {
    const { examId, studentIds } = await insertExam(bench.db, { students: 3, durationMinutes: 1, endRule: 'duration' });
    const sessions = [];
    for (const studentId of studentIds) sessions.push(await bench.start(examId, studentId));
    await bench.db.query(`update exam_sessions set extra_ms = 600000, deadline_at = deadline_at + interval '600 s', cutoff_at = cutoff_at + interval '600 s' where id = $1`, [
      sessions[0]!.id,
    ]);
    await bench.clock.advance(70_500);
    expect(await closeDueSessions(bench.db, 2_000)).toBe(2);
    expect(await selectSession(bench.db, sessions[0]!.id)).toMatchObject({ state: 'active' });
    const closed = await selectSession(bench.db, sessions[1]!.id);
    expect(closed).toMatchObject({ state: 'expired', closeReason: 'deadline', version: 2, closedVersion: 2, endedAtMs: sessions[1]!.deadlineAtMs });
    expect(closed.closedAtMs).toBeGreaterThanOrEqual(closed.cutoffAtMs);
    const { rows } = await bench.db.query(
      `select (select count(*) from session_commands where session_id = $1 and kind = 'expire' and actor_id is null and version = 2) as commands,
         (select count(*) from stream_events where session_id = $1 and kind = 'closed') as events,
         (select count(*) from audit_log where session_id = $1 and action = 'session.expire') as audits`,
      [closed.id],
    );
    expect(rows[0]).toEqual({ commands: 1, events: 1, audits: 1 });
    expect(await closeSessionIfDue(bench.db, closed.id)).toEqual(closed);
    expect(await closeSessionIfDue(bench.db, sessions[0]!.id)).toMatchObject({ state: 'active', version: 1 });
    await bench.clock.advance(600_000);
    expect(await closeDueSessions(bench.db, 2_000)).toBe(1);
    await bench.clock.advance(-670_500);
  });

  it('an empty pass is not the end while somebody holds a row: the plain count says so', async () => {
    const { examId, studentIds } = await insertExam(bench.db, { durationMinutes: 1, endRule: 'duration' });
    const session = await bench.start(examId, studentIds[0]!);
    await bench.clock.advance(70_500);
    const hung = await holdTransaction(bench.db);
    await hung.query('select from exam_sessions where id = $1 for share', [session.id]);
    expect(await closeDueSessions(bench.db, 2_000)).toBe(0);
    expect(await countDueSessions(bench.db)).toBe(1);
    await hung.rollback();
    expect(await closeDueSessions(bench.db, 2_000)).toBe(1);
    expect(await countDueSessions(bench.db)).toBe(0);
    await bench.clock.advance(-70_500);
  });
});

describe('the close loop', () => {
  it('closes whatever nobody else closes, and says how many', async () => {
    const { examId, studentIds } = await insertExam(bench.db, { students: 2, durationMinutes: 1, endRule: 'duration' });
    for (const studentId of studentIds) await bench.start(examId, studentId);
    const seen: number[] = [];
    await bench.clock.advance(70_500);
    const loop = createCloseLoop(bench.db, { onClosed: (changed) => seen.push(changed), log: SILENT });
    expect(await loop.tick()).toBe(2);
    expect(await loop.tick()).toBe(0);
    expect(seen).toEqual([2]);
    await bench.clock.advance(-70_500);
  });

  it('closes nothing after a step of the clock until three ticks agree, and writes the step down', async () => {
    const { examId, studentIds } = await insertExam(bench.db, { durationMinutes: 1, endRule: 'duration' });
    const session = await bench.start(examId, studentIds[0]!);
    const errors: string[] = [];
    const loop = createCloseLoop(bench.db, { onClosed: () => undefined, log: { ...SILENT, error: (_fields, message) => errors.push(message) } });
    expect(await loop.tick()).toBe(0);
    await bench.clock.advance(3_600_000);
    const closed = [await loop.tick(), await loop.tick(), await loop.tick()];
    expect(closed).toEqual([0, 0, 0]);
    expect((await selectSession(bench.db, session.id)).state).toBe('active');
    expect(errors).toHaveLength(1);
    const { rows } = await bench.db.query(`select after from audit_log where action = 'platform.clock-step' order by id desc limit 1`);
    expect(Math.abs((rows[0] as { after: { stepMs: number } }).after.stepMs - 3_600_000)).toBeLessThan(250);
    expect(await loop.tick()).toBe(1);
    await bench.clock.advance(-3_600_000);
  });

  it('is held by one process at a time', async () => {
    const other = await holdTransaction(bench.db);
    await other.query(`select pg_advisory_xact_lock(hashtextextended('close-loop', 7))`);
    const { examId, studentIds } = await insertExam(bench.db, { durationMinutes: 1, endRule: 'duration' });
    await bench.start(examId, studentIds[0]!);
    await bench.clock.advance(70_500);
    const loop = createCloseLoop(bench.db, { onClosed: () => undefined, log: SILENT });
    expect(await loop.tick()).toBe(0);
    await other.rollback();
    expect(await loop.tick()).toBe(1);
    await bench.clock.advance(-70_500);
  });

  it('goes on row by row when one row can not be closed', async () => {
    const { examId, studentIds } = await insertExam(bench.db, { students: 3, durationMinutes: 1, endRule: 'duration' });
    const sessions = [];
    for (const studentId of studentIds) sessions.push(await bench.start(examId, studentId));
    await bench.owner.query(
      `create function test_refuse() returns trigger language plpgsql as $$ begin raise exception 'stuck' using errcode = '23514'; end $$`);
    await bench.owner.query(`create trigger test_stuck before update on exam_sessions for each row when (new.id = '${sessions[1]!.id}') execute function test_refuse()`);
    const failed: object[] = [];
    const loop = createCloseLoop(bench.db, { onClosed: () => undefined, log: { ...SILENT, error: (fields) => failed.push(fields) } });
    await bench.clock.advance(70_500);
    expect(await loop.tick()).toBe(2);
    expect(failed).toContainEqual(expect.objectContaining({ sessionId: sessions[1]!.id }));
    await bench.owner.query('drop trigger test_stuck on exam_sessions; drop function test_refuse()');
    expect(await loop.tick()).toBe(1);
    await bench.clock.advance(-70_500);
  });
});
