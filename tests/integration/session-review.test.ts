import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';
import { command, grade, openExam, SECRETS } from '#tests/support/sat-exam.ts';

let api: TestApi;
let teacher: TestPerson;
let proctor: TestPerson;
let stranger: TestPerson;
let student: TestPerson;

beforeAll(async () => {
  api = await createTestApi();
  [teacher, proctor, stranger, student] = await Promise.all([api.person('teacher'), api.person('proctor'), api.person('teacher'), api.person('student')]);
});
afterAll(() => api.close());

const code = (reply: TestReply): [number, string] => [reply.status, reply.body.code];

/** A session with two saves of one item, one of them of a second window, and one that was refused. */
async function satSession(): Promise<{ examId: string; sessionId: string; itemId: string }> {
  const examId = await openExam(api, { owner: teacher, students: [student] });
  const { body } = await student.post(`/exams/${examId}/sessions`, {});
  const sessionId: string = body.session.id;
  const itemId: string = body.paper.sections[0].items[0].id;
  const save = (optionId: string, clientSeq: number, baseRevision: number, clientId: string) =>
    student.put(`/sessions/${sessionId}/answers/${itemId}`, { response: { optionId }, clientId, clientSeq, baseRevision });
  const [first, second] = [randomUUID(), randomUUID()];
  await save('a', 1, 0, first);
  await save('b', 1, 1, second);
  await save('a', 2, 1, first);
  return { examId, sessionId, itemId };
}

describe('the answers of a session', () => {
  test('teachers see the paper with keys, what counts and how often it was saved or refused', async () => {
    const { sessionId, itemId } = await satSession();
    const { status, body } = await teacher.get(`/sessions/${sessionId}/answers`);
    expect([status, body.sessionId, body.closedVersion, body.resultVersion]).toEqual([200, sessionId, null, null]);
    expect(body.sections.map((section: TestBody) => [section.title, section.items.length])).toEqual([['First', 3], ['Second', 2]]);
    expect(body.sections[0].items[0]).toMatchObject({
      itemId, type: 'single-choice', text: { value: 'Visible question one' }, key: { optionId: 'b' }, explanation: { value: 'SECRET-EXPLANATION' }, points: '1',
      answer: { revision: 2, response: { optionId: 'b' } }, revisions: 2, refused: 1, mark: null,
    });
    expect(body.sections[0].items[1]).toMatchObject({ answer: null, revisions: 0, refused: 0 });
  });

  test('after the end the marks stand beside them', async () => {
    const { sessionId } = await satSession();
    await student.post(`/sessions/${sessionId}/submit`, {});
    expect((await teacher.get(`/sessions/${sessionId}/answers`)).body).toMatchObject({ closedVersion: 2, resultVersion: null });
    await grade(api, sessionId);
    const { body } = await teacher.get(`/sessions/${sessionId}/answers`);
    expect(body).toMatchObject({ closedVersion: 2, resultVersion: 1 });
    expect(body.sections[0].items[0].mark).toMatchObject({ points: '0.5', maxPoints: '1', state: 'graded', source: 'auto' });
  });

  test('proctors see which items are answered, and nothing that tells an answer', async () => {
    const { sessionId, itemId } = await satSession();
    const { body } = await proctor.get(`/sessions/${sessionId}/answers`);
    const item = body.sections[0].items[0];
    expect(Object.keys(item.answer)).toEqual(['revision', 'savedAt', 'sessionVersion']);
    expect(item).not.toHaveProperty('mark');
    const text = JSON.stringify(body);
    expect(SECRETS.filter((secret) => secret !== '"questionId"' && secret !== '"closedVersion"' && text.includes(secret))).toEqual([]);
    const revisions = await proctor.get(`/sessions/${sessionId}/answers/${itemId}/revisions`);
    expect(JSON.stringify(revisions.body)).not.toContain('optionId');
  });

  test('every accepted save is listed with the window that it came from', async () => {
    const { sessionId, itemId } = await satSession();
    const { body } = await teacher.get(`/sessions/${sessionId}/answers/${itemId}/revisions`);
    expect(body.items).toMatchObject([
      { revision: 1, response: { optionId: 'a' }, clientSeq: 1, sessionVersion: 1 }, { revision: 2, response: { optionId: 'b' }, clientSeq: 1, sessionVersion: 1 },
    ]);
    expect(new Set(body.items.map((row: TestBody) => row.clientId)).size).toBe(2);
    const first = await teacher.get(`/sessions/${sessionId}/answers/${itemId}/revisions?limit=1`);
    const second = await teacher.get(`/sessions/${sessionId}/answers/${itemId}/revisions?limit=1&cursor=${first.body.nextCursor}`);
    expect([second.body.items[0].revision, second.body.nextCursor]).toEqual([2, null]);
  });

  test('students, strangers and unknown items are refused', async () => {
    const { sessionId, itemId } = await satSession();
    for (const path of ['review', 'answers', `answers/${itemId}/revisions`]) {
      expect(code(await student.get(`/sessions/${sessionId}/${path}`)), path).toEqual([403, 'forbidden']);
      expect(code(await stranger.get(`/sessions/${sessionId}/${path}`)), path).toEqual([404, 'not-found']);
      expect(code(await api.anybody.get(`/sessions/${sessionId}/${path}`)), path).toEqual([401, 'unauthenticated']);
      expect(code(await teacher.get(`/sessions/${randomUUID()}/${path}`)), path).toEqual([404, 'not-found']);
    }
    expect(code(await teacher.get(`/sessions/${sessionId}/answers/${randomUUID()}/revisions`))).toEqual([404, 'not-found']);
    expect(code(await teacher.get(`/sessions/${sessionId}/answers/${itemId}/revisions?cursor=x`))).toEqual([422, 'validation-failed']);
  });
});

describe('the head of a session', () => {
  test('tells whose it is and of what its deadline is made', async () => {
    const { examId, sessionId } = await satSession();
    await command(api, teacher, sessionId, 'extend', 90);
    const { body } = await proctor.get(`/sessions/${sessionId}/review`);
    expect(body).toMatchObject({
      session: { id: sessionId, state: 'active', version: 2 }, student: { id: student.id, name: student.name }, exam: { id: examId, title: 'Exam', timeZone: 'UTC', resultsPublishedAt: null },
      answered: 1, total: 5, refusedAnswers: 1, incidents: 0, acknowledgedVersion: 1, closedVersion: null, withheld: null, workflow: null, otherAttempts: [],
      workflowId: `exam-session-${sessionId}`,
    });
    const { time } = body;
    expect(time).toMatchObject({ durationMs: 3_600_000, timeMultiplier: '1', entitledMs: 3_600_000, extraMs: 90_000, pausedTotalMs: 0, graceMs: 10_000 });
    expect(Date.parse(time.deadlineAt)).toBe(Math.min(Date.parse(time.startedAt) + time.entitledMs, Date.parse(time.capAt)) + time.extraMs + time.pausedTotalMs);
    expect(Date.parse(time.cutoffAt) - Date.parse(time.deadlineAt)).toBe(time.graceMs);
  });

  test('who withholds the result is for those who mark', async () => {
    const { sessionId } = await satSession();
    await student.post(`/sessions/${sessionId}/submit`, {});
    await teacher.post(`/sessions/${sessionId}/result/withhold`, { reason: 'Under review' });
    expect((await teacher.get(`/sessions/${sessionId}/review`)).body.withheld).toMatchObject({ reason: 'Under review', by: { id: teacher.id, name: teacher.name } });
    expect((await proctor.get(`/sessions/${sessionId}/review`)).body.withheld).toBeNull();
  });
});
