import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestReply } from '#tests/support/caller.ts';
import { writeReports } from '#tests/support/reports.ts';
import { gradeByHand, handIn, startExam, type StartedExam } from '#tests/support/started-exam.ts';

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

const codeOf = (reply: TestReply): [number, unknown] => [reply.status, reply.body.code];

async function graded(sitting = 1): Promise<StartedExam> {
  const exam = await startExam(api, { sitting, passPercent: 50 });
  for (const [index, id] of exam.sessionIds.entries()) {
    await handIn(api, id, exam.students[index]!.id);
    await gradeByHand(api, exam, id, '2', '1.5');
  }
  return exam;
}

async function published(results: Record<string, boolean | string>, sitting = 1): Promise<StartedExam> {
  const exam = await graded(sitting);
  await api.pool.query('update exams set results = results || $2::jsonb where id = $1', [exam.examId, JSON.stringify(results)]);
  await exam.teacher.post(`/exams/${exam.examId}/results/publish`);
  return exam;
}

/** Has reports of every result written for their students. */
async function make(exam: StartedExam, audience: 'student' | 'staff'): Promise<void> {
  const asked = await exam.teacher.post(`/exams/${exam.examId}/reports`, { kind: 'student', audience, all: true });
  expect(asked.status).toBe(202);
  await writeReports(api, asked.body.id as string);
}

/** Does the runs that students asked for. */
async function writeWanted(exam: StartedExam): Promise<number> {
  const { rows } = await api.pool.query<{ id: string }>("select id from runs where exam_id = $1 and kind = 'report' and state = 'queued'", [exam.examId]);
  for (const { id } of rows) await writeReports(api, id);
  return rows.length;
}

