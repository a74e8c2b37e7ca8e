import { afterAll, beforeAll, expect, test } from 'vitest';

import type { TestPerson } from '#tests/support/api.ts';

import { demand, openStage, type Stage, until } from './stage.ts';
import { essay, openTab } from './tab.ts';

let stage: Stage;
let students: TestPerson[];

beforeAll(async () => {
  stage = await openStage();
  students = await stage.api.students(20);
});
afterAll(() => stage.close());

test('a student who got 15 minutes more and then closed the laptop is submitted at the end of those 15 minutes, the others at theirs', async () => {
  // Given a class that sits until 11:00
  const examId = await stage.publish({ from: '10:00', to: '11:00', durationMinutes: 60, students });
  await stage.clockTo('10:00');
  const [extended, ...others] = await stage.sitAll(examId, students);
  const { student, sessionId, items } = extended!;
  const stream = await stage.listen(student, `/sessions/${sessionId}/stream`);

  // and 15 minutes more for one of them at 10:50, who hears of it, saves and closes the laptop
  await stage.clockTo('10:50');
  const { session } = await demand(200, stage.proctor.post(`/sessions/${sessionId}/extensions`, { seconds: 900, reason: 'The screen was black' }));
  const told = await stream.next('time-changed');
  expect([told.data['deadlineAt'], session.deadlineAt]).toEqual([iso('11:15'), iso('11:15')]);
  expect((await openTab(student, sessionId).save(items.essay, essay('before the laptop was closed'))).body).toMatchObject({ deadlineAt: iso('11:15'), sessionVersion: 2 });
  stream.close();

  // When 11:00 passes
  await stage.clockTo('10:59:59');
  await until(async () => (await stage.rows(examId, others)).every(({ state }) => state === 'expired'));

  // Then the others ended at 11:00, and the one goes on
  expect(await ends()).toEqual([null, ...others.map(() => stage.at('11:00'))]);
  expect((await stage.rows(examId, [extended!]))[0]).toMatchObject({ state: 'active', deadline_ms: stage.at('11:15') });

  // When 11:15 passes, with nobody there
  await stage.clockTo('11:14:59');
  await stage.allClosed(examId);

  // Then that session is submitted within 2 s with what was saved
  const [row] = await stage.rows(examId, [extended!]);
  expect(row).toMatchObject({ state: 'expired', close_reason: 'deadline', ended_ms: stage.at('11:15') });
  expect(row!.closed_ms! - stage.at('11:15')).toBeLessThanOrEqual(2_000);
  const { body } = await student.get(`/sessions/${sessionId}`);
  expect(body.answers).toMatchObject([{ response: essay('before the laptop was closed') }]);
  expect(await stage.brokenInvariants(examId)).toEqual([]);

  async function ends(): Promise<(number | null)[]> {
    return (await stage.rows(examId, [extended!, ...others])).map((one) => one.ended_ms);
  }
});

const iso = (time: string): string => new Date(stage.at(time)).toISOString();
