import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';
import { gradeByHand, handIn, startExam, startFor, type StartedExam } from '#tests/support/started-exam.ts';

let api: TestApi;
let proctor: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  api = await createTestApi();
  [proctor, stranger] = await Promise.all([api.person('proctor'), api.person('teacher')]);
});
afterAll(() => api.close());

const codeOf = (reply: TestReply): [number, unknown] => [reply.status, reply.body.code];

/** An exam that everybody has handed in, graded with these points for the essay. */
async function graded(essays: readonly (string | null)[], given: Parameters<typeof startExam>[1] = {}): Promise<StartedExam> {
  const exam = await startExam(api, { ...given, sitting: essays.length });
  for (const [index, essay] of essays.entries()) {
    await handIn(api, exam.sessionIds[index]!, exam.students[index]!.id);
    await gradeByHand(api, exam, exam.sessionIds[index]!, '2', essay);
  }
  return exam;
}

describe('publishing results', () => {
  test('is one instant for the whole exam, and can be taken back', async () => {
    const { examId, teacher } = await graded(['3', '1.5']);
    const published = await teacher.post(`/exams/${examId}/results/publish`);
    expect([published.status, published.body.sessions]).toEqual([200, 2]);
    const again = await teacher.post(`/exams/${examId}/results/publish`);
    expect(again.body).toEqual({ ...published.body, mails: 0 });
    expect((await teacher.post(`/exams/${examId}/results/unpublish`)).body).toMatchObject({ examId, resultsPublishedAt: null });
    const { rows } = await api.pool.query("select action from audit_log where exam_id = $1 and action like 'exam.results%' order by id", [examId]);
    expect(rows.map((row) => row.action)).toEqual(['exam.results-publish', 'exam.results-unpublish']);
    const events = await api.pool.query("select kind from stream_events where exam_id = $1 and kind like 'results%' order by id", [examId]);
    expect(events.rows.map((row) => row.kind)).toEqual(['results-published', 'results-unpublished']);
  });

  test('waits for open sessions, missing grades and missing marks, and says how many there are', async () => {
    const exam = await startExam(api, { sitting: 4 });
    const { examId, sessionIds, students, teacher } = exam;
    for (const index of [1, 2, 3]) await handIn(api, sessionIds[index]!, students[index]!.id);
    await gradeByHand(api, exam, sessionIds[2]!, '2', null);
    await gradeByHand(api, exam, sessionIds[3]!, '2', '3');
    const refused = await teacher.post(`/exams/${examId}/results/publish`);
    expect(codeOf(refused)).toEqual([409, 'state-conflict']);
    expect(refused.body.counts).toEqual({ open: 1, ungraded: 1, pending: 1 });
  });

  test('does not take a grade of an earlier hand-in for one of the last', async () => {
    const { examId, sessionIds: [id], students: [student], teacher } = await graded(['3']);
    await teacher.post(`/sessions/${id}/reopen`, { seconds: 60, reason: 'page missing' });
    expect((await teacher.post(`/exams/${examId}/results/publish`)).body.counts).toMatchObject({ open: 1 });
    await handIn(api, id!, student!.id);
    expect((await teacher.post(`/exams/${examId}/results/publish`)).body.counts).toMatchObject({ open: 0, ungraded: 1 });
  });

  test('asks nothing of withdrawn sessions', async () => {
    const exam = await startExam(api, { sitting: 1 });
    await exam.teacher.post(`/sessions/${exam.sessionIds[0]}/withdraw`, { reason: 'ill' });
    expect((await exam.teacher.post(`/exams/${exam.examId}/results/publish`)).status).toBe(200);
  });

  test('and re-opening exclude each other, whoever comes first', async () => {
    const { examId, sessionIds: [id], teacher } = await graded(['3']);
    const [published, reopened] = await Promise.all([
      teacher.post(`/exams/${examId}/results/publish`),
      teacher.post(`/sessions/${id}/reopen`, { seconds: 60, reason: 'race' }),
    ]);
    expect([published.status, reopened.status].toSorted()).toEqual([200, 409]);
  });

  test('taking back holds also where an hour of release has passed', async () => {
    const { examId, teacher } = await graded(['3']);
    await api.pool.query(`update exams set results = results || '{"release": "at", "releaseAt": "2020-01-01T00:00:00.000Z"}' where id = $1`, [examId]);
    expect((await teacher.post(`/exams/${examId}/results/unpublish`)).status).toBe(200);
    const { rows } = await api.pool.query('select results_are_out($1) as out', [examId]);
    expect(rows[0]).toEqual({ out: false });
  });

  test('is for the owner', async () => {
    const { examId, students: [student] } = await graded(['3']);
    for (const path of ['publish', 'unpublish']) {
      expect(codeOf(await proctor.post(`/exams/${examId}/results/${path}`))).toEqual([403, 'forbidden']);
      expect(codeOf(await student!.post(`/exams/${examId}/results/${path}`))).toEqual([403, 'forbidden']);
      expect(codeOf(await stranger.post(`/exams/${examId}/results/${path}`))).toEqual([404, 'not-found']);
      expect((await api.anybody.post(`/exams/${examId}/results/${path}`)).status).toBe(401);
    }
    const draft = await startExam(api, { sitting: 0, lifecycle: 'draft' });
    expect(codeOf(await draft.teacher.post(`/exams/${draft.examId}/results/publish`))).toEqual([409, 'state-conflict']);
    expect(codeOf(await draft.teacher.post(`/exams/${draft.examId}/results/publish`, { force: true }))).toEqual([422, 'validation-failed']);
  });
});

