import { afterAll, beforeAll, expect, test } from 'vitest';

import type { TestPerson } from '#tests/support/api.ts';

import { openStage, seatOf, type Stage } from './stage.ts';

const STUDENTS = 60;
const HOUR_MS = 3_600_000;

let stage: Stage;
let students: TestPerson[];

beforeAll(async () => {
  stage = await openStage();
  students = await stage.api.students(STUDENTS);
});
afterAll(() => stage.close());

test('a class that starts in the same second gets its papers at once, each its own, and nobody loses working time to it', async () => {
  // Given a class that waits for 10:00, with an hour each from the own start
  const examId = await stage.publish({ from: '10:00', to: '11:30', durationMinutes: 60, students, more: { endRule: 'duration', shuffleItems: true, shuffleOptions: true } });
  await stage.clockTo('09:59:50');
  const early = await Promise.all(students.map((student) => student.post(`/exams/${examId}/sessions`, {})));
  expect(new Set(early.map(({ status, body }) => `${status} ${body.code}`))).toEqual(new Set(['409 exam-not-open']));
  expect(JSON.stringify(early.map(({ body }) => body))).not.toContain('VISIBLE');

  // When all of them start at 10:00:00
  await stage.clockTo('10:00');
  const starts = await Promise.all(students.map(async (student) => {
    const began = performance.now();
    const reply = await student.post(`/exams/${examId}/sessions`, {});
    return { student, reply, tookMs: performance.now() - began, arrivedMs: stage.nowMs() };
  }));

  // Then each has exactly one session and a whole paper within seconds, without an error
  expect(starts.map(({ reply }) => reply.status)).toEqual(students.map(() => 201));
  const tookMs = starts.map((start) => start.tookMs).sort((a, b) => a - b);
  expect(tookMs[Math.ceil(STUDENTS * 0.95) - 1]).toBeLessThanOrEqual(2_000);
  expect(tookMs.at(-1)).toBeLessThanOrEqual(5_000);
  for (const { student, reply } of starts) expect(Object.values(seatOf(student, reply.body).items).every((id) => typeof id === 'string')).toBe(true);
  const rows = await stage.rows(examId);
  expect(new Set(rows.map((row) => row.student_id))).toEqual(new Set(students.map(({ id }) => id)));
  expect(rows).toHaveLength(STUDENTS);
  const orders = starts.map(({ reply }) => JSON.stringify(reply.body.paper.sections[0].items.map(({ type }: { type: string }) => type)));
  expect(new Set(orders).size).toBeGreaterThan(1);

  // and each a whole hour from its own start, nearly all of which is left when the paper arrives
  for (const { reply, arrivedMs } of starts) {
    const { startedAt, deadlineAt, remainingMs } = reply.body.session;
    expect(Date.parse(startedAt)).toBeGreaterThanOrEqual(stage.at('10:00'));
    expect(Date.parse(deadlineAt) - Date.parse(startedAt)).toBe(HOUR_MS);
    expect(remainingMs).toBeGreaterThan(HOUR_MS - 2_000);
    expect(Date.parse(deadlineAt) - arrivedMs).toBeGreaterThan(HOUR_MS - 5_000);
  }
  expect(await stage.brokenInvariants(examId)).toEqual([]);
});
