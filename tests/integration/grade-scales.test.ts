import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';
import { gradeByHand, handIn, startExam, type StartedExam } from '#tests/support/started-exam.ts';

let api: TestApi;
let proctor: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  api = await createTestApi();
  [proctor, stranger] = await Promise.all([api.person('proctor'), api.person('teacher')]);
});
afterAll(() => api.close());

const codeOf = (reply: TestReply): [number, unknown] => [reply.status, reply.body.code];

/** An exam of 5 points that everybody has handed in; 2 for the choice and this for the essay. */
async function graded(essays: readonly (string | null)[], passPercent?: number): Promise<StartedExam> {
  const exam = await startExam(api, { sitting: essays.length, ...(passPercent === undefined ? {} : { passPercent }) });
  for (const [index, essay] of essays.entries()) {
    await handIn(api, exam.sessionIds[index]!, exam.students[index]!.id);
    await gradeByHand(api, exam, exam.sessionIds[index]!, '2', essay);
  }
  return exam;
}

async function labels(exam: StartedExam): Promise<unknown[]> {
  const { body } = await exam.teacher.get(`/exams/${exam.examId}/results`);
  return exam.sessionIds.map((id) => body.items!.find((row: TestBody) => row.sessionId === id)!.gradeLabel);
}

describe('the grade scale of an exam', () => {
  test('is the one of the institution until it has its own, and counts the grades', async () => {
    const exam = await graded(['3', '2.25', '0', null]);
    const read = await exam.teacher.get(`/exams/${exam.examId}/grade-scale`);
    expect([read.status, read.headers.get('etag')]).toEqual([200, '"0"']);
    expect(read.body).toMatchObject({ kind: 'letters', isDefault: true, version: 0, cohort: 3, places: 2 });
    expect(read.body['bands'].map((band: TestBody) => [band['label'], band['from'], band['count']])).toEqual([['A', '85', 2], ['B', '70', 0], ['C', '55', 0], ['D', '40', 1], ['F', '0', 0]]);
    // 4.25 of 5 is exactly 85 %; a mark is missing for the last
    expect(await labels(exam)).toEqual(['A', 'A', 'D', null]);
    expect((await exam.teacher.get(`/exams/${exam.examId}/results/summary`)).body['grades'].slice(0, 2)).toEqual([{ label: 'A', count: 2 }, { label: 'B', count: 0 }]);
  });

  test('is replaced by whoever saw the last version, and audited', async () => {
    const exam = await graded(['3', '1']);
    const path = `/exams/${exam.examId}/grade-scale`;
    const bands = [{ label: 'very good', from: 4.5 }, { label: 'good', from: '3' }, { label: 'not enough', from: '0' }];
    expect(codeOf(await exam.teacher.put(path, { kind: 'letters' }))).toEqual([428, 'precondition-required']);
    const set = await exam.teacher.put(path, { kind: 'bands', unit: 'points', bands }, { ifMatch: 0 });
    expect([set.status, set.body.version, set.body['isDefault'], set.body['unit']]).toEqual([200, 1, false, 'points']);
    expect(await labels(exam)).toEqual(['very good', 'good']);
    expect(codeOf(await exam.teacher.put(path, { kind: 'percent' }, { ifMatch: 0 }))).toEqual([412, 'version-conflict']);
    await exam.teacher.put(path, { kind: 'percent', places: 0 }, { ifMatch: 1 });
    expect(await labels(exam)).toEqual(['100 %', '60 %']);
    const { rows } = await api.pool.query(`select before ->> 'kind' as before, after ->> 'kind' as after from audit_log where exam_id = $1 and action = 'exam.grade-scale' order by id`, [exam.examId]);
    expect(rows).toEqual([{ before: null, after: 'bands' }, { before: 'bands', after: 'percent' }]);
  });

  test('by rank is cut from the cohort, and moves with it', async () => {
    const exam = await graded(['3', '2', '2', '0']);
    const bands = [{ label: 'top', topPercent: '50' }, { label: 'rest', topPercent: '100' }];
    const set = await exam.teacher.put(`/exams/${exam.examId}/grade-scale`, { kind: 'percentile', bands }, { ifMatch: 0 });
    // two of four, and the third ties with the second
    expect(set.body['bands']).toEqual([{ label: 'top', from: '80', topPercent: '50', count: 3 }, { label: 'rest', from: '40', topPercent: '100', count: 1 }]);
    await exam.teacher.put(`/sessions/${exam.sessionIds[1]}/marks/${exam.essayItemId}`, { points: '3', version: 1 });
    expect(await labels(exam)).toEqual(['top', 'top', 'rest', 'rest']);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['an unknown kind', { kind: 'stars' }, '/kind'],
    ['bands that do not fall', { kind: 'bands', bands: [{ label: 'a', from: '50' }, { label: 'b', from: '50' }, { label: 'c', from: '0' }] }, '/bands/1/from'],
    ['bands that leave somebody out', { kind: 'letters', bands: [{ label: 'a', from: '50' }] }, '/bands/0/from'],
    ['a grade that stands twice', { kind: 'letters', bands: [{ label: 'a', from: '50' }, { label: 'a', from: '0' }] }, '/bands/1/label'],
    ['ranks that do not reach everybody', { kind: 'percentile', bands: [{ label: 'a', topPercent: '99' }] }, '/bands/0/topPercent'],
    ['five places', { kind: 'percent', places: 5 }, '/places'],
  ])('with %s is refused', async (_name, body, pointer) => {
    const exam = await startExam(api, { sitting: 0 });
    const refused = await exam.teacher.put(`/exams/${exam.examId}/grade-scale`, body, { ifMatch: 0 });
    expect([...codeOf(refused), refused.body.errors?.[0]?.pointer]).toEqual([422, 'validation-failed', pointer]);
  });

  test('is for the owner', async () => {
    const exam = await graded(['3']);
    const path = `/exams/${exam.examId}/grade-scale`;
    for (const call of [(who: TestPerson) => who.get(path), (who: TestPerson) => who.put(path, { kind: 'letters' }, { ifMatch: 0 })]) {
      expect((await call(proctor)).status).toBe(403);
      expect((await call(exam.students[0]!)).status).toBe(403);
      expect((await call(stranger)).status).toBe(404);
    }
    expect((await api.anybody.get(path)).status).toBe(401);
  });
});

