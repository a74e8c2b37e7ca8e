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
let questionIds: string[];

beforeAll(async () => {
  api = await createTestApi();
  [teacher, other, admin, proctor, student] = await Promise.all([
    api.person('teacher'), api.person('teacher'), api.person('admin'), api.person('proctor'), api.person('student'),
  ]);
  questionIds = await addQuestions(teacher, 4, { tags: ['pool'], points: '2', explanation: 'EXPLAINED-ONLY-LATER' });
});
afterAll(() => api.close());

const code = (reply: TestReply): [number, string] => [reply.status, reply.body.code];
const pointers = (reply: TestReply): string[] => reply.body.errors.map((error: TestBody) => error.pointer).sort();
const ids = (reply: TestReply): string[] => reply.body.items.map((item: TestBody) => item.id);

async function draft(by: TestPerson = teacher, more: Record<string, unknown> = {}): Promise<TestBody> {
  const made = await by.post('/exams', { title: `Exam ${randomUUID()}`, durationMinutes: 60, sections: [{ title: 'All', items: [{ questionId: questionIds[0] }] }], window: windowIn(10, 90), ...more });
  if (made.status !== 201) throw new Error(`the exam was refused: ${JSON.stringify(made.body)}`);
  return made.body;
}

async function published(more: Record<string, unknown> = {}, students: readonly TestPerson[] = []): Promise<TestBody> {
  const exam = await draft(teacher, more);
  if (students.length > 0) await teacher.post(`/exams/${exam.id}/assignments`, { studentIds: students.map((person) => person.id) });
  const reply = await teacher.post(`/exams/${exam.id}/publish`);
  if (reply.status !== 200) throw new Error(`the publication was refused: ${JSON.stringify(reply.body)}`);
  return reply.body;
}

