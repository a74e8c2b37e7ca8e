import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';
import { createMarking, markingPath, type Marking, RUBRIC, rubricPath } from '#tests/support/marking.ts';

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

describe('what students read of it', () => {
  const read = async (results: Record<string, boolean>) => {
    const exam = await handedIn(1);
    await exam.teacher.put(rubricPath(exam), RUBRIC, { ifMatch: 0 });
    await markOf(ada, exam, 0, {
      rubricVersion: 1, selection: [{ criterionId: 'frame', comment: 'RUBRIC-COMMENT' }, { criterionId: 'wrong' }], comment: 'MARK-COMMENT',
      annotations: [{ kind: 'text', start: 2, end: 14, note: 'ANNOTATION-NOTE', points: '0.25' }], flag: 'FLAG-NOTE',
    });
    await api.pool.query('update exams set results = results || $2 where id = $1', [exam.examId, JSON.stringify(results)]);
    const path = `/sessions/${exam.sessionIds[0]}/result`;
    const before = await exam.students[0]!.get(path);
    await exam.teacher.post(`/exams/${exam.examId}/results/publish`);
    const after = await exam.students[0]!.get(path);
    return { exam, before, after, essay: after.body.items?.find((item: TestBody) => item.itemId === exam.essayItemId) };
  };

  test('comes with feedback, after publication: rubric, comment and remarks, never who said it nor flags', async () => {
    const { before, after, essay } = await read({ score: true, items: true, key: false, feedback: true });
    expect(codeOf(before)).toEqual([403, 'results-not-published']);
    expect(essay!.feedback).toMatchObject({
      comment: 'MARK-COMMENT',
      marking: {
        criteria: [{ label: 'All later codons change', level: null, points: '2', comment: 'RUBRIC-COMMENT' }, { label: 'Wrong statement', points: '-0.5' }],
        annotations: [{ kind: 'text', start: 2, end: 14, quote: 'substitution', note: 'ANNOTATION-NOTE', points: '0.25' }],
      },
    });
    expect(JSON.stringify(after.body)).not.toContain(ada.id);
    expect(JSON.stringify(after.body)).not.toContain('FLAG-NOTE');
  });

  test('is without points where scores are not shown, and without the own words where items are not', async () => {
    const { essay } = await read({ score: false, items: false, key: false, feedback: true });
    expect(essay!.feedback.marking.annotations).toEqual([{ kind: 'text', start: 2, end: 14, note: 'ANNOTATION-NOTE' }]);
    expect(JSON.stringify(essay)).not.toMatch(/"points"|substitution changes/);
  });

  test('is nothing where the exam shows no feedback', async () => {
    const { after } = await read({ score: true, items: true, key: true, feedback: false });
    expect(after.status).toBe(200);
    expect(JSON.stringify(after.body)).not.toMatch(/RUBRIC-COMMENT|MARK-COMMENT|ANNOTATION-NOTE|All later codons|FLAG-NOTE/);
  });

  test('is not what a later mark replaced', async () => {
    const { exam } = await read({ score: true, items: true, key: false, feedback: true });
    await exam.teacher.put(`/sessions/${exam.sessionIds[0]}/marks/${exam.essayItemId}`, { points: '3', version: 2 });
    const { body } = await exam.students[0]!.get(`/sessions/${exam.sessionIds[0]}/result`);
    expect(JSON.stringify(body)).not.toContain('ANNOTATION-NOTE');
  });
});

describe('who marks', () => {
  test('listed graders mark and see no name, and nothing else of the exam; others see nothing', async () => {
    const exam = await handedIn(2);
    const proctor = await api.person('proctor');
    for (const path of [`/exams/${exam.examId}/marking`, `/exams/${exam.examId}/marking/settings`, markingPath(exam), `/sessions/${exam.sessionIds[0]}/marking`, `/exams/${exam.examId}/marking/items/${exam.essayItemId}/answers`]) {
      const seen = await ada.get(path);
      expect(seen.status).toBe(200);
      for (const student of exam.students) expect(JSON.stringify(seen.body)).not.toContain(student.id);
      expect((await stranger.get(path)).status).toBe(404);
      expect((await proctor.get(path)).status).toBe(403);
      expect((await exam.students[0]!.get(path)).status).toBe(403);
      expect((await api.anybody.get(path)).status).toBe(401);
    }
    expect((await ada.get('/marking/exams')).body.items).toContainEqual(expect.objectContaining({ examId: exam.examId, owner: false, total: 2, pending: 2 }));
    expect(JSON.stringify((await stranger.get('/marking/exams')).body)).not.toContain(exam.examId);
    expect((await ada.post(`/exams/${exam.examId}/results/publish`)).status).toBe(403);
    expect((await ada.get(`/exams/${exam.examId}/results`)).status).toBe(403);
    expect((await ada.get(`/sessions/${exam.sessionIds[0]}/result`)).status).toBe(404);
    expect((await ada.put(`/sessions/${exam.sessionIds[0]}/marks/${exam.essayItemId}`, { points: '1', version: 1 })).status).toBe(403);
    const codes = (await ada.get(`/exams/${exam.examId}/marking/items/${exam.essayItemId}/answers`)).body.items!.map((row: TestBody) => row.code);
    expect(new Set(codes).size).toBe(2);
    expect((await ben.get(`/exams/${exam.examId}/marking/items/${exam.essayItemId}/answers`)).body.items!.map((row: TestBody) => row.code)).toEqual(codes);
  });

  test('is set by the owner: teachers only, with the version seen', async () => {
    const exam = await handedIn(1);
    const path = `/exams/${exam.examId}/marking/settings`;
    const body = { anonymous: true, secondMarking: 'none', differenceThreshold: '0', leaseMinutes: 15, graders: [ada.id] };
    expect(codeOf(await exam.teacher.put(path, body, { ifMatch: 1 }))).toEqual([412, 'version-conflict']);
    expect(codeOf(await exam.teacher.put(path, { ...body, graders: [exam.students[0]!.id] }, { ifMatch: 2 }))).toEqual([422, 'validation-failed']);
    expect(codeOf(await ada.put(path, body, { ifMatch: 2 }))).toEqual([403, 'forbidden']);
    expect(codeOf(await exam.teacher.put(path, { ...body, differenceThreshold: '-1' }, { ifMatch: 2 }))).toEqual([422, 'validation-failed']);
    expect((await exam.teacher.put(path, body, { ifMatch: 2 })).body).toMatchObject({ version: 3, graders: [{ id: ada.id, active: true }] });
    expect((await ben.get(markingPath(exam))).status).toBe(404);
    // two who saw the same version at once: one of them is told
    const both = await Promise.all([10, 20].map((leaseMinutes) => exam.teacher.put(path, { ...body, leaseMinutes }, { ifMatch: 3 })));
    expect(both.map((reply) => reply.status).toSorted()).toEqual([200, 412]);
  });
});
