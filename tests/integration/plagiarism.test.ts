import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import { PLATFORM } from '#db/audit.ts';
import { inTransaction } from '#db/connection.ts';
import { queueScanAtCloseOut } from '#db/plagiarism/scans.ts';
import { ownWords, scanExam, workScan } from '#tests/support/plagiarism.ts';
import { writeReports } from '#tests/support/reports.ts';
import { handIn, startExam, type StartedExam } from '#tests/support/started-exam.ts';
import { insertAnswer } from '#tests/support/workflow-exam.ts';

const COPIED = 'The mitochondria of a cell turn sugar and oxygen into energy while plants gather light in green leaves and keep the surplus as starch for darker days';

let api: TestApi;
let exam: StartedExam;
let proctor: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  api = await createTestApi();
  [proctor, stranger] = await Promise.all([api.person('proctor'), api.person('teacher')]);
  exam = await startExam(api, { sitting: 12 });
  for (const [index, id] of exam.sessionIds.entries()) {
    const own = ownWords(index, 30);
    await insertAnswer(api.pool, id, exam.essayItemId, { text: index < 2 ? `${index === 0 ? 'I think' : 'It is known'}: ${COPIED}.` : own, format: 'plain' });
    await insertAnswer(api.pool, id, exam.choiceItemId, { value: index >= 2 });
    // the first two change from right to wrong, the third changes back, the fourth the other way
    const values = [[true, false], [null, true, true, false], [true, false, true], [false, true]][index] ?? [true];
    await insertRevisions(id, exam.choiceItemId, values);
    await handIn(api, id, exam.students[index]!.id);
  }
});
afterAll(() => api.close());

async function insertRevisions(sessionId: string, itemId: string, values: readonly (boolean | null)[]): Promise<void> {
  await api.pool.query(
    `insert into answer_revisions (session_id, item_id, revision, response, saved_at, session_version)
     select s.id, $2, v.revision, v.response, s.started_at, 1 from exam_sessions s, jsonb_array_elements($3::jsonb) with ordinality v (response, revision) where s.id = $1`,
    [sessionId, itemId, JSON.stringify(values.map((value) => (value === null ? null : { value })))],
  );
}

