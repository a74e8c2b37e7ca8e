import { randomUUID } from 'node:crypto';

import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';
import { command, openExam } from '#tests/support/sat-exam.ts';

let api: TestApi;
let teacher: TestPerson;
let stranger: TestPerson;
let proctor: TestPerson;
let admin: TestPerson;
let anna: TestPerson;
let berta: TestPerson;

beforeAll(async () => {
  api = await createTestApi();
  [teacher, stranger, proctor, admin] = await Promise.all([api.person('teacher'), api.person('teacher'), api.person('proctor'), api.person('admin')]);
  [anna, berta] = (await api.students(2)) as [TestPerson, TestPerson];
});
afterAll(() => api.close());

const start = (who: TestPerson, examId: string, body: object = {}): Promise<TestReply> => who.post(`/exams/${examId}/sessions`, body, { key: null });
const itemsOf = (body: TestBody): TestBody[] => body.paper.sections.flatMap((section: TestBody) => [...section.items]);
const codeOf = (reply: TestReply): unknown[] => [reply.status, reply.body.code];
const place = (currentItemId: string | null, clientSeq: number, more: object = {}) => ({ currentItemId, seen: [], flagged: [], notes: {}, clientSeq, ...more });

describe('starting', () => {
  test('five clicks on two devices give one session and one paper', async () => {
    const examId = await openExam(api, { owner: teacher, students: [anna], shuffle: true });
    const replies = await Promise.all(Array.from({ length: 5 }, () => start(anna, examId)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201]);
    expect(new Set(replies.map(({ body }) => body.session.id)).size).toBe(1);
    expect(new Set(replies.map(({ body }) => JSON.stringify(body.paper))).size).toBe(1);
  });

  test('a start tells the session, the whole paper, the time left and where to listen from', async () => {
    const examId = await openExam(api, { owner: teacher, students: [anna], durationMinutes: 30 });
    const { status, body, headers } = await start(anna, examId);
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/api/v1/sessions/${body.session.id}`);
    expect(body.session).toMatchObject({ examId, studentId: anna.id, attempt: 1, state: 'active', version: 1, pausedAt: null, closedAt: null, closeReason: null });
    expect(Date.parse(String(body.session.deadlineAt)) - Date.parse(String(body.session.startedAt))).toBe(30 * 60_000);
    expect(Number(body.session.remainingMs)).toBeGreaterThan(29 * 60_000);
    expect(body.paper).toMatchObject({ instructions: 'Read carefully.', navigation: 'free', display: 'one', itemCount: 5, nextItemId: null });
    expect(itemsOf(body).map(({ type }) => type)).toEqual(['single-choice', 'multiple-choice', 'short-text', 'numeric', 'essay']);
    expect(body).toMatchObject({ answers: [], place: { currentItemId: null, seen: [], flagged: [], notes: {}, clientSeq: 0 } });
    expect(String(body.streamPosition)).toMatch(/^\d+$/);
  });

  test('an Idempotency-Key is allowed but not needed', async () => {
    const examId = await openExam(api, { owner: teacher, students: [anna] });
    const key = randomUUID();
    const first = await anna.post(`/exams/${examId}/sessions`, {}, { key });
    const again = await anna.post(`/exams/${examId}/sessions`, {}, { key });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body.session.id).toBe(first.body.session.id);
  });

  test('nothing of the paper leaves before the exam opens', async () => {
    const examId = await openExam(api, { owner: teacher, students: [anna], opensInMs: 60_000 });
    const reply = await start(anna, examId);
    expect(codeOf(reply)).toEqual([409, 'exam-not-open']);
    expect(JSON.stringify(reply.body)).not.toContain('Visible');
  });

  test('a closed exam, used attempts, a foreign exam and an unknown one are refused with their codes', async () => {
    const closed = await openExam(api, { owner: teacher, students: [anna], opensInMs: -7_200_000, closesInMs: -3_600_000 });
    expect(codeOf(await start(anna, closed))).toEqual([409, 'exam-closed']);
    const once = await openExam(api, { owner: teacher, students: [anna] });
    const { body } = await start(anna, once);
    await anna.post(`/sessions/${body.session.id}/submit`, {});
    expect(codeOf(await start(anna, once))).toEqual([409, 'attempts-used']);
    expect(codeOf(await start(berta, once))).toEqual([404, 'not-assigned']);
    expect(codeOf(await start(anna, randomUUID()))).toEqual([404, 'not-found']);
    expect(codeOf(await start(anna, 'no-id'))).toEqual([404, 'not-found']);
  });

  test('only students start, and only those who are logged in', async () => {
    const examId = await openExam(api, { owner: teacher, students: [anna] });
    expect(codeOf(await api.anybody.post(`/exams/${examId}/sessions`, {}))).toEqual([401, 'unauthenticated']);
    for (const who of [teacher, proctor, admin]) expect(codeOf(await start(who, examId))).toEqual([403, 'forbidden']);
  });

  test('unknown fields are named', async () => {
    const examId = await openExam(api, { owner: teacher, students: [anna] });
    const reply = await start(anna, examId, { code: 'x' });
    expect(codeOf(reply)).toEqual([422, 'validation-failed']);
    expect(reply.body.errors).toEqual([{ pointer: '/code', message: 'unknown field' }]);
  });

  test('the right access code opens, a wrong one does not, and the sixth wrong one within a minute is not even looked at', async () => {
    const accessCodeHash = await hash('open sesame', { memoryCost: 1024, timeCost: 1 });
    const examId = await openExam(api, { owner: teacher, students: [anna, berta], accessCodeHash });
    expect(codeOf(await start(anna, examId))).toEqual([403, 'wrong-access-code']);
    const guesses = await Promise.all(Array.from({ length: 8 }, (_, n) => start(anna, examId, { accessCode: `guess ${n}` })));
    expect(guesses.map(({ status }) => status).sort()).toEqual([403, 403, 403, 403, 403, 429, 429, 429]);
    const throttled = await start(anna, examId, { accessCode: 'open sesame' });
    expect(codeOf(throttled)).toEqual([429, 'rate-limited']);
    expect(Number(throttled.headers.get('retry-after'))).toBeGreaterThan(0);
    // one student's guesses do not keep another one out
    for (let n = 0; n < 7; n += 1) expect((await start(berta, examId, { accessCode: 'open sesame' })).status).toBe(n === 0 ? 201 : 200);
  });
});

describe('reading a session', () => {
  let sessionId: string;
  let items: TestBody[];

  beforeAll(async () => {
    const examId = await openExam(api, { owner: teacher, students: [anna, berta] });
    const { body } = await start(anna, examId);
    sessionId = String(body.session.id);
    items = itemsOf(body);
    await anna.put(`/sessions/${sessionId}/answers/${items[4]!.id}`, { response: { text: 'a private thought', format: 'plain' }, clientId: randomUUID(), clientSeq: 1, baseRevision: 0 });
    await anna.put(`/sessions/${sessionId}/place`, place(String(items[1]!.id), 1, { flagged: [items[2]!.id], notes: { [String(items[0]!.id)]: 'a private note' } }));
  });

  test('after a crash the student gets paper, answers and place back as they were', async () => {
    const { status, body, headers } = await anna.get(`/sessions/${sessionId}`);
    expect(status).toBe(200);
    expect(headers.get('etag')).toBe('"1"');
    expect(body.answers).toMatchObject([{ itemId: items[4]!.id, revision: 1, response: { text: 'a private thought', format: 'plain' } }]);
    expect(body.place).toEqual({ currentItemId: items[1]!.id, seen: [], flagged: [items[2]!.id], notes: { [String(items[0]!.id)]: 'a private note' }, clientSeq: 1 });
  });

  test('teacher and admin read the answers, a proctor only that there is one; nobody reads the notes', async () => {
    for (const who of [teacher, admin]) {
      const { body } = await who.get(`/sessions/${sessionId}`);
      expect(body.answers[0]!.response).toEqual({ text: 'a private thought', format: 'plain' });
      expect(JSON.stringify(body)).not.toContain('a private note');
    }
    const { status, body } = await proctor.get(`/sessions/${sessionId}`);
    expect(status).toBe(200);
    expect(body.answers).toMatchObject([{ itemId: items[4]!.id, revision: 1 }]);
    expect(JSON.stringify(body)).not.toContain('a private');
  });

  test('for everybody else there is no such session', async () => {
    for (const who of [berta, stranger]) expect(codeOf(await who.get(`/sessions/${sessionId}`))).toEqual([404, 'not-found']);
    expect(codeOf(await anna.get(`/sessions/${randomUUID()}`))).toEqual([404, 'not-found']);
    expect(codeOf(await api.anybody.get(`/sessions/${sessionId}`))).toEqual([401, 'unauthenticated']);
  });

  test('a proctor who is to sit the exam does not read the papers of others first', async () => {
    const both = await api.person('proctor', 'student');
    const examId = await openExam(api, { owner: teacher, students: [anna, both] });
    const { body } = await start(anna, examId);
    expect(codeOf(await both.get(`/sessions/${body.session.id}`))).toEqual([404, 'not-found']);
  });

  test('while it is paused there is no deadline and the time left stands still', async () => {
    await command(api, proctor, sessionId, 'pause');
    const first = await anna.get(`/sessions/${sessionId}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const second = await anna.get(`/sessions/${sessionId}`);
    expect(first.body.session).toMatchObject({ state: 'paused', deadlineAt: null, version: 2 });
    expect(second.body.session.remainingMs).toBe(first.body.session.remainingMs);
    await command(api, proctor, sessionId, 'resume');
    expect((await anna.get(`/sessions/${sessionId}`)).body.session).toMatchObject({ state: 'active', pausedAt: null, version: 3 });
  });
});

