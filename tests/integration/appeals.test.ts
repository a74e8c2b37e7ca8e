import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';
import { gradeByHand, handIn, startExam, type StartedExam } from '#tests/support/started-exam.ts';

let api: TestApi;
let proctor: TestPerson;
let reviewer: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  api = await createTestApi();
  [proctor, reviewer, stranger] = await Promise.all([api.person('proctor'), api.person('teacher'), api.person('teacher')]);
});
afterAll(() => api.close());

/** What every PNG begins with. */
const PNG_HEAD = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

const codeOf = (reply: TestReply): [number, unknown] => [reply.status, reply.body.code];

/** One student with 2 of 5 points; the teacher gave the 0 for the essay by hand. */
async function graded(publish = true): Promise<StartedExam & { student: TestPerson; path: string }> {
  const exam = await startExam(api, { sitting: 1 });
  const [student] = exam.students as [TestPerson];
  await handIn(api, exam.sessionIds[0]!, student.id);
  await gradeByHand(api, exam, exam.sessionIds[0]!, '2', null);
  await exam.teacher.put(`/sessions/${exam.sessionIds[0]}/marks/${exam.essayItemId}`, { points: '0', comment: 'off topic', version: 1 });
  if (publish) await exam.teacher.post(`/exams/${exam.examId}/results/publish`);
  return { ...exam, student, path: `/sessions/${exam.sessionIds[0]}/appeals` };
}

async function appealed(): Promise<Awaited<ReturnType<typeof graded>> & { appeal: string }> {
  const exam = await graded();
  const made = await exam.student.post(exam.path, { itemId: exam.essayItemId, text: 'It is on topic.' });
  expect(made.status).toBe(201);
  return { ...exam, appeal: `/appeals/${made.body.id}` };
}