describe('creating an exam', () => {
  it('needs a title and a duration, and says everything else by its defaults', async () => {
    const made = await teacher.post('/exams', { title: 'Short', durationMinutes: 45 });
    expect(made.status).toBe(201);
    expect([made.headers.get('etag'), made.headers.get('location')]).toEqual(['"1"', `/api/v1/exams/${made.body.id}`]);
    expect(made.body).toMatchObject({
      externalId: null, title: 'Short', description: '', instructions: '', ownerId: teacher.id, durationMinutes: 45, graceSeconds: 10, passPercent: null, attempts: 1,
      attemptRule: 'best', navigation: 'free', display: 'one', shuffleItems: false, shuffleOptions: false, lateEntryMinutes: null, endRule: 'window', hasAccessCode: false,
      proctoring: 'none', results: { release: 'manual', releaseAt: null, score: true, items: false, key: false, feedback: false }, warnMinutes: [10, 5, 1], sections: [],
      window: null, state: 'draft', resultsPublishedAt: null, publishedAt: null, cancelledAt: null, assignedCount: 0, version: 1,
    });
  });

  it('gives items ids, keeps those that are given, and takes points from the question', async () => {
    const id = randomUUID();
    const exam = await draft(teacher, { sections: [{ title: 'A', items: [{ id, questionId: questionIds[0] }, { questionId: questionIds[1], points: 1.5 }] }, { items: [], draw: { tag: 'pool', count: 1, points: '3' } }] });
    expect(exam.sections).toEqual([
      { title: 'A', items: [{ id, questionId: questionIds[0], points: '2' }, { id: expect.stringMatching(/^[0-9a-f-]{36}$/), questionId: questionIds[1], points: '1.5' }] },
      { title: '', items: [], draw: { tag: 'pool', count: 1, points: '3' } },
    ]);
  });

  it('hashes the access code, and shows and logs it nowhere', async () => {
    const exam = await draft(teacher, { accessCode: 'open-sesame-42' });
    expect(exam.hasAccessCode).toBe(true);
    const { rows } = await api.pool.query('select access_code_hash from exams where id = $1', [exam.id]);
    expect(rows[0].access_code_hash).toMatch(/^\$argon2id\$/);
    const log = await api.pool.query('select * from audit_log where exam_id = $1', [exam.id]);
    expect(log.rows.map((row: { action: string }) => row.action)).toEqual(['exam.create']);
    expect(JSON.stringify([exam, log.rows])).not.toMatch(/open-sesame|argon2/);
  });

  it('resolves wall times, and tells what it made of those that do not exist', async () => {
    const exam = await draft(teacher, { window: { localStart: '2027-03-28T02:30', localEnd: '2027-03-28T05:00', timeZone: 'Europe/Berlin' } });
    expect(exam.window).toEqual({ localStart: '2027-03-28T03:30', localEnd: '2027-03-28T05:00', timeZone: 'Europe/Berlin', opensAt: '2027-03-28T01:30:00.000Z', closesAt: '2027-03-28T03:00:00.000Z' });
    expect(exam.notes.map((note: TestBody) => note.pointer)).toEqual(['/window/localStart']);
  });

  it('refuses every wrong field at once', async () => {
    const refused = await teacher.post('/exams', { title: '', durationMinutes: 0, graceSeconds: 1.5, navigation: 'sideways', results: { release: 'never' }, state: 'open', window: { localStart: 'soon' } });
    expect(code(refused)).toEqual([422, 'validation-failed']);
    expect(pointers(refused)).toEqual(['/durationMinutes', '/graceSeconds', '/navigation', '/results/release', '/state', '/title', '/window/localEnd', '/window/localStart', '/window/timeZone']);
  });

  it.each<[string, () => Record<string, unknown>, string[]]>([
    ['a question twice, and one of somebody else', () => ({ sections: [{ items: [{ questionId: questionIds[0] }, { questionId: questionIds[0] }, { questionId: randomUUID() }] }] }), ['/sections/0/items/1/questionId', '/sections/0/items/2/questionId']],
    ['an item id twice', () => ({ sections: [{ items: [{ id: '0196e5a0-0000-7000-8000-000000000000', questionId: questionIds[0] }] }, { items: [{ id: '0196e5a0-0000-7000-8000-000000000000', questionId: questionIds[1] }] }] }), ['/sections/1/items/0/id']],
    ['points below zero', () => ({ sections: [{ items: [{ questionId: questionIds[0], points: '-1' }] }] }), ['/sections/0/items/0/points']],
    ['an end before the start', () => ({ window: windowIn(20, 10) }), ['/window/localEnd']],
    ['an unknown zone', () => ({ window: { ...windowIn(10, 20), timeZone: 'Mars/Olympus' } }), ['/window/timeZone']],
    ['a release without its time', () => ({ results: { release: 'at' } }), ['/results/releaseAt']],
  ])('refuses %s', async (_title, more, wrong) => {
    const refused = await teacher.post('/exams', { title: 'X', durationMinutes: 10, ...more() });
    expect(code(refused)).toEqual([422, 'validation-failed']);
    expect(pointers(refused)).toEqual(wrong);
  });

  it('takes only own questions from a teacher, and any from an admin', async () => {
    const sections = [{ items: [{ questionId: questionIds[0] }] }];
    expect(pointers(await other.post('/exams', { title: 'X', durationMinutes: 10, sections }))).toEqual(['/sections/0/items/0/questionId']);
    expect((await admin.post('/exams', { title: 'X', durationMinutes: 10, sections })).status).toBe(201);
  });

  it('is for teachers and admins', async () => {
    const body = { title: 'X', durationMinutes: 10 };
    for (const person of [student, proctor]) expect(code(await person.post('/exams', body))).toEqual([403, 'forbidden']);
    expect(code(await api.anybody.post('/exams', body))).toEqual([401, 'unauthenticated']);
  });
});

