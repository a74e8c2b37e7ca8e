import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { TestPerson } from '#tests/support/api.ts';

import { demand, openStage, type Stage } from './stage.ts';

const STUDENTS = 25;
const MINUTE_MS = 60_000;

let stage: Stage;
let students: TestPerson[];

beforeAll(async () => {
  stage = await openStage();
  students = await stage.api.students(STUDENTS);
  await demand(200, stage.admin.put(`/users/${students[0]!.id}/accommodations`, { timeMultiplier: '1.5' }));
});
afterAll(() => stage.close());

const iso = (time: string): string => new Date(stage.at(time)).toISOString();
const localOf = (time: string): string => iso(time).slice(0, 19);

describe('a start that is moved while the class waits', () => {
  test.each([
    ['the window', 'window', ['09:40', '10:00', '11:30'], ['10:05', '11:35']],
    ['the own duration', 'duration', ['12:40', '13:00', '16:00'], ['13:05', '16:00']],
  ] as const)('is on every screen within 2 s, lets no question out early, and leaves everybody the whole time, where %s ends the session', async (_name, endRule, [waiting, from, to], [newFrom, newTo]) => {
    // Given a class in the waiting room three minutes before the start; one has time and a half
    await stage.clockTo(waiting);
    const examId = await stage.publish({ from, to, durationMinutes: 90, students, more: { endRule } });
    await stage.clockTo(minutesBefore(from, 3));
    const streams = await Promise.all(students.map((student) => stage.listen(student, `/stream?topics=exam:${examId}`)));

    // When the start is moved by five minutes
    const sentAtMs = performance.now();
    const moved = await stage.teacher.put(`/exams/${examId}/window`, { localStart: localOf(newFrom), localEnd: localOf(newTo), timeZone: 'UTC', reason: 'The heating failed' });
    expect([moved.status, moved.body.state]).toEqual([200, 'applied']);

    // Then all countdowns know within 2 s
    const told = await Promise.all(streams.map((stream) => stream.next('window-changed')));
    for (const { readAtMs, data } of told) {
      expect(readAtMs - sentAtMs).toBeLessThan(2_000);
      expect(data).toMatchObject({ opensAt: iso(newFrom), closesAt: iso(newTo), reason: 'The heating failed' });
    }

    // and at the old start, and a second before the new one, nobody gets in and no byte of a question leaves
    const seen: string[] = [];
    for (const time of [from, `${minutesBefore(newFrom, 1)}:58`]) {
      await stage.clockTo(time);
      for (const student of students.slice(0, 5)) {
        const start = await student.post(`/exams/${examId}/sessions`, {});
        const { body: shown } = await student.get(`/exams/${examId}`);
        expect([start.status, start.body.code, shown.state, shown.canStart, shown.why]).toEqual([409, 'exam-not-open', 'published', false, 'exam-not-open']);
        seen.push(JSON.stringify([start.body, shown]));
      }
    }
    seen.push(...streams.map((stream) => stream.raw()));
    expect(seen.join()).not.toContain('VISIBLE');

    // When the new start has come
    await stage.clockTo(newFrom);
    const seats = await stage.sitAll(examId, students);

    // Then everybody has 90 minutes, with time and a half 135, and nobody 60
    for (const [index, row] of (await stage.rows(examId, seats)).entries()) {
      const ownMs = (index === 0 ? 135 : 90) * MINUTE_MS;
      const begin = endRule === 'window' ? stage.at(newFrom) : row.started_ms;
      expect(row.deadline_ms - begin).toBe(ownMs);
      expect(row.started_ms - stage.at(newFrom)).toBeGreaterThanOrEqual(0);
    }
    streams.forEach((stream) => stream.close());
  });
});

function minutesBefore(time: string, minutes: number): string {
  return new Date(stage.at(time) - minutes * MINUTE_MS).toISOString().slice(11, 16);
}
