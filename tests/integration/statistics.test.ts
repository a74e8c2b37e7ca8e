import { randomUUID } from 'node:crypto';

import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';
import { gradeByHand, handIn, startExam, startFor, type StartedExam } from '#tests/support/started-exam.ts';

let api: TestApi;
let proctor: TestPerson;
let stranger: TestPerson;
let admin: TestPerson;

beforeAll(async () => {
  api = await createTestApi();
  [proctor, stranger, admin] = await Promise.all([api.person('proctor'), api.person('teacher'), api.person('admin')]);
});
afterAll(() => api.close());

const codeOf = (reply: TestReply): [number, unknown] => [reply.status, reply.body.code];

/** An exam handed in by everybody; points for the choice (of 2) and the essay (of 3, null: not marked yet). */
async function marked(points: readonly (readonly [choice: string, essay: string | null])[], given: Parameters<typeof startExam>[1] = {}): Promise<StartedExam> {
  const exam = await startExam(api, { ...given, sitting: points.length });
  for (const [index, [choice, essay]] of points.entries()) {
    await answer(exam, exam.sessionIds[index]!, choice === '2');
    await handIn(api, exam.sessionIds[index]!, exam.students[index]!.id);
    await gradeByHand(api, exam, exam.sessionIds[index]!, choice, essay);
  }
  return exam;
}

/** Answers the choice 30 s after the start, and leaves the essay blank. */
async function answer(exam: StartedExam, sessionId: string, value: boolean): Promise<void> {
  await api.pool.query(
    `with saved as (
       insert into answers (session_id, item_id, revision, response, saved_at, session_version)
       select id, $2, 1, $3, started_at + interval '30 s', 1 from exam_sessions where id = $1 returning *
     ), kept as (
       insert into answer_revisions (session_id, item_id, revision, response, saved_at, session_version)
       select session_id, item_id, revision, response, saved_at, session_version from saved
     ) insert into answers (session_id, item_id, revision, response, saved_at, session_version)
       select session_id, $4, 1, '{"text": "  "}', saved_at, 1 from saved`,
    [sessionId, exam.choiceItemId, JSON.stringify({ value }), exam.essayItemId],
  );
}

const FIVE = [['2', '3'], ['2', '2'], ['2', '1'], ['0', '2'], ['0', '0']] as const;

