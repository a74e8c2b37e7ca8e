import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { TestPerson } from '#tests/support/api.ts';

import { openStage, type Seat, type Stage } from './stage.ts';
import { essay, openTab } from './tab.ts';

const STUDENTS = 40;

let stage: Stage;
let students: TestPerson[];

beforeAll(async () => {
  stage = await openStage();
  students = await stage.api.students(STUDENTS);
});
afterEach(() => stage.everythingUp());
afterAll(() => stage.close());

/** Everybody saves two versions of an essay; only the second is the last. */
async function write(seats: readonly Seat[]): Promise<void> {
  await Promise.all(seats.map(async ({ student, sessionId, items }) => {
    const tab = openTab(student, sessionId);
    for (const draft of ['first', 'last']) expect((await tab.save(items.essay, essay(`${draft} thought of ${student.id}`))).status).toBe(200);
  }));
}

/** What the database holds of the essays, by session. */
async function storedEssays(seats: readonly Seat[]): Promise<unknown[]> {
  const { rows } = await stage.api.pool.query<{ session_id: string; response: unknown }>(
    'select session_id, response from answers where session_id = any($1)', [seats.map(({ sessionId }) => sessionId)]);
  return seats.map(({ sessionId }) => rows.find((row) => row.session_id === sessionId)?.response);
}

const lastThoughts = (seats: readonly Seat[]) => seats.map(({ student }) => essay(`last thought of ${student.id}`));

describe('when nobody is online at the end', () => {
  test('with every browser closed and the API away, every session is submitted at its deadline and holds its last acknowledged answers', async () => {
    // Given a class that writes until 11:00, with all browsers closed at 10:40 and the API away from 10:59 on
    const examId = await stage.publish({ from: '10:00', to: '11:00', durationMinutes: 60, students });
    await stage.clockTo('10:00');
    const seats = await stage.sitAll(examId, students);
    const streams = await Promise.all(seats.map(({ student, sessionId }) => stage.listen(student, `/sessions/${sessionId}/stream`)));
    await write(seats);
    await stage.clockTo('10:40');
    streams.forEach((stream) => stream.close());
    await stage.clockTo('10:59:59');
    await stage.stopApi();

    // When 11:00 passes
    await stage.allClosed(examId);

    // Then all are submitted with the logical end 11:00:00.000, nearly all within 2 s, all within 10 s
    const rows = await stage.rows(examId, seats);
    expect(new Set(rows.map((row) => [row.state, row.close_reason, row.ended_ms].join()))).toEqual(new Set([['expired', 'deadline', stage.at('11:00')].join()]));
    const lagsMs = rows.map(({ closed_ms: closedMs }) => closedMs! - stage.at('11:00')).sort((a, b) => a - b);
    expect(lagsMs[0]).toBeGreaterThanOrEqual(0);
    expect(lagsMs[Math.ceil(STUDENTS * 0.99) - 1]).toBeLessThanOrEqual(2_000);
    expect(lagsMs.at(-1)).toBeLessThanOrEqual(10_000);
    expect(await storedEssays(seats)).toEqual(lastThoughts(seats));

    // and the API that comes back at 11:05 says so, and takes nothing more
    await stage.clockTo('11:05');
    await stage.startApi();
    const { student, sessionId, items } = seats[0]!;
    const { body } = await student.get(`/sessions/${sessionId}`);
    expect(body.session).toMatchObject({ state: 'expired', closeReason: 'deadline', deadlineAt: new Date(stage.at('11:00')).toISOString(), remainingMs: 0 });
    expect(body.answers).toMatchObject([{ itemId: items.essay, revision: 2, response: lastThoughts(seats)[0] }]);
    const late = await openTab(student, sessionId, body.answers).save(items.essay, essay('too late'));
    expect([late.status, late.body.code]).toEqual([409, 'deadline-passed']);
    expect((await stage.teacher.get(`/exams/${examId}/close-out`)).body).toMatchObject({
      state: 'closed', assigned: STUDENTS, counts: { submitted: 0, expired: STUDENTS, terminated: 0, withdrawn: 0, absent: 0 },
    });
    expect(await stage.brokenInvariants(examId)).toEqual([]);
  });

  test('with everything down across the end, no late answer gets in and the logical end is the deadline', async () => {
    // Given a class that writes until 13:00, and nothing of the platform alive from 12:59 to 13:05
    const examId = await stage.publish({ from: '12:00', to: '13:00', durationMinutes: 60, students: students.slice(0, 10) });
    await stage.clockTo('12:00');
    const seats = await stage.sitAll(examId, students.slice(0, 10));
    await write(seats);
    await stage.clockTo('12:59');
    await stage.everythingDown();
    await stage.clockTo('13:05');
    expect((await stage.rows(examId)).every(({ state }) => state === 'active')).toBe(true);

    // When it comes back, and a page sends an answer before anybody has closed anything
    await stage.startApi();
    const { student, sessionId, items } = seats[0]!;
    const late = await openTab(student, sessionId, [{ itemId: items.essay, revision: 2 }]).save(items.essay, essay('written at 13:05'));
    stage.startWorker();
    await stage.allClosed(examId);

    // Then the answer is refused and kept apart, and each session ended at 13:00:00.000 with its last acknowledged answers
    expect([late.status, late.body.code]).toEqual([409, 'deadline-passed']);
    expect((await student.get(`/sessions/${sessionId}/refused-answers`)).body.items).toMatchObject([{ response: essay('written at 13:05'), code: 'deadline-passed' }]);
    const rows = await stage.rows(examId, seats);
    expect(rows.map((row) => [row.state, row.ended_ms])).toEqual(seats.map(() => ['expired', stage.at('13:00')]));
    expect(await storedEssays(seats)).toEqual(lastThoughts(seats));
    expect(await stage.brokenInvariants(examId)).toEqual([]);
  });
});
