import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import { addQuestions, windowIn } from '#tests/support/bank.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';

let api: TestApi;
let teacher: TestPerson;
let other: TestPerson;
let proctor: TestPerson;
let students: TestPerson[];
let questionId: string;

beforeAll(async () => {
  api = await createTestApi();
  [teacher, other, proctor] = await Promise.all([api.person('teacher'), api.person('teacher'), api.person('proctor')]);
  students = await api.students(5);
  [questionId = ''] = await addQuestions(teacher, 1);
});
afterAll(() => api.close());

const code = (reply: TestReply): [number, string] => [reply.status, reply.body.code];
const pointers = (reply: TestReply): string[] => reply.body.errors.map((error: TestBody) => error.pointer).sort();
const assignedTo = async (examId: string): Promise<string[]> => (await teacher.get(`/exams/${examId}/assignments?limit=200`)).body.items.map((row: TestBody) => row.studentId);

async function exam(publish = true): Promise<string> {
  const made = await teacher.post('/exams', { title: 'E', durationMinutes: 30, sections: [{ items: [{ questionId }] }], window: windowIn(-1, 60) });
  if (publish) await teacher.post(`/exams/${made.body.id}/publish`);
  return made.body.id;
}

async function batchOf(...people: TestPerson[]): Promise<string> {
  const batch = await teacher.post('/batches', { name: `Batch ${randomUUID()}` });
  const filled = await teacher.put(`/batches/${batch.body.id}/students`, { studentIds: people.map((person) => person.id) });
  if (filled.status !== 200) throw new Error(`the batch was refused: ${JSON.stringify(filled.body)}`);
  return batch.body.id;
}

describe('assigning', () => {
  it('takes students and batches, counts each once, and does not mind repetition', async () => {
    const examId = await exam();
    const [a, b, c] = students as [TestPerson, TestPerson, TestPerson];
    const batchId = await batchOf(b, c);
    const first = await teacher.post(`/exams/${examId}/assignments`, { studentIds: [a.id, b.id, a.id], batchIds: [batchId] });
    expect([first.status, first.body]).toEqual([200, { assigned: 3, alreadyAssigned: 0 }]);
    expect((await teacher.post(`/exams/${examId}/assignments`, { studentIds: [a.id], batchIds: [batchId] })).body).toEqual({ assigned: 0, alreadyAssigned: 3 });
    const list = await teacher.get(`/exams/${examId}/assignments`);
    expect(list.body.total).toBe(3);
    expect(list.body.items.find((row: TestBody) => row.studentId === b.id)).toMatchObject({ name: b.name, externalId: null, batchId: null, sessionState: null });
    expect(list.body.items.find((row: TestBody) => row.studentId === c.id)).toMatchObject({ batchId });
    expect((await teacher.get(`/exams/${examId}`)).body.assignedCount).toBe(3);
    const { rows } = await api.pool.query(`select after from audit_log where exam_id = $1 and action = 'exam.assign' order by id`, [examId]);
    expect(rows.map((row: { after: { assigned: number } }) => row.after.assigned)).toEqual([3, 0]);
  });

  it('works after the publication: the student can start at once', async () => {
    const examId = await exam();
    const person = students[0]!;
    expect(code(await person.post(`/exams/${examId}/sessions`, {}))).toEqual([404, 'not-assigned']);
    await teacher.post(`/exams/${examId}/assignments`, { studentIds: [person.id] });
    expect((await person.post(`/exams/${examId}/sessions`, {})).status).toBe(201);
  });

  it('refuses all when one id is unknown, and says which', async () => {
    const examId = await exam();
    const refused = await teacher.post(`/exams/${examId}/assignments`, { studentIds: [students[0]!.id, randomUUID(), proctor.id], batchIds: [randomUUID()] });
    expect(code(refused)).toEqual([422, 'validation-failed']);
    expect(pointers(refused)).toEqual(['/batchIds/0', '/studentIds/1', '/studentIds/2']);
    expect(await assignedTo(examId)).toEqual([]);
    expect(code(await teacher.post(`/exams/${examId}/assignments`, {}))).toEqual([422, 'validation-failed']);
    expect(pointers(await teacher.post(`/exams/${examId}/assignments`, { studentIds: ['x'] }))).toEqual(['/studentIds/0']);
  });

  it('assigns once when two do it at the same time', async () => {
    const examId = await exam();
    const studentIds = students.map((person) => person.id);
    const replies = await Promise.all([studentIds, [...studentIds].reverse()].map((list) => teacher.post(`/exams/${examId}/assignments`, { studentIds: list })));
    expect(replies.map((reply) => reply.status)).toEqual([200, 200]);
    expect(replies.reduce((sum, reply) => sum + reply.body.assigned, 0)).toBe(5);
    expect(await assignedTo(examId)).toHaveLength(5);
  });

  it('is for the owner and admins; proctors read published ones', async () => {
    const examId = await exam();
    const body = { studentIds: [students[0]!.id] };
    for (const path of [`/exams/${examId}/assignments`, `/exams/${examId}/assignments/remove`]) {
      expect(code(await other.post(path, body))).toEqual([404, 'not-found']);
      expect(code(await proctor.post(path, body))).toEqual([403, 'forbidden']);
      expect(code(await students[0]!.post(path, body))).toEqual([403, 'forbidden']);
      expect(code(await api.anybody.post(path, body))).toEqual([401, 'unauthenticated']);
    }
    expect((await proctor.get(`/exams/${examId}/assignments`)).status).toBe(200);
    expect(code(await proctor.get(`/exams/${await exam(false)}/assignments`))).toEqual([404, 'not-found']);
    expect(code(await other.get(`/exams/${examId}/assignments`))).toEqual([404, 'not-found']);
    expect(code(await students[0]!.get(`/exams/${examId}/assignments`))).toEqual([403, 'forbidden']);
    expect(code(await api.anybody.get(`/exams/${examId}/assignments`))).toEqual([401, 'unauthenticated']);
  });

  it('lists by name, page by page, and finds by name or batch', async () => {
    const examId = await exam();
    const batchId = await batchOf(students[3]!);
    await teacher.post(`/exams/${examId}/assignments`, { studentIds: students.slice(0, 3).map((person) => person.id), batchIds: [batchId] });
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await teacher.get(`/exams/${examId}/assignments?limit=1${cursor}`);
      seen.push(...page.body.items.map((row: TestBody) => row.name));
      if (page.body.nextCursor === null) break;
      cursor = `&cursor=${page.body.nextCursor}`;
    }
    expect(seen).toEqual([...seen].sort());
    expect(seen).toHaveLength(4);
    const find = async (query: string): Promise<string[]> => (await teacher.get(`/exams/${examId}/assignments?${query}`)).body.items.map((row: TestBody) => row.studentId);
    expect(await find(`q=${students[1]!.name.slice(-6)}`)).toEqual([students[1]!.id]);
    expect(await find(`batchId=${batchId}`)).toEqual([students[3]!.id]);
    expect(code(await teacher.get(`/exams/${examId}/assignments?cursor=abc`))).toEqual([422, 'validation-failed']);
  });
});

