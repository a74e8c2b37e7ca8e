import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import { addQuestions, singleChoice, windowIn } from '#tests/support/bank.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';

let api: TestApi;
let teacher: TestPerson;
let other: TestPerson;
let admin: TestPerson;
let proctor: TestPerson;
let student: TestPerson;

beforeAll(async () => {
  api = await createTestApi();
  [teacher, other, admin, proctor, student] = await Promise.all([
    api.person('teacher'), api.person('teacher'), api.person('admin'), api.person('proctor'), api.person('student'),
  ]);
});
afterAll(() => api.close());

const code = (reply: TestReply): [number, string] => [reply.status, reply.body.code];
const pointers = (reply: TestReply): unknown[] => reply.body.errors.map((error: TestBody) => error.pointer).sort();
const ids = (reply: TestReply): unknown[] => reply.body.items.map((item: TestBody) => item.id);

describe('adding a question', () => {
  it('answers what was stored, a bare string as plain text, and where it is', async () => {
    const added = await teacher.post('/questions', singleChoice({ points: 2.5, tags: ['sun', 'sun', ' planets '], subject: 'Astronomy', difficulty: 'easy' }));
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({
      version: 1, type: 'single-choice', text: { format: 'plain', value: 'Which planet is nearest to the sun?' }, key: { optionId: 'a' }, points: '2.5',
      tags: ['sun', 'planets'], subject: 'Astronomy', topic: null, difficulty: 'easy', explanation: null, media: [], origin: 'manual', usageCount: 0, createdBy: teacher.id,
    });
    expect(added.headers.get('location')).toBe(`/api/v1/questions/${added.body.id}`);
    expect(added.headers.get('etag')).toBe('"1"');
    const read = await teacher.get(`/questions/${added.body.id}`);
    expect(read.body).toEqual(added.body);
  });

  it('takes everything out of HTML that is not listed', async () => {
    const value = '<p onclick="x()">2 <sup>n</sup><script>alert(1)</script><img src="https://spy.example/a.png"><img src="/api/v1/media/0196e5a0-0000-7000-8000-000000000000" alt="A"></p>'
      + '<iframe src="//evil"></iframe><a href="javascript:x()">l</a><style>p{}</style>';
    const added = await teacher.post('/questions', singleChoice({ text: { format: 'html', value }, explanation: { format: 'html', value: '<b onmouseover=x>why</b>' } }));
    expect(added.body.text.value).toBe(
      '<p>2 <sup>n</sup><img src="/api/v1/media/0196e5a0-0000-7000-8000-000000000000" alt="A" /></p><a rel="noopener noreferrer" target="_blank">l</a>',
    );
    expect(added.body.explanation.value).toBe('<b>why</b>');
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    ['every field of a wrong shape', singleChoice({ text: 5, options: [{ id: '', text: '' }], key: {}, points: 'many', extra: 1 }), ['/extra', '/key/optionId', '/options/0/id', '/points', '/text']],
    ['a key that names no option', singleChoice({ key: { optionId: 'z' } }), ['/key/optionId']],
    ['options that repeat an id, and an empty one', singleChoice({ options: [{ id: 'a', text: 'x' }, { id: 'a', text: ' ' }] }), ['/options/1/id', '/options/1/text']],
    ['a text that is empty after sanitising', singleChoice({ text: { format: 'html', value: '<script>1</script>' } }), ['/text']],
    ['a medium that is not stored', singleChoice({ media: [{ id: randomUUID() }] }), ['/media/0/id']],
    ['a type that does not exist', { type: 'riddle', text: 'x' }, ['/type']],
    ['a pattern outside RE2', { type: 'short-text', text: 'x', key: { accepted: [], pattern: '(?=a)' } }, ['/key/pattern']],
    ['a range turned round', { type: 'numeric', text: 'x', key: { accepted: [{ min: '2', max: '1' }] } }, ['/key/accepted/0/max']],
    ['weights without a gain', { ...singleChoice({ type: 'multiple-choice' }), key: { optionIds: [], scoring: 'weights', weights: { a: '-0.5' } } }, ['/key/weights']],
    ['NUL in a text', singleChoice({ text: 'a\u0000b' }), ['/text/value']],
  ])('refuses %s with pointers', async (_title, body, wrong) => {
    const refused = await teacher.post('/questions', body);
    expect(code(refused)).toEqual([422, 'validation-failed']);
    expect(pointers(refused)).toEqual(wrong);
  });

  it.each<[string, Record<string, unknown>]>([
    ['multiple choice with weights', { ...singleChoice({ type: 'multiple-choice' }), key: { optionIds: ['a', 'b'], scoring: 'weights', weights: { a: '0.5', b: '0.5', c: '-0.5' } } }],
    ['true or false', { type: 'true-false', text: 'The sun is a star.', key: { value: true } }],
    ['short text', { type: 'short-text', text: 'Capital of France?', key: { accepted: [{ text: 'Paris' }, { text: 'paris, france', ratio: '0.5' }] } }],
    ['a number with units', { type: 'numeric', text: 'g?', key: { accepted: [{ value: 9.81, tolerance: '0.01' }, { min: '9', max: '10', ratio: '0.5' }], units: [{ name: 'm/s2', factor: 1 }] } }],
    ['an essay', { type: 'essay', text: 'Discuss.', key: { minWords: 10, maxWords: 500 } }],
    ['matching', { type: 'matching', text: 'Join.', options: { left: [{ id: 'l1', text: '1' }, { id: 'l2', text: '2' }], right: [{ id: 'r1', text: 'I' }, { id: 'r2', text: 'II' }] }, key: { pairs: { l1: 'r1', l2: 'r2' } } }],
    ['ordering', { type: 'ordering', text: 'Sort.', options: [{ id: 'a', text: '1' }, { id: 'b', text: '2' }], key: { order: ['b', 'a'] } }],
    ['a cloze', { type: 'cloze', text: 'A [[g1]] and [[g2]].', options: { gaps: { g1: { kind: 'text' }, g2: { kind: 'choice', options: [{ id: 'x', text: 'x' }, { id: 'y', text: 'y' }] } } }, key: { gaps: { g1: { accepted: [{ text: 'cat' }], points: '2' }, g2: { optionId: 'x' } } } }],
    ['code', { type: 'code', text: 'Write it.', options: { languages: ['ts'] } }],
    ['a file', { type: 'file-upload', text: 'Hand in.', options: { maxFiles: 2, extensions: ['pdf'] } }],
  ])('stores %s and gives it back unchanged', async (_title, body) => {
    const added = await teacher.post('/questions', body);
    expect(added.status, JSON.stringify(added.body)).toBe(201);
    const { text: _text, options: _options, key: _key, ...rest } = body;
    expect(added.body).toMatchObject(rest);
    const again = await teacher.put(`/questions/${added.body.id}`, writable(added.body), { ifMatch: 1 });
    expect(again.status, JSON.stringify(again.body)).toBe(200);
    expect(again.body).toMatchObject(writable(added.body));
  });

  it('is for teachers and admins', async () => {
    expect(code(await api.anybody.post('/questions', singleChoice()))).toEqual([401, 'unauthenticated']);
    expect(code(await student.post('/questions', singleChoice()))).toEqual([403, 'forbidden']);
    expect(code(await proctor.post('/questions', singleChoice()))).toEqual([403, 'forbidden']);
  });

  it('adds one question however often the same command is sent', async () => {
    const key = randomUUID();
    const body = singleChoice({ text: `Once ${key}` });
    const [first, second] = await Promise.all([teacher.post('/questions', body, { key }), teacher.post('/questions', body, { key })]);
    expect(second.body.id).toBe(first.body.id);
    expect(code(await teacher.post('/questions', singleChoice({ text: 'Another' }), { key }))).toEqual([422, 'idempotency-key-reused']);
  });
});

