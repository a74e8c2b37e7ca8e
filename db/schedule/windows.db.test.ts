import { randomUUID } from 'node:crypto';

import { inTransaction } from '#db/connection.ts';
import { closeSessionIfDue } from '#db/session/close.ts';
import { selectSession, type SessionRow } from '#db/session/rows.ts';
import { type CoreBench, openBench, originOf } from '#tests/support/core.ts';
import { type ExamRows, insertExam } from '#tests/support/exam-rows.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readCloseOut, storeCloseOut } from './close-out.ts';
import { applyTimeChange, type TimeChangeKind } from './time-changes.ts';
import { completeWindowWorkflow, loadWindowForWorkflow, moveWindow, recordMilestone, selectWindowPlan } from './windows.ts';

let bench: CoreBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const STAFF = originOf(randomUUID());
const MINUTE = 60_000;

async function exam(given: ExamRows = {}): Promise<{ examId: string; studentIds: string[]; opensAtMs: number; closesAtMs: number }> {
  const { examId, studentIds } = await insertExam(bench.db, given);
  const plan = await selectWindowPlan(bench.db, examId);
  return { examId, studentIds, opensAtMs: plan.opensAtMs!, closesAtMs: plan.closesAtMs! };
}
const move = (examId: string, opensAtMs: number, closesAtMs: number, commandId = randomUUID()) =>
  inTransaction(bench.db, (tx) =>
    moveWindow(tx, {
      examId, commandId, opensAtMs, closesAtMs, localStart: '2026-12-01T09:00', localEnd: '2026-12-01T12:00', timeZone: 'Europe/Zurich', reason: 'room', origin: STAFF,
    }));
const change = (examId: string, kind: TimeChangeKind, seconds?: number) =>
  inTransaction(bench.db, (tx) =>
    applyTimeChange(tx, { commandId: randomUUID(), examId, kind, scope: { all: true }, reason: 'bell', origin: STAFF, ...(seconds === undefined ? {} : { seconds }) }));
const again = (session: SessionRow): Promise<SessionRow> => selectSession(bench.db, session.id);

