import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';
import { handIn, startExam, startFor } from '#tests/support/started-exam.ts';

let api: TestApi;
let proctor: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  api = await createTestApi();
  [proctor, stranger] = await Promise.all([api.person('proctor'), api.person('teacher')]);
});
afterAll(() => api.close());

const ALL = { all: true };
const codeOf = (reply: TestReply): [number, unknown] => [reply.status, reply.body.code];

async function deadlines(examId: string): Promise<number[]> {
  const { rows } = await api.pool.query<{ deadline_at: Date }>('select deadline_at from exam_sessions where exam_id = $1 order by started_at', [examId]);
  return rows.map((row) => row.deadline_at.getTime());
}

describe('a time change of the whole exam', () => {
  test('extends everybody who sits it, and counts who has finished', async () => {
    const { examId, sessionIds, students, teacher } = await startExam(api, { sitting: 3 });
    await handIn(api, sessionIds[2]!, students[2]!.id);
    const before = await deadlines(examId);
    const key = randomUUID();
    const body = { kind: 'extend', seconds: 600, scope: ALL, reason: 'late keys' };
    const changed = await teacher.post(`/exams/${examId}/time-changes`, body, { key });
    expect([changed.status, changed.body]).toEqual([200, { commandId: key, state: 'applied', affected: 2, skipped: 1 }]);
    expect((await teacher.post(`/exams/${examId}/time-changes`, body, { key })).body).toEqual(changed.body);
    expect((await deadlines(examId)).map((at, index) => at - before[index]!)).toEqual([600_000, 600_000, 0]);
  });

  test('pauses and resumes everybody, and gives back what an outage took', async () => {
    const { examId, teacher } = await startExam(api, { sitting: 2 });
    const send = (kind: string, more = {}) => teacher.post(`/exams/${examId}/time-changes`, { kind, scope: ALL, reason: 'power', ...more });
    expect((await send('pause')).body).toMatchObject({ state: 'applied', affected: 2 });
    expect((await send('resume')).body).toMatchObject({ affected: 2 });
    const before = await deadlines(examId);
    expect((await send('credit', { seconds: 570 })).body).toMatchObject({ affected: 2 });
    expect((await deadlines(examId)).map((at, index) => at - before[index]!)).toEqual([570_000, 570_000]);
  });

  test('a scaled extension is longer for who has more time', async () => {
    const { examId, students, teacher } = await startExam(api, { sitting: 1 });
    const slow = await api.person('student');
    await api.pool.query('insert into exam_assignments (exam_id, student_id) values ($1, $2)', [examId, slow.id]);
    await api.pool.query('insert into user_accommodations (user_id, time_multiplier) values ($1, 1.5)', [slow.id]);
    await startFor(api, examId, slow);
    const before = await deadlines(examId);
    await teacher.post(`/exams/${examId}/time-changes`, { kind: 'extend', seconds: 100, scaled: true, scope: { studentIds: [students[0]!.id, slow.id] }, reason: 'noise' });
    expect((await deadlines(examId)).map((at, index) => at - before[index]!)).toEqual([100_000, 150_000]);
  });

  test('reaches the students of a batch only', async () => {
    const { examId, students, teacher } = await startExam(api, { sitting: 2 });
    const batchId = randomUUID();
    await api.pool.query("insert into batches (id, name, owner_id) values ($1, 'Room 1', $2)", [batchId, teacher.id]);
    await api.pool.query('insert into batch_students (batch_id, student_id) values ($1, $2)', [batchId, students[1]!.id]);
    const before = await deadlines(examId);
    const { body } = await teacher.post(`/exams/${examId}/time-changes`, { kind: 'extend', seconds: 60, scope: { batchIds: [batchId] }, reason: 'room 1' });
    expect(body).toMatchObject({ affected: 1, skipped: 0 });
    expect((await deadlines(examId)).map((at, index) => at - before[index]!)).toEqual([0, 60_000]);
  });

  test('answers 202 while a row is locked, and the row follows', async () => {
    const { examId, sessionIds, teacher } = await startExam(api, { sitting: 2 });
    const holder = await api.pool.connect();
    await holder.query('begin');
    await holder.query('select from exam_sessions where id = $1 for update', [sessionIds[0]]);
    const changed = await teacher.post(`/exams/${examId}/time-changes`, { kind: 'extend', seconds: 60, scope: ALL, reason: 'bell' });
    await holder.query('rollback');
    holder.release();
    expect([changed.status, changed.body.state, changed.body.affected]).toEqual([202, 'accepted', 1]);
    await expect.poll(async () => (await teacher.get(`/exams/${examId}/time-changes/${String(changed.body.commandId)}`)).body.state, { timeout: 5_000 }).toBe('applied');
  });

  test('ends the exam for everybody, opens finished sessions again, cancels', async () => {
    const { examId, teacher } = await startExam(api, { sitting: 2 });
    const send = (kind: string, more = {}) => teacher.post(`/exams/${examId}/time-changes`, { kind, scope: ALL, reason: 'plan', ...more });
    expect((await send('end')).body).toMatchObject({ affected: 2 });
    expect((await send('reopen', { seconds: 300 })).body).toMatchObject({ affected: 2 });
    expect((await send('cancel')).body).toMatchObject({ affected: 2 });
    expect(codeOf(await send('extend', { seconds: 5 }))).toEqual([409, 'state-conflict']);
  });

  test('an exam that has not opened can be opened, not ended', async () => {
    const { examId, teacher } = await startExam(api, { sitting: 0, opensInMs: 3_600_000, closesInMs: 7_200_000 });
    const send = (kind: string) => teacher.post(`/exams/${examId}/time-changes`, { kind, scope: ALL, reason: 'plan' });
    expect(codeOf(await send('end'))).toEqual([409, 'exam-not-open']);
    expect((await send('open')).body).toMatchObject({ state: 'applied', affected: 0 });
    const { rows } = await api.pool.query('select opens_at <= holdfast_now() as open from exams where id = $1', [examId]);
    expect(rows[0]).toEqual({ open: true });
  });
});