describe('withholding one result', () => {
  test('holds it back with a reason until it is released', async () => {
    const { examId, sessionIds: [id], teacher } = await graded(['3']);
    await teacher.post(`/exams/${examId}/results/publish`);
    const held = await teacher.post(`/sessions/${id}/result/withhold`, { reason: 'under review' });
    expect(held.body).toMatchObject({ sessionId: id, withheld: true, reason: 'under review' });
    expect((await teacher.get(`/exams/${examId}/results`)).body.items![0]).toMatchObject({ withheld: true });
    expect((await teacher.post(`/sessions/${id}/result/release`, { reason: 'cleared' })).body).toMatchObject({ withheld: false, reason: null, heldAt: null });
    const events = await api.pool.query("select kind from stream_events where session_id = $1 and kind like 'results%' order by id", [id]);
    expect(events.rows.map((row) => row.kind)).toEqual(['results-unpublished', 'results-published']);
  });

  test('needs a reason and the owner', async () => {
    const { sessionIds: [id], students: [student] } = await graded(['3']);
    const body = { reason: 'x' };
    expect((await stranger.post(`/sessions/${id}/result/withhold`, body)).status).toBe(404);
    expect((await proctor.post(`/sessions/${id}/result/withhold`, body)).status).toBe(403);
    expect((await student!.post(`/sessions/${id}/result/release`, body)).status).toBe(403);
    expect((await api.anybody.post(`/sessions/${id}/result/release`, body)).status).toBe(401);
    const admin = await api.person('admin');
    expect((await admin.post(`/sessions/${id}/result/withhold`, {})).status).toBe(422);
    expect((await admin.post(`/sessions/${randomUUID()}/result/withhold`, body)).status).toBe(404);
  });
});