describe('a moved window', () => {
  it('moves cap and deadline of whoever it ends, and leaves the others alone', async () => {
    const { examId, studentIds, opensAtMs, closesAtMs } = await exam({ students: 2, durationMinutes: 60, closesInMs: 30 * MINUTE });
    await bench.db.query('insert into user_accommodations (user_id, time_multiplier) values ($1, 1.5)', [studentIds[1]]);
    const [plain, longer] = [await bench.start(examId, studentIds[0]!), await bench.start(examId, studentIds[1]!)];
    expect(await move(examId, opensAtMs, closesAtMs + 10 * MINUTE)).toMatchObject({ state: 'applied', affected: 2, skipped: 0 });
    expect((await again(plain)).deadlineAtMs).toBe(closesAtMs + 10 * MINUTE);
    expect((await again(longer)).deadlineAtMs).toBe(closesAtMs + 40 * MINUTE);
    const plan = await selectWindowPlan(bench.db, examId);
    expect(plan).toMatchObject({ closesAtMs: closesAtMs + 10 * MINUTE, scheduleVersion: 1, openSessions: 2 });
    const { rows } = await bench.db.query('select local_start, local_end, time_zone from exams where id = $1', [examId]);
    expect(rows[0]).toEqual({ local_start: '2026-12-01T09:00', local_end: '2026-12-01T12:00', time_zone: 'Europe/Zurich' });
  });

  it('gives back what the old end had capped, extensions staying on top', async () => {
    const { examId, studentIds, opensAtMs, closesAtMs } = await exam({ durationMinutes: 60, closesInMs: 30 * MINUTE });
    const session = await bench.start(examId, studentIds[0]!);
    await change(examId, 'extend', 600);
    // the window says 40 min from its opening now; it becomes 130 min, extension included
    await move(examId, opensAtMs, closesAtMs + 100 * MINUTE);
    expect((await again(session)).deadlineAtMs).toBe(session.startedAtMs + 60 * MINUTE + 10 * MINUTE);
    await move(examId, opensAtMs, closesAtMs + 10 * MINUTE);
    expect((await again(session)).deadlineAtMs).toBe(closesAtMs + 10 * MINUTE);
  });

  it('into the past ends sessions now, not before, and moved back gives everything back', async () => {
    const { examId, studentIds, opensAtMs, closesAtMs } = await exam({ durationMinutes: 60, closesInMs: 50 * MINUTE });
    const session = await bench.start(examId, studentIds[0]!);
    await bench.clock.advance(10 * MINUTE);
    const nowMs = await bench.clock.nowMs();
    await move(examId, opensAtMs, nowMs - MINUTE);
    expect((await again(session)).deadlineAtMs - nowMs).toBeGreaterThanOrEqual(0);
    expect((await again(session)).deadlineAtMs - nowMs).toBeLessThan(5_000);
    await move(examId, opensAtMs, closesAtMs);
    expect((await again(session)).deadlineAtMs).toBe(session.deadlineAtMs);
    await bench.clock.advance(-10 * MINUTE);
  });

  it('changes nothing for an exam that only the duration ends, and nothing for a paused clock but its cap', async () => {
    const free = await exam({ endRule: 'duration' });
    const session = await bench.start(free.examId, free.studentIds[0]!);
    expect(await move(free.examId, free.opensAtMs, free.closesAtMs + MINUTE)).toMatchObject({ affected: 0, skipped: 0 });
    expect(await again(session)).toEqual(session);

    const capped = await exam({ durationMinutes: 60, closesInMs: 30 * MINUTE });
    const held = await bench.start(capped.examId, capped.studentIds[0]!);
    await change(capped.examId, 'pause');
    await move(capped.examId, capped.opensAtMs, capped.closesAtMs + MINUTE);
    expect(await again(held)).toMatchObject({ state: 'paused', deadlineAtMs: capped.closesAtMs + MINUTE });
  });

  it('tells everybody, wakes the window workflow, is recorded once per id, and can not end before it begins', async () => {
    const { examId, opensAtMs, closesAtMs } = await exam();
    const commandId = randomUUID();
    const first = await move(examId, opensAtMs, closesAtMs + MINUTE, commandId);
    expect(await move(examId, opensAtMs, closesAtMs + MINUTE, commandId)).toEqual(first);
    const { rows } = await bench.db.query(
      `select (select count(*) from stream_events where exam_id = $1 and kind = 'window-changed') as told,
         (select count(*) from outbox where topic = 'window' and key = $1::text || ':1') as wakes,
         (select count(*) from audit_log where exam_id = $1 and action = 'exam.window') as audits`.replaceAll('exam_id = $1', 'exam_id = $1::uuid'),
      [examId],
    );
    expect(rows[0]).toEqual({ told: 1, wakes: 1, audits: 1 });
    await expect(move(examId, opensAtMs, opensAtMs)).rejects.toMatchObject({ code: 'validation-failed' });
    await expect(move(randomUUID(), opensAtMs, closesAtMs)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the plan of a window', () => {
  it('knows until when somebody could still be sitting', async () => {
    const { examId, studentIds, closesAtMs } = await exam({ students: 2, durationMinutes: 60, endRule: 'duration', graceSeconds: 7 });
    await bench.db.query('insert into user_accommodations (user_id, time_multiplier) values ($1, 2)', [studentIds[0]]);
    expect((await selectWindowPlan(bench.db, examId)).lastPossibleCutoffMs).toBe(closesAtMs + 120 * MINUTE + 7_000);
    const session = await bench.start(examId, studentIds[0]!);
    expect(await selectWindowPlan(bench.db, examId)).toMatchObject({
      openSessions: 1, lastDueAtMs: session.cutoffAtMs, lastPossibleCutoffMs: closesAtMs + 60 * MINUTE + 7_000,
    });
    await change(examId, 'end');
    expect(await selectWindowPlan(bench.db, examId)).toMatchObject({ openSessions: 0, lastDueAtMs: null, lastPossibleCutoffMs: null });
  });

  it('records each milestone once for each version of the schedule', async () => {
    const { examId, opensAtMs } = await exam();
    const milestone = { key: 'open', scheduleVersion: 0, dueAtMs: opensAtMs, outcome: 'done' } as const;
    expect(await recordMilestone(bench.db, examId, milestone)).toBe(true);
    expect(await recordMilestone(bench.db, examId, milestone)).toBe(false);
    expect(await recordMilestone(bench.db, examId, { ...milestone, scheduleVersion: 1 })).toBe(true);
    expect((await selectWindowPlan(bench.db, examId)).reached).toEqual([milestone, { ...milestone, scheduleVersion: 1 }]);
  });

  it('is noted as seen, and as complete only at the version that was worked on', async () => {
    const { examId, opensAtMs, closesAtMs } = await exam();
    const run = { examId, namespaceId: 'n', runId: 'r' };
    const seen = async () => (await bench.db.query('select seen_version, completed_at is not null as done from window_workflows where exam_id = $1', [examId])).rows[0];
    expect((await loadWindowForWorkflow(bench.db, run)).scheduleVersion).toBe(0);
    await move(examId, opensAtMs, closesAtMs + MINUTE);
    expect((await completeWindowWorkflow(bench.db, { ...run, version: 0 })).scheduleVersion).toBe(1);
    expect(await seen()).toEqual({ seen_version: 0, done: false });
    await completeWindowWorkflow(bench.db, { ...run, version: 1 });
    expect(await seen()).toEqual({ seen_version: 1, done: true });
  });
});

describe('the close-out', () => {
  it('is open, then closing, then closed with every student in one state', async () => {
    const { examId, studentIds } = await exam({ students: 4, durationMinutes: 5, endRule: 'duration', closesInMs: 2 * MINUTE });
    await bench.db.query(`insert into pulses (name, data) values ('worker', '{"clockOffsetMs": 3}') on conflict (name) do update set data = excluded.data, beat_at = holdfast_now()`);
    const read = () => readCloseOut(bench.db, examId);
    const sessions: SessionRow[] = [];
    for (const studentId of studentIds.slice(0, 3)) sessions.push(await bench.start(examId, studentId));
    expect(await read()).toMatchObject({ state: 'open', assigned: 4, counts: { expired: 0, absent: 1 }, serverClock: { offsetMs: 3, source: 'worker' }, closedAtMs: null });
    await bench.db.query(`select apply_session_change(array[$1::uuid], 'terminate', holdfast_now(), 0, false, null, '', null, null, false, false)`, [sessions[0]!.id]);
    await bench.db.query(`select apply_session_change(array[$1::uuid], 'pause', holdfast_now(), 0, false, null, '', null, null, false, false)`, [sessions[1]!.id]);
    await bench.clock.advance(6 * MINUTE);
    await closeSessionIfDue(bench.db, sessions[2]!.id);
    const closing = await read();
    expect(closing).toMatchObject({ state: 'closing', counts: { terminated: 1, expired: 1, absent: 1 } });
    expect(closing.invariants.find(({ name }) => name === 'nobody-left-paused')).toMatchObject({ holds: false, detail: `paused: ${sessions[1]!.id}` });
    await bench.clock.advance(25 * 60 * MINUTE);
    await closeSessionIfDue(bench.db, sessions[1]!.id);
    const closed = await read();
    expect(closed).toMatchObject({ state: 'closed', counts: { submitted: 0, expired: 2, terminated: 1, withdrawn: 0, absent: 1 } });
    expect(closed.closedAtMs).toBe((await again(sessions[1]!)).closedAtMs);
    expect(closed.invariants.filter(({ holds, name }) => !holds && !name.includes('workflow'))).toEqual([]);
    await storeCloseOut(bench.db, examId, closed);
    expect((await selectWindowPlan(bench.db, examId)).closedOutAtMs).not.toBeNull();
    await bench.clock.advance(-(25 * 60 + 6) * MINUTE);
  });
});