describe('the place', () => {
  let sessionId: string;
  let ids: string[];

  beforeAll(async () => {
    const examId = await openExam(api, { owner: teacher, students: [anna] });
    const { body } = await start(anna, examId);
    sessionId = String(body.session.id);
    ids = itemsOf(body).map(({ id }) => String(id));
  });
  const put = (body: object, who = anna) => who.put(`/sessions/${sessionId}/place`, body);

  test('a newer one is stored whole, an older one changes nothing and is answered with what is stored', async () => {
    const newer = place(ids[2]!, 5, { seen: [ids[0], ids[2]], flagged: [ids[0]], notes: { [ids[1]!]: 'look again' } });
    expect((await put(newer)).body).toEqual(newer);
    expect((await put(place(ids[0]!, 4))).body).toEqual(newer);
    expect((await put(place(ids[0]!, 5))).body).toEqual(newer);
    expect((await put(place(ids[0]!, 6))).body).toEqual(place(ids[0]!, 6));
  });

  test('items of another paper are named with pointers', async () => {
    const foreign = randomUUID();
    const reply = await put(place(foreign, 9, { seen: [ids[0], foreign], notes: { [foreign]: 'x' } }));
    expect(codeOf(reply)).toEqual([422, 'validation-failed']);
    expect([...reply.body.errors].map(({ pointer }) => pointer)).toEqual(['/currentItemId', '/seen/1', `/notes/${foreign}`]);
    expect(codeOf(await put({ currentItemId: null }))).toEqual([422, 'validation-failed']);
  });

  test('nobody else can move it, and no member of staff', async () => {
    expect(codeOf(await put(place(null, 9), berta))).toEqual([404, 'not-found']);
    expect(codeOf(await put(place(null, 9), proctor))).toEqual([403, 'forbidden']);
  });

  test('a closed session has no place to change', async () => {
    await anna.post(`/sessions/${sessionId}/submit`, {});
    expect(codeOf(await put(place(ids[0]!, 20)))).toEqual([409, 'session-closed']);
  });
});

