import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import { addQuestions, windowIn } from '#tests/support/bank.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';

let api: TestApi;
let teacher: TestPerson;
let other: TestPerson;
let questionIds: string[];

beforeAll(async () => {
  api = await createTestApi();
  [teacher, other] = await Promise.all([api.person('teacher'), api.person('teacher')]);
  questionIds = await addQuestions(teacher, 4, { tags: ['genetics'], explanation: 'SECRET-EXPLANATION' });
});
afterAll(() => api.close());

const code = (reply: TestReply): [number, string] => [reply.status, reply.body.code];
const pointers = (findings: TestBody[]): string[] => findings.map(({ pointer }) => pointer);

async function draft(more: Record<string, unknown> = {}): Promise<TestBody> {
  const made = await teacher.post('/exams', {
    title: `Exam ${randomUUID()}`, durationMinutes: 30, window: windowIn(90, 180), instructions: 'Read carefully.',
    sections: [{ title: 'Fixed', items: questionIds.slice(0, 2).map((questionId) => ({ questionId, points: '1.5' })) }, { title: 'Drawn', draw: { tag: 'genetics', count: 1, points: '2' } }],
    ...more,
  });
  if (made.status !== 201) throw new Error(`the exam was refused: ${JSON.stringify(made.body)}`);
  return made.body;
}

describe('the readiness of an exam', () => {
  it('tells what is missing as publishing would, where to mend it, and what there is', async () => {
    const exam = await draft({ window: null, sections: [{ title: 'Drawn', draw: { tag: 'genetics', count: 9, points: '2' } }] });
    const found = await teacher.get(`/exams/${exam.id}/readiness`);
    expect(found.body).toMatchObject({
      examId: exam.id, version: exam.version, published: false, ready: false,
      errors: [{ pointer: '/window', step: 'schedule' }, { pointer: '/sections/0/draw', step: 'questions' }], warnings: [{ pointer: '/assignments', step: 'schedule' }],
      totals: { questions: 9, points: '18', gradedByHand: 0 }, pools: [{ section: 0, tag: 'genetics', wanted: 9, available: 4, medium: 4 }],
    });
    const refused = await teacher.post(`/exams/${exam.id}/publish`);
    expect(pointers(refused.body.errors)).toEqual(pointers(found.body.errors));
  });

  it('is clean for one that can be published, and stays so afterwards', async () => {
    const exam = await draft();
    await teacher.post(`/exams/${exam.id}/assignments`, { studentIds: [(await api.person('student')).id] });
    const before = await teacher.get(`/exams/${exam.id}/readiness`);
    expect(before.body).toMatchObject({ ready: true, published: false, errors: [], warnings: [], totals: { questions: 3, points: '5', gradedByHand: 0 } });
    await teacher.post(`/exams/${exam.id}/publish`);
    expect((await teacher.get(`/exams/${exam.id}/readiness`)).body).toMatchObject({ ready: true, published: true, totals: { questions: 3, points: '5' } });
    expect(code(await other.get(`/exams/${exam.id}/readiness`))).toEqual([404, 'not-found']);
    expect(code(await api.anybody.get(`/exams/${exam.id}/readiness`))).toEqual([401, 'unauthenticated']);
  });
});

describe('the preview of an exam', () => {
  it('draws the same paper for the same seed, in the shape that students get, before and after the publication', async () => {
    const exam = await draft({ shuffleItems: true, shuffleOptions: true });
    const first = await teacher.get(`/exams/${exam.id}/preview?seed=42`);
    expect([first.status, first.body.source, first.body.seed, first.body.missing]).toEqual([200, 'draft', '42', []]);
    expect(first.body.paper).toMatchObject({ instructions: 'Read carefully.', itemCount: 3, sections: [{ title: 'Fixed' }, { title: 'Drawn' }] });
    expect(JSON.stringify(first.body)).not.toMatch(/SECRET|"key"|questionId/);
    expect((await teacher.get(`/exams/${exam.id}/preview?seed=42`)).body).toEqual(first.body);
    const { seed } = (await teacher.get(`/exams/${exam.id}/preview`)).body;
    expect(seed).toMatch(/^\d{1,19}$/);
    await teacher.post(`/exams/${exam.id}/publish`);
    const after = await teacher.get(`/exams/${exam.id}/preview?seed=42`);
    expect(after.body).toEqual({ ...first.body, source: 'published' });
    const { rows } = await api.pool.query('select from exam_sessions where exam_id = $1', [exam.id]);
    expect(rows).toEqual([]);
  });

  it('shows what there is of an exam that is not complete, and says what is missing', async () => {
    const [gone] = await addQuestions(teacher, 1);
    const exam = await draft({ window: null, sections: [{ title: 'A', items: [{ questionId: gone }, { questionId: questionIds[0] }] }, { title: 'B', draw: { tag: 'nothing', count: 3, points: '1' } }] });
    await api.pool.query('update questions set deleted_at = holdfast_now() where id = $1', [gone]);
    const { body } = await teacher.get(`/exams/${exam.id}/preview`);
    expect(body.paper.sections.map((section: TestBody) => section.items.length)).toEqual([1, 0]);
    expect(pointers(body.missing)).toEqual(['/sections/0/items/0/questionId', '/sections/1/draw']);
  });

  it('is for those who write the exam', async () => {
    const exam = await draft();
    const [proctor, student] = [await api.person('proctor'), await api.person('student')];
    expect(code(await other.get(`/exams/${exam.id}/preview`))).toEqual([404, 'not-found']);
    for (const person of [proctor, student]) expect(code(await person.get(`/exams/${exam.id}/preview`))).toEqual([403, 'forbidden']);
    expect(code(await teacher.get(`/exams/${exam.id}/preview?seed=x`))).toEqual([422, 'validation-failed']);
  });
});

