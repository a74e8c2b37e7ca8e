import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { recordPulse } from '#db/pulse.ts';
import type { TestPerson } from '#tests/support/api.ts';

import { demand, openStage, type Stage } from './stage.ts';
import { essay, openTab } from './tab.ts';

const RUNNING = 20;
const WITH_MORE_TIME = 3;
const OUTAGE_MS = 570_000;

let stage: Stage;
let students: TestPerson[];

beforeAll(async () => {
  stage = await openStage();
  students = await stage.api.students(RUNNING + 4);
  for (const student of students.slice(0, WITH_MORE_TIME)) await demand(200, stage.admin.put(`/users/${student.id}/accommodations`, { timeMultiplier: '1.5' }));
});
afterEach(() => stage.everythingUp());
afterAll(() => stage.close());

/** A beat of the worker, as it sends one each second while it lives. */
const beat = () => recordPulse(stage.api.pool, 'worker', {});

describe('an outage of 9 min 30 s', () => {
  test.each([
    ['the same for everybody', false, OUTAGE_MS, ['10:00', '10:20', '10:29:30', '11:30']],
    ['in proportion to the own time', true, OUTAGE_MS * 1.5, ['13:00', '13:20', '13:29:30', '14:30']],
  ] as const)('is measured by the platform and given back to every running session, %s; who has not started is untouched', async (_policy, scaled, withMoreTimeMs, [from, downAt, upAt, to]) => {
    // Given running sessions, some with time and a half, and students who have not started
    const examId = await stage.publish({ from, to, durationMinutes: 90, students });
    await stage.clockTo(from);
    const seats = await stage.sitAll(examId, students.slice(0, RUNNING));
    await Promise.all(seats.map(({ student, sessionId, items }) => demand(200, openTab(student, sessionId).save(items.essay, essay('before the outage')))));
    await stage.clockTo(downAt);
    await beat();
    const before = await stage.rows(examId, seats);

    // When everything is down for 9 min 30 s
    await stage.everythingDown();
    await stage.clockTo(upAt);
    await stage.everythingUp();
    await beat();

    // Then nothing acknowledged is lost, and the platform itself says how long it was away
    const { student, sessionId } = seats[0]!;
    expect((await student.get(`/sessions/${sessionId}`)).body.answers).toMatchObject([{ response: essay('before the outage') }]);
    const [outage] = (await demand(200, stage.admin.get('/admin/outages'))).items;
    expect(Math.abs(Date.parse(outage.endedAt) - Date.parse(outage.beganAt) - OUTAGE_MS)).toBeLessThan(5_000);
    expect(Math.abs(outage.seconds - OUTAGE_MS / 1_000)).toBeLessThanOrEqual(5);

    // When staff give it back
    const streams = await Promise.all(seats.map((seat) => stage.listen(seat.student, `/sessions/${seat.sessionId}/stream?after=${String(seat.started.streamPosition)}`)));
    const sentAtMs = performance.now();
    const credit = await demand(200, stage.proctor.post(`/exams/${examId}/time-changes`, { kind: 'credit', seconds: OUTAGE_MS / 1_000, scaled, scope: { all: true }, reason: `Outage ${outage.id}` }));
    expect(credit).toMatchObject({ state: 'applied', affected: RUNNING, skipped: 0 });

    // Then every end moves by exactly that, and every student sees it within 5 s
    const after = await stage.rows(examId, seats);
    const owed = (index: number): number => (index < WITH_MORE_TIME ? withMoreTimeMs : OUTAGE_MS);
    expect(after.map((row, index) => row.deadline_ms - before[index]!.deadline_ms)).toEqual(seats.map((_, index) => owed(index)));
    for (const [index, stream] of streams.entries()) {
      const told = await stream.next('time-changed');
      expect(told.readAtMs - sentAtMs).toBeLessThan(5_000);
      expect(told.data).toMatchObject({ kind: 'credit', deadlineAt: new Date(after[index]!.deadline_ms).toISOString() });
      stream.close();
    }

    // and one entry of the audit log stands for the change, which lists each session with its old and new end
    const audited = await stage.api.pool.query("select after ->> 'affected' as affected from audit_log where exam_id = $1 and action = 'exam.credit'", [examId]);
    expect(audited.rows).toEqual([{ affected: String(RUNNING) }]);
    const detail = await demand(200, stage.proctor.get(`/exams/${examId}/time-changes/${String(credit.commandId)}`));
    const listed = new Map<string, { oldDeadlineAt: string; newDeadlineAt: string }>(detail.students.map((one: { sessionId: string }) => [one.sessionId, one]));
    expect(listed.size).toBe(RUNNING);
    for (const [index, seat] of seats.entries()) {
      const one = listed.get(seat.sessionId)!;
      expect([Date.parse(one.oldDeadlineAt), Date.parse(one.newDeadlineAt)]).toEqual([before[index]!.deadline_ms, after[index]!.deadline_ms]);
    }

    // and who starts only now ends with the window, credit or not
    const late = await stage.sit(examId, students.at(-1)!);
    expect(Date.parse(late.started.session.deadlineAt)).toBe(stage.at(to));
    expect(await stage.brokenInvariants(examId)).toEqual([]);
  });

  test('in which sessions ended closes them at their own end on return; their lost time is given back by a re-open', async () => {
    // Given a class whose end, 16:05, falls into an outage from 16:00 to 16:09:30
    const examId = await stage.publish({ from: '15:00', to: '16:05', durationMinutes: 65, students: students.slice(-4) });
    await stage.clockTo('15:00');
    const seats = await stage.sitAll(examId, students.slice(-4));
    await stage.clockTo('16:00');
    await stage.everythingDown();
    await stage.clockTo('16:09:30');
    await stage.everythingUp();

    // When it is back
    await stage.allClosed(examId);

    // Then a credit comes too late, and says so
    expect((await stage.rows(examId, seats)).map((row) => row.ended_ms)).toEqual(seats.map(() => stage.at('16:05')));
    const change = (kind: string, seconds: number) => demand(200, stage.teacher.post(`/exams/${examId}/time-changes`, { kind, seconds, scope: { all: true }, reason: 'Outage' }));
    expect(await change('credit', 570)).toMatchObject({ affected: 0, skipped: seats.length });

    // and the five minutes that each had left at 16:00 are given by opening the sessions again
    const fromMs = stage.nowMs();
    expect(await change('reopen', 300)).toMatchObject({ affected: seats.length, skipped: 0 });
    for (const [index, row] of (await stage.rows(examId, seats)).entries()) {
      expect(row).toMatchObject({ state: 'active', closed_ms: null });
      expect(row.deadline_ms - fromMs).toBeGreaterThanOrEqual(300_000);
      const { student, sessionId, items } = seats[index]!;
      await demand(200, openTab(student, sessionId).save(items.essay, essay('after the outage')));
    }
    expect(await stage.brokenInvariants(examId)).toEqual([]);
  });
});
