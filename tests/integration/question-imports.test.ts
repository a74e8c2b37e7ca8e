import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { processImport } from '#api/question-imports/process.ts';
import { readInThread, UnreadableFileError } from '#api/question-imports/read-in-thread.ts';
import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import { upload } from '#tests/support/bank.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';

const GIFT = join(import.meta.dirname, '../fixtures/gift');

let api: TestApi;
let teacher: TestPerson;
let other: TestPerson;
let admin: TestPerson;
let student: TestPerson;

beforeAll(async () => {
  api = await createTestApi();
  [teacher, other, admin, student] = await Promise.all([api.person('teacher'), api.person('teacher'), api.person('admin'), api.person('student')]);
});
afterAll(() => api.close());

const code = (reply: TestReply): [number, string] => [reply.status, reply.body.code];
const send = (person: TestPerson, file: Uint8Array | string | null, fields: Record<string, string> = {}, name = 'questions.txt'): Promise<TestReply> =>
  upload(api, person, '/question-imports', file, fields, name);

/** Uploads and waits until the file is read. */
async function review(person: TestPerson, file: Uint8Array | string, fields: Record<string, string> = {}): Promise<TestReply> {
  const sent = await send(person, file, fields);
  if (sent.status !== 202) throw new Error(`the upload was refused: ${JSON.stringify(sent.body)}`);
  for (const end = performance.now() + 20_000; ;) {
    const found = await person.get(`/question-imports/${sent.body.id}`);
    if (!['queued', 'parsing'].includes(found.body.state)) return found;
    if (performance.now() > end) throw new Error('the file was not read in time');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const statuses = (reply: TestReply): unknown[] => reply.body.items.map((item: TestBody) => item.status);
/** One question that nothing else in this file equals. */
const fresh = (): string => `::A::Question ${randomUUID()}? {=yes ~no}`;

describe('uploading a question file', () => {
  it('answers 202 with the place of the review, and reads a file of 20 questions', async () => {
    const sent = await send(teacher, await readFile(join(GIFT, 'biology-20.gift')), {}, 'C:\\exams\\biology-20.gift');
    expect(sent.status).toBe(202);
    expect(sent.headers.get('location')).toBe(`/api/v1/question-imports/${sent.body.id}`);
    const found = await review(teacher, await readFile(join(GIFT, 'biology-20.gift')));
    expect(found.body).toMatchObject({ state: 'ready', format: 'gift', encoding: 'utf-8', counts: { total: 20, ready: 20, skipped: 0, duplicate: 0 } });
    expect(sent.body.fileName).toBe('biology-20.gift');
    expect(found.body.items[0]).toMatchObject({ index: 0, status: 'ready', question: { type: 'single-choice', subject: 'Biology', tags: ['organelles'] } });
  });

  it('loses no question to a broken one, and says of each what is wrong, with its line and text', async () => {
    const found = await review(teacher, await readFile(join(GIFT, 'awkward-30.gift')));
    expect(found.body.state).toBe('ready');
    const { total, ready, skipped, duplicate } = found.body.counts as Record<string, number>;
    expect(total).toBeGreaterThanOrEqual(30);
    expect(ready).toBeGreaterThan(0);
    expect(ready! + skipped! + duplicate!).toBe(total);
    for (const item of found.body.items) {
      if ((item.status as unknown) !== 'skipped') continue;
      expect(item).toMatchObject({ line: expect.any(Number), reason: expect.stringMatching(/./), raw: expect.stringMatching(/./) });
    }
  });

  it('reads Windows-1252, UTF-16, byte order marks and all line ends', async () => {
    const text = `Größe ${randomUUID()}?\r\n{=1 ~2}\r\rÜber ${randomUUID()}? {T}\n`;
    for (const [bytes, encoding] of [
      [Buffer.from(text, 'latin1'), 'windows-1252'],
      [Buffer.from(`\ufeff${text}`, 'utf8'), 'utf-8'],
      [Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
    ] as const) {
      const found = await review(teacher, bytes);
      expect(found.body).toMatchObject({ state: 'ready', encoding, counts: { ready: 2 } });
      expect(found.body.items[0].question.text.value).toMatch(/^Größe/);
    }
  });

  it('takes nothing active in with HTML', async () => {
    const found = await review(teacher, `[html]<p onclick\\="x()">Is ${randomUUID()} <script>alert(1)</script>safe?</p>{T}`);
    const value = found.body.items[0].question.text.value;
    expect(value).toMatch(/^<p>Is .* safe\?<\/p>$/);
  });

  it('marks what is in the bank already, and what stands twice in the file', async () => {
    const [first, second] = [fresh(), fresh()];
    const committed = await review(teacher, first);
    await teacher.post(`/question-imports/${committed.body.id}/commit`, {});
    const again = await review(teacher, [first.replace('yes ~no', 'YES   ~no'), second, second].join('\n\n'));
    expect(statuses(again)).toEqual(['duplicate', 'ready', 'duplicate']);
    expect(again.body.items[0].reason).toBe('the same question is in the question bank');
    expect(again.body.items[2].reason).toBe('the same question stands on line 3');
    expect(statuses(await review(other, first))).toEqual(['ready']);
    expect(statuses(await review(admin, first))).toEqual(['duplicate']);
  });

  it.each<[string, Uint8Array | string | null, Record<string, string>, string, number, string]>([
    ['a file of another format', 'Who?\nA. Grant\nB. Lee\nANSWER: A\n', {}, 'Aiken', 422, '/file'],
    ['a format that can not be read', '::A::B{T}', { format: 'moodle-xml' }, 'Supported: GIFT', 422, '/format'],
    ['prose', 'Dear all, good luck.', {}, 'no known question format', 422, '/file'],
    ['an empty file', '', {}, 'wrong', 422, '/file'],
    ['no file', null, {}, '"file"', 422, '/file'],
    ['an unknown field', '::A::B{T}', { colour: 'red' }, 'wrong', 422, '/colour'],
    ['an exam that is none', '::A::B{T}', { examId: 'x' }, 'wrong', 422, '/examId'],
    ['an exam that is not there', '::A::B{T}', { examId: randomUUID() }, 'wrong', 422, '/examId'],
  ])('refuses %s', async (_title, file, fields, words, status, pointer) => {
    const refused = await send(teacher, file, fields);
    expect(refused.status).toBe(status);
    expect(refused.body.detail).toContain(words);
    expect(refused.body.errors.map((error: TestBody) => error.pointer)).toEqual([pointer]);
  });

  it('refuses more than 5 MB, and what is not multipart', async () => {
    expect(code(await send(teacher, Buffer.alloc(5 * 1024 * 1024 + 1, 'a')))).toEqual([413, 'payload-too-large']);
    expect(code(await teacher.post('/question-imports', { file: 'x' }))).toEqual([415, 'unsupported-media-type']);
    const broken = await teacher.post('/question-imports', undefined, { headers: { 'Content-Type': 'multipart/form-data; boundary=x' } });
    expect(code(broken)).toEqual([422, 'validation-failed']);
  });

  it('is for teachers and admins', async () => {
    expect(code(await send(student, fresh()))).toEqual([403, 'forbidden']);
    expect(code(await api.anybody.post('/question-imports'))).toEqual([401, 'unauthenticated']);
  });

  it('bounds the thread that reads it in time and memory', async () => {
    await expect(readInThread(Buffer.from(fresh()), { timeMs: 1, memoryMb: 256 })).rejects.toThrow(UnreadableFileError);
    await expect(readInThread(Buffer.from('::A::B{T}\n\n'.repeat(200_000)), { timeMs: 20_000, memoryMb: 8 })).rejects.toThrow('too much memory');
    expect((await readInThread(Buffer.from(fresh()))).items).toHaveLength(1);
  });

  it('is read after all when the process died over it', async () => {
    const { rows } = await api.pool.query(
      `insert into question_imports (id, state, format, file_name, source, created_by, claimed_until, tries)
       values ($1, 'parsing', 'gift', 'a.gift', $2, $3, now() - interval '1 second', 1) returning id`,
      [randomUUID(), Buffer.from(fresh()), teacher.id],
    );
    const { id } = rows[0] as { id: string };
    await Promise.all([processImport(api.deps, id), processImport(api.deps, id)]);
    expect((await teacher.get(`/question-imports/${id}`)).body).toMatchObject({ state: 'ready', counts: { total: 1 } });
    await api.pool.query(`update question_imports set state = 'parsing', source = $2, tries = 3, claimed_until = now() - interval '1 second' where id = $1`, [id, Buffer.from('x')]);
    await processImport(api.deps, id);
    expect((await teacher.get(`/question-imports/${id}`)).body).toMatchObject({ state: 'failed', detail: expect.stringContaining('3 times') });
  });
});

describe('committing a question file', () => {
  it('takes every ready item, and again answers the same questions', async () => {
    const held = await review(teacher, [fresh(), 'broken {=', fresh()].join('\n\n'));
    const ready = held.body.counts.ready as unknown as number;
    const [first, second] = await Promise.all([0, 1].map(() => teacher.post(`/question-imports/${held.body.id}/commit`, {})));
    expect(first!.status).toBe(200);
    expect(first!.body.questionIds).toHaveLength(ready);
    expect(second!.body).toEqual(first!.body);
    const question = await teacher.get(`/questions/${first!.body.questionIds[0]}`);
    expect(question.body).toMatchObject({ version: 1, origin: 'import', createdBy: teacher.id });
    expect((await teacher.get(`/question-imports/${held.body.id}`)).body).toMatchObject({ state: 'committed' });
    const other = await teacher.post(`/question-imports/${held.body.id}/commit`, { indexes: [0] });
    expect(code(other)).toEqual([409, 'state-conflict']);
  });

  it('takes the chosen items, duplicates too, but nothing that was skipped or is not there', async () => {
    const question = fresh();
    const held = await review(teacher, [question, question, '{=lonely}'].join('\n\n'));
    expect(statuses(held)).toEqual(['ready', 'duplicate', 'skipped']);
    const refused = await teacher.post(`/question-imports/${held.body.id}/commit`, { indexes: [1, 2, 9] });
    expect(code(refused)).toEqual([422, 'validation-failed']);
    expect(refused.body.errors.map((error: TestBody) => error.pointer)).toEqual(['/indexes/1', '/indexes/2']);
    const taken = await teacher.post(`/question-imports/${held.body.id}/commit`, { indexes: [1] });
    expect(taken.body.questionIds).toHaveLength(1);
  });

  it('appends to the first section of the draft that the upload named, all or nothing', async () => {
    const exam = await teacher.post('/exams', { title: 'From a file', durationMinutes: 30 });
    const held = await review(teacher, [fresh(), fresh()].join('\n\n'), { examId: exam.body.id });
    const { questionIds } = (await teacher.post(`/question-imports/${held.body.id}/commit`, {})).body;
    const items = (await teacher.get(`/exams/${exam.body.id}`)).body.sections[0].items;
    expect(items.map((item: TestBody) => item.questionId)).toEqual(questionIds);

    const late = await review(teacher, fresh(), { examId: exam.body.id });
    await api.pool.query(`update exams set lifecycle = 'published', opens_at = now(), closes_at = now() + interval '1 hour', local_start = '', local_end = '' where id = $1`, [exam.body.id]);
    const before = await api.pool.query('select count(*) from questions');
    expect(code(await teacher.post(`/question-imports/${late.body.id}/commit`, {}))).toEqual([409, 'published-exam-is-frozen']);
    expect((await api.pool.query('select count(*) from questions')).rows).toEqual(before.rows);
    expect(code(await send(teacher, fresh(), { examId: exam.body.id }))).toEqual([409, 'published-exam-is-frozen']);
    expect(code(await send(other, fresh(), { examId: exam.body.id }))).toEqual([422, 'validation-failed']);
  });

  it('is hidden from other teachers and open to admins', async () => {
    const held = await review(teacher, fresh());
    expect(code(await other.get(`/question-imports/${held.body.id}`))).toEqual([404, 'not-found']);
    expect(code(await other.post(`/question-imports/${held.body.id}/commit`, {}))).toEqual([404, 'not-found']);
    expect(code(await student.get(`/question-imports/${held.body.id}`))).toEqual([403, 'forbidden']);
    expect((await admin.get(`/question-imports/${held.body.id}`)).status).toBe(200);
    expect(code(await teacher.post(`/question-imports/${held.body.id}/commit`, { indexes: 'all' }))).toEqual([422, 'validation-failed']);
  });
});

describe('exporting questions', () => {
  it('writes a file that reads back as the same questions, and says what GIFT can not carry', async () => {
    const person = await api.person('teacher');
    const held = await review(person, await readFile(join(GIFT, 'biology-20.gift')));
    await person.post(`/question-imports/${held.body.id}/commit`, {});
    await person.post('/questions', { type: 'code', text: 'Write it.' });
    const file = await person.get('/questions/export?format=gift');
    expect(file.status).toBe(200);
    expect(file.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="questions.gift"');
    expect(file.body).toContain('GIFT has no form for this code question');
    const back = await review(person, file.body);
    expect(back.body.counts).toEqual({ total: 20, ready: 0, skipped: 0, duplicate: 20 });
    const keys = (reply: TestReply): unknown[] => reply.body.items.map((item: TestBody) => [item.question!.text, item.question!.key]);
    expect(keys(back)).toEqual(keys(held));
  });

  it('refuses formats that can not be written, and students', async () => {
    expect(code(await teacher.get('/questions/export?format=qti30'))).toEqual([422, 'validation-failed']);
    expect(code(await student.get('/questions/export'))).toEqual([403, 'forbidden']);
  });
});