describe('the copy of an exam', () => {
  it('is a draft with the same settings and questions, without window, people and external id', async () => {
    const exam = await draft({ externalId: randomUUID(), accessCode: 'pin', passPercent: 50, results: { release: 'at', releaseAt: '2030-01-01T00:00:00Z', items: true } });
    await teacher.post(`/exams/${exam.id}/assignments`, { studentIds: [(await api.person('student')).id] });
    await teacher.post(`/exams/${exam.id}/publish`);
    const key = randomUUID();
    const made = await teacher.post(`/exams/${exam.id}/copies`, {}, { key });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`/api/v1/exams/${made.body.id}`);
    expect(made.body).toMatchObject({
      title: `${exam.title} (copy)`, state: 'draft', window: null, externalId: null, hasAccessCode: true, passPercent: 50, assignedCount: 0, instructions: 'Read carefully.',
      results: { release: 'manual', releaseAt: null, items: true }, ownerId: teacher.id, version: 1,
    });
    const shape = (one: TestBody) => one.sections.map((section: TestBody) => ({ ...section, items: section.items.map(({ id: _id, ...item }: TestBody) => item) }));
    expect(shape(made.body)).toEqual(shape(exam));
    expect(made.body.sections[0].items[0].id).not.toBe(exam.sections[0].items[0].id);
    expect((await teacher.post(`/exams/${exam.id}/copies`, {}, { key })).body.id).toBe(made.body.id);
    const { rows } = await api.pool.query('select after from audit_log where exam_id = $1', [made.body.id]);
    expect(rows[0].after).toMatchObject({ copiedFrom: exam.id, hasAccessCode: true });
    expect(JSON.stringify(rows[0].after)).not.toContain('argon2');
  });

  it('takes another title, keeps the longest in bounds, and refuses strangers', async () => {
    const exam = await draft({ title: 'x'.repeat(200) });
    expect((await teacher.post(`/exams/${exam.id}/copies`, {})).body.title).toHaveLength(200);
    expect((await teacher.post(`/exams/${exam.id}/copies`, { title: 'Repeat' })).body.title).toBe('Repeat');
    expect(code(await other.post(`/exams/${exam.id}/copies`, {}))).toEqual([404, 'not-found']);
    expect(code(await teacher.post(`/exams/${exam.id}/copies`, { title: '' }))).toEqual([422, 'validation-failed']);
    expect(code(await teacher.post(`/exams/${exam.id}/copies`, {}, { key: null }))).toEqual([428, 'precondition-required']);
  });
});

describe('the list of exams for staff', () => {
  it('counts by state what the other filters leave, and the sessions of each', async () => {
    const own = await api.person('teacher');
    const [questionId] = await addQuestions(own, 1);
    const make = async (window: unknown): Promise<string> => (await own.post('/exams', { title: 'Mine', durationMinutes: 30, window, sections: [{ items: [{ questionId }] }] })).body.id;
    const [open] = [await make(windowIn(-1, 60)), await make(windowIn(60, 120)), await make(null)];
    const students = await api.students(2);
    await own.post(`/exams/${open}/assignments`, { studentIds: students.map(({ id }) => id) });
    await own.post(`/exams/${open}/publish`);
    const started = await students[0]!.post(`/exams/${open}/sessions`, {});
    await students[1]!.post(`/exams/${open}/sessions`, {});
    await own.post(`/sessions/${started.body.session.id}/pause`, {});
    const list = await own.get('/exams?state=open');
    expect(list.body).toMatchObject({ total: 1, states: { draft: 2, published: 0, open: 1, closed: 0, archived: 0 }, items: [{ id: open, sessions: { started: 2, active: 1, paused: 1 } }] });
    expect((await own.get('/exams')).body.total).toBe(3);
    const first = await own.get('/exams?limit=1');
    expect((await own.get(`/exams?limit=1&cursor=${first.body.nextCursor}`)).body).not.toHaveProperty('states');
    expect((await own.get(`/exams?ownerId=${teacher.id}`)).body).toMatchObject({ items: [], total: 0 });
    expect((await (await api.person('admin')).get(`/exams?ownerId=${own.id}`)).body.total).toBe(3);
    expect((await students[0]!.get('/exams')).body).not.toHaveProperty('states');
  });
});

describe('the list of assigned students', () => {
  it('tells own times and batches', async () => {
    const exam = await draft();
    const [plain, slow] = (await api.students(2)) as [TestPerson, TestPerson];
    await teacher.put(`/users/${slow.id}/accommodations`, { timeMultiplier: '1.25', extraMinutes: 5, breakMinutes: 0, note: '' });
    const batch = await teacher.post('/batches', { name: 'Class A' });
    await teacher.put(`/batches/${batch.body.id}/students`, { studentIds: [slow.id] });
    await teacher.post(`/exams/${exam.id}/assignments`, { studentIds: [plain.id], batchIds: [batch.body.id] });
    const { body } = await teacher.get(`/exams/${exam.id}/assignments`);
    expect(body).toMatchObject({ batches: [{ batchId: batch.body.id, name: 'Class A', count: 1 }], withExtraTime: 1, total: 2 });
    const rows = new Map(body.items.map((row: TestBody) => [row.studentId, row]));
    expect(rows.get(plain.id)).toMatchObject({ batchName: null, timeMultiplier: '1', extraMinutes: 0, ownMinutes: 30 });
    expect(rows.get(slow.id)).toMatchObject({ batchName: 'Class A', timeMultiplier: '1.25', extraMinutes: 5, ownMinutes: 42.5 });
  });
});