describe('changing a draft', () => {
  it('follows RFC 7396: absent stays, null is the default, objects are merged', async () => {
    const exam = await draft(teacher, { description: 'Old', attempts: 3, lateEntryMinutes: 5, results: { items: true }, accessCode: 'x' });
    const changed = await teacher.patch(`/exams/${exam.id}`, { title: 'New', attempts: null, lateEntryMinutes: null, results: { key: true }, accessCode: null, warnMinutes: [1, 5, 5, 30] }, { ifMatch: 1 });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({
      title: 'New', description: 'Old', attempts: 1, lateEntryMinutes: null, hasAccessCode: false, warnMinutes: [30, 5, 1], version: 2,
      results: { release: 'manual', score: true, items: true, key: true }, window: exam.window,
    });
    const item = exam.sections[0].items[0];
    const kept = await teacher.patch(`/exams/${exam.id}`, { sections: [{ items: [{ questionId: questionIds[1] }, { questionId: item.questionId }] }], window: { localEnd: windowIn(0, 120).localEnd } }, { ifMatch: 2 });
    expect(kept.body.sections[0].items[1].id).toBe(item.id);
    expect(kept.body.window.localStart).toBe(exam.window.localStart);
    expect((await teacher.patch(`/exams/${exam.id}`, { window: null }, { ifMatch: 3 })).body.window).toBeNull();
  });

  it('changes nothing and raises no version when nothing differs', async () => {
    const exam = await draft(teacher, { accessCode: 'same' });
    const again = await teacher.patch(`/exams/${exam.id}`, { title: exam.title, sections: exam.sections, accessCode: 'same', results: exam.results }, { ifMatch: 1 });
    expect([again.status, again.body.version]).toEqual([200, 1]);
  });

  it('needs If-Match, and lets one of two changes at once through', async () => {
    const exam = await draft();
    expect(code(await teacher.patch(`/exams/${exam.id}`, { title: 'A' }))).toEqual([428, 'precondition-required']);
    const replies = await Promise.all(['B', 'C'].map((title) => teacher.patch(`/exams/${exam.id}`, { title }, { ifMatch: 1 })));
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 412]);
    expect(code(await teacher.patch(`/exams/${exam.id}`, { title: 'A' }, { ifMatch: 1 }))).toEqual([412, 'version-conflict']);
  });

  it('refuses wrong fields, and a state other than archived', async () => {
    const exam = await draft();
    expect(pointers(await teacher.patch(`/exams/${exam.id}`, { title: null, state: 'published', sections: [{ items: [{}] }] }, { ifMatch: 1 }))).toEqual(['/sections/0/items/0/questionId', '/state', '/title']);
    expect(code(await teacher.patch(`/exams/${exam.id}`, { state: 'archived' }, { ifMatch: 1 }))).toEqual([409, 'state-conflict']);
  });

  it('writes both sides of a change into the audit log', async () => {
    const exam = await draft();
    await teacher.patch(`/exams/${exam.id}`, { durationMinutes: 70 }, { ifMatch: 1 });
    const { rows } = await api.pool.query(`select actor_id, before, after from audit_log where exam_id = $1 and action = 'exam.change'`, [exam.id]);
    expect(rows).toEqual([{ actor_id: teacher.id, before: { durationMinutes: 60 }, after: { durationMinutes: 70 } }]);
  });

  it('is hidden from other teachers, proctors and students', async () => {
    const exam = await draft();
    for (const person of [other, proctor, student]) expect(code(await person.get(`/exams/${exam.id}`))).toEqual([404, 'not-found']);
    expect(code(await other.patch(`/exams/${exam.id}`, { title: 'Mine' }, { ifMatch: 1 }))).toEqual([404, 'not-found']);
    expect(code(await other.delete(`/exams/${exam.id}`))).toEqual([404, 'not-found']);
    expect(code(await other.post(`/exams/${exam.id}/publish`))).toEqual([404, 'not-found']);
    expect(code(await other.put(`/exams/${exam.id}/window`, windowIn(1, 2)))).toEqual([404, 'not-found']);
    expect(code(await proctor.patch(`/exams/${exam.id}`, { title: 'Mine' }, { ifMatch: 1 }))).toEqual([403, 'forbidden']);
    expect(code(await student.post(`/exams/${exam.id}/publish`))).toEqual([403, 'forbidden']);
    expect((await admin.patch(`/exams/${exam.id}`, { title: 'By an admin' }, { ifMatch: 1 })).status).toBe(200);
    expect(code(await api.anybody.get(`/exams/${exam.id}`))).toEqual([401, 'unauthenticated']);
  });

  it('deletes drafts only, and gives their external id free', async () => {
    const externalId = `lms-${randomUUID()}`;
    const exam = await draft(teacher, { externalId });
    expect(code(await teacher.post('/exams', { title: 'X', durationMinutes: 1, externalId }))).toEqual([409, 'already-exists']);
    expect(code(await teacher.delete(`/exams/${exam.id}`, { headers: { 'If-Match': '"9"' } }))).toEqual([412, 'version-conflict']);
    expect((await teacher.delete(`/exams/${exam.id}`)).status).toBe(204);
    expect(code(await teacher.get(`/exams/${exam.id}`))).toEqual([404, 'not-found']);
    await draft(teacher, { externalId });
    expect(code(await teacher.delete(`/exams/${(await published()).id}`))).toEqual([409, 'state-conflict']);
  });
});

