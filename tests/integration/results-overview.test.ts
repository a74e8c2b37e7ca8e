import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';
import { gradeByHand, handIn, startExam, startFor, type StartedExam } from '#tests/support/started-exam.ts';

let api: TestApi;
let stranger: TestPerson;

beforeAll(async () => {
  api = await createTestApi();
  stranger = await api.person('teacher');
});
afterAll(() => api.close());

const code = (reply: TestReply): [number, string] => [reply.status, reply.body.code];

/** An exam of 5 points that everybody has handed in, with these points for the essay; null waits for a person. */
async function graded(essays: readonly (string | null)[], given: Parameters<typeof startExam>[1] = {}): Promise<StartedExam> {
  const exam = await startExam(api, { ...given, sitting: essays.length });
  for (const [index, essay] of essays.entries()) {
    await handIn(api, exam.sessionIds[index]!, exam.students[index]!.id);
    await gradeByHand(api, exam, exam.sessionIds[index]!, '2', essay);
  }
  return exam;
}

describe('the results of an exam in numbers', () => {
  test('count states, passes and percents of what counts', async () => {
    const { examId, teacher } = await graded(['3', '0.5', '0'], { passPercent: 50 });
    expect((await teacher.get(`/exams/${examId}/results/summary`)).body).toMatchObject({
      resultsPublishedAt: null, publishable: true, blocking: { open: 0, ungraded: 0, pending: 0 }, closed: 3, graded: 3, pending: 0, withheld: 0, counted: 3, passed: 2, failed: 1,
      meanPercent: 63.33, medianPercent: 50, histogram: [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    });
  });

  test('tell what stands in the way of a publication, as publishing does', async () => {
    const { examId, teacher, sessionIds } = await graded(['3', null]);
    const student = await api.person('student');
    await api.pool.query('insert into exam_assignments (exam_id, student_id) values ($1, $2)', [examId, student.id]);
    await startFor(api, examId, student);
    await teacher.post(`/sessions/${sessionIds[0]}/result/withhold`, { reason: 'Under review' });
    const { body } = await teacher.get(`/exams/${examId}/results/summary`);
    expect(body).toMatchObject({ publishable: false, blocking: { open: 1, ungraded: 0, pending: 1 }, closed: 2, graded: 1, pending: 1, withheld: 1, counted: 1, passed: 0, failed: 0 });
    expect((await teacher.post(`/exams/${examId}/results/publish`)).body.counts).toEqual(body.blocking);
    expect(code(await stranger.get(`/exams/${examId}/results/summary`))).toEqual([404, 'not-found']);
  });

  test('are empty for an exam that nobody has sat', async () => {
    const { examId, teacher } = await startExam(api, { sitting: 0 });
    expect((await teacher.get(`/exams/${examId}/results/summary`)).body).toMatchObject({ closed: 0, counted: 0, meanPercent: null, medianPercent: null, publishable: true });
  });
});

test('the results are written into a file that no spreadsheet runs, and the export is audited', async () => {
  const { examId, teacher, students, sessionIds } = await graded(['3', '0'], { passPercent: 50 });
  await api.pool.query(`update users set name = '=cmd|calc' where id = $1`, [students[0]!.id]);
  const file = await teacher.get(`/exams/${examId}/results/export?state=graded`);
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  const lines = String(file.body).split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines).toContain(`${students[0]!.id},,'=cmd|calc,${sessionIds[0]},1,true,submitted,graded,5,5,5,100,pass,A,false`);
  const { rows } = await api.pool.query(`select actor_id, after from audit_log where exam_id = $1 and action = 'exam.results-export'`, [examId]);
  expect(rows).toEqual([{ actor_id: teacher.id, after: { state: 'graded', format: 'csv', rows: 2 } }]);
  expect(code(await students[0]!.get(`/exams/${examId}/results/export`))).toEqual([403, 'forbidden']);
  expect(code(await teacher.get(`/exams/${examId}/results/export?format=xlsx`))).toEqual([422, 'validation-failed']);
});

describe('the own results of a student', () => {
  test('hold every attempt, and scores once they are released', async () => {
    const { examId, teacher, students: [student], sessionIds: [sessionId] } = await graded(['1.5'], { passPercent: 50 });
    const waiting = await student!.get('/results');
    expect(waiting.body.items).toEqual([{
      sessionId, examId, examTitle: 'Exam', attempt: 1, attempts: 1, attemptRule: 'best', state: 'submitted', startedAt: expect.any(String), endedAt: expect.any(String),
      closedAt: expect.any(String), release: 'waiting',
    }]);
    await teacher.post(`/exams/${examId}/results/publish`);
    expect((await student!.get(`/results?examId=${examId}`)).body.items[0]).toMatchObject({
      release: 'released', gradeState: 'graded', points: '3.5', maxPoints: '5', percent: 70, grade: 'pass', publishedAt: expect.any(String),
    });
    await teacher.post(`/sessions/${sessionId}/result/withhold`, { reason: 'Under review' });
    expect((await student!.get('/results')).body).toEqual(waiting.body);
  });

  test('leave the score out where the exam does not show it', async () => {
    const { examId, teacher, students: [student] } = await graded(['3']);
    await api.pool.query(`update exams set results = results || '{"score": false}' where id = $1`, [examId]);
    await teacher.post(`/exams/${examId}/results/publish`);
    const [row] = (await student!.get('/results')).body.items as TestBody[];
    expect([row.release, row.gradeState, 'points' in row, 'percent' in row, 'grade' in row]).toEqual(['released', 'graded', false, false, false]);
  });

  test('are in pages, newest first, and only the own', async () => {
    const student = await api.person('student');
    const ids: string[] = [];
    for (let index = 0; index < 3; index += 1) {
      const { examId } = await startExam(api, { sitting: 1 });
      await api.pool.query('insert into exam_assignments (exam_id, student_id) values ($1, $2)', [examId, student.id]);
      ids.unshift(await startFor(api, examId, student));
    }
    const first = await student.get('/results?limit=2');
    const second = await student.get(`/results?limit=2&cursor=${first.body.nextCursor}`);
    expect([...first.body.items, ...second.body.items].map((row: TestBody) => row.sessionId)).toEqual(ids);
    expect(first.body.items[0]).toMatchObject({ state: 'active', release: 'waiting', endedAt: null });
    expect(code(await stranger.get('/results'))).toEqual([403, 'forbidden']);
    expect(code(await student.get('/results?cursor=x'))).toEqual([422, 'validation-failed']);
  });
});