describe('the list of results', () => {
  test('tells points, percent and grade exactly, and marks when asked', async () => {
    const exam = await graded(['0.5', null], { passPercent: 50 });
    const { body } = await exam.teacher.get(`/exams/${exam.examId}/results?items=true`);
    const of = (index: number): TestBody => body.items!.find((row: TestBody) => row.sessionId === exam.sessionIds[index])!;
    expect(of(0)).toMatchObject({ points: '2.5', maxPoints: '5', percent: 50, grade: 'pass', gradedCount: 2, pendingCount: 0, state: 'graded', counted: true, withheld: false });
    expect(of(1)).toMatchObject({ points: '2', grade: null, pendingCount: 1, state: 'pending' });
    expect(of(1).items!.find((mark: TestBody) => mark.itemId === exam.essayItemId)).toMatchObject({ points: null, maxPoints: '3', state: 'pending', source: 'auto', response: null });
    expect((await exam.teacher.get(`/exams/${exam.examId}/results?state=pending`)).body.items).toHaveLength(1);
    expect((await exam.teacher.get(`/exams/${exam.examId}/results`)).body.items![0]!.items).toBeUndefined();
  });

  test.each([
    ['best', [false, true, false]],
    ['last', [false, false, true]],
    ['first', [true, false, false]],
    ['mean', [true, true, true]],
  ])('with the rule %s the right attempts count', async (rule, counted) => {
    const exam = await startExam(api, { sitting: 1, attempts: 3 });
    await api.pool.query('update exams set attempt_rule = $2 where id = $1', [exam.examId, rule]);
    const ids = [exam.sessionIds[0]!];
    for (const [index, essay] of ['1', '2', '0'].entries()) {
      if (index > 0) ids.push(await startFor(api, exam.examId, exam.students[0]!));
      await handIn(api, ids[index]!, exam.students[0]!.id);
      await gradeByHand(api, exam, ids[index]!, '1', essay);
    }
    const { body } = await exam.teacher.get(`/exams/${exam.examId}/results`);
    expect(ids.map((id) => body.items!.find((row: TestBody) => row.sessionId === id)!.counted)).toEqual(counted);
    expect((await exam.teacher.get(`/exams/${exam.examId}/results?counted=true&studentId=${exam.students[0]!.id}`)).body.items).toHaveLength(counted.filter(Boolean).length);
  });

  test('pages hold every result once', async () => {
    const exam = await graded(['1', '1', '1']);
    const first = await exam.teacher.get(`/exams/${exam.examId}/results?limit=2`);
    const second = await exam.teacher.get(`/exams/${exam.examId}/results?limit=2&cursor=${String(first.body.nextCursor)}`);
    expect(new Set([...first.body.items!, ...second.body.items!].map((row: TestBody) => row.sessionId)).size).toBe(3);
    expect(second.body.nextCursor).toBeNull();
  });

  test('is for the owner', async () => {
    const { examId, students: [student], teacher } = await graded(['3']);
    expect((await proctor.get(`/exams/${examId}/results`)).status).toBe(403);
    expect((await student!.get(`/exams/${examId}/results`)).status).toBe(403);
    expect((await stranger.get(`/exams/${examId}/results`)).status).toBe(404);
    expect((await api.anybody.get(`/exams/${examId}/results`)).status).toBe(401);
    expect(codeOf(await teacher.get(`/exams/${examId}/results?items=yes`))).toEqual([422, 'validation-failed']);
  });
});