describe('who and what', () => {
  test.each([
    [{ kind: 'extend', scope: ALL, reason: 'x' }, '/seconds'],
    [{ kind: 'extend', seconds: 0, scope: ALL, reason: 'x' }, '/seconds'],
    [{ kind: 'pause', seconds: 5, scope: ALL, reason: 'x' }, '/seconds'],
    [{ kind: 'shorten', seconds: 5, scaled: true, scope: ALL, reason: 'x' }, '/scaled'],
    [{ kind: 'cancel', scope: { studentIds: [randomUUID()] }, reason: 'x' }, '/scope'],
    [{ kind: 'pause', scope: { all: true, batchIds: [] }, reason: 'x' }, '/scope'],
    [{ kind: 'pause', scope: { studentIds: [] }, reason: 'x' }, '/scope'],
    [{ kind: 'pause', scope: ALL }, '/reason'],
    [{ kind: 'stop', scope: ALL, reason: 'x' }, '/kind'],
    [{ kind: 'pause', scope: ALL, reason: 'x', examId: randomUUID() }, '/examId'],
  ])('%j names the wrong field', async (body, pointer) => {
    const { examId, teacher } = await startExam(api, { sitting: 0 });
    const refused = await teacher.post(`/exams/${examId}/time-changes`, body);
    expect(codeOf(refused)).toEqual([422, 'validation-failed']);
    expect(refused.body.errors!.some((error: TestBody) => String(error.pointer).startsWith(pointer))).toBe(true);
  });

  test('proctors may do what keeps the exam going; ending, re-opening and cancelling is for the owner', async () => {
    const { examId, students: [student] } = await startExam(api, { sitting: 1 });
    const send = (who: TestPerson, kind: string, more = {}) => who.post(`/exams/${examId}/time-changes`, { kind, scope: ALL, reason: 'x', ...more });
    for (const [kind, more] of [['extend', { seconds: 5 }], ['shorten', { seconds: 5 }], ['credit', { seconds: 5 }], ['pause', {}], ['resume', {}], ['open', {}]] as const) {
      expect((await send(proctor, kind, more)).status, kind).toBe(200);
    }
    for (const [kind, more] of [['end', {}], ['cancel', {}], ['reopen', { seconds: 5 }]] as const) {
      expect(codeOf(await send(proctor, kind, more)), kind).toEqual([403, 'forbidden']);
    }
    expect(codeOf(await send(stranger, 'pause'))).toEqual([404, 'not-found']);
    expect(codeOf(await send(student!, 'pause'))).toEqual([403, 'forbidden']);
    expect((await api.anybody.post(`/exams/${examId}/time-changes`, { kind: 'pause', scope: ALL, reason: 'x' })).status).toBe(401);
  });

  test('a draft has no time to change, and no proctor sees it', async () => {
    const { examId, teacher } = await startExam(api, { sitting: 0, lifecycle: 'draft' });
    const body = { kind: 'pause', scope: ALL, reason: 'x' };
    expect(codeOf(await teacher.post(`/exams/${examId}/time-changes`, body))).toEqual([409, 'state-conflict']);
    expect(codeOf(await proctor.post(`/exams/${examId}/time-changes`, body))).toEqual([404, 'not-found']);
    expect(codeOf(await teacher.post(`/exams/${randomUUID()}/time-changes`, body))).toEqual([404, 'not-found']);
  });

  test('the same key for another change is refused', async () => {
    const { examId, teacher } = await startExam(api, { sitting: 1 });
    const key = randomUUID();
    await teacher.post(`/exams/${examId}/time-changes`, { kind: 'pause', scope: ALL, reason: 'x' }, { key });
    expect(codeOf(await teacher.post(`/exams/${examId}/time-changes`, { kind: 'resume', scope: ALL, reason: 'x' }, { key }))).toEqual([422, 'idempotency-key-reused']);
    expect(codeOf(await teacher.post(`/exams/${examId}/time-changes`, { kind: 'resume', scope: ALL, reason: 'x' }, { key: null }))).toEqual([428, 'precondition-required']);
  });
});