describe('a plagiarism scan', () => {
  test('finds the copied text, says why, and a decision keeps its history and changes no mark', async () => {
    const runId = await scanExam(api, exam.teacher, exam.examId);
    const read = await exam.teacher.get(`/plagiarism-scans/${runId}`);
    expect(read.body).toMatchObject({ state: 'completed', phase: 'done', parameters: { level: 0.01 }, summary: { sessions: 12, pairsPossible: 66, flags: 1, clusters: 1 } });
    const { body } = await exam.teacher.get(`/plagiarism-scans/${runId}/pairs?flagged=true&state=open&minScore=1`);
    expect(body.items).toHaveLength(1);
    const pair = body.items![0]!;
    expect([pair['a'].sessionId, pair['b'].sessionId].sort()).toEqual(exam.sessionIds.slice(0, 2).toSorted());
    expect(pair['indices'].text).toMatchObject({ itemId: exam.essayItemId });
    expect(pair['evidence'][0]).toMatchObject({ kind: 'text', text: expect.stringContaining('stands in the other one') });
    const clusters = await exam.teacher.get(`/plagiarism-scans/${runId}/clusters`);
    expect(clusters.body.items).toMatchObject([{ id: 1, edges: [{ pairId: pair.id }] }]);

    const marks = async (): Promise<unknown> => (await api.pool.query('select * from marks m join exam_sessions s on s.id = m.session_id where s.exam_id = $1', [exam.examId])).rows;
    const before = await marks();
    const decided = await exam.teacher.post(`/plagiarism-pairs/${pair.id}/decision`, { state: 'confirmed', note: 'word for word', version: 1 });
    expect([decided.status, decided.body['state'], decided.body['version']]).toEqual([200, 'confirmed', 2]);
    const stale = await exam.teacher.post(`/plagiarism-pairs/${pair.id}/decision`, { state: 'dismissed', version: 1 });
    expect([stale.status, stale.body.code]).toEqual([412, 'version-conflict']);
    expect(await marks()).toEqual(before);
    const detail = await exam.teacher.get(`/plagiarism-pairs/${pair.id}`);
    expect(detail.body['history']).toMatchObject([{ state: 'confirmed', note: 'word for word', by: { id: exam.teacher.id } }]);
    const essay = detail.body.items!.find((item: { match: string }) => item.match === 'text')!;
    const [range] = essay['ranges'] as { aFrom: number; aTo: number }[];
    expect(String(essay['a'].response.text).slice(range!.aFrom, range!.aTo)).toBe(COPIED);
    expect(essay['containment']).toBeGreaterThan(0.9);
    const choice = detail.body.items!.find((item: { itemId: string }) => item.itemId === exam.choiceItemId)!;
    expect([choice['match'], choice['share']]).toEqual(['identical-wrong', 2 / 12]);
    expect([choice['changeShare'], choice['a'].earlier, choice['b'].earlier]).toEqual([2 / 12, [{ value: true }], [{ value: true }]]);
    expect([essay['changeShare'], essay['a'].earlier]).toEqual([null, []]);
    const { rows } = await api.pool.query(`select action from audit_log where resource_id = $1`, [pair.id]);
    expect(rows).toEqual([{ action: 'plagiarism.decide' }]);
    expect((await exam.teacher.get(`/exams/${exam.examId}/plagiarism-scans`)).body.items).toMatchObject([{ runId }]);

    expect((await api.anybody.get(`/plagiarism-pairs/${pair.id}`)).status).toBe(401);
    expect((await proctor.get(`/plagiarism-pairs/${pair.id}`)).status).toBe(403);
    expect((await stranger.get(`/plagiarism-pairs/${pair.id}`)).status).toBe(404);
    expect((await exam.students[0]!.get(`/plagiarism-pairs/${pair.id}`)).status).toBe(403);
  });

  test('is reported as a file with the decisions; before the first one there is nothing to report', async () => {
    const never = await startExam(api, { sitting: 1 });
    expect((await never.teacher.post(`/exams/${never.examId}/reports`, { kind: 'plagiarism' })).body.code).toBe('state-conflict');
    const asked = await exam.teacher.post(`/exams/${exam.examId}/reports`, { kind: 'plagiarism', locale: 'de' });
    await writeReports(api, asked.body.id as string);
    const { body } = await exam.teacher.get(`/exams/${exam.examId}/reports?kind=plagiarism`);
    expect(body.items).toMatchObject([{ kind: 'plagiarism', audience: 'staff', locale: 'de', standard: 'ua-1', sessionId: null }]);
    // of another exam: it does not say whether there is such a scan
    const runId = (await exam.teacher.get(`/exams/${exam.examId}/plagiarism-scans`)).body.items![0]!['runId'] as string;
    expect((await never.teacher.post(`/exams/${never.examId}/reports`, { kind: 'plagiarism', scanId: runId })).body.code).toBe('state-conflict');
  });

  test('that started by itself tells the owner of the exam by mail when it is finished, and one that somebody started tells nobody', async () => {
    const mails = async () => (await api.pool.query(`select recipient_id as id from mails where template = 'scan-finished' and exam_id = $1`, [exam.examId])).rows;
    expect(await mails()).toEqual([]);
    await api.pool.query(`update exams set plagiarism_scan = '{"automatic": true, "level": 0.01}' where id = $1`, [exam.examId]);
    await api.pool.query(`update runs set created_at = created_at - interval '1 day' where exam_id = $1`, [exam.examId]);
    const run = await inTransaction(api.deps.db, (tx) => queueScanAtCloseOut(tx, exam.examId, PLATFORM));
    await workScan(api, run!.id);
    expect(await mails()).toEqual([{ id: exam.teacher.id }]);
  });

  test('is one at a time for an exam', async () => {
    const other = await startExam(api, { sitting: 1 });
    const queued = await other.teacher.post(`/exams/${other.examId}/plagiarism-scans`, {});
    expect([queued.status, queued.body['kind'], queued.body['state']]).toEqual([202, 'plagiarism-scan', 'queued']);
    const second = await other.teacher.post(`/exams/${other.examId}/plagiarism-scans`, {});
    expect([second.status, second.body.code]).toEqual([409, 'state-conflict']);
  });

  test('refuses wrong parameters and unknown scans', async () => {
    const wrong = await exam.teacher.post(`/exams/${exam.examId}/plagiarism-scans`, { parameters: { level: 2 } });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'validation-failed']);
    expect((await exam.teacher.get(`/plagiarism-scans/${randomUUID()}`)).status).toBe(404);
  });
});