describe('where the way leads forwards only', () => {
  let sessionId: string;
  let first: TestBody;

  beforeAll(async () => {
    const examId = await openExam(api, { owner: teacher, students: [anna], navigation: 'forward' });
    first = (await start(anna, examId)).body;
    sessionId = String(first.session.id);
  });
  const save = (itemId: string, seq: number) => anna.put(`/sessions/${sessionId}/answers/${itemId}`, { response: null, clientId: null, clientSeq: seq });

  test('only the first item is sent, and the id of the next', () => {
    expect(itemsOf(first)).toHaveLength(1);
    expect(first.paper).toMatchObject({ itemCount: 5, nextItemId: expect.any(String) });
    expect(JSON.stringify(first)).not.toContain('Visible question two');
  });

  test('moving on reaches the next item and brings it along; the one that was left is locked', async () => {
    const here = String(itemsOf(first)[0]!.id);
    const next = String(first.paper.nextItemId);
    expect(codeOf(await save(next, 1))).toEqual([409, 'item-locked']);
    expect((await save(here, 1)).status).toBe(200);
    const moved = await anna.put(`/sessions/${sessionId}/place`, place(next, 1));
    expect(moved.body.currentItemId).toBe(next);
    expect(itemsOf(moved.body).map(({ id }) => id)).toEqual([here, next]);
    expect(codeOf(await save(here, 2))).toEqual([409, 'item-locked']);
    expect((await save(next, 1)).status).toBe(200);
    expect(codeOf(await anna.put(`/sessions/${sessionId}/place`, place(here, 2)))).toEqual([409, 'item-locked']);
    expect(itemsOf((await anna.get(`/sessions/${sessionId}`)).body)).toHaveLength(2);
  });

  test('during a pause nothing new is reached', async () => {
    const { body } = await anna.get(`/sessions/${sessionId}`);
    await command(api, proctor, sessionId, 'pause');
    expect(codeOf(await anna.put(`/sessions/${sessionId}/place`, place(String(body.paper.nextItemId), 8)))).toEqual([409, 'session-paused']);
    await command(api, proctor, sessionId, 'resume');
  });

  test('an answer to a left item does not stop the hand-in, it is kept apart', async () => {
    const here = String(itemsOf(first)[0]!.id);
    const handed = await anna.post(`/sessions/${sessionId}/submit`, { answers: [{ itemId: here, response: { optionId: 'a' }, clientSeq: 99 }] });
    expect(handed.status).toBe(200);
    expect(handed.body.results).toEqual([{ itemId: here, ok: false, code: 'item-locked' }]);
    const { body } = await anna.get(`/sessions/${sessionId}/refused-answers`);
    // the two refused saves above are kept as well
    expect(body.items.map(({ code }: TestBody) => code)).toEqual(['item-locked', 'item-locked', 'item-locked']);
    expect(body.items[2]).toMatchObject({ itemId: here, response: { optionId: 'a' } });
  });
});