describe('taking an assignment back', () => {
  it('removes by name and by batch, and counts who was not assigned', async () => {
    const examId = await exam();
    const [a, b, c, d] = students as [TestPerson, TestPerson, TestPerson, TestPerson];
    const batchId = await batchOf(b, c);
    await teacher.post(`/exams/${examId}/assignments`, { studentIds: [a.id], batchIds: [batchId] });
    const removed = await teacher.post(`/exams/${examId}/assignments/remove`, { studentIds: [d.id], batchIds: [batchId] });
    expect([removed.status, removed.body]).toEqual([200, { removed: 2, notAssigned: 1 }]);
    expect(await assignedTo(examId)).toEqual([a.id]);
    expect(code(await b.get(`/exams/${examId}`))).toEqual([404, 'not-found']);
  });

  it('keeps everybody when one of them has a session, and names that one', async () => {
    const examId = await exam();
    const [a, b] = students as [TestPerson, TestPerson];
    await teacher.post(`/exams/${examId}/assignments`, { studentIds: [a.id, b.id] });
    await a.post(`/exams/${examId}/sessions`, {});
    expect((await teacher.get(`/exams/${examId}/assignments?q=${a.name.slice(-6)}`)).body.items[0].sessionState).toBe('active');
    const refused = await teacher.post(`/exams/${examId}/assignments/remove`, { studentIds: [b.id, a.id] });
    expect(code(refused)).toEqual([409, 'state-conflict']);
    expect(refused.body.students).toEqual([{ studentId: a.id, name: a.name, sessionState: 'active' }]);
    expect(await assignedTo(examId)).toHaveLength(2);
  });

  it('never leaves a session without an assignment when the student starts at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const examId = await exam();
      const person = students[round]!;
      await teacher.post(`/exams/${examId}/assignments`, { studentIds: [person.id] });
      const [started, removed] = await Promise.all([
        person.post(`/exams/${examId}/sessions`, {}),
        teacher.post(`/exams/${examId}/assignments/remove`, { studentIds: [person.id] }),
      ]);
      expect([[201, 409], [404, 200]]).toContainEqual([started.status, removed.status]);
      expect(await assignedTo(examId)).toEqual(started.status === 201 ? [person.id] : []);
    }
  });
});