describe('an exam by its external id', () => {
  it('is made, then changed, and the same request twice changes nothing', async () => {
    const path = `/exams/by-external-id/lms-${randomUUID()}`;
    const body = { title: 'From the LMS', durationMinutes: 30, sections: [{ items: [{ questionId: questionIds[0] }] }], window: windowIn(5, 50), accessCode: 'pin', results: { score: false } };
    const made = await teacher.put(path, body);
    expect([made.status, made.body.externalId]).toEqual([201, decodeURIComponent(path.split('/').at(-1)!)]);
    const again = await teacher.put(path, body);
    expect([again.status, again.body.id, again.body.version]).toEqual([200, made.body.id, 1]);
    const changed = await teacher.put(path, { ...body, title: 'Renamed' });
    expect([changed.body.title, changed.body.version]).toEqual(['Renamed', 2]);
    await teacher.post(`/exams/${made.body.id}/publish`);
    expect((await teacher.put(path, { ...body, title: 'Renamed' })).status).toBe(200);
    expect(pointers(await teacher.put(path, { ...body, title: 'Again', accessCode: 'other' }))).toEqual(['/accessCode', '/title']);
    expect(code(await other.put(path, body))).toEqual([404, 'not-found']);
    expect(code(await student.put(path, body))).toEqual([403, 'forbidden']);
    expect(pointers(await teacher.put(path, { ...body, externalId: 'x' }))).toEqual(['/externalId']);
  });
});