describe('the statistics of an exam', () => {
  test('are about the attempts that count and are completely marked', async () => {
    const exam = await marked([...FIVE, ['2', null]], { passPercent: 50 });
    const { body } = await exam.teacher.get(`/exams/${exam.examId}/statistics`);
    expect(body).toMatchObject({ examId: exam.examId, sessions: { closed: 6, counted: 6, graded: 5, pending: 1 }, items: 2, passRate: 0.6 });
    // percents 100, 80, 60, 40, 0
    expect(body.distribution).toMatchObject({ n: 5, mean: 56, median: 60, min: 0, max: 100, quartiles: { definition: 'R type 7', q1: 40, q3: 80 } });
    expect(body.distribution.sd).toBeCloseTo(38.470768, 6);
    expect([body.distribution.histogram[0], body.distribution.histogram[19]]).toEqual([1, 1]);
    // by hand: variances 1.2 and 1.3, covariance 0.6, so the total varies by 3.7
    expect(body.reliability.cronbachAlpha).toBeCloseTo(2 * (1 - 2.5 / 3.7), 9);
    expect(body.reliability.sem).toBeCloseTo(Math.sqrt(3.7 * (1 - 2 * (1 - 2.5 / 3.7))), 9);
    expect(body.reliability.kr20).toBeNull();
    expect(body.notes).toContainEqual({ value: 'reliability.kr20', reason: 'not-dichotomous' });
    expect(body.completion).toMatchObject({ assigned: 6, started: 6, finished: 6, submitted: 6, meanOmitted: 1 });
  });

  test('tell of every item how hard it was, whom it told apart and what was chosen', async () => {
    const exam = await marked(FIVE);
    const { body } = await exam.teacher.get(`/exams/${exam.examId}/statistics/items`);
    const [choice, essay] = body.items as TestBody[];
    expect(choice).toMatchObject({ itemId: exam.choiceItemId, number: 1, type: 'true-false', maxPoints: '2', n: 5, omitted: 0, facility: 0.6, medianSeconds: 30, timedSessions: 5 });
    expect(choice!.discrimination.upperLower27).toBe(1);
    expect(choice!.discrimination.pointBiserial).toBe(choice!.discrimination.itemTotal);
    expect(choice!.options).toMatchObject([
      { optionId: 'true', isKey: true, count: 3, share: 0.6, byGroup: { lower: 0, upper: 1 } },
      { optionId: 'false', isKey: false, count: 2, share: 0.4, byGroup: { lower: 1, upper: 0 } },
    ]);
    expect(essay).toMatchObject({ itemId: exam.essayItemId, omitted: 5, options: null, medianSeconds: null, discrimination: { pointBiserial: null } });
    expect(essay!.facility).toBeCloseTo(8 / 15, 12);
    expect([choice!.facilityAnswered, essay!.facilityAnswered]).toEqual([0.6, null]);
    expect(essay!.notes).toContainEqual({ value: 'facilityAnswered', reason: 'no-answers' });
  });

  test('have reasons instead of figures where there is nobody, or one, or no difference', async () => {
    const nobody = await startExam(api, { sitting: 0 });
    const empty = (await nobody.teacher.get(`/exams/${nobody.examId}/statistics`)).body;
    expect(empty).toMatchObject({ distribution: { n: 0, mean: null, sd: null }, reliability: { cronbachAlpha: null }, passRate: null });
    expect(empty.notes).toContainEqual({ value: 'distribution', reason: 'no-data' });
    const one = await marked([['2', '3']]);
    expect((await one.teacher.get(`/exams/${one.examId}/statistics`)).body.notes).toContainEqual({ value: 'distribution.sd', reason: 'too-few-sessions' });
    const same = await marked([['2', '1'], ['2', '1'], ['2', '1']]);
    const { body } = await same.teacher.get(`/exams/${same.examId}/statistics`);
    expect(body.distribution).toMatchObject({ mean: 60, sd: 0, skewness: { value: null } });
    expect(body.notes).toContainEqual({ value: 'reliability.cronbachAlpha', reason: 'zero-variance' });
    const items = (await same.teacher.get(`/exams/${same.examId}/statistics/items`)).body.items as TestBody[];
    expect(items[0]!.notes).toContainEqual({ value: 'discrimination.itemRest', reason: 'zero-variance' });
  });

  test('follow a new mark at once', async () => {
    const exam = await marked(FIVE);
    await exam.teacher.get(`/exams/${exam.examId}/statistics`);
    const put = await exam.teacher.put(`/sessions/${exam.sessionIds[4]}/marks/${exam.essayItemId}`, { points: '3', version: 1 });
    expect(put.status).toBe(200);
    expect((await exam.teacher.get(`/exams/${exam.examId}/statistics`)).body.distribution.mean).toBe(68);
  });

  test('compare the batches', async () => {
    const exam = await marked(FIVE);
    const batchId = randomUUID();
    await api.pool.query('insert into batches (id, name, owner_id) values ($1, $2, $3)', [batchId, 'Evening', exam.teacher.id]);
    await api.pool.query('insert into exam_batches (exam_id, batch_id) values ($1, $2)', [exam.examId, batchId]);
    await api.pool.query('insert into batch_students (batch_id, student_id) select $1, unnest($2::uuid[])', [batchId, exam.students.slice(0, 2).map((student) => student.id)]);
    const { body } = await exam.teacher.get(`/exams/${exam.examId}/statistics`);
    expect(body.byBatch).toMatchObject([{ batchId, name: 'Evening', n: 2, mean: 90, median: 90, min: 80, max: 100 }]);
  });

  test.each(['', '/items', '/export'])('%s are for the owner', async (rest) => {
    const { examId, students: [student] } = await marked([['2', '3']]);
    const path = `/exams/${examId}/statistics${rest}`;
    expect((await api.anybody.get(path)).status).toBe(401);
    expect(codeOf(await student!.get(path))).toEqual([403, 'forbidden']);
    expect(codeOf(await proctor.get(path))).toEqual([403, 'forbidden']);
    expect(codeOf(await stranger.get(path))).toEqual([404, 'not-found']);
    expect(codeOf(await admin.get(`/exams/${randomUUID()}/statistics${rest}`))).toEqual([404, 'not-found']);
    expect((await admin.get(path)).status).toBe(200);
  });
});

