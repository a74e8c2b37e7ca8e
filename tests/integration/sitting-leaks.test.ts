import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody } from '#tests/support/caller.ts';
import { command, grade, openExam, SECRETS } from '#tests/support/sat-exam.ts';
import { openStream } from '#tests/support/stream.ts';

let api: TestApi;
let teacher: TestPerson;
let proctor: TestPerson;
let anna: TestPerson;
let berta: TestPerson;

beforeAll(async () => {
  api = await createTestApi();
  [teacher, proctor] = await Promise.all([api.person('teacher'), api.person('proctor')]);
  [anna, berta] = (await api.students(2)) as [TestPerson, TestPerson];
});
afterAll(() => api.close());

/** Everything that a student can get hold of about an exam, as one text. */
async function harvest(who: TestPerson, examId: string, sessionId: string | undefined): Promise<string> {
  const texts: string[] = [];
  const keep = (reply: { headers: Headers; body: unknown }): void => void texts.push(JSON.stringify([...reply.headers]), JSON.stringify(reply.body));
  keep(await who.get('/exams'));
  keep(await who.get(`/exams/${examId}`));
  keep(await who.get('/results'));
  for (const path of ['readiness', 'preview', 'help-requests', 'incidents', 'session-counts', 'results/summary', 'results/export', 'calendar.ics']) keep(await who.get(`/exams/${examId}/${path}`));
  keep(await who.get(`/exams/${examId}/results`));
  keep(await who.post(`/exams/${examId}/sessions`, {}));
  keep(await who.post(`/exams/${examId}/sessions`, { accessCode: 5 }));
  for (const id of sessionId === undefined ? [randomUUID()] : [sessionId]) {
    for (const path of ['', '/timeline', '/refused-answers', '/result', '/review', '/answers', '/files/' + randomUUID()]) keep(await who.get(`/sessions/${id}${path}`));
    keep(await who.put(`/sessions/${id}/place`, { currentItemId: randomUUID(), seen: [], flagged: [], notes: {}, clientSeq: 1 }));
    keep(await who.post(`/sessions/${id}/acknowledgements`, { sessionVersion: 1 }));
    keep(await who.post(`/sessions/${id}/submit`, { answers: [{ itemId: randomUUID(), response: { a: 1 }, clientSeq: 1 }] }));
  }
  if (sessionId !== undefined) {
    const stream = await openStream(api.url, `/sessions/${sessionId}/stream?after=0`, who.token);
    await new Promise((resolve) => setTimeout(resolve, 300));
    stream.close();
    texts.push(stream.raw());
  }
  const waiting = await openStream(api.url, `/stream?topics=exam:${examId}&after=0`, who.token);
  await new Promise((resolve) => setTimeout(resolve, 300));
  waiting.close();
  texts.push(waiting.raw());
  const text = texts.join('\n');
  // a fault would hide what the answer had been
  expect(text).not.toContain('"code":"internal"');
  return text;
}

function expectNothingOf(text: string, words: readonly string[]): void {
  expect(words.filter((word) => text.includes(word))).toEqual([]);
}

const others = () => [teacher, proctor, berta].flatMap(({ id, name, email }) => [id, name, email]);
const itemIds = (body: TestBody): string[] => body.paper.sections.flatMap((section: TestBody) => [...section.items]).map((item: TestBody) => String(item.id)) as string[];

test('before the exam opens no byte of the paper leaves, on any channel', async () => {
  const examId = await openExam(api, { owner: teacher, students: [anna, berta], opensInMs: 60_000 });
  const text = await harvest(anna, examId, undefined);
  expect(text).toContain('exam-not-open');
  expectNothingOf(text, [...SECRETS, 'Visible', ...others()]);
});

test('during the exam nothing tells the answer, nothing tells of others, nothing unopened leaves', async () => {
  const examId = await openExam(api, { owner: teacher, students: [anna, berta], navigation: 'forward', proctoring: 'events', shuffle: true });
  await berta.post(`/exams/${examId}/sessions`, {});
  const { body } = await anna.post(`/exams/${examId}/sessions`, {});
  const sessionId = String(body.session.id);
  const shown = JSON.stringify(body.paper.sections);
  for (const kind of ['extend', 'pause', 'resume'] as const) await command(api, proctor, sessionId, kind, kind === 'extend' ? 60 : undefined);
  await anna.put(`/sessions/${sessionId}/answers/${itemIds(body)[0]}`, { response: null, clientId: null, clientSeq: 1 });
  const text = await harvest(anna, examId, sessionId);
  expectNothingOf(text, [...SECRETS, ...others()]);
  const unopened = ['one', 'two', 'three', 'four', 'five'].map((word) => `Visible question ${word}`).filter((question) => !shown.includes(question));
  expect(unopened).toHaveLength(4);
  expectNothingOf(text, unopened);
});

test('after the hand-in and before release there is no score, no key and no paper', async () => {
  const examId = await openExam(api, { owner: teacher, students: [anna, berta], results: { score: true, items: true, key: true, feedback: true } });
  const { body } = await anna.post(`/exams/${examId}/sessions`, {});
  const sessionId = String(body.session.id);
  await anna.put(`/sessions/${sessionId}/answers/${itemIds(body)[0]}`, { response: { optionId: 'a' }, clientId: null, clientSeq: 1 });
  await anna.post(`/sessions/${sessionId}/submit`, {});
  await grade(api, sessionId);
  const text = await harvest(anna, examId, sessionId);
  expect(text).toContain('results-not-published');
  expectNothingOf(text, [...SECRETS, ...others(), 'Visible', '"maxPoints"', '"percent"', '"2.5"']);
});