describe('publishing', () => {
  it('freezes questions with their keys and pools, wakes the window workflow, tells streams and the audit log', async () => {
    const tag = `pool-${randomUUID()}`;
    const pool = await addQuestions(teacher, 3, { tags: [tag] });
    await addQuestions(other, 1, { tags: [tag] });
    const exam = await draft(teacher, { instructions: 'Read well.', shuffleItems: true, sections: [{ items: [{ questionId: questionIds[0], points: '4' }], draw: { tag, count: 2, points: '1' } }] });
    const reply = await teacher.post(`/exams/${exam.id}/publish`);
    expect([reply.status, reply.body.state, reply.body.version]).toEqual([200, 'published', 2]);
    const { content } = (await api.pool.query('select content from exam_contents where exam_id = $1', [exam.id])).rows[0];
    expect(content).toMatchObject({ algorithm: 1, examId: exam.id, instructions: 'Read well.', shuffleItems: true, shuffleOptions: false, sections: [{ items: [{ questionId: questionIds[0], points: '4' }], draw: { tag, count: 2, points: '1', pool: [...pool].sort() } }] });
    expect(Object.keys(content.questions).sort()).toEqual([questionIds[0]!, ...pool].sort());
    expect(content.questions[questionIds[0]!]).toMatchObject({ version: 1, content: { key: { optionId: 'a' } } });
    const outbox = await api.pool.query(`select key, payload from outbox where topic = 'window' and key like $1`, [`${exam.id}:%`]);
    expect(outbox.rows).toMatchObject([{ key: `${exam.id}:1`, payload: { version: 1, kind: 'published' } }]);
    const events = await api.pool.query('select kind, data from stream_events where exam_id = $1', [exam.id]);
    expect(events.rows).toMatchObject([{ kind: 'window-changed', data: { opensAt: exam.window.opensAt, kind: 'published' } }]);
    const log = await api.pool.query(`select after from audit_log where exam_id = $1 and action = 'exam.publish'`, [exam.id]);
    expect(log.rows).toMatchObject([{ after: { questions: 4 } }]);
    expect((await api.deps.contents.paperOf(exam.id, '7')).itemCount).toBe(3);
  });

  it('keeps what students get when a question is changed or deleted afterwards', async () => {
    const [id] = await addQuestions(teacher, 1, { text: 'As published' });
    const exam = await published({ sections: [{ items: [{ questionId: id }] }] });
    await teacher.put(`/questions/${id}`, singleChoice({ text: 'Changed later', key: { optionId: 'b' } }), { ifMatch: 1 });
    await teacher.delete(`/questions/${id}`);
    const content = await api.deps.contents.contentOf(exam.id);
    expect(content.questions[id!]!.content).toMatchObject({ text: { value: 'As published' }, key: { optionId: 'a' } });
    expect((await teacher.get(`/exams/${exam.id}`)).status).toBe(200);
  });

  it('says everything that is missing at once', async () => {
    const empty = await teacher.post('/exams', { title: 'Empty', durationMinutes: 10 });
    const refused = await teacher.post(`/exams/${empty.body.id}/publish`);
    expect(code(refused)).toEqual([422, 'validation-failed']);
    expect(pointers(refused)).toEqual(['/sections', '/window']);

    const [gone] = await addQuestions(teacher, 1);
    const exam = await draft(teacher, {
      window: windowIn(-20, -10),
      sections: [{ items: [{ questionId: questionIds[0], points: 0 }, { questionId: gone }] }, { draw: { tag: 'pool', count: 9, points: '0' } }],
    });
    await api.pool.query('update questions set deleted_at = now() where id = $1', [gone]);
    const wrong = await teacher.post(`/exams/${exam.id}/publish`);
    expect(code(wrong)).toEqual([422, 'validation-failed']);
    expect(pointers(wrong)).toEqual(['/sections/0/items/0/points', '/sections/0/items/1/questionId', '/sections/1/draw', '/sections/1/draw/points', '/window/localEnd']);
    expect((await teacher.get(`/exams/${exam.id}`)).body.state).toBe('draft');
    expect((await api.pool.query('select count(*)::int as n from exam_contents where exam_id = $1', [exam.id])).rows).toEqual([{ n: 0 }]);
  });

  it('refuses draws that other sections may leave too little for', async () => {
    const tag = `few-${randomUUID()}`;
    await addQuestions(teacher, 3, { tags: [tag] });
    const exam = await draft(teacher, { sections: [{ draw: { tag, count: 2, points: '1' } }, { draw: { tag, count: 2, points: '1' } }] });
    const refused = await teacher.post(`/exams/${exam.id}/publish`);
    expect(code(refused)).toEqual([409, 'not-enough-questions']);
    expect(pointers(refused)).toEqual(['/sections/1/draw']);
  });

  it('happens once: repeated with its key it answers the same, with another it is refused', async () => {
    const exam = await draft();
    const key = randomUUID();
    const [first, second] = await Promise.all([0, 1].map(() => teacher.post(`/exams/${exam.id}/publish`, undefined, { key })));
    expect([first!.status, second!.status, second!.body.version]).toEqual([200, 200, first!.body.version]);
    expect(code(await teacher.post(`/exams/${exam.id}/publish`))).toEqual([409, 'state-conflict']);
    expect(code(await teacher.post(`/exams/${exam.id}/publish`, undefined, { key: null }))).toEqual([428, 'precondition-required']);
    expect(code(await teacher.post(`/exams/${(await draft()).id}/publish`, undefined, { headers: { 'If-Match': '"5"' } }))).toEqual([412, 'version-conflict']);
  });

  it('freezes all but results settings, warnings and the automatic comparison', async () => {
    const exam = await published();
    const refused = await teacher.patch(`/exams/${exam.id}`, { title: 'Other', durationMinutes: 61, accessCode: 'x', sections: [], window: windowIn(1, 2), warnMinutes: [5] }, { ifMatch: 2 });
    expect(code(refused)).toEqual([409, 'published-exam-is-frozen']);
    expect(pointers(refused)).toEqual(['/accessCode', '/durationMinutes', '/sections', '/title', '/window']);
    const warned = await teacher.patch(`/exams/${exam.id}`, { warnMinutes: [5], results: { items: true } }, { ifMatch: 2 });
    expect(warned.body).toMatchObject({ version: 3, warnMinutes: [5], results: { items: true }, plagiarismScan: { automatic: false, level: 0.01 } });
    const timed = await teacher.patch(`/exams/${exam.id}`, { results: { release: 'at', releaseAt: '2031-01-01T12:00:00+01:00' } }, { ifMatch: 3 });
    expect(timed.body.results).toMatchObject({ release: 'at', releaseAt: '2031-01-01T11:00:00.000Z' });
    const compared = await teacher.patch(`/exams/${exam.id}`, { plagiarismScan: { automatic: true } }, { ifMatch: 4 });
    expect(compared.body.plagiarismScan).toEqual({ automatic: true, level: 0.01 });
    expect(code(await teacher.patch(`/exams/${exam.id}`, { plagiarismScan: { level: 2 } }, { ifMatch: 5 }))).toEqual([422, 'validation-failed']);
    const outbox = await api.pool.query(`select key from outbox where topic = 'window' and key like $1 order by key`, [`${exam.id}:%`]);
    expect(outbox.rows.map((row: { key: string }) => row.key)).toEqual([`${exam.id}:1`, `${exam.id}:2`]);
  });

  it('archives a closed exam, not one that is open, and then nothing changes any more', async () => {
    const open = await published({ window: windowIn(-1, 30) });
    expect(open.state).toBe('open');
    expect(code(await teacher.patch(`/exams/${open.id}`, { state: 'archived' }, { ifMatch: 2 }))).toEqual([409, 'state-conflict']);
    await api.pool.query(`update exams set closes_at = now() - interval '1 second', opens_at = now() - interval '1 hour' where id = $1`, [open.id]);
    expect((await teacher.get(`/exams/${open.id}`)).body.state).toBe('closed');
    const archived = await teacher.patch(`/exams/${open.id}`, { state: 'archived' }, { ifMatch: 2 });
    expect([archived.status, archived.body.state]).toEqual([200, 'archived']);
    expect(code(await teacher.patch(`/exams/${open.id}`, { warnMinutes: [7] }, { ifMatch: 3 }))).toEqual([409, 'published-exam-is-frozen']);
    expect(code(await teacher.post(`/exams/${open.id}/assignments`, { studentIds: [student.id] }))).toEqual([409, 'state-conflict']);
  });
});

