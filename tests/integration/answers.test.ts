import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';
import { command, openExam } from '#tests/support/sat-exam.ts';

let api: TestApi;
let teacher: TestPerson;
let anna: TestPerson;
let berta: TestPerson;
let sessionId: string;
let items: TestBody[];

beforeAll(async () => {
  api = await createTestApi();
  teacher = await api.person('teacher');
  [anna, berta] = (await api.students(2)) as [TestPerson, TestPerson];
});
afterAll(() => api.close());

beforeEach(async () => {
  const examId = await openExam(api, { owner: teacher, students: [anna] });
  const started = await anna.post(`/exams/${examId}/sessions`, {});
  sessionId = started.body.session.id;
  items = started.body.paper.sections.flatMap((section: TestBody) => section.items);
});

const itemOf = (type: string): TestBody => items.find((item) => item.type === type);
const choose = (index = 0): object => ({ optionId: itemOf('single-choice').options[index].id });
const window = (clientId = randomUUID()) => ({
  clientId,
  save: (response: unknown, clientSeq: number, baseRevision: number, type = 'single-choice', who = anna): Promise<TestReply> =>
    who.put(`/sessions/${sessionId}/answers/${itemOf(type).id}`, { response, clientId, clientSeq, baseRevision }),
});
const stored = async (): Promise<TestBody[]> => (await anna.get(`/sessions/${sessionId}`)).body.answers;

describe('one save', () => {
  test('is acknowledged with its revision, the deadline and the version of the session, and is there', async () => {
    const { status, body, headers } = await window().save(choose(1), 1, 0);
    expect(status).toBe(200);
    expect(body).toMatchObject({ itemId: itemOf('single-choice').id, revision: 1, sessionVersion: 1 });
    expect(Math.abs(Date.parse(body.serverTime) - Date.now())).toBeLessThan(2_000);
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('ratelimit-limit')).toBe('60000');
    expect(await stored()).toMatchObject([{ itemId: body.itemId, revision: 1, response: choose(1), savedAt: body.savedAt }]);
  });

  test('null clears the answer and is a revision of its own', async () => {
    const tab = window();
    await tab.save(choose(), 1, 0);
    expect((await tab.save(null, 2, 1)).body.revision).toBe(2);
    expect(await stored()).toMatchObject([{ revision: 2, response: null }]);
  });

  test('the same save again answers the first result', async () => {
    const tab = window();
    const first = await tab.save(choose(), 1, 0);
    const again = await tab.save(choose(), 1, 0);
    expect([again.status, again.body.revision, again.body.savedAt]).toEqual([200, 1, first.body.savedAt]);
  });

  test('the same clientSeq with another response is refused with a pointer', async () => {
    const tab = window();
    await tab.save(choose(0), 1, 0);
    const other = await tab.save(choose(1), 1, 0);
    expect([other.status, other.body.code, other.body.errors[0].pointer]).toEqual([422, 'validation-failed', '/clientSeq']);
  });

  test('a stale window gets the current answer, and its own text is kept', async () => {
    await window().save(choose(1), 1, 0);
    const stale = await window().save(choose(0), 9, 0);
    expect([stale.status, stale.body.code]).toEqual([409, 'stale-revision']);
    expect(stale.body.current).toMatchObject({ revision: 1, response: choose(1) });
    const refused = await anna.get(`/sessions/${sessionId}/refused-answers`);
    expect(refused.body.items).toMatchObject([{ itemId: itemOf('single-choice').id, response: choose(0), code: 'stale-revision' }]);
    expect(await stored()).toMatchObject([{ revision: 1, response: choose(1) }]);
  });

  test('a window that knows the stored revision takes over', async () => {
    await window().save(choose(1), 1, 0);
    expect((await window().save(choose(0), 1, 1)).body.revision).toBe(2);
  });

  test('a client without clientId and baseRevision is judged by clientSeq alone', async () => {
    const path = `/sessions/${sessionId}/answers/${itemOf('single-choice').id}`;
    expect((await anna.put(path, { response: choose(0), clientSeq: 5 })).status).toBe(200);
    expect((await anna.put(path, { response: choose(1), clientSeq: 4 })).body.code).toBe('stale-revision');
    expect((await anna.put(path, { response: choose(1), clientSeq: 6 })).body.revision).toBe(2);
  });
});

