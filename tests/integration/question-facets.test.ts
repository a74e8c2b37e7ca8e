import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import { addQuestions, singleChoice } from '#tests/support/bank.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';

let api: TestApi;
let teacher: TestPerson;
let other: TestPerson;

beforeAll(async () => {
  api = await createTestApi();
  [teacher, other] = await Promise.all([api.person('teacher'), api.person('teacher')]);
});
afterAll(() => api.close());

const code = (reply: TestReply): [number, string] => [reply.status, reply.body.code];

describe('the facets of the question bank', () => {
  it('count each value under the other filters, the most used first', async () => {
    await addQuestions(teacher, 2, { tags: ['sun', 'planets'], subject: 'Astronomy', difficulty: 'easy' });
    await addQuestions(teacher, 1, { tags: ['sun'], subject: 'Physics', topic: 'Light', difficulty: 'hard' });
    await addQuestions(other, 1, { tags: ['foreign'] });
    const all = await teacher.get('/questions/facets');
    expect(all.body).toEqual({
      total: 3, types: [{ value: 'single-choice', count: 3 }], tags: [{ value: 'sun', count: 3 }, { value: 'planets', count: 2 }],
      subjects: [{ value: 'Astronomy', count: 2 }, { value: 'Physics', count: 1 }], topics: [{ value: 'Light', count: 1 }], difficulties: [{ value: 'easy', count: 2 }, { value: 'hard', count: 1 }],
    });
    const some = await teacher.get('/questions/facets?subject=Physics');
    expect(some.body).toMatchObject({ total: 1, tags: [{ value: 'sun', count: 1 }], subjects: [{ value: 'Astronomy', count: 2 }, { value: 'Physics', count: 1 }] });
    expect((await teacher.get('/questions/facets?q=nothing-like-it')).body).toMatchObject({ total: 0, types: [], tags: [] });
    expect((await teacher.get(`/questions/facets?createdBy=${other.id}`)).body).toMatchObject({ total: 0, tags: [] });
    const admin = await api.person('admin');
    expect((await admin.get(`/questions/facets?createdBy=${other.id}`)).body).toMatchObject({ total: 1, tags: [{ value: 'foreign', count: 1 }] });
  });

  it('are for those who write questions', async () => {
    expect(code(await (await api.person('student')).get('/questions/facets'))).toEqual([403, 'forbidden']);
    expect(code(await api.anybody.get('/questions/facets'))).toEqual([401, 'unauthenticated']);
    expect(code(await teacher.get('/questions/facets?limit=5'))).toEqual([422, 'validation-failed']);
  });
});

describe('a question that was taken out of the bank', () => {
  it('can be put back, once or often, and is what it was', async () => {
    const added = await teacher.post('/questions', singleChoice({ text: randomUUID() }));
    const path = `/questions/${added.body.id}`;
    await teacher.delete(path);
    expect(code(await teacher.get(path))).toEqual([404, 'not-found']);
    const back = await teacher.post(`${path}/restore`);
    expect([back.status, back.body]).toEqual([200, added.body]);
    expect((await teacher.post(`${path}/restore`)).status).toBe(200);
    expect((await teacher.get(path)).body).toEqual(added.body);
    const { rows } = await api.pool.query('select action from audit_log where resource_id = $1 order by id', [added.body.id]);
    expect(rows.map((row: { action: string }) => row.action)).toEqual(['question.create', 'question.delete', 'question.restore']);
    expect(code(await other.post(`${path}/restore`))).toEqual([404, 'not-found']);
    expect(code(await teacher.post(`/questions/${randomUUID()}/restore`))).toEqual([404, 'not-found']);
  });

  it('is still found by its id, and only so', async () => {
    const [gone, kept] = (await addQuestions(teacher, 2)) as [string, string];
    await teacher.delete(`/questions/${gone}`);
    const { body } = await teacher.get(`/questions?ids=${gone},${kept},${randomUUID()}`);
    expect(new Map(body.items.map((item: TestBody) => [item.id, typeof item.deletedAt]))).toEqual(new Map([[gone, 'string'], [kept, 'undefined']]));
    expect(body.total).toBe(2);
    expect((await teacher.get('/questions?limit=200')).body.items.map((item: TestBody) => item.id)).not.toContain(gone);
    expect((await other.get(`/questions?ids=${gone},${kept}`)).body.items).toEqual([]);
    expect(code(await teacher.get('/questions?ids=x'))).toEqual([422, 'validation-failed']);
    expect(code(await teacher.get('/questions?ids='))).toEqual([422, 'validation-failed']);
  });
});
