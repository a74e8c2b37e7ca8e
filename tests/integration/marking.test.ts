import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';
import { createMarking, expire, markingPath, type Marking, next, RUBRIC, rubricPath } from '#tests/support/marking.ts';
import { gradeByHand, handIn, startExam, type StartedExam } from '#tests/support/started-exam.ts';

let api: TestApi;
let ada: TestPerson;
let ben: TestPerson;
let stranger: TestPerson;
let handedIn: Marking['handedIn'];
let markOf: Marking['markOf'];

beforeAll(async () => {
  api = await createTestApi();
  ({ ada, ben, stranger, handedIn, markOf } = await createMarking(api));
});
afterAll(() => api.close());

const codeOf = (reply: TestReply): [number, unknown] => [reply.status, reply.body.code];

describe('one mark', () => {
  test('counts at once, is kept with its history, and can be changed by its grader', async () => {
    const exam = await handedIn(1);
    const marked = await markOf(ada, exam, 0, { points: '2.5', comment: 'Good.', annotations: [{ kind: 'text', start: 2, end: 14, note: 'well put' }], flag: 'Talk about it' });
    expect(marked.status).toBe(200);
    expect(marked.body).toMatchObject({ state: 'done', version: 1, own: { points: '2.5', annotations: [{ quote: 'substitution' }] }, effective: { points: '2.5', source: 'manual', comment: 'Good.' }, lease: null });
    const { body: results } = await exam.teacher.get(`/exams/${exam.examId}/results`);
    expect(results.items![0]).toMatchObject({ points: '4.5', state: 'graded' });
    expect(codeOf(await ada.put(markingPath(exam), { role: 'first', points: '1', closedVersion: marked.body.closedVersion, version: 0 }))).toEqual([412, 'version-conflict']);
    expect((await markOf(ada, exam, 0, { points: '1' })).body).toMatchObject({ version: 2, effective: { points: '1' } });
    const { rows } = await api.pool.query('select version, points::float8, superseded_at is null as current from marker_marks where session_id = $1 order by version', [exam.sessionIds[0]]);
    expect(rows).toEqual([{ version: 1, points: 2.5, current: false }, { version: 2, points: 1, current: true }]);
    const audit = await api.pool.query("select action from audit_log where session_id = $1 and action like 'mark%' order by id", [exam.sessionIds[0]]);
    expect(audit.rows.map((row) => row.action)).toEqual(['marking.flag', 'marking.mark', 'mark.set', 'marking.mark', 'mark.set']);
    const flags = await ben.get(`/exams/${exam.examId}/marking/flags`);
    expect(flags.body.items).toMatchObject([{ note: 'Talk about it', mine: false, sessionId: exam.sessionIds[0] }]);
    expect((await ada.delete(`${markingPath(exam)}/flag`)).body.flags).toEqual([]);
  });

  test('takes the draft of it away, and a draft of an earlier hand-in holds nothing', async () => {
    const exam = await handedIn(1);
    const { body: taken } = await next(ada, exam);
    await ada.post(`/marking/leases/${taken.answer!.lease.id}/release`);
    const { closedVersion } = taken.answer!;
    expect((await ada.put(`${markingPath(exam)}/draft`, { role: 'first', comment: 'of before', closedVersion: closedVersion - 1 })).body.lease).toBeNull();
    expect((await ben.post(`${markingPath(exam)}/lease`, { role: 'first' })).status).toBe(200);
    await expire(api, exam);
    await ada.put(`${markingPath(exam)}/draft`, { role: 'first', comment: 'half a thought', closedVersion });
    expect((await ada.get(markingPath(exam))).body.draft).toMatchObject({ comment: 'half a thought' });
    await markOf(ada, exam, 0, { points: '1' });
    expect((await ada.get(markingPath(exam))).body.draft).toBeNull();
  });

  test('that the owner set elsewhere is not overwritten by a grader who did not see it', async () => {
    const exam = await handedIn(1);
    const { body: taken } = await next(ada, exam);
    await exam.teacher.put(`/sessions/${exam.sessionIds[0]}/marks/${exam.essayItemId}`, { points: '3', version: 1 });
    const late = await ada.put(markingPath(exam), { role: 'first', points: '1', closedVersion: taken.answer!.closedVersion, version: 0 });
    expect(codeOf(late)).toEqual([409, 'state-conflict']);
    expect((await ada.get(markingPath(exam))).body).toMatchObject({ state: 'done', effective: { points: '3' }, draft: { points: '1' } });
  });

  test('that the owner changed afterwards is not changed back by the grader', async () => {
    const exam = await handedIn(1);
    await markOf(ada, exam, 0, { points: '1' });
    await exam.teacher.put(`/sessions/${exam.sessionIds[0]}/marks/${exam.essayItemId}`, { points: '3', version: 2 });
    expect(codeOf(await markOf(ada, exam, 0, { points: '0' }))).toEqual([409, 'state-conflict']);
    expect((await ada.get(markingPath(exam))).body).toMatchObject({ effective: { points: '3' }, own: { points: '1' }, draft: { points: '0' } });
  });

  test('of a file: graders read it under a neutral name, and only files of the answer', async () => {
    const exam = await startExam(api, { sitting: 1 });
    const [sessionId] = exam.sessionIds;
    const student = exam.students[0]!;
    const upload = async (name: string): Promise<string> => {
      const form = new FormData();
      form.append('file', new Blob(['bytes of ' + name]), name);
      const response = await fetch(`${api.url}/api/v1/sessions/${sessionId}/files`, { method: 'POST', headers: { Authorization: `Bearer ${student.token}` }, body: form });
      return ((await response.json()) as { fileId: string }).fileId;
    };
    const [fileId, other] = [await upload('Anna Example.txt'), await upload('other.txt')];
    await api.pool.query(`insert into answers (session_id, item_id, revision, response, saved_at, session_version) values ($1, $2, 1, $3, holdfast_now(), 1)`, [sessionId, exam.essayItemId, JSON.stringify({ fileIds: [fileId] })]);
    await handIn(api, sessionId!, student.id);
    await gradeByHand(api, exam, sessionId!, '2', null);
    const { body } = await exam.teacher.get(markingPath(exam));
    expect(body.files).toMatchObject([{ fileId, name: '1.txt' }]);
    const read = (id: string): Promise<Response> => fetch(`${api.url}/api/v1${markingPath(exam)}/files/${id}`, { headers: { Authorization: `Bearer ${exam.teacher.token}` } });
    const file = await read(fileId);
    expect(await file.text()).toBe('bytes of Anna Example.txt');
    expect(file.headers.get('content-disposition')).not.toMatch(/Anna/);
    expect((await read(other)).status).toBe(404);
    expect((await markOf(exam.teacher, exam, 0, { points: '1', annotations: [{ kind: 'image', fileId, x: 0.25, y: 0.5, width: 0.1, height: 0.1, note: 'here' }] })).status).toBe(200);
  });

  test('of an earlier hand-in does not count for a later one', async () => {
    const exam = await handedIn(1);
    const { body: taken } = await next(ada, exam);
    await exam.teacher.post(`/sessions/${exam.sessionIds[0]}/reopen`, { seconds: 60, reason: 'page missing' });
    expect(codeOf(await ada.put(markingPath(exam), { role: 'first', points: '1', closedVersion: taken.answer!.closedVersion, version: 0 }))).toEqual([404, 'not-found']);
    await handIn(api, exam.sessionIds[0]!, exam.students[0]!.id);
    await gradeByHand(api, exam, exam.sessionIds[0]!, '2', null);
    expect((await ada.get(markingPath(exam))).body).toMatchObject({ state: 'first', lease: null });
    expect(codeOf(await ada.put(markingPath(exam), { role: 'first', points: '1', closedVersion: taken.answer!.closedVersion, version: 0 }))).toEqual([412, 'version-conflict']);
  });

  test.each([
    ['too many points', { points: '3.5' }, '/points'],
    ['no points at all', {}, '/points'],
    ['a remark beyond the text', { points: '1', annotations: [{ kind: 'text', start: 1, end: 500, note: '' }] }, '/annotations/0/end'],
    ['a remark about an image that is not there', { points: '1', annotations: [{ kind: 'image', fileId: randomUUID(), x: 0.1, y: 0.1, note: '' }] }, '/annotations/0/fileId'],
    ['a rubric that there is not', { rubricVersion: 4, selection: [] }, '/rubricVersion'],
  ])('with %s is refused', async (_name, body, pointer) => {
    const exam = await handedIn(1);
    const refused = await markOf(ada, exam, 0, body);
    expect(codeOf(refused)).toEqual([422, 'validation-failed']);
    expect(refused.body.errors).toEqual([expect.objectContaining({ pointer })]);
  });

  test('with too many points is refused also while it does not count yet', async () => {
    const exam = await handedIn(1, { secondMarking: 'all' });
    for (const points of ['3.0001', '-0.5']) expect((await markOf(ada, exam, 0, { points })).body.errors).toEqual([expect.objectContaining({ pointer: '/points' })]);
    expect((await markOf(ada, exam, 0, { points: '3' })).body.state).toBe('second');
  });

  test('a session that the machine could not mark gets its items from the paper', async () => {
    const exam = await startExam(api, { sitting: 1 });
    await handIn(api, exam.sessionIds[0]!, exam.students[0]!.id);
    await api.pool.query(
      `insert into grades (session_id, closed_version, exam_id, points, max_points, graded_count, pending_count, state, detail)
       select id, closed_version, exam_id, 0, 0, 0, 0, 'needs-manual', 'broken' from exam_sessions where id = $1`, [exam.sessionIds[0]]);
    const { body } = await exam.teacher.get(`/sessions/${exam.sessionIds[0]}/marking`);
    expect(body.items!.map((item: TestBody) => [item.itemId, item.state])).toEqual([[exam.choiceItemId, 'first'], [exam.essayItemId, 'first']]);
    expect((await markOf(exam.teacher, exam, 0, { points: '3' })).body).toMatchObject({ state: 'done' });
  });
});