describe('refusals', () => {
  test('a response of the wrong shape is refused with a pointer to each wrong field', async () => {
    const reply = await window().save({ optionId: 'no-such-option', extra: 1 }, 1, 0);
    expect(reply.status).toBe(422);
    expect(reply.body.errors.map((error: TestBody) => error.pointer).sort()).toEqual(['/response/extra', '/response/optionId']);
  });

  test('text that a database can not hold is refused and hurts nobody else', async () => {
    const tab = window();
    const replies = await Promise.all([
      tab.save({ text: 'a\u0000b' }, 1, 0, 'short-text'),
      anna.put(`/sessions/${sessionId}/answers/${itemOf('essay').id}`, { response: { text: '\ud800', format: 'plain' }, clientId: tab.clientId, clientSeq: 2, baseRevision: 0 }),
      tab.save(choose(), 3, 0),
    ]);
    expect(replies.map(({ status }) => status)).toEqual([422, 422, 200]);
  });

  test('another student, a teacher and nobody can not save', async () => {
    const path = `/sessions/${sessionId}/answers/${itemOf('single-choice').id}`;
    const body = { response: choose(), clientSeq: 1 };
    expect((await berta.put(path, body)).body.code).toBe('not-found');
    expect((await teacher.put(path, body)).body.code).toBe('forbidden');
    expect((await api.anybody.put(path, body)).body.code).toBe('unauthenticated');
  });

  test('an item of another paper, and ids that are none, do not exist', async () => {
    for (const path of [`/sessions/${sessionId}/answers/${randomUUID()}`, `/sessions/${sessionId}/answers/x`, `/sessions/${randomUUID()}/answers/x`, '/sessions/x/answers/x']) {
      expect((await anna.put(path, { response: null, clientSeq: 1 })).body.code).toBe('not-found');
    }
  });

  test('what is too large is 413, what is no JSON is 415 or 422', async () => {
    const path = `/sessions/${sessionId}/answers/${itemOf('essay').id}`;
    const long = await anna.put(path, { response: { text: 'x'.repeat(257 * 1024), format: 'plain' }, clientSeq: 1 });
    expect([long.status, long.body.code]).toEqual([413, 'payload-too-large']);
    const send = (body: string, type: string): Promise<Response> => fetch(`${api.url}/api/v1${path}`, {
      method: 'PUT', headers: { Authorization: `Bearer ${anna.token}`, 'Content-Type': type }, body,
    });
    expect((await send('{}', 'text/plain')).status).toBe(415);
    expect((await send('{"response":', 'application/json')).status).toBe(422);
    expect((await send(`{"response":${'['.repeat(10_000)}${']'.repeat(10_000)},"clientSeq":1}`, 'application/json')).status).toBe(422);
  });

  test('a paused session refuses and keeps the text; resumed, it takes saves again', async () => {
    const tab = window();
    await command(api, teacher, sessionId, 'pause');
    const paused = await tab.save(choose(), 1, 0);
    expect([paused.status, paused.body.code]).toEqual([409, 'session-paused']);
    await command(api, teacher, sessionId, 'resume');
    expect((await tab.save(choose(), 2, 0)).status).toBe(200);
    expect((await anna.get(`/sessions/${sessionId}/refused-answers`)).body.items).toMatchObject([{ code: 'session-paused', response: choose() }]);
  });

  test('after the hand-in every save is refused and nothing changes', async () => {
    const tab = window();
    await tab.save(choose(1), 1, 0);
    await anna.post(`/sessions/${sessionId}/submit`, {});
    const late = await window().save(choose(0), 1, 1);
    expect([late.status, late.body.code]).toEqual([409, 'session-closed']);
    expect(await stored()).toMatchObject([{ revision: 1, response: choose(1) }]);
  });
});