describe('marks by hand', () => {
  test('a mark for a pending item adds up exactly and leaves its history in the audit log', async () => {
    const exam = await graded([null], { passPercent: 60 });
    const path = `/sessions/${exam.sessionIds[0]}/marks/${exam.essayItemId}`;
    const marked = await exam.teacher.put(path, { points: '0.1', comment: 'thin', rubric: { structure: 1 }, version: 1 });
    expect(marked.status).toBe(200);
    expect(marked.body.mark).toMatchObject({ points: '0.1', state: 'graded', source: 'manual', comment: 'thin', rubric: { structure: 1 }, markedBy: exam.teacher.id, version: 2 });
    expect(marked.body.result).toMatchObject({ points: '2.1', percent: 42, grade: 'fail', state: 'graded', pendingCount: 0, version: 2 });
    await exam.teacher.put(path, { points: 1.2, version: 2 });
    const { rows } = await api.pool.query("select before ->> 'points' as before, after ->> 'points' as after, actor_id from audit_log where session_id = $1 and action = 'mark.set' order by id", [exam.sessionIds[0]]);
    expect(rows).toEqual([{ before: null, after: '0.1', actor_id: exam.teacher.id }, { before: '0.1', after: '1.2', actor_id: exam.teacher.id }]);
  });

  test('of two markers of one item the second is told; two markers of two items do not disturb each other', async () => {
    const exam = await graded([null]);
    const path = (item: string) => `/sessions/${exam.sessionIds[0]}/marks/${item}`;
    expect((await exam.teacher.put(path(exam.essayItemId), { points: '1', version: 1 })).status).toBe(200);
    expect(codeOf(await exam.teacher.put(path(exam.essayItemId), { points: '2', version: 1 }))).toEqual([412, 'version-conflict']);
    expect((await exam.teacher.put(path(exam.choiceItemId), { points: '0', version: 1 })).body.result).toMatchObject({ points: '1' });
    expect(codeOf(await exam.teacher.put(path(exam.essayItemId), { points: '2', version: 9 }))).toEqual([412, 'version-conflict']);
  });

  test('two marks at the same moment with the same version: one wins', async () => {
    const exam = await graded([null]);
    const path = `/sessions/${exam.sessionIds[0]}/marks/${exam.essayItemId}`;
    const replies = await Promise.all(['1', '2', '3'].map((points) => exam.teacher.put(path, { points, version: 1 })));
    expect(replies.map((reply) => reply.status).toSorted()).toEqual([200, 412, 412]);
  });

  test('a session that the machine could not mark gets its items from the paper', async () => {
    const exam = await startExam(api, { sitting: 1 });
    const [id] = exam.sessionIds;
    await handIn(api, id!, exam.students[0]!.id);
    await api.pool.query(
      `insert into grades (session_id, closed_version, exam_id, points, max_points, graded_count, pending_count, state, detail)
       select id, closed_version, exam_id, 0, 0, 0, 0, 'needs-manual', 'broken' from exam_sessions where id = $1`, [id]);
    const one = await exam.teacher.put(`/sessions/${id}/marks/${exam.essayItemId}`, { points: '3', version: 1 });
    expect(one.body.result).toMatchObject({ points: '3', maxPoints: '5', state: 'pending', gradedCount: 1, pendingCount: 1 });
    const two = await exam.teacher.put(`/sessions/${id}/marks/${exam.choiceItemId}`, { points: '2', version: 2 });
    expect(two.body.result).toMatchObject({ points: '5', state: 'graded', percent: 100 });
  });

  test('too many points, an open or ungraded session, an unknown item and others are refused', async () => {
    const exam = await graded([null]);
    const [id] = exam.sessionIds;
    const path = `/sessions/${id}/marks/${exam.essayItemId}`;
    for (const points of ['3.0001', '-1', '1.00001', 'many', null]) {
      const refused = await exam.teacher.put(path, { points, version: 1 });
      expect([...codeOf(refused), refused.body.errors?.[0]?.pointer], String(points)).toEqual([422, 'validation-failed', '/points']);
    }
    expect(codeOf(await exam.teacher.put(path, { points: '1', version: 1, rubric: { a: '\u0000' } }))).toEqual([422, 'validation-failed']);
    expect(codeOf(await exam.teacher.put(`/sessions/${id}/marks/${randomUUID()}`, { points: '1', version: 1 }))).toEqual([404, 'not-found']);
    const body = { points: '1', version: 1 };
    expect((await proctor.put(path, body)).status).toBe(403);
    expect((await exam.students[0]!.put(path, body)).status).toBe(403);
    expect((await stranger.put(path, body)).status).toBe(404);
    expect((await api.anybody.put(path, body)).status).toBe(401);
    const open = await startExam(api, { sitting: 1 });
    expect(codeOf(await open.teacher.put(`/sessions/${open.sessionIds[0]}/marks/${open.essayItemId}`, body))).toEqual([409, 'state-conflict']);
    await handIn(api, open.sessionIds[0]!, open.students[0]!.id);
    expect(codeOf(await open.teacher.put(`/sessions/${open.sessionIds[0]}/marks/${open.essayItemId}`, body))).toEqual([409, 'state-conflict']);
  });
});