describe('what waits for people', () => {
  const overview = async (exam: StartedExam): Promise<TestBody> => (await exam.teacher.get(`/exams/${exam.examId}/marking`)).body;

  test('is there as soon as it is graded, and until then the hand-in is counted as not graded', async () => {
    const exam = await startExam(api, { sitting: 2 });
    expect(await overview(exam)).toMatchObject({ total: 0, ungraded: 0 });
    for (const [index, id] of exam.sessionIds.entries()) await handIn(api, id, exam.students[index]!.id);
    expect(await overview(exam)).toMatchObject({ total: 0, ungraded: 2 });
    await gradeByHand(api, exam, exam.sessionIds[0]!, '2', null);
    expect(await overview(exam)).toMatchObject({ total: 1, pending: 1, ungraded: 1 });
  });

  test('comes in whole although others look at the same moment, each answer once', async () => {
    const exam = await startExam(api, { sitting: 4 });
    await api.pool.query('insert into marking_settings (exam_id, graders) values ($1, $2)', [exam.examId, [ada.id, ben.id]]);
    for (const [index, id] of exam.sessionIds.entries()) {
      await handIn(api, id, exam.students[index]!.id);
      await gradeByHand(api, exam, id, '2', null);
    }
    const client = await api.pool.connect();
    try {
      // somebody is in the middle of the same step, with one answer taken in and not committed
      await client.query('begin');
      await client.query(
        `insert into marking_answers (session_id, closed_version, item_id, exam_id, code, draw)
         select id, closed_version, $2, exam_id, 'AAAA-AAAA', 0 from exam_sessions where id = $1`, [exam.sessionIds[3], exam.essayItemId],
      );
      const seen = [exam.teacher, ada, ben].map((who) => who.get(`/exams/${exam.examId}/marking`));
      await new Promise((resolve) => setTimeout(resolve, 150));
      await client.query('rollback');
      for (const reply of await Promise.all(seen)) expect(reply.body).toMatchObject({ total: 4, pending: 4 });
    } finally {
      client.release();
    }
    const { rows } = await api.pool.query('select count(*) as count, count(distinct code) as codes from marking_answers where exam_id = $1', [exam.examId]);
    expect(rows).toEqual([{ count: 4, codes: 4 }]);
  });

  test('has all items of every session that the machine could not mark, however many there are', async () => {
    const exam = await startExam(api, { sitting: 1 });
    await handIn(api, exam.sessionIds[0]!, exam.students[0]!.id);
    // as many hand-ins as a class has, made of the one
    await api.pool.query(
      `with copies as (
         insert into exam_sessions select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'attempt', 1 + n))).* from exam_sessions s, generate_series(1, 230) n where s.id = $1 returning id)
       insert into grades (session_id, closed_version, exam_id, points, max_points, graded_count, pending_count, state, detail)
       select s.id, s.closed_version, s.exam_id, 0, 0, 0, 0, 'needs-manual', 'broken' from exam_sessions o, (select id from copies union all select $1) c (id), lateral (select c.id, o.closed_version, o.exam_id) s where o.id = $1`,
      [exam.sessionIds[0]],
    );
    expect(await overview(exam)).toMatchObject({ total: 462, pending: 462, ungraded: 0 });
  });
});