describe('a batch', () => {
  const batch = (answers: object[], clientId = randomUUID()): Promise<TestReply> => anna.post(`/sessions/${sessionId}/answers`, { clientId, answers });

  test('gives each answer its own verdict', async () => {
    await window().save(choose(1), 1, 0);
    const reply = await batch([
      { itemId: itemOf('single-choice').id, response: choose(0), clientSeq: 1, baseRevision: 0 },
      { itemId: itemOf('numeric').id, response: { value: '3.5' }, clientSeq: 2, baseRevision: 0 },
    ]);
    expect(reply.status).toBe(200);
    expect(reply.body.results).toMatchObject([
      { itemId: itemOf('single-choice').id, ok: false, code: 'stale-revision', current: { revision: 1, response: choose(1) } },
      { itemId: itemOf('numeric').id, ok: true, revision: 1 },
    ]);
  });

  test('tells the deadline also when no answer was accepted', async () => {
    await window().save(choose(1), 1, 0);
    const reply = await batch([{ itemId: itemOf('single-choice').id, response: choose(0), clientSeq: 1, baseRevision: 0 }]);
    expect([reply.status, reply.body.results[0].ok]).toEqual([200, false]);
    expect(Date.parse(reply.body.deadlineAt)).toBeGreaterThan(Date.now());
  });

  test('of one item the last answer counts', async () => {
    const itemId = itemOf('single-choice').id;
    const reply = await batch([{ itemId, response: choose(0), clientSeq: 1, baseRevision: 0 }, { itemId, response: choose(1), clientSeq: 2, baseRevision: 0 }]);
    expect(reply.body.results).toMatchObject([{ itemId, ok: true, revision: 1 }]);
    expect(await stored()).toMatchObject([{ response: choose(1) }]);
  });

  test('where the way leads forwards only, a locked item is refused alone and its text is kept', async () => {
    const examId = await openExam(api, { owner: teacher, students: [berta], navigation: 'forward' });
    const started = await berta.post(`/exams/${examId}/sessions`, {});
    const { id } = started.body.session;
    const [first] = started.body.paper.sections[0].items;
    const locked = started.body.paper.nextItemId;
    const reply = await berta.post(`/sessions/${id}/answers`, {
      clientId: randomUUID(),
      answers: [{ itemId: first.id, response: null, clientSeq: 1, baseRevision: 0 }, { itemId: locked, response: null, clientSeq: 2, baseRevision: 0 }],
    });
    expect(reply.body.results).toMatchObject([{ itemId: first.id, ok: true, revision: 1 }, { itemId: locked, ok: false, code: 'item-locked' }]);
    expect((await berta.get(`/sessions/${id}/refused-answers`)).body.items).toMatchObject([{ itemId: locked, code: 'item-locked' }]);
  });

  test('a wrong answer refuses the whole batch with pointers, before anything is stored', async () => {
    const reply = await batch([
      { itemId: itemOf('numeric').id, response: { value: '1' }, clientSeq: 1, baseRevision: 0 },
      { itemId: randomUUID(), response: null, clientSeq: 2, baseRevision: 0 },
      { itemId: itemOf('single-choice').id, response: { optionId: 'nope' }, clientSeq: 3, baseRevision: 0 },
    ]);
    expect([reply.status, reply.body.errors.map((error: TestBody) => error.pointer)]).toEqual([422, ['/answers/1/itemId', '/answers/2/response/optionId']]);
    expect(await stored()).toEqual([]);
  });

  test('a refusal of the whole session is one 409 and keeps every response', async () => {
    await anna.post(`/sessions/${sessionId}/submit`, {});
    const reply = await batch([
      { itemId: itemOf('numeric').id, response: { value: '1' }, clientSeq: 1, baseRevision: 0 },
      { itemId: itemOf('single-choice').id, response: choose(0), clientSeq: 2, baseRevision: 0 },
    ]);
    expect([reply.status, reply.body.code]).toEqual([409, 'session-closed']);
    expect((await anna.get(`/sessions/${sessionId}/refused-answers`)).body.items).toHaveLength(2);
  });
});