describe('the window', () => {
  it('is simply stored on a draft', async () => {
    const exam = await draft(teacher, { window: null });
    const set = await teacher.put(`/exams/${exam.id}/window`, { localStart: '2027-10-31T01:00', localEnd: '2027-10-31T02:30', timeZone: 'Europe/Berlin' });
    expect(set.status).toBe(200);
    expect(set.body).toMatchObject({ state: 'applied', affected: 0, skipped: 0, notes: [{ pointer: '/localEnd' }], exam: { version: 2, window: { closesAt: '2027-10-31T00:30:00.000Z' } } });
  });

  it('moves on a published exam with every open session, tells streams, and keeps the reason', async () => {
    const exam = await published({ window: windowIn(-1, 20), durationMinutes: 60 }, [student]);
    const started = await student.post(`/exams/${exam.id}/sessions`, {});
    expect(started.body.session.deadlineAt).toBe(exam.window.closesAt);
    const later = windowIn(-1, 40);
    const moved = await teacher.put(`/exams/${exam.id}/window`, { ...later, reason: 'The room was locked' });
    expect(moved.status).toBe(200);
    expect(moved.body).toMatchObject({ state: 'applied', affected: 1, skipped: 0, notes: [], exam: { window: { localEnd: later.localEnd }, state: 'open' } });
    const session = await student.get(`/sessions/${started.body.session.id}`);
    expect(session.body.session.deadlineAt).toBe(moved.body.exam.window.closesAt);
    const log = await api.pool.query(`select reason from audit_log where exam_id = $1 and action = 'exam.window'`, [exam.id]);
    expect(log.rows).toEqual([{ reason: 'The room was locked' }]);
    const events = await api.pool.query(`select count(*)::int as n from stream_events where exam_id = $1 and kind = 'window-changed'`, [exam.id]);
    expect(events.rows).toEqual([{ n: 2 }]);
  });

  it('answers the same command once', async () => {
    const exam = await published();
    const body = { ...windowIn(20, 120), reason: 'Later' };
    const headers = { 'Idempotency-Key': randomUUID() };
    const [first, second] = await Promise.all([0, 1].map(() => teacher.put(`/exams/${exam.id}/window`, body, { headers })));
    expect(second!.body).toEqual(first!.body);
    expect(first!.body.commandId).toBe(headers['Idempotency-Key']);
  });

  it('is refused without a reason, into the past, backwards, over, or stale', async () => {
    const exam = await published();
    expect(pointers(await teacher.put(`/exams/${exam.id}/window`, windowIn(-20, -10)))).toEqual(['/localEnd', '/reason']);
    expect(pointers(await teacher.put(`/exams/${exam.id}/window`, { ...windowIn(20, 10), reason: 'x' }))).toEqual(['/localEnd']);
    expect(pointers(await teacher.put(`/exams/${exam.id}/window`, { localStart: '2027-02-30T10:00', localEnd: '2027-03-01', timeZone: 'X', reason: ' ' }))).toEqual(['/localEnd', '/reason', '/timeZone']);
    expect(code(await teacher.put(`/exams/${exam.id}/window`, { ...windowIn(20, 30), reason: 'x' }, { ifMatch: 1 }))).toEqual([412, 'version-conflict']);
    await api.pool.query(`update exams set opens_at = now() - interval '2 hours', closes_at = now() - interval '1 hour' where id = $1`, [exam.id]);
    const over = await teacher.put(`/exams/${exam.id}/window`, { ...windowIn(20, 30), reason: 'x' });
    expect([...code(over), ...pointers(over)]).toEqual([409, 'exam-closed', '/localEnd']);
    expect(code(await proctor.put(`/exams/${exam.id}/window`, windowIn(1, 2)))).toEqual([403, 'forbidden']);
    expect(code(await api.anybody.put(`/exams/${exam.id}/window`, windowIn(1, 2)))).toEqual([401, 'unauthenticated']);
  });
});