describe('the export', () => {
  test('is a workbook of typed cells in which no name runs', async () => {
    const exam = await marked(FIVE);
    const [first] = exam.students;
    await api.pool.query("update users set name = '=HYPERLINK(\"http://evil\")' where id = $1", [first!.id]);
    const reply = await fetch(`${api.url}/api/v1/exams/${exam.examId}/statistics/export?format=xlsx`, { headers: { Authorization: `Bearer ${exam.teacher.token}` } });
    expect(reply.headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(await reply.arrayBuffer());
    expect(workbook.worksheets.map((sheet) => sheet.name)).toEqual(['summary', 'items', 'distractors', 'students', 'batches', 'definitions']);
    const names = workbook.getWorksheet('students')!.getColumn(3).values;
    expect(names).toContain('\'=HYPERLINK("http://evil")');
    const [facility, computed, points] = [workbook.getWorksheet('items')!.getCell('K2'), workbook.getWorksheet('summary')!.getCell('B3'), workbook.getWorksheet('students')!.getCell('F2')];
    expect([facility.value, facility.numFmt]).toEqual([0.6, '0.0%']);
    expect([computed.value, computed.numFmt]).toEqual([expect.any(Date), 'yyyy-mm-dd hh:mm:ss']);
    expect(points.value).toEqual(expect.any(Number));
    const { rows } = await api.pool.query("select after from audit_log where exam_id = $1 and action = 'exam.statistics-export'", [exam.examId]);
    expect(rows[0]!.after).toMatchObject({ format: 'xlsx', sessions: 5 });
  });

  test('is a CSV file of one sheet when asked', async () => {
    const exam = await marked(FIVE);
    const { body } = await exam.teacher.get(`/exams/${exam.examId}/statistics/export?format=csv&sheet=distractors`);
    expect(String(body).split('\r\n')[1]).toMatch(/^1,[0-9a-f-]{36},true,true,true,3,0.6,0,/);
    expect((await exam.teacher.get(`/exams/${exam.examId}/statistics/export?format=pdf`)).status).toBe(422);
  });
});

describe('the trend of a student', () => {
  test('shows staff what they may see, with the mean of the class', async () => {
    const exam = await marked(FIVE);
    const path = `/users/${exam.students[0]!.id}/statistics`;
    expect((await exam.teacher.get(path)).body).toMatchObject({ exams: [{ examId: exam.examId, percent: 100, classMean: 56, classN: 5 }], meanPercent: 100, meanDifference: 44 });
    expect((await admin.get(path)).body.exams).toHaveLength(1);
    expect((await stranger.get(path)).body.exams).toEqual([]);
    expect(codeOf(await proctor.get(path))).toEqual([403, 'forbidden']);
    expect((await api.anybody.get(path)).status).toBe(401);
    expect(codeOf(await admin.get(`/users/${randomUUID()}/statistics`))).toEqual([404, 'not-found']);
    expect((await admin.get('/users/x/statistics')).status).toBe(404);
  });

  test('shows students nothing before publication, nothing withheld, no score that the exam hides, and the class where the exam shows it', async () => {
    const exam = await marked(FIVE);
    const [student] = exam.students;
    const own = async (): Promise<TestBody> => (await student!.get('/auth/me/statistics')).body.exams;
    const show = (results: object): Promise<unknown> => api.pool.query('update exams set results = results || $2 where id = $1', [exam.examId, JSON.stringify(results)]);
    expect(await own()).toEqual([]);
    // an exam that answers at once: as long as others sit it, the class would tell about them
    await show({ release: 'immediate', distribution: true });
    expect(await own()).toMatchObject([{ percent: 100, classMean: null, classN: 0 }]);
    await show({ release: 'manual', distribution: false });
    expect(await own()).toEqual([]);
    await exam.teacher.post(`/exams/${exam.examId}/results/publish`);
    expect(await own()).toMatchObject([{ percent: 100, classMean: null, classN: 0 }]);
    await show({ distribution: true });
    expect(await own()).toMatchObject([{ percent: 100, classMean: 56, classN: 5 }]);
    await show({ score: false });
    expect(await own()).toEqual([]);
    await show({ score: true });
    await exam.teacher.post(`/sessions/${exam.sessionIds[0]}/result/withhold`, { reason: 'under review' });
    expect(await own()).toEqual([]);
    expect(codeOf(await exam.teacher.get('/auth/me/statistics'))).toEqual([403, 'forbidden']);
  });

  test('tells nobody about a class of fewer than five', async () => {
    const exam = await marked(FIVE.slice(0, 4));
    await api.pool.query(`update exams set results = results || '{"distribution": true}' where id = $1`, [exam.examId]);
    await exam.teacher.post(`/exams/${exam.examId}/results/publish`);
    expect((await exam.students[0]!.get('/auth/me/statistics')).body.exams).toMatchObject([{ percent: 100, classMean: null }]);
  });

  test('compares with the mean that the exam itself says, not with rounded percents', async () => {
    const exam = await startExam(api, { sitting: 3 });
    for (const [index, session] of exam.sessionIds.entries()) {
      await handIn(api, session, exam.students[index]!.id);
      await gradeByHand(api, exam, session, index === 0 ? '2' : '0', '0.3333');
    }
    const { mean } = (await exam.teacher.get(`/exams/${exam.examId}/statistics`)).body.distribution;
    expect((await exam.teacher.get(`/users/${exam.students[0]!.id}/statistics`)).body.exams).toMatchObject([{ classMean: expect.closeTo(mean, 9) }]);
  });

  test('takes the mean of the attempts where all count', async () => {
    const exam = await startExam(api, { sitting: 1, attempts: 2 });
    await api.pool.query("update exams set attempt_rule = 'mean' where id = $1", [exam.examId]);
    const ids = [exam.sessionIds[0]!];
    for (const [index, essay] of ['0', '3'].entries()) {
      if (index > 0) ids.push(await startFor(api, exam.examId, exam.students[0]!));
      await handIn(api, ids[index]!, exam.students[0]!.id);
      await gradeByHand(api, exam, ids[index]!, '2', essay);
    }
    expect((await exam.teacher.get(`/users/${exam.students[0]!.id}/statistics`)).body.exams).toMatchObject([{ percent: 70, classMean: 70, classN: 1 }]);
  });
});

test('the institution is shown to admins, month by month', async () => {
  await marked([['2', '3']]);
  const { body } = await admin.get('/admin/statistics');
  expect(body.months).toHaveLength(12);
  expect(body.months.at(-1)).toMatchObject({ sessions: body.totals.sessions });
  expect(body.totals.graded).toBeGreaterThan(0);
  expect(codeOf(await stranger.get('/admin/statistics'))).toEqual([403, 'forbidden']);
});

test('moderation and the attempt rule count for the exam and for the institution, at once', async () => {
  await api.pool.query('update exams set deleted_at = holdfast_now()');
  const exam = await startExam(api, { sitting: 2, attempts: 2, passPercent: 60 });
  const [first, second] = exam.students as [TestPerson, TestPerson];
  const sit = async (student: TestPerson, sessionId: string, essay: string): Promise<void> => {
    await handIn(api, sessionId, student.id);
    await gradeByHand(api, exam, sessionId, '0', essay);
  };
  await sit(first, exam.sessionIds[0]!, '1');
  await sit(second, exam.sessionIds[1]!, '2');
  await sit(first, await startFor(api, exam.examId, first), '2.5');
  await api.pool.query("update exams set attempt_rule = 'best' where id = $1", [exam.examId]);
  const figures = async (): Promise<unknown> => {
    const [of, all] = [(await exam.teacher.get(`/exams/${exam.examId}/statistics`)).body, (await admin.get('/admin/statistics')).body];
    expect(all.totals.meanPercent).toBe(all.months.at(-1).meanPercent);
    return [of.distribution.mean, of.passRate, all.totals.meanPercent, all.totals.passRate];
  };
  // 2.5 and 2 of 5 points
  expect(await figures()).toEqual([45, 0, 45, 0]);
  expect((await exam.teacher.post(`/exams/${exam.examId}/moderations`, { kind: 'add', points: '0.5', reason: 'unclear text' })).status).toBe(201);
  expect(await figures()).toEqual([55, 0.5, 55, 0.5]);
});