/** What of a question can be sent back. */
function writable(body: Record<string, unknown>): Record<string, unknown> {
  const { id: _i, version: _v, origin: _o, usageCount: _u, createdBy: _c, createdAt: _a, updatedAt: _d, explanation, ...rest } = body;
  return { ...rest, ...(explanation === null ? {} : { explanation }) };
}

describe('changing a question', () => {
  it('makes a new version, keeps the old one, and tells of conflicts', async () => {
    const [id] = await addQuestions(teacher, 1);
    const changed = await teacher.put(`/questions/${id}`, singleChoice({ text: 'Newer' }), { ifMatch: 1 });
    expect([changed.status, changed.body.version, changed.headers.get('etag')]).toEqual([200, 2, '"2"']);
    expect(code(await teacher.put(`/questions/${id}`, singleChoice({ text: 'Stale' }), { ifMatch: 1 }))).toEqual([412, 'version-conflict']);
    expect(code(await teacher.put(`/questions/${id}`, singleChoice()))).toEqual([428, 'precondition-required']);
    expect((await teacher.get(`/questions/${id}?version=1`)).body.text.value).toMatch(/^Question 0/);
    expect((await teacher.get(`/questions/${id}`)).body.text.value).toBe('Newer');
    expect(code(await teacher.get(`/questions/${id}?version=3`))).toEqual([404, 'not-found']);
    const versions = await teacher.get(`/questions/${id}/versions?limit=1`);
    expect(versions.body.items.map((entry: TestBody) => [entry.version, entry.createdBy])).toEqual([[2, teacher.id]]);
    const older = await teacher.get(`/questions/${id}/versions?limit=1&cursor=${versions.body.nextCursor}`);
    expect(older.body.items.map((entry: TestBody) => entry.version)).toEqual([1]);
    expect(older.body.nextCursor).toBeNull();
  });

  it('lets exactly one of two changes at once through', async () => {
    const [id] = await addQuestions(teacher, 1);
    const replies = await Promise.all(['left', 'right'].map((text) => teacher.put(`/questions/${id}`, singleChoice({ text }), { ifMatch: 1 })));
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 412]);
  });

  it('hides foreign questions from teachers, and none from admins', async () => {
    const [id] = await addQuestions(teacher, 1);
    for (const reply of [
      await other.get(`/questions/${id}`), await other.get(`/questions/${id}/versions`),
      await other.put(`/questions/${id}`, singleChoice(), { ifMatch: 1 }), await other.delete(`/questions/${id}`),
      await teacher.get(`/questions/${randomUUID()}`), await teacher.get('/questions/not-an-id'),
    ]) expect(code(reply)).toEqual([404, 'not-found']);
    expect((await admin.get(`/questions/${id}`)).status).toBe(200);
    expect(code(await student.get(`/questions/${id}`))).toEqual([403, 'forbidden']);
    expect(code(await proctor.get(`/questions/${id}`))).toEqual([403, 'forbidden']);
  });

  it('deletes softly, but not out of a draft', async () => {
    const [id] = await addQuestions(teacher, 1);
    const exam = await teacher.post('/exams', { title: 'Uses it', durationMinutes: 10, sections: [{ items: [{ questionId: id }] }], window: windowIn(10, 20) });
    expect((await teacher.get(`/questions/${id}`)).body.usageCount).toBe(1);
    expect(code(await teacher.delete(`/questions/${id}`))).toEqual([409, 'state-conflict']);
    await teacher.delete(`/exams/${exam.body.id}`);
    expect((await teacher.delete(`/questions/${id}`)).status).toBe(204);
    expect(code(await teacher.get(`/questions/${id}`))).toEqual([404, 'not-found']);
    const { rows } = await api.pool.query('select action from audit_log where resource_id = $1 order by id', [id]);
    expect(rows.map((row: { action: string }) => row.action)).toEqual(['question.create', 'question.delete']);
  });

  it('writes no key into the audit log', async () => {
    const added = await teacher.post('/questions', { type: 'short-text', text: 'Secret?', key: { accepted: [{ text: 'xylophone-77' }] } });
    const { rows } = await api.pool.query('select * from audit_log where resource_id = $1', [added.body.id]);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('xylophone');
  });
});

