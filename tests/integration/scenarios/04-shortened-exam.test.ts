import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { TestPerson } from '#tests/support/api.ts';

import { demand, openStage, type Stage } from './stage.ts';
import { essay, openTab } from './tab.ts';

let stage: Stage;
let students: TestPerson[];

beforeAll(async () => {
  stage = await openStage();
  students = await stage.api.students(10);
});
afterAll(() => stage.close());

const shorten = (examId: string, seconds: number) =>
  stage.teacher.post(`/exams/${examId}/time-changes`, { kind: 'shorten', seconds, scope: { all: true }, reason: 'The hall has to be cleared' });
const iso = (time: string): string => new Date(stage.at(time)).toISOString();

describe('an exam that is shortened while it is sat', () => {
  test('ends at its new end also for a student who is offline: work from before counts, later text is refused and kept, and the student is told on return', async () => {
    // Given 90 minutes until 11:30, a student who is offline from 10:12 on and one who is not
    const examId = await stage.publish({ from: '10:00', to: '11:30', durationMinutes: 90, students });
    await stage.clockTo('10:00');
    const [away, here, ...others] = await stage.sitAll(examId, students);
    const seats = [away!, here!, ...others];
    const gone = await stage.listen(away!.student, `/sessions/${away!.sessionId}/stream`);
    const present = await stage.listen(here!.student, `/sessions/${here!.sessionId}/stream`);
    const tab = openTab(away!.student, away!.sessionId);
    await demand(200, tab.save(away!.items.essay, essay('written at 10:00')));
    await stage.clockTo('10:12');
    gone.close();

    // and an hour less for everybody at 10:15
    await stage.clockTo('10:15');
    const sentAtMs = performance.now();
    expect(await demand(200, shorten(examId, 3_600))).toMatchObject({ state: 'applied', affected: 10, skipped: 0 });
    const told = await present.next('time-changed');
    expect(told.readAtMs - sentAtMs).toBeLessThan(2_000);
    expect(told.data).toMatchObject({ kind: 'shorten', deadlineAt: iso('10:30') });

    // When 10:30 passes
    await stage.clockTo('10:29:59');
    await stage.allClosed(examId);

    // Then everybody ended at 10:30, the student who is away as well, and not at the 11:30 on that screen
    expect((await stage.rows(examId, seats)).map((row) => [row.state, row.ended_ms])).toEqual(seats.map(() => ['expired', stage.at('10:30')]));

    // When that student comes back at 10:40 with more text
    await stage.clockTo('10:40');
    const late = await tab.save(away!.items.essay, essay('written offline until 10:40'));
    const backAtMs = performance.now();
    const again = await stage.listen(away!.student, `/sessions/${away!.sessionId}/stream?after=${String(away!.started.streamPosition)}`);
    const closed = await again.next('closed');

    // Then the text is refused and kept for those who decide, and the student knows within 2 s what happened and why
    expect([late.status, late.body.code]).toEqual([409, 'deadline-passed']);
    expect(closed.readAtMs - backAtMs).toBeLessThan(2_000);
    expect(again.events.map(({ event, data }) => [event, data['deadlineAt'] ?? data['closeReason'], data['reason']]).slice(1)).toEqual([
      ['window-changed', undefined, 'The hall has to be cleared'],
      ['time-changed', iso('10:30'), 'The hall has to be cleared'],
      ['closed', 'deadline', null],
    ]);
    for (const who of [away!.student, stage.teacher]) {
      const { items } = await demand(200, who.get(`/sessions/${away!.sessionId}/refused-answers`));
      expect(items).toMatchObject([{ itemId: away!.items.essay, response: essay('written offline until 10:40'), code: 'deadline-passed' }]);
    }
    const { body } = await away!.student.get(`/sessions/${away!.sessionId}`);
    expect(body).toMatchObject({ session: { state: 'expired', deadlineAt: iso('10:30') }, answers: [{ revision: 1, response: essay('written at 10:00') }] });
    expect(await stage.brokenInvariants(examId)).toEqual([]);
  });

  test('is never shortened behind the clock: what was acknowledged a moment ago still counts', async () => {
    // Given a class that sits until 13:30 and saved just now, at 12:50
    const examId = await stage.publish({ from: '12:00', to: '13:30', durationMinutes: 90, students });
    await stage.clockTo('12:00');
    const seats = await stage.sitAll(examId, students);
    await stage.clockTo('12:50');
    await Promise.all(seats.map(({ student, sessionId, items }) => demand(200, openTab(student, sessionId).save(items.essay, essay('a moment ago')))));

    // When an hour is taken away, more than is left
    const beforeMs = stage.nowMs();
    await demand(200, shorten(examId, 3_600));
    await stage.allClosed(examId);

    // Then it ends now, not at 12:30, and no acknowledged answer has become late
    for (const row of await stage.rows(examId)) expect(row.ended_ms).toBeGreaterThanOrEqual(beforeMs - 5);
    const { rows } = await stage.api.pool.query<{ counted: number }>(
      'select count(*)::int as counted from answers a join exam_sessions s on s.id = a.session_id where s.exam_id = $1 and a.saved_at <= s.ended_at', [examId]);
    expect(rows).toEqual([{ counted: seats.length }]);
    expect(await stage.brokenInvariants(examId)).toEqual([]);
  });
});
