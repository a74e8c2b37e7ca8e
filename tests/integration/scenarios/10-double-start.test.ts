import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { TestPerson } from '#tests/support/api.ts';
import { type Caller, createCaller, type TestReply } from '#tests/support/caller.ts';

import { demand, openStage, sleep, type Stage } from './stage.ts';

let stage: Stage;
let students: TestPerson[];

beforeAll(async () => {
  stage = await openStage();
  students = await stage.api.students(3);
  await stage.clockTo('10:00');
});
afterAll(() => stage.close());

/** The student on two devices. */
async function twoDevices(student: TestPerson): Promise<Caller[]> {
  const { accessToken } = await demand(200, stage.api.anybody.post('/auth/login', { email: student.email, password: student.password }));
  return [student, createCaller(stage.api.url, String(accessToken))];
}

/** Holds a statement of the database open, clicks five times, lets go once `done` says so, and answers what the clicks were answered. */
async function clickWhileHeld(
  examId: string, devices: readonly Caller[], [hold, values]: [string, unknown[]], done: (replies: Promise<TestReply>[]) => Promise<unknown>,
): Promise<TestReply[]> {
  const holder = await stage.api.pool.connect();
  try {
    await holder.query('begin');
    await holder.query(hold, values);
    const clicks: Promise<TestReply>[] = [];
    for (let click = 0; click < 5; click += 1) {
      clicks.push(devices[click % 2]!.post(`/exams/${examId}/sessions`, {}));
      await sleep(150);
    }
    await done(clicks);
    await holder.query('rollback');
    return await Promise.all(clicks);
  } finally {
    holder.release(true);
  }
}

const PAPERS = 'lock table exam_contents in access exclusive mode';
const CHANGES = 'select pg_advisory_xact_lock(exam_lock_key($1))';

/** What the database knows of the starts of an exam. */
async function startsOf(examId: string): Promise<unknown> {
  const { rows } = await stage.api.pool.query(
    `select (select count(*)::int from exam_sessions where exam_id = $1) as sessions,
       (select count(*)::int from audit_log where exam_id = $1 and action = 'session.start') as audited,
       (select count(*)::int from stream_events where exam_id = $1 and kind = 'started') as told`,
    [examId],
  );
  return rows[0];
}

describe('five impatient clicks on two devices', () => {
  test.each([
    ['while papers take long to be made', PAPERS, () => []],
    ['while a change of the whole exam is under way', CHANGES, (examId: string) => [examId]],
  ])('%s give one session and one paper, and both devices show it', async (_when, hold, values) => {
    // Given an exam of which nothing is in memory yet, and something that holds every start up
    const student = students.pop()!;
    const examId = await stage.publish({ from: '09:00', to: '11:00', durationMinutes: 60, students: [student], more: { shuffleItems: true, shuffleOptions: true } });
    const devices = await twoDevices(student);

    // When the student clicks, and nothing happens for a while
    const replies = await clickWhileHeld(examId, devices, [hold, values(examId)], async (clicks) => {
      const first = await Promise.race([...clicks, sleep(300)]);
      expect(first).toBeUndefined();
    });

    // Then one click started it, the others were given the same, and both devices show it
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201]);
    expect(new Set(replies.map(({ body }) => JSON.stringify([body.session.id, body.session.deadlineAt, body.paper]))).size).toBe(1);
    const { session, paper } = replies[0]!.body;
    for (const device of devices) expect((await device.get(`/sessions/${session.id}`)).body).toMatchObject({ session: { id: session.id, attempt: 1, version: 1 }, paper });
    expect(await startsOf(examId)).toEqual({ sessions: 1, audited: 1, told: 1 });
  });

  test('that take longer than a request may take are answered "try again", and the next click finds the one session', async () => {
    // Given papers that take longer to be made than any request waits
    const student = students.pop()!;
    const examId = await stage.publish({ from: '09:00', to: '11:00', durationMinutes: 60, students: [student] });
    const devices = await twoDevices(student);

    // When the student clicks until every click has been answered
    const replies = await clickWhileHeld(examId, devices, [PAPERS, []], (clicks) => Promise.all(clicks));

    // Then each was told to try again, and the next click gives the one session that the first has started
    expect(replies.map(({ status, body }) => [status, body.code])).toEqual(replies.map(() => [503, 'unavailable']));
    const [first, second] = await Promise.all(devices.map((device) => demand(200, device.post(`/exams/${examId}/sessions`, {}))));
    expect(second.session.id).toBe(first.session.id);
    expect(second.paper).toEqual(first.paper);
    expect(await startsOf(examId)).toEqual({ sessions: 1, audited: 1, told: 1 });
  });
});
