import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import { singleChoice, upload, windowIn } from '#tests/support/bank.ts';
import type { TestReply } from '#tests/support/caller.ts';

const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), randomBytes(2_000)]);

let api: TestApi;
let teacher: TestPerson;
let proctor: TestPerson;
let admin: TestPerson;
let student: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  api = await createTestApi();
  [teacher, proctor, admin, student, stranger] = await Promise.all([
    api.person('teacher'), api.person('proctor'), api.person('admin'), api.person('student'), api.person('student'),
  ]);
});
afterAll(() => api.close());

const code = (reply: TestReply): [number, string] => [reply.status, reply.body.code];
const fetchMedium = (person: TestPerson, id: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${api.url}/api/v1/media/${String(id)}`, { headers: { Authorization: `Bearer ${person.token}`, ...headers } });
const folder = (): string => join(api.deps.config.dataDir, 'media');

async function addPng(): Promise<string> {
  return (await upload(api, teacher, '/media', PNG, {}, 'figure.png')).body.id;
}

describe('uploading a medium', () => {
  it('finds out what it is, hashes it, and keeps equal bytes once', async () => {
    const added = await upload(api, teacher, '/media', PNG, {}, 'really-a.pdf');
    expect(added.status).toBe(201);
    const sha256 = createHash('sha256').update(PNG).digest('hex');
    expect(added.body).toMatchObject({ mediaType: 'image/png', size: PNG.length, sha256 });
    const again = await upload(api, admin, '/media', PNG);
    expect(again.body.id).not.toBe(added.body.id);
    expect(await readdir(join(folder(), sha256.slice(0, 2)))).toEqual([sha256]);
    expect(await readdir(join(folder(), 'incoming'))).toEqual([]);
  });

  it.each<[string, Buffer | string | null, Record<string, string>, number, string]>([
    ['an SVG image', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', {}, 415, 'unsupported-media-type'],
    ['a page', '<!doctype html><script>alert(1)</script>', {}, 415, 'unsupported-media-type'],
    ['an empty file', '', {}, 415, 'unsupported-media-type'],
    ['no file', null, {}, 422, 'validation-failed'],
    ['another field', PNG, { name: 'x' }, 422, 'validation-failed'],
  ])('refuses %s and keeps nothing of it', async (_title, file, fields, status, problem) => {
    expect(code(await upload(api, teacher, '/media', file, fields))).toEqual([status, problem]);
    expect(await readdir(join(folder(), 'incoming'))).toEqual([]);
  });

  it('refuses more than 25 MB and keeps nothing of it', async () => {
    expect(code(await upload(api, teacher, '/media', Buffer.concat([PNG, Buffer.alloc(25 * 1024 * 1024)])))).toEqual([413, 'payload-too-large']);
    expect(await readdir(join(folder(), 'incoming'))).toEqual([]);
  });

  it('keeps nothing of an upload that breaks off', async () => {
    const before = await api.pool.query('select count(*) from media');
    const { port } = new URL(api.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`POST /api/v1/media HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${teacher.token}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n`
      + '--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n');
    socket.write(PNG);
    await expect.poll(async () => (await readdir(join(folder(), 'incoming'))).length).toBe(1);
    socket.destroy();
    await expect.poll(async () => (await readdir(join(folder(), 'incoming'))).length).toBe(0);
    expect((await api.pool.query('select count(*) from media')).rows).toEqual(before.rows);
  });

  it('is for teachers and admins', async () => {
    expect(code(await upload(api, student, '/media', PNG))).toEqual([403, 'forbidden']);
    expect(code(await upload(api, proctor, '/media', PNG))).toEqual([403, 'forbidden']);
    expect(code(await api.anybody.post('/media'))).toEqual([401, 'unauthenticated']);
  });
});

describe('reading a medium', () => {
  it('sends the bytes to staff so that nothing in them can run', async () => {
    const id = await addPng();
    for (const person of [teacher, proctor, admin]) expect((await fetchMedium(person, id)).status).toBe(200);
    const reply = await fetchMedium(teacher, id);
    expect(Buffer.from(await reply.arrayBuffer())).toEqual(PNG);
    expect(Object.fromEntries(['content-type', 'content-length', 'x-content-type-options', 'content-security-policy', 'content-disposition', 'cache-control'].map((name) => [name, reply.headers.get(name)]))).toEqual({
      'content-type': 'image/png', 'content-length': String(PNG.length), 'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox", 'content-disposition': "inline; filename*=UTF-8''figure.png", 'cache-control': 'private, no-cache',
    });
    const known = await fetchMedium(teacher, id, { 'If-None-Match': reply.headers.get('etag')! });
    expect([known.status, await known.text()]).toEqual([304, '']);
  });

  it('answers what is not there as absent', async () => {
    expect(code(await teacher.get(`/media/${randomUUID()}`))).toEqual([404, 'not-found']);
    expect(code(await teacher.get('/media/..%2f..%2fetc%2fpasswd'))).toEqual([404, 'not-found']);
    expect(code(await api.anybody.get(`/media/${randomUUID()}`))).toEqual([401, 'unauthenticated']);
  });

  it('shows a student what the paper of an open session shows, and nothing else, before or after', async () => {
    const [listed, embedded, explained, elsewhere] = [await addPng(), await addPng(), await addPng(), await addPng()];
    const question = await teacher.post('/questions', singleChoice({
      text: { format: 'html', value: `<p>Look: <img src="/api/v1/media/${embedded}" alt="it"></p>` },
      media: [{ id: listed, alt: 'A figure' }],
      explanation: { format: 'html', value: `<img src="/api/v1/media/${explained}" alt="why">` },
    }));
    const exam = await teacher.post('/exams', {
      title: 'With pictures', durationMinutes: 30, sections: [{ items: [{ questionId: question.body.id }] }], window: windowIn(-1, 60),
    });
    const examId = exam.body.id;
    await teacher.post(`/exams/${examId}/assignments`, { studentIds: [student.id, stranger.id] });
    expect((await teacher.post(`/exams/${examId}/publish`)).status).toBe(200);

    const statuses = async (person: TestPerson): Promise<number[]> => Promise.all([listed, embedded, explained, elsewhere].map(async (id) => (await fetchMedium(person, id)).status));
    expect(await statuses(student)).toEqual([404, 404, 404, 404]);
    const started = await student.post(`/exams/${examId}/sessions`, {});
    expect(started.status).toBe(201);
    expect(await statuses(student)).toEqual([200, 200, 404, 404]);
    expect(await statuses(stranger)).toEqual([404, 404, 404, 404]);
    await student.post(`/sessions/${started.body.session.id}/submit`, {});
    expect(await statuses(student)).toEqual([404, 404, 404, 404]);
  });

  it('shows a student who can only go forward what was reached', async () => {
    const pictures = [await addPng(), await addPng()];
    const questions = await Promise.all(pictures.map((id, index) => teacher.post('/questions', singleChoice({ text: `Figure ${index}`, media: [{ id }] }))));
    const exam = await teacher.post('/exams', {
      title: 'Forward', durationMinutes: 30, navigation: 'forward', sections: [{ items: questions.map((question) => ({ questionId: question.body.id })) }], window: windowIn(-1, 60),
    });
    await teacher.post(`/exams/${exam.body.id}/assignments`, { studentIds: [student.id] });
    await teacher.post(`/exams/${exam.body.id}/publish`);
    const { body } = await student.post(`/exams/${exam.body.id}/sessions`, {});
    const seen = async (): Promise<number[]> => Promise.all(pictures.map(async (id) => (await fetchMedium(student, id)).status));
    expect(await seen()).toEqual([200, 404]);
    const next = body.paper.nextItemId;
    const place = await student.put(`/sessions/${body.session.id}/place`, { currentItemId: next, seen: [next], flagged: [], notes: {}, clientSeq: 1 });
    expect(place.status, JSON.stringify(place.body)).toBe(200);
    expect(await seen()).toEqual([200, 200]);
  });
});
