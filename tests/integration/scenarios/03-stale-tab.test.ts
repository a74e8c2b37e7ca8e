import { afterAll, beforeAll, expect, test } from 'vitest';

import { demand, openStage, type Stage } from './stage.ts';
import { essay, openTab } from './tab.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

test('a tab that slept through an extension can not end the session by its old clock; it is told the new time and what it held is taken', async () => {
  // Given a tab that fell asleep at 10:30 with something typed and not sent, and half an hour more for everybody at 10:45
  const [student] = await stage.api.students(1);
  const examId = await stage.publish({ from: '10:00', to: '11:00', durationMinutes: 60, students: [student!] });
  await stage.clockTo('10:00');
  const { sessionId, items, started } = await stage.sit(examId, student!);
  const tab = openTab(student!, sessionId);
  await demand(200, tab.save(items.essay, essay('saved at 10:00')));
  await stage.clockTo('10:45');
  await demand(200, stage.teacher.post(`/exams/${examId}/time-changes`, { kind: 'extend', seconds: 1_800, scope: { all: true }, reason: 'Building works' }));

  // When it wakes at 11:00:05 and believes that time is over: there is no request that ends a session by the clock of a page,
  await stage.clockTo('11:00:05');
  const finish = await student!.post(`/sessions/${sessionId}/submit`, { reason: 'time-over' });
  expect([finish.status, finish.body.errors]).toEqual([422, [{ pointer: '/reason', message: 'unknown field' }]]);
  // only the flush of what was typed, and the stream from where the tab fell asleep
  const flushed = await tab.save(items.essay, essay('typed at 10:30'));
  const calledAtMs = performance.now();
  const stream = await stage.listen(student!, `/sessions/${sessionId}/stream?after=${String(started.streamPosition)}`);
  const told = await stream.next('time-changed');

  // Then the answer is taken, the session is open until 11:30, and the tab knows within 2 s
  const newEnd = new Date(stage.at('11:30')).toISOString();
  expect([flushed.status, flushed.body]).toMatchObject([200, { revision: 2, deadlineAt: newEnd, sessionVersion: 2 }]);
  expect(told.readAtMs - calledAtMs).toBeLessThan(2_000);
  expect(told.data).toMatchObject({ kind: 'extend', deadlineAt: newEnd, sessionVersion: 2, reason: 'Building works' });
  expect(Math.abs(Number(told.data['remainingMs']) - (stage.at('11:30') - stage.nowMs()))).toBeLessThan(1_000);
  expect(stream.events.map(({ event }) => event)).not.toContain('closed');
  expect((await stage.rows(examId))[0]).toMatchObject({ state: 'active', version: 2, deadline_ms: stage.at('11:30'), closed_ms: null });

  // and at 11:30 it ends with what was typed at 10:30
  await stage.clockTo('11:30');
  await stage.allClosed(examId);
  expect((await student!.get(`/sessions/${sessionId}`)).body).toMatchObject({ session: { state: 'expired' }, answers: [{ response: essay('typed at 10:30') }] });
  expect(await stage.brokenInvariants(examId)).toEqual([]);
});