describe('an appeal', () => {
  test('is made by the student, reviewed by somebody who marked nothing of it, and changes the mark', async () => {
    const exam = await appealed();
    const own = await exam.student.get(exam.path);
    expect(own.body).toMatchObject({ canAppeal: true, items: [{ itemId: exam.essayItemId, text: 'It is on topic.', state: 'open', outcome: null }] });
    expect(own.body.items![0]).not.toHaveProperty('reviewer');
    expect((await exam.teacher.get(`/exams/${exam.examId}/appeals?state=open`)).body.items).toMatchObject([{ student: { id: exam.student.id }, reviewer: null, mark: { points: '0', maxPoints: '3' } }]);

    expect((await reviewer.get(exam.appeal)).status).toBe(404);
    const assigned = await exam.teacher.post(`${exam.appeal}/assign`, { reviewerId: reviewer.id });
    expect(assigned.body).toMatchObject({ state: 'assigned', reviewer: { id: reviewer.id } });
    expect((await reviewer.get(exam.appeal)).body).toMatchObject({ context: { item: { type: 'essay' }, response: null, comment: 'off topic' } });
    expect((await reviewer.get('/appeals?state=assigned')).body.items!.some((item: TestBody) => exam.appeal.endsWith(item.id))).toBe(true);

    const decided = await reviewer.post(`${exam.appeal}/decide`, { outcome: 'partly', reason: 'half of it is', points: '1.5' });
    expect(decided.body).toMatchObject({ state: 'decided', outcome: 'partly', pointsBefore: '0', pointsAfter: '1.5', decidedBy: { id: reviewer.id }, mark: { points: '1.5', maxPoints: '3' } });
    expect((await exam.student.get(`/sessions/${exam.sessionIds[0]}/result`)).body).toMatchObject({ points: '3.5' });
    expect((await exam.student.get(exam.path)).body.items![0]).toMatchObject({ state: 'decided', outcome: 'partly', reason: 'half of it is' });
    const { rows } = await api.pool.query(`select action, actor_id from audit_log where session_id = $1 and (action like 'appeal%' or action = 'mark.set') order by id`, [exam.sessionIds[0]]);
    expect(rows.map((row) => [row.action, row.actor_id])).toEqual([
      ['mark.set', exam.teacher.id], ['appeal.create', exam.student.id], ['appeal.assign', exam.teacher.id], ['mark.set', reviewer.id], ['appeal.decide', reviewer.id],
    ]);
    const { rows: marks } = await api.pool.query('select comment from marks where session_id = $1 and item_id = $2', [exam.sessionIds[0], exam.essayItemId]);
    expect(marks).toEqual([{ comment: 'off topic' }]);
    expect((await api.pool.query(`select from stream_events where session_id = $1 and kind = 'results-published'`, [exam.sessionIds[0]])).rows).toHaveLength(1);
    expect((await api.pool.query(`select recipient_id from mails where session_id = $1 and template = 'appeal-decided'`, [exam.sessionIds[0]])).rows).toEqual([{ recipient_id: exam.student.id }]);
    expect(codeOf(await reviewer.post(`${exam.appeal}/decide`, { outcome: 'rejected', reason: 'x' }))).toEqual([409, 'state-conflict']);
  });

  test('is not for its marker to decide, by assignment or later', async () => {
    const exam = await appealed();
    const refused = await exam.teacher.post(`${exam.appeal}/assign`, { reviewerId: exam.teacher.id });
    expect([...codeOf(refused), refused.body.errors?.[0]?.pointer]).toEqual([422, 'validation-failed', '/reviewerId']);
    // the mark before the last one counts too
    const admin = await api.person('admin');
    await admin.put(`/sessions/${exam.sessionIds[0]}/marks/${exam.essayItemId}`, { points: '0.5', version: 2 });
    expect(codeOf(await exam.teacher.post(`${exam.appeal}/assign`, { reviewerId: exam.teacher.id }))).toEqual([422, 'validation-failed']);
    expect(codeOf(await exam.teacher.post(`${exam.appeal}/assign`, { reviewerId: exam.student.id }))).toEqual([422, 'validation-failed']);
    await exam.teacher.post(`${exam.appeal}/assign`, { reviewerId: reviewer.id });
    expect(codeOf(await exam.teacher.post(`${exam.appeal}/decide`, { outcome: 'rejected', reason: 'x' }))).toEqual([409, 'state-conflict']);
    await api.pool.query('update marks set marked_by = $2 where session_id = $1', [exam.sessionIds[0], reviewer.id]);
    expect(codeOf(await reviewer.post(`${exam.appeal}/decide`, { outcome: 'rejected', reason: 'x' }))).toEqual([409, 'state-conflict']);
  });

  test('is not for the first of two markers to decide either, nor for who agreed on the mark', async () => {
    const exam = await appealed();
    const [first, judge] = [await api.person('teacher'), await api.person('teacher')];
    const [sessionId] = exam.sessionIds;
    await api.pool.query(
      `insert into marker_marks (session_id, closed_version, item_id, role, version, grader_id, points, content)
       select id, closed_version, $2, 'first', 1, $3, 1, '{}' from exam_sessions where id = $1`, [sessionId, exam.essayItemId, first.id],
    );
    await api.pool.query(
      `insert into audit_log (actor_id, action, resource_type, resource_id, exam_id, session_id) values ($1, 'marking.reconcile', 'mark', $2, $3, $4)`,
      [judge.id, `${sessionId}/${exam.essayItemId}`, exam.examId, sessionId],
    );
    for (const who of [first, judge]) expect(codeOf(await exam.teacher.post(`${exam.appeal}/assign`, { reviewerId: who.id }))).toEqual([422, 'validation-failed']);
    // of another item it is no matter
    await api.pool.query('update marker_marks set item_id = $2 where session_id = $1', [sessionId, exam.choiceItemId]);
    expect((await exam.teacher.post(`${exam.appeal}/assign`, { reviewerId: first.id })).status).toBe(200);
  });

  test('is for a teacher or an admin who is not its student, and only the one it was given to decides', async () => {
    const exam = await appealed();
    const assign = (who: TestPerson): Promise<TestReply> => exam.teacher.post(`${exam.appeal}/assign`, { reviewerId: who.id });
    const [other, admin] = [await api.person('student'), await api.person('admin')];
    for (const who of [proctor, other]) expect((await assign(who)).body.errors?.[0]).toMatchObject({ pointer: '/reviewerId', message: 'must be a teacher or an admin' });
    await api.pool.query("update users set roles = '{student,teacher}' where id = $1", [exam.student.id]);
    expect(codeOf(await assign(exam.student))).toEqual([422, 'validation-failed']);
    await assign(reviewer);
    const early = await admin.post(`${exam.appeal}/decide`, { outcome: 'rejected', reason: 'x' });
    expect([...codeOf(early), early.body['detail']]).toEqual([409, 'state-conflict', 'The appeal is not assigned to you.']);
    expect((await assign(admin)).status).toBe(200);
    expect(codeOf(await reviewer.post(`${exam.appeal}/decide`, { outcome: 'rejected', reason: 'x' }))).toEqual([404, 'not-found']);
    expect((await admin.post(`${exam.appeal}/decide`, { outcome: 'rejected', reason: 'x' })).body).toMatchObject({ state: 'decided', pointsBefore: '0', pointsAfter: '0' });
  });

  test('about files shows them to its reviewer, and no other file of the session', async () => {
    const exam = await startExam(api, { sitting: 1 });
    const [sessionId] = exam.sessionIds;
    const student = exam.students[0]!;
    const upload = async (name: string): Promise<string> => {
      const form = new FormData();
      form.append('file', new Blob([PNG_HEAD, `bytes of ${name}`]), name);
      const response = await fetch(`${api.url}/api/v1/sessions/${sessionId}/files`, { method: 'POST', headers: { Authorization: `Bearer ${student.token}` }, body: form });
      return ((await response.json()) as { fileId: string }).fileId;
    };
    const [fileId, other] = [await upload('drawing.png'), await upload('other.png')];
    await api.pool.query('insert into answers (session_id, item_id, revision, response, saved_at, session_version) values ($1, $2, 1, $3, holdfast_now(), 1)', [sessionId, exam.essayItemId, JSON.stringify({ fileIds: [fileId] })]);
    await handIn(api, sessionId!, student.id);
    await gradeByHand(api, exam, sessionId!, '2', '0');
    await exam.teacher.post(`/exams/${exam.examId}/results/publish`);
    const { body: { id } } = await student.post(`/sessions/${sessionId}/appeals`, { itemId: exam.essayItemId, text: 'Look at it.' });
    const read = (who: TestPerson, file: string): Promise<Response> => fetch(`${api.url}/api/v1/appeals/${id}/files/${file}`, { headers: { Authorization: `Bearer ${who.token}` } });
    expect((await read(reviewer, fileId)).status).toBe(404);
    await exam.teacher.post(`/appeals/${id}/assign`, { reviewerId: reviewer.id });
    expect((await reviewer.get(`/appeals/${id}`)).body['context'].files).toMatchObject([{ fileId, name: 'drawing.png', href: `/api/v1/appeals/${id}/files/${fileId}` }]);
    const file = await read(reviewer, fileId);
    expect([file.headers.get('content-type'), (await file.text()).endsWith('bytes of drawing.png')]).toEqual(['image/png', true]);
    expect([(await read(reviewer, other)).status, (await read(stranger, fileId)).status, (await read(student, fileId)).status]).toEqual([404, 404, 403]);
  });

  test('is listed for the exam with its deadline, and for its reviewer with the exam', async () => {
    const early = await graded(false);
    expect((await early.teacher.get(`/exams/${early.examId}/appeals`)).body).toMatchObject({ items: [], appealDays: 14, deadlineAt: null });
    const exam = await appealed();
    await exam.teacher.post(`${exam.appeal}/assign`, { reviewerId: reviewer.id });
    const { body } = await exam.teacher.get(`/exams/${exam.examId}/appeals`);
    expect(body['deadlineAt']).toBe((await exam.student.get(exam.path)).body['deadlineAt']);
    const { rows } = await api.pool.query<{ title: string }>('select title from exams where id = $1', [exam.examId]);
    expect((await reviewer.get('/appeals?state=assigned')).body.items).toContainEqual(expect.objectContaining({ examId: exam.examId, examTitle: rows[0]!.title }));
  });

  test('needs a published result, and time', async () => {
    const early = await graded(false);
    expect(codeOf(await early.student.post(early.path, { text: 'too low' }))).toEqual([403, 'results-not-published']);
    expect((await early.student.get(early.path)).body).toEqual({ items: [], canAppeal: false, deadlineAt: null });
    const exam = await graded();
    await api.pool.query(`update exams set results_published_at = holdfast_now() - interval '14 days 1 second' where id = $1`, [exam.examId]);
    expect(codeOf(await exam.student.post(exam.path, { text: 'too late' }))).toEqual([409, 'deadline-passed']);
    await exam.teacher.patch(`/exams/${exam.examId}`, { results: { appealDays: 15 } }, { ifMatch: 1 });
    expect((await exam.student.get(exam.path)).body['canAppeal']).toBe(true);
    await exam.teacher.patch(`/exams/${exam.examId}`, { results: { appealDays: 0 } }, { ifMatch: 2 });
    expect(codeOf(await exam.student.post(exam.path, { text: 'too low' }))).toEqual([409, 'state-conflict']);
  });

  test('tells nothing of its decision while the result is not out', async () => {
    const exam = await appealed();
    await exam.teacher.post(`${exam.appeal}/assign`, { reviewerId: reviewer.id });
    await exam.teacher.post(`/exams/${exam.examId}/results/unpublish`);
    const before = (await api.pool.query(`select from stream_events where session_id = $1 and kind = 'results-published'`, [exam.sessionIds[0]])).rows.length;
    await reviewer.post(`${exam.appeal}/decide`, { outcome: 'upheld', reason: 'SECRET-REASON', points: '3' });
    const { body } = await exam.student.get(exam.path);
    expect(JSON.stringify(body)).not.toMatch(/SECRET|upheld|"3"/);
    expect((await api.pool.query(`select from stream_events where session_id = $1 and kind = 'results-published'`, [exam.sessionIds[0]])).rows).toHaveLength(before);
  });

  test('can be withdrawn, and made once at a time', async () => {
    const exam = await appealed();
    const twice = await exam.student.post(exam.path, { itemId: exam.essayItemId, text: 'again' });
    expect([...codeOf(twice), twice.body['detail']]).toEqual([409, 'already-exists', 'An appeal about this waits for its decision already.']);
    expect((await exam.student.post(exam.path, { text: 'the whole of it' })).status).toBe(201);
    expect((await exam.student.post(`${exam.appeal}/withdraw`)).body).toMatchObject({ state: 'withdrawn' });
    expect(codeOf(await exam.student.post(`${exam.appeal}/withdraw`))).toEqual([409, 'state-conflict']);
    expect(codeOf(await exam.teacher.post(`${exam.appeal}/assign`, { reviewerId: reviewer.id }))).toEqual([409, 'state-conflict']);
    expect((await exam.student.post(exam.path, { itemId: exam.essayItemId, text: 'now again' })).status).toBe(201);
  });

  test('without a text, about another item, with points where there can be none, or by others is refused', async () => {
    const exam = await appealed();
    expect(codeOf(await exam.student.post(exam.path, { text: ' ' }))).toEqual([422, 'validation-failed']);
    const other = await exam.student.post(exam.path, { itemId: randomUUID(), text: 'x' });
    expect([...codeOf(other), other.body.errors?.[0]?.pointer]).toEqual([422, 'validation-failed', '/itemId']);
    await exam.teacher.post(`${exam.appeal}/assign`, { reviewerId: reviewer.id });
    const decide = (body: Record<string, unknown>) => reviewer.post(`${exam.appeal}/decide`, body);
    expect(codeOf(await decide({ outcome: 'rejected', reason: 'x', points: '1' }))).toEqual([422, 'validation-failed']);
    expect(codeOf(await decide({ outcome: 'upheld', reason: 'x', points: '4' }))).toEqual([422, 'validation-failed']);
    expect(codeOf(await decide({ outcome: 'upheld', points: '1' }))).toEqual([422, 'validation-failed']);
    expect((await stranger.post(exam.path, { text: 'x' })).status).toBe(403);
    expect((await stranger.get(exam.path)).status).toBe(404);
    expect((await stranger.post(`${exam.appeal}/decide`, { outcome: 'rejected', reason: 'x' })).status).toBe(404);
    expect((await proctor.get(`/exams/${exam.examId}/appeals`)).status).toBe(403);
    expect((await reviewer.post(`${exam.appeal}/assign`, { reviewerId: stranger.id })).status).toBe(404);
    expect((await api.anybody.get(exam.path)).status).toBe(401);
  });
});