describe('the lists of exams', () => {
  it('show staff what they may see, by state and words, page by page', async () => {
    const person = await api.person('teacher');
    const [question] = await addQuestions(person, 1);
    const make = async (title: string, window: unknown): Promise<string> =>
      (await person.post('/exams', { title, durationMinutes: 10, window, externalId: `ext-${randomUUID()}`, sections: [{ items: [{ questionId: question }] }] })).body.id;
    const ofDraft = await make('Alpha', null);
    const soon = await make('Beta 50%', windowIn(10, 20));
    const open = await make('Gamma', windowIn(-10, 20));
    const closed = await make('Delta', windowIn(-10, 20));
    for (const id of [soon, open, closed]) expect((await person.post(`/exams/${id}/publish`)).status).toBe(200);
    await api.pool.query(`update exams set closes_at = now() - interval '1 minute' where id = $1`, [closed]);

    for (const [state, id] of [['draft', ofDraft], ['published', soon], ['open', open], ['closed', closed]]) expect(ids(await person.get(`/exams?state=${state}`)), state).toEqual([id]);
    expect(ids(await person.get('/exams?state=archived'))).toEqual([]);
    expect(ids(await person.get('/exams?q=50%25'))).toEqual([soon]);
    expect(ids(await person.get('/exams?sort=title'))).toEqual([ofDraft, soon, closed, open]);
    expect(ids(await person.get('/exams?sort=opensAt')).at(-1)).toBe(ofDraft);
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await person.get(`/exams?limit=1&sort=-createdAt${cursor}`);
      seen.push(...ids(page));
      if (page.body.nextCursor === null) break;
      cursor = `&cursor=${page.body.nextCursor}`;
    }
    expect(seen).toEqual([closed, open, soon, ofDraft]);
    const since = (await api.pool.query('select now() as now')).rows[0].now.toISOString();
    await person.patch(`/exams/${ofDraft}`, { title: 'Alpha 2' }, { ifMatch: 1 });
    expect(ids(await person.get(`/exams?changedSince=${since}`))).toEqual([ofDraft]);

    const seenByProctor = ids(await proctor.get('/exams?limit=200'));
    expect(seenByProctor).toEqual(expect.arrayContaining([soon, open, closed]));
    expect(seenByProctor).not.toContain(ofDraft);
    expect((await proctor.get(`/exams/${open}`)).body.sections).toHaveLength(1);
    expect(ids(await other.get('/exams?limit=200'))).not.toContain(open);
    expect(ids(await admin.get('/exams?limit=200'))).toEqual(expect.arrayContaining([ofDraft, soon, open, closed]));
  });

  it.each(['cursor=e30', 'state=lost', 'sort=grace', 'changedSince=yesterday', 'limit=1000', 'x=1'])('refuse ?%s', async (query) => {
    expect(code(await teacher.get(`/exams?${query}`))).toEqual([422, 'validation-failed']);
    expect(code(await student.get(`/exams?${query}`))).toEqual([422, 'validation-failed']);
    expect(code(await api.anybody.get(`/exams?${query}`))).toEqual([401, 'unauthenticated']);
  });
});