describe('two marks', () => {
  test('the second marker learns nothing of the first before both are in', async () => {
    const exam = await handedIn(1, { secondMarking: 'all', differenceThreshold: '1' });
    const first = await markOf(ada, exam, 0, { points: '2.25', comment: 'SECRET-COMMENT', annotations: [{ kind: 'text', start: 0, end: 5, note: 'SECRET-NOTE' }], flag: 'SECRET-FLAG' });
    expect(first.body).toMatchObject({ state: 'second', own: { points: '2.25' }, effective: null });
    const { body: taken } = await next(ben, exam, { role: 'second' });
    expect(taken.answer).toMatchObject({ state: 'second', role: 'second', own: null, marks: [], flags: [], effective: null, version: 0 });
    const list = `/exams/${exam.examId}/marking/items/${exam.essayItemId}/answers`;
    for (const who of [ben, exam.teacher]) {
      const replies = await Promise.all([
        who.get(markingPath(exam)), who.get(list), who.get(`${list}?filter=flagged`), who.get(`/exams/${exam.examId}/marking/flags`), who.get(`/exams/${exam.examId}/marking`),
        who.get(`/sessions/${exam.sessionIds[0]}/marking`), who.get(`/exams/${exam.examId}/results?items=true`), who.get(`/sessions/${exam.sessionIds[0]}/timeline`),
      ]);
      for (const reply of replies) expect(JSON.stringify(reply.body)).not.toMatch(/SECRET|"2\.25"/);
    }
    const audit = await api.pool.query("select after from audit_log where session_id = $1 and action = 'marking.mark'", [exam.sessionIds[0]]);
    expect(JSON.stringify(audit.rows)).not.toMatch(/2\.25/);
    expect(codeOf(await markOf(ada, exam, 0, { role: 'second', points: '2', version: 0 }))).toEqual([409, 'state-conflict']);
    const second = await markOf(ben, exam, 0, { role: 'second', points: '3', comment: 'Fine.' });
    expect(second.body).toMatchObject({ state: 'done', effective: { points: '2.625', comment: 'SECRET-COMMENT\n\nFine.' } });
    expect(second.body.marks!.map((mark: TestBody) => [mark.role, mark.points])).toEqual([['first', '2.25'], ['second', '3']]);
    expect(codeOf(await markOf(ada, exam, 0, { points: '0' }))).toEqual([409, 'state-conflict']);
    expect((await ada.get(list)).body.mine).toMatchObject({ done: 1, compared: [{ grader: { id: ben.id }, answers: 1, meanDifference: 0.75 }] });
  });

  test('further apart than the threshold wait for the owner or a third person', async () => {
    const exam = await handedIn(1, { secondMarking: 'all', differenceThreshold: '1', graders: [ada.id, ben.id, stranger.id] });
    await markOf(ada, exam, 0, { points: '0.5' });
    const second = await markOf(ben, exam, 0, { role: 'second', points: '1.5001' });
    expect(second.body).toMatchObject({ state: 'reconcile', effective: null, mayReconcile: false });
    const { closedVersion } = second.body;
    expect((await exam.teacher.get(`/exams/${exam.examId}/results`)).body.items![0]).toMatchObject({ state: 'pending' });
    expect((await exam.teacher.post(`/exams/${exam.examId}/results/publish`)).status).toBe(409);
    expect(codeOf(await ben.post(`${markingPath(exam)}/reconcile`, { points: '1', closedVersion }))).toEqual([403, 'forbidden']);
    expect(codeOf(await stranger.post(`${markingPath(exam)}/reconcile`, { points: '9', closedVersion }))).toEqual([422, 'validation-failed']);
    expect((await stranger.post(`${markingPath(exam)}/reconcile`, { points: '1', comment: 'Agreed on 1.', closedVersion })).body).toMatchObject({ state: 'done', effective: { points: '1', comment: 'Agreed on 1.', markedBy: stranger.id } });
    const again = await exam.teacher.post(`${markingPath(exam)}/reconcile`, { points: '1.25', closedVersion });
    expect(again.body.effective).toMatchObject({ points: '1.25' });
  });

  test('are decided between only when both are in, and about the hand-in that was seen', async () => {
    const exam = await handedIn(1, { secondMarking: 'all' });
    const { body: { closedVersion } } = await markOf(ada, exam, 0, { points: '1' });
    expect(codeOf(await exam.teacher.post(`${markingPath(exam)}/reconcile`, { points: '1', closedVersion }))).toEqual([409, 'state-conflict']);
    await markOf(ben, exam, 0, { role: 'second', points: '2' });
    expect(codeOf(await exam.teacher.post(`${markingPath(exam)}/reconcile`, { points: '1', closedVersion: closedVersion + 1 }))).toEqual([412, 'version-conflict']);
    expect((await exam.teacher.post(`${markingPath(exam)}/reconcile`, { points: '1.5', closedVersion })).body).toMatchObject({ state: 'done', effective: { points: '1.5' } });
  });

  test('are wanted only where the rule said so when the first came', async () => {
    const exam = await handedIn(2, { secondMarking: 'none' });
    await markOf(ada, exam, 0, { points: '1' });
    const { body: settings } = await exam.teacher.get(`/exams/${exam.examId}/marking/settings`);
    await exam.teacher.put(`/exams/${exam.examId}/marking/settings`, { anonymous: false, secondMarking: 'all', differenceThreshold: '0', leaseMinutes: 5, graders: [ada.id, ben.id] }, { ifMatch: settings.version });
    expect((await markOf(ada, exam, 0, { points: '2' })).body.state).toBe('done');
    expect((await markOf(ada, exam, 1, { points: '1' })).body).toMatchObject({ state: 'second', student: { id: exam.students[1]!.id } });
    const { body } = await exam.teacher.get(`/exams/${exam.examId}/marking`);
    expect(body).toMatchObject({ total: 2, done: 1, second: 1, pending: 0, items: [{ itemId: exam.essayItemId, number: 2, type: 'essay' }] });
    expect(body.graders!.find((each: TestBody) => (each.user as TestBody).id === ada.id)).toMatchObject({ first: 2, second: 0, active: true });
  });
});