async function download(person: TestPerson, path: string): Promise<Buffer> {
  const response = await fetch(`${api.url}/api/v1${path}`, { headers: { Authorization: `Bearer ${person.token}` } });
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

const pathOf = (exam: StartedExam): string => `/sessions/${exam.sessionIds[0]}/report`;

describe('the report of a student', () => {
  test('waits for the publication, and goes back with it', async () => {
    const exam = await graded(1);
    const [student] = exam.students;
    const path = `${pathOf(exam)}.pdf`;
    await make(exam, 'student');
    expect(codeOf(await student!.get(path))).toEqual([403, 'results-not-published']);
    await exam.teacher.post(`/exams/${exam.examId}/results/publish`);
    expect((await download(student!, path)).subarray(0, 5).toString()).toBe('%PDF-');
    await exam.teacher.post(`/sessions/${exam.sessionIds[0]}/result/withhold`, { reason: 'under review' });
    expect(codeOf(await student!.get(path))).toEqual([403, 'results-not-published']);
    await exam.teacher.post(`/sessions/${exam.sessionIds[0]}/result/release`, { reason: 'cleared' });
    await exam.teacher.post(`/exams/${exam.examId}/results/unpublish`);
    expect(codeOf(await student!.get(path))).toEqual([403, 'results-not-published']);
  });

  test('is never one that was written for staff', async () => {
    const exam = await published({});
    await make(exam, 'staff');
    expect(codeOf(await exam.students[0]!.get(`${pathOf(exam)}.pdf`))).toEqual([404, 'not-found']);
  });

  test('is never one that shows more than the exam shows now, or an older mark', async () => {
    const exam = await published({ key: true, items: true });
    const path = `${pathOf(exam)}.pdf`;
    await make(exam, 'student');
    expect((await download(exam.students[0]!, path)).length).toBeGreaterThan(1_000);
    await api.pool.query(`update exams set results = results || '{"key": false}' where id = $1`, [exam.examId]);
    expect(codeOf(await exam.students[0]!.get(path))).toEqual([404, 'not-found']);
    await api.pool.query(`update exams set results = results || '{"key": true}' where id = $1`, [exam.examId]);
    await download(exam.students[0]!, path);
    await api.pool.query('update grades set version = version + 1 where exam_id = $1', [exam.examId]);
    expect(codeOf(await exam.students[0]!.get(path))).toEqual([404, 'not-found']);
  });

  test('is for its student', async () => {
    const exam = await published({});
    const path = `${pathOf(exam)}.pdf`;
    await make(exam, 'student');
    expect((await (await api.person('student')).get(path)).status).toBe(404);
    expect((await exam.teacher.get(path)).status).toBe(403);
    expect((await api.anybody.get(path)).status).toBe(401);
  });
});

describe('a student who asks for the report of a result', () => {
  test('has it made once, sees how far it is, and reads it', async () => {
    const exam = await published({ items: true });
    const [student] = exam.students;
    expect((await student!.get(pathOf(exam))).body).toEqual({ state: 'none', report: null });
    expect(codeOf(await student!.get(`${pathOf(exam)}.pdf`))).toEqual([404, 'not-found']);
    // several tabs at the same moment
    const asked = await Promise.all(Array.from({ length: 4 }, () => student!.post(pathOf(exam), { locale: 'de', timeZone: 'Europe/Berlin' })));
    expect(asked.map(({ status, body }) => [status, body])).toEqual(Array.from({ length: 4 }, () => [202, { state: 'making', report: null }]));
    expect((await student!.get(pathOf(exam))).body.state).toBe('making');
    expect(await writeWanted(exam)).toBe(1);
    const ready = (await student!.get(`${pathOf(exam)}?locale=de`)).body;
    expect(ready).toMatchObject({ state: 'ready', report: { locale: 'de', pages: 1, fileName: expect.stringMatching(/\.pdf$/) } });
    expect((await download(student!, `${pathOf(exam)}.pdf?locale=de`)).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await student!.post(pathOf(exam), { locale: 'de' })).body.state).toBe('ready');
    expect((await student!.get(`${pathOf(exam)}?locale=en`)).body.state).toBe('none');
    expect(await writeWanted(exam)).toBe(0);
  });

  test('gets a new one when the mark has changed', async () => {
    const exam = await published({ items: true });
    const [student] = exam.students;
    await student!.post(pathOf(exam), {});
    await writeWanted(exam);
    await api.pool.query('update grades set version = version + 1 where exam_id = $1', [exam.examId]);
    expect((await student!.get(pathOf(exam))).body.state).toBe('none');
    await student!.post(pathOf(exam), {});
    expect(await writeWanted(exam)).toBe(1);
    expect((await student!.get(pathOf(exam))).body.state).toBe('ready');
  });

  test('is told when it could not be made, and may ask again', async () => {
    const exam = await published({});
    const [student] = exam.students;
    await student!.post(pathOf(exam), {});
    await api.pool.query("update run_items set state = 'failed', error = 'x' where item_id = $1", [exam.sessionIds[0]]);
    await api.pool.query("update runs set state = 'completed' where exam_id = $1 and kind = 'report'", [exam.examId]);
    expect((await student!.get(pathOf(exam))).body).toEqual({ state: 'failed', report: null });
    expect((await student!.post(pathOf(exam), {})).body.state).toBe('making');
  });

  test('learns nothing before the publication, nor after it was taken back, nor of others', async () => {
    const exam = await graded(2);
    const [student, other] = exam.students;
    await make(exam, 'student');
    const everything = async (person: TestPerson): Promise<unknown[]> => [
      codeOf(await person.get(pathOf(exam))), codeOf(await person.post(pathOf(exam), {})), codeOf(await person.get(`${pathOf(exam)}.pdf`)),
    ];
    const closed = Array.from({ length: 3 }, () => [403, 'results-not-published']);
    expect(await everything(student!)).toEqual(closed);
    await exam.teacher.post(`/exams/${exam.examId}/results/publish`);
    await download(student!, `${pathOf(exam)}.pdf`);
    await exam.teacher.post(`/exams/${exam.examId}/results/unpublish`);
    expect(await everything(student!)).toEqual(closed);
    await exam.teacher.post(`/exams/${exam.examId}/results/publish`);
    await exam.teacher.post(`/sessions/${exam.sessionIds[0]}/result/withhold`, { reason: 'under review' });
    expect(await everything(student!)).toEqual(closed);
    expect(await everything(other!)).toEqual(Array.from({ length: 3 }, () => [404, 'not-found']));
    expect(await everything(exam.teacher)).toEqual(Array.from({ length: 3 }, () => [403, 'forbidden']));
    expect([(await api.anybody.get(pathOf(exam))).status, (await api.anybody.post(pathOf(exam), {})).status]).toEqual([401, 401]);
    expect(codeOf(await student!.post(pathOf(exam), { locale: 'xx' }))).toEqual([422, 'validation-failed']);
  });

  test('reads how the class did only when the results of the whole exam are out', async () => {
    const exam = await graded(5);
    await api.pool.query(`update exams set results = results || '{"release": "immediate", "distribution": true}' where id = $1`, [exam.examId]);
    const [student] = exam.students;
    await student!.post(pathOf(exam), {});
    await writeWanted(exam);
    const before = await download(student!, `${pathOf(exam)}.pdf`);
    await exam.teacher.post(`/exams/${exam.examId}/results/publish`);
    expect(codeOf(await student!.get(`${pathOf(exam)}.pdf`))).toEqual([404, 'not-found']);
    await student!.post(pathOf(exam), {});
    await writeWanted(exam);
    const after = await download(student!, `${pathOf(exam)}.pdf`);
    // one chart more
    expect(after.length - before.length).toBeGreaterThan(2_000);
    // one with the class is not read once only single results are out
    await api.pool.query(`update exams set results_published_at = null, results = results || '{"release": "immediate"}' where id = $1`, [exam.examId]);
    expect((await download(student!, `${pathOf(exam)}.pdf`)).equals(before)).toBe(true);
  });
});