describe('the list of questions', () => {
  it('finds by words, type, tag, subject, topic and difficulty, and pages through all without losing one', async () => {
    const person = await api.person('teacher');
    const made = await addQuestions(person, 7, { tags: ['list'], subject: 'History', topic: 'Rome' });
    const [needle] = await addQuestions(person, 1, { text: 'Who crossed the 100% Rubicon_River?', difficulty: 'hard', type: 'true-false', options: undefined, key: { value: true } });
    const seen: unknown[] = [];
    let cursor = '';
    do {
      const page = await person.get(`/questions?limit=3&sort=createdAt${cursor}`);
      seen.push(...ids(page));
      if (cursor === '') expect(page.body.total).toBe(8);
      cursor = page.body.nextCursor === null ? '' : `&cursor=${page.body.nextCursor}`;
    } while (cursor !== '');
    expect(seen).toEqual([...made, needle]);
    for (const query of ['q=rubicon', 'q=RUBICON%20crossed', 'q=100%25', 'q=rubicon_river', 'type=true-false', 'difficulty=hard']) {
      expect(ids(await person.get(`/questions?${query}`)), query).toEqual([needle]);
    }
    for (const query of ['tag=list', 'subject=History', 'topic=Rome']) expect(ids(await person.get(`/questions?${query}`)), query).toHaveLength(7);
    expect(ids(await person.get('/questions?q=rub_con'))).toEqual([]);
    expect(ids(await person.get('/questions?sort=-difficulty&limit=1'))).toEqual([needle]);
  });

  it('shows teachers their own and admins whose they ask for', async () => {
    const person = await api.person('teacher');
    const made = await addQuestions(person, 1);
    expect(ids(await person.get('/questions'))).toEqual(made);
    expect(ids(await other.get(`/questions?createdBy=${person.id}`))).toEqual([]);
    expect(ids(await admin.get(`/questions?createdBy=${person.id}`))).toEqual(made);
  });

  it.each(['cursor=abc', 'cursor=WzEsMl0', `cursor=${Buffer.from('[1e300,"0196e5a0-0000-7000-8000-000000000000"]').toString('base64url')}`, 'limit=0', 'sort=points', 'nonsense=1', 'type=riddle'])(
    'refuses ?%s',
    async (query) => {
      expect(code(await teacher.get(`/questions?${query}`))).toEqual([422, 'validation-failed']);
    },
  );

  it('is not for students, proctors or nobody', async () => {
    expect(code(await student.get('/questions'))).toEqual([403, 'forbidden']);
    expect(code(await proctor.get('/questions'))).toEqual([403, 'forbidden']);
    expect(code(await api.anybody.get('/questions'))).toEqual([401, 'unauthenticated']);
  });
});