describe('rubrics', () => {
  test('two graders and an edit at once lose nothing: each mark keeps the version it was made with', async () => {
    const exam = await handedIn(3);
    expect((await exam.teacher.put(rubricPath(exam), RUBRIC, { ifMatch: 0 })).body).toMatchObject({ version: 1, highest: '2.5', maxPoints: '3' });
    const choose = (criterionId: string) => ({ points: null, rubricVersion: 1, selection: [{ criterionId }] });
    const edited = { kind: 'additive', criteria: [{ id: 'frame', label: 'Frame', points: '3' }] };
    const [one, two, edit, lost] = await Promise.all([
      markOf(ada, exam, 0, choose('frame')), markOf(ben, exam, 1, choose('silent')),
      exam.teacher.put(rubricPath(exam), edited, { ifMatch: 1 }), exam.teacher.put(rubricPath(exam), RUBRIC, { ifMatch: 1 }),
    ]);
    expect([edit.status, lost.status].toSorted()).toEqual([200, 412]);
    expect([one.body.own, two.body.own]).toMatchObject([{ points: '2', rubricVersion: 1 }, { points: '0.5', rubricVersion: 1 }]);
    const list = `/exams/${exam.examId}/marking/items/${exam.essayItemId}/answers`;
    expect((await exam.teacher.get(`${list}?filter=older-rubric`)).body.items).toHaveLength(2);
    expect((await ada.get(markingPath(exam, 0))).body).toMatchObject({ rubric: { version: 2, olderMarks: 2 }, usedRubric: { version: 1 }, own: { points: '2', olderRubric: true } });
    // a grader who still has the old one on the screen saves what stands there
    expect((await markOf(ada, exam, 2, choose('frame'))).body.own).toMatchObject({ points: '2', olderRubric: true });
    expect((await ada.get(markingPath(exam, 0))).body.effective.rubric).toMatchObject({ version: 1, criteria: [{ label: 'All later codons change', points: '2' }] });
  });

  test('with levels give the points of the chosen level; points by hand stand beside what the rubric gave', async () => {
    const exam = await handedIn(1);
    const level = { kind: 'level', criteria: [{ id: 'depth', label: 'Depth', levels: [{ id: 'a', label: 'Full', points: '2' }, { id: 'b', label: 'Half', points: '1' }] }] };
    await exam.teacher.put(rubricPath(exam), level, { ifMatch: 0 });
    const wrong = await markOf(ada, exam, 0, { rubricVersion: 1, selection: [{ criterionId: 'depth', levelId: 'c' }] });
    expect(wrong.body.errors).toEqual([expect.objectContaining({ pointer: '/selection/0/levelId' })]);
    expect((await markOf(ada, exam, 0, { points: '1.5', rubricVersion: 1, selection: [{ criterionId: 'depth', levelId: 'b' }] })).body.own).toMatchObject({ points: '1.5', computedPoints: '1' });
  });

  test('are set by the owner, with the version seen', async () => {
    const exam = await handedIn(1);
    expect(codeOf(await exam.teacher.put(rubricPath(exam), RUBRIC, { ifMatch: 7 }))).toEqual([412, 'version-conflict']);
    expect(codeOf(await exam.teacher.put(rubricPath(exam), RUBRIC))).toEqual([428, 'precondition-required']);
    expect(codeOf(await ada.put(rubricPath(exam), RUBRIC, { ifMatch: 0 }))).toEqual([403, 'forbidden']);
    expect(codeOf(await exam.teacher.put(rubricPath(exam), { kind: 'additive', criteria: [RUBRIC.criteria[0], RUBRIC.criteria[0]] }, { ifMatch: 0 }))).toEqual([422, 'validation-failed']);
    expect((await ada.get(rubricPath(exam))).body).toMatchObject({ version: 0, criteria: [], editedBy: null });
    expect((await exam.teacher.get(`/exams/${exam.examId}/items/${randomUUID()}/rubric`)).status).toBe(404);
  });

  test('comments are shared and counted when a mark holds them', async () => {
    const exam = await handedIn(1);
    const path = `/exams/${exam.examId}/items/${exam.essayItemId}/comments`;
    const made = await ada.post(path, { text: 'Name an example.' });
    expect(made.status).toBe(201);
    expect((await ben.post(path, { text: 'Name an example.' })).body.id).toBe(made.body.id);
    await markOf(ben, exam, 0, { points: '1', comment: 'Name an example.', commentIds: [made.body.id] });
    expect((await ben.get(path)).body.items).toMatchObject([{ text: 'Name an example.', uses: 1, createdBy: { id: ada.id } }]);
    expect((await ben.delete(`${path}/${made.body.id}`)).status).toBe(403);
    expect((await exam.teacher.delete(`${path}/${made.body.id}`)).status).toBe(204);
    expect((await ada.get(path)).body.items).toEqual([]);
  });
});