describe('grading runs', () => {
  test('a run is there, queued, as soon as it is asked for, and can be cancelled while nothing has started it', async () => {
    const exam = await graded(['1', '2']);
    const asked = await exam.teacher.post(`/exams/${exam.examId}/grading-runs`, {});
    expect([asked.status, asked.headers.get('location')]).toEqual([202, `/api/v1/runs/${String(asked.body.id)}`]);
    expect(asked.body).toMatchObject({ kind: 'grading', examId: exam.examId, state: 'queued', progress: { done: 0, failed: 0, total: 2 }, startedAt: null });
    const outbox = await api.pool.query("select 1 from outbox where topic = 'run' and key = $1", [`${String(asked.body.id)}:1`]);
    expect(outbox.rowCount).toBe(1);
    expect((await exam.teacher.get(`/runs/${String(asked.body.id)}`)).body).toEqual(asked.body);
    const second = await exam.teacher.post(`/exams/${exam.examId}/grading-runs`, {});
    expect([...codeOf(second), second.body.runId]).toEqual([409, 'state-conflict', asked.body.id]);
    const key = randomUUID();
    const cancelled = await exam.teacher.post(`/runs/${String(asked.body.id)}/cancel`, undefined, { key });
    expect(cancelled.body).toMatchObject({ state: 'cancelled' });
    expect((await exam.teacher.post(`/runs/${String(asked.body.id)}/cancel`, undefined, { key })).body).toEqual(cancelled.body);
    expect(codeOf(await exam.teacher.post(`/runs/${String(asked.body.id)}/cancel`))).toEqual([409, 'state-conflict']);
    expect(codeOf(await exam.teacher.post(`/runs/${String(asked.body.id)}/pause`))).toEqual([409, 'state-conflict']);
  });

  test('without Temporal a run can not be controlled, and that is said', async () => {
    const exam = await graded(['1']);
    const { body: { id } } = await exam.teacher.post(`/exams/${exam.examId}/grading-runs`, { only: 'ungraded' });
    for (const control of ['pause', 'resume']) expect(codeOf(await exam.teacher.post(`/runs/${String(id)}/${control}`))).toEqual([503, 'unavailable']);
    await api.pool.query("update runs set state = 'running' where id = $1", [id]);
    expect(codeOf(await exam.teacher.post(`/runs/${String(id)}/cancel`))).toEqual([503, 'unavailable']);
    await api.pool.query("update runs set state = 'completed', failed = 1 where id = $1", [id]);
    expect(codeOf(await exam.teacher.post(`/runs/${String(id)}/retry`))).toEqual([503, 'unavailable']);
  });

  test('runs are listed newest first, for the owner', async () => {
    const exam = await graded(['1']);
    const ids: string[] = [];
    for (let index = 0; index < 3; index += 1) {
      const { body } = await exam.teacher.post(`/exams/${exam.examId}/grading-runs`, {});
      ids.unshift(String(body.id));
      await exam.teacher.post(`/runs/${String(body.id)}/cancel`);
    }
    const first = await exam.teacher.get(`/exams/${exam.examId}/grading-runs?limit=2`);
    const second = await exam.teacher.get(`/exams/${exam.examId}/grading-runs?limit=2&cursor=${String(first.body.nextCursor)}`);
    expect([...first.body.items!, ...second.body.items!].map((run: TestBody) => run.id)).toEqual(ids);
    for (const path of [`/exams/${exam.examId}/grading-runs`, `/runs/${ids[0]!}`]) {
      expect((await stranger.get(path)).status).toBe(404);
      expect((await proctor.get(path)).status).toBe(403);
      expect((await exam.students[0]!.get(path)).status).toBe(403);
      expect((await api.anybody.get(path)).status).toBe(401);
    }
    expect((await stranger.post(`/runs/${ids[0]!}/cancel`)).status).toBe(404);
    expect((await exam.teacher.get(`/runs/${randomUUID()}`)).status).toBe(404);
    expect((await exam.teacher.post(`/exams/${exam.examId}/grading-runs`, { only: 'some' })).status).toBe(422);
    expect((await exam.teacher.post(`/exams/${exam.examId}/grading-runs`, {}, { key: null })).status).toBe(428);
  });
});