describe('moderation', () => {
  test('changes the sum in order, keeps the marks, and can be undone', async () => {
    const exam = await graded(['0', '2', '3'], 50);
    const path = `/exams/${exam.examId}/moderations`;
    const first = await exam.teacher.post(path, { kind: 'scale', factor: '1.2', cap: '4.5', reason: 'too hard' });
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ number: 1, kind: 'scale', factor: '1.2', points: null, cap: '4.5', createdBy: { id: exam.teacher.id }, effect: { results: 3, meanBefore: 73.33, meanAfter: 79.33 } });
    const second = await exam.teacher.post(path, { kind: 'add', points: '0.25', reason: 'misprint' });
    const rows = async (): Promise<unknown[]> => {
      const { body } = await exam.teacher.get(`/exams/${exam.examId}/results?items=true`);
      return exam.sessionIds.map((id) => {
        const row = body.items!.find((each: TestBody) => each.sessionId === id)!;
        return [row['rawPoints'], row.points, row['percent'], row['grade'], row.items!.map((mark: TestBody) => mark.points).toSorted().join()];
      });
    };
    expect(await rows()).toEqual([['2', '2.65', 53, 'pass', '0,2'], ['4', '4.75', 95, 'pass', '2,2'], ['5', '5', 100, 'pass', '2,3']]);
    const undone = await exam.teacher.post(`${path}/${first.body.id}/undo`, { reason: 'wrong exam' });
    expect(undone.body).toMatchObject({ undoneBy: { id: exam.teacher.id }, undoReason: 'wrong exam', effect: null });
    expect((await rows())[0]).toEqual(['2', '2.25', 45, 'fail', '0,2']);
    expect(codeOf(await exam.teacher.post(`${path}/${first.body.id}/undo`, { reason: 'again' }))).toEqual([409, 'state-conflict']);
    expect((await exam.teacher.get(path)).body.items!.map((row: TestBody) => [row['number'], row['undoneAt'] !== null])).toEqual([[1, true], [2, false]]);
    const { rows: audit } = await api.pool.query(`select action, reason from audit_log where exam_id = $1 and resource_type = 'moderation' order by id`, [exam.examId]);
    expect(audit).toEqual([{ action: 'exam.moderate', reason: 'too hard' }, { action: 'exam.moderate', reason: 'misprint' }, { action: 'exam.moderate-undo', reason: 'wrong exam' }]);
    expect(second.body.number).toBe(2);
  });

  test('of another exam can not be undone here', async () => {
    const [one, two] = [await graded(['2']), await graded(['2'])];
    await api.pool.query('update exams set owner_id = $2 where id = $1', [two.examId, one.teacher.id]);
    const { body: { id } } = await one.teacher.post(`/exams/${one.examId}/moderations`, { kind: 'add', points: '1', reason: 'x' });
    expect(codeOf(await one.teacher.post(`/exams/${two.examId}/moderations/${id}/undo`, { reason: 'x' }))).toEqual([404, 'not-found']);
    expect((await one.teacher.get(`/exams/${one.examId}/moderations`)).body.items).toMatchObject([{ id, undoneAt: null }]);
  });

  test('is seen before it counts: how the results would be spread, with one more step or without one', async () => {
    const exam = await graded(['0', '2', '3', null], 50);
    const path = `/exams/${exam.examId}/moderations`;
    const preview = await exam.teacher.get(`${path}/preview?kind=add&amount=0.5`);
    expect(preview.body).toMatchObject({ results: 3, raised: 2, lowered: 0, before: { meanPercent: 73.33, passed: 2 }, after: { meanPercent: 80, passed: 3 } });
    const spread = (body: TestBody, side: string): TestBody => body[side];
    expect(spread(preview.body, 'before')['grades'].map((each: TestBody) => each['count'])).toEqual([1, 1, 0, 1, 0]);
    expect(spread(preview.body, 'after')['grades'].map((each: TestBody) => each['count'])).toEqual([2, 0, 0, 1, 0]);
    expect(spread(preview.body, 'after')['histogram'].flatMap((count: number, step: number) => (count > 0 ? [[step, count]] : []))).toEqual([[10, 1], [18, 1], [19, 1]]);
    expect((await exam.teacher.get(path)).body.items).toEqual([]);
    const { body: made } = await exam.teacher.post(path, { kind: 'scale', factor: '0.5', reason: 'too easy' });
    expect((await exam.teacher.get(`${path}/preview?without=${made.id}`)).body).toMatchObject({ results: 3, raised: 3, lowered: 0, before: { meanPercent: 36.67, passed: 1 }, after: { meanPercent: 73.33, passed: 2 } });
    // nothing goes below 0 or above what can be earned
    expect((await exam.teacher.get(`${path}/preview?kind=add&amount=-4`)).body['after'].meanPercent).toBe(0);
    expect((await exam.teacher.get(`${path}/preview?kind=scale&amount=10`)).body['after'].meanPercent).toBe(100);
    for (const query of ['', '?kind=add', '?kind=scale&amount=0', `?kind=add&amount=1&without=${made.id}`]) expect(codeOf(await exam.teacher.get(`${path}/preview${query}`))).toEqual([422, 'validation-failed']);
    expect((await stranger.get(`${path}/preview?kind=add&amount=1`)).status).toBe(404);
    expect((await api.anybody.get(`${path}/preview?kind=add&amount=1`)).status).toBe(401);
  });

  test('reaches students with the published result, and tells their pages', async () => {
    const exam = await graded(['1'], 80);
    await exam.teacher.post(`/exams/${exam.examId}/moderations`, { kind: 'add', points: '1', reason: 'before' });
    const told = async (): Promise<number> => (await api.pool.query(`select from stream_events where exam_id = $1 and kind = 'results-published'`, [exam.examId])).rows.length;
    expect(await told()).toBe(0);
    await exam.teacher.post(`/exams/${exam.examId}/results/publish`);
    const result = await exam.students[0]!.get(`/sessions/${exam.sessionIds[0]}/result`);
    expect(result.body).toMatchObject({ points: '4', rawPoints: '3', percent: 80, grade: 'pass', gradeLabel: 'B' });
    await exam.teacher.post(`/exams/${exam.examId}/moderations`, { kind: 'scale', factor: '0.5', reason: 'after' });
    expect((await exam.students[0]!.get('/results')).body.items![0]).toMatchObject({ points: '2', rawPoints: '3', grade: 'fail' });
    expect(await told()).toBe(2);
  });

  test('without a reason, of nothing, or by others is refused', async () => {
    const exam = await graded(['1']);
    const path = `/exams/${exam.examId}/moderations`;
    for (const body of [{ kind: 'add', points: '1' }, { kind: 'add', points: '0', reason: 'x' }, { kind: 'scale', factor: '-1', reason: 'x' }, { kind: 'square', reason: 'x' }]) {
      expect(codeOf(await exam.teacher.post(path, body))).toEqual([422, 'validation-failed']);
    }
    const body = { kind: 'add', points: '1', reason: 'x' };
    expect((await proctor.post(path, body)).status).toBe(403);
    expect((await exam.students[0]!.post(path, body)).status).toBe(403);
    expect((await stranger.post(path, body)).status).toBe(404);
    expect((await api.anybody.post(path, body)).status).toBe(401);
    expect(codeOf(await exam.teacher.post(`${path}/${randomUUID()}/undo`, { reason: 'x' }))).toEqual([404, 'not-found']);
  });
});