describe('the list of time changes', () => {
  test('tells what was done, newest first, in pages', async () => {
    const { examId, teacher } = await startExam(api, { sitting: 1 });
    for (const seconds of [10, 20, 30]) await teacher.post(`/exams/${examId}/time-changes`, { kind: 'extend', seconds, scope: ALL, reason: `+${seconds}` });
    const first = await proctor.get(`/exams/${examId}/time-changes?limit=2`);
    expect(first.body.items!.map((change: TestBody) => change.seconds)).toEqual([30, 20]);
    const second = await proctor.get(`/exams/${examId}/time-changes?limit=2&cursor=${String(first.body.nextCursor)}`);
    expect(second.body.items).toMatchObject([{ examId, kind: 'extend', seconds: 10, scaled: false, scope: ALL, reason: '+10', actorId: teacher.id, state: 'applied', affected: 1 }]);
    expect(second.body.nextCursor).toBeNull();
    expect((await stranger.get(`/exams/${examId}/time-changes`)).status).toBe(404);
    expect((await teacher.get(`/exams/${examId}/time-changes?cursor=${Buffer.from('[99999999999]').toString('base64url')}`)).status).toBe(422);
  });

  test('tells of each student what the change did, and whether it was acknowledged', async () => {
    const { examId, sessionIds, students, teacher } = await startExam(api, { sitting: 3 });
    await handIn(api, sessionIds[2]!, students[2]!.id);
    const before = await deadlines(examId);
    const { body: { commandId } } = await teacher.post(`/exams/${examId}/time-changes`, { kind: 'extend', seconds: 60, scope: ALL, reason: 'bell' });
    await api.pool.query('update session_presence set acknowledged_version = 2 where session_id = $1', [sessionIds[0]]);
    const { body } = await teacher.get(`/exams/${examId}/time-changes/${String(commandId)}`);
    const of = (index: number): TestBody => body.students!.find((student: TestBody) => student.studentId === students[index]!.id)!;
    expect([of(0).state, of(1).state, of(2).state, of(2).code]).toEqual(['acknowledged', 'unacknowledged', 'refused', 'session-closed']);
    expect([Date.parse(String(of(0).oldDeadlineAt)), Date.parse(String(of(0).newDeadlineAt))]).toEqual([before[0], before[0]! + 60_000]);
    expect(codeOf(await teacher.get(`/exams/${examId}/time-changes/${randomUUID()}`))).toEqual([404, 'not-found']);
  });
});
