import { randomUUID } from 'node:crypto';

import { createTestApi, type TestApi } from '#tests/support/api.ts';
import { handIn, startExam, type StartedExam } from '#tests/support/started-exam.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const TEXT = 'Your answers are more alike to those of somebody else than chance explains. Please come and tell your side.';

let api: TestApi;
let exam: StartedExam;
let pairId: string;
let sides: { sessionId: string; student: StartedExam['students'][number] }[];

beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  exam = await startExam(api, { sitting: 3 });
  for (const [index, id] of exam.sessionIds.entries()) await handIn(api, id, exam.students[index]!.id);
  sides = exam.sessionIds.slice(0, 2).map((sessionId, index) => ({ sessionId, student: exam.students[index]! })).sort((x, y) => (x.sessionId < y.sessionId ? -1 : 1));
  const runId = randomUUID();
  pairId = randomUUID();
  await api.pool.query(
    `with r as (insert into runs (id, kind, exam_id, state, params) values ($1, 'plagiarism-scan', $2, 'completed', '{"parameters": {}}')),
          s as (insert into plagiarism_scans (run_id, phase) values ($1, 'done'))
     insert into plagiarism_pairs (id, run_id, exam_id, session_a, session_b, score, indices, evidence, flagged)
     values ($3, $1, $2, $4, $5, 7, '{"answers": null, "timing": null, "text": null}', '[]', true)`,
    [runId, exam.examId, pairId, sides[0]!.sessionId, sides[1]!.sessionId],
  );
});

const decide = async (state: string, version: number): Promise<number> => (await exam.teacher.post(`/plagiarism-pairs/${pairId}/decision`, { state, version })).body['version'] as number;
const tell = (index: number, version: number, text = TEXT) => exam.teacher.post(`/plagiarism-pairs/${pairId}/notices`, { sessionId: sides[index]!.sessionId, text, version });
const own = async (index: number) => (await sides[index]!.student.get('/auth/me/notices')).body.items as Record<string, unknown>[];
const mails = async (): Promise<unknown[]> => (await api.pool.query(`select recipient_id as id from mails where template = 'plagiarism-notice' and exam_id = $1`, [exam.examId])).rows;
const incidents = async () => (await exam.teacher.get(`/exams/${exam.examId}/incidents`)).body.items as { kind: string; sessionId: string }[];

describe('a message about a pair', () => {
  test('is refused until a person has confirmed the pair, and goes out by that act alone', async () => {
    const early = await tell(0, 1);
    expect([early.status, early.body.code]).toEqual([409, 'state-conflict']);
    await decide('dismissed', 1);
    expect((await tell(0, 2)).status).toBe(409);
    const version = await decide('confirmed', 2);
    expect([await own(0), await own(1), await mails()]).toEqual([[], [], []]);
    const told = await tell(0, version);
    expect([told.status, told.body['text'], told.body['by']]).toEqual([201, TEXT, expect.objectContaining({ id: exam.teacher.id })]);
    expect(await mails()).toEqual([{ id: sides[0]!.student.id }]);
    expect(await own(1)).toEqual([]);
  });

  test('shows its student nothing of the other one, the pair or who wrote it', async () => {
    await tell(0, await decide('confirmed', 1));
    const [notice] = await own(0);
    expect(Object.keys(notice!).sort()).toEqual(['at', 'examId', 'examTitle', 'id', 'readAt', 'sessionId', 'text', 'withdrawnAt']);
    expect(JSON.stringify(notice)).not.toContain(sides[1]!.sessionId);
    expect(JSON.stringify(notice)).not.toContain(pairId);
  });

  test('that names the other student is refused', async () => {
    await api.pool.query(`update users set name = 'Amara Okafor', external_id = $2 where id = $1`, [sides[1]!.student.id, `s-${sides[1]!.student.id}`]);
    const version = await decide('confirmed', 1);
    for (const text of ['You and Amara Okafor agree.', `You agree with s-${sides[1]!.student.id}.`]) {
      const named = await tell(0, version, text);
      expect([named.status, named.body['errors']]).toEqual([422, [{ pointer: '/text', message: 'names the other student' }]]);
    }
    expect(await own(0)).toEqual([]);
  });

  test('goes out once, for the decision that was looked at, to a student of the pair', async () => {
    const version = await decide('confirmed', 1);
    const stale = await tell(0, version - 1);
    expect([stale.status, stale.body.code]).toEqual([412, 'version-conflict']);
    expect((await tell(0, version)).status).toBe(201);
    expect((await tell(0, version)).body.code).toBe('state-conflict');
    const stranger = await exam.teacher.post(`/plagiarism-pairs/${pairId}/notices`, { sessionId: exam.sessionIds[2], text: TEXT, version });
    expect(stranger.status).toBe(404);
    expect((await exam.teacher.post(`/plagiarism-pairs/${pairId}/notices`, { sessionId: sides[0]!.sessionId, text: ' ', version })).status).toBe(422);
  });

  test('is read by its student alone, and staff see when', async () => {
    await tell(0, await decide('confirmed', 1));
    const [notice] = await own(0);
    expect((await sides[1]!.student.post(`/auth/me/notices/${String(notice!['id'])}/read`, {})).status).toBe(404);
    const read = await sides[0]!.student.post(`/auth/me/notices/${String(notice!['id'])}/read`, {});
    expect(read.body.items).toMatchObject([{ readAt: expect.any(String) }]);
    const { body } = await exam.teacher.get(`/plagiarism-pairs/${pairId}`);
    expect(body['notices']).toMatchObject([{ sessionId: sides[0]!.sessionId, readAt: expect.any(String), withdrawnAt: null }]);
  });

  test('is withdrawn when the confirmation is taken back, and can be written anew after the next one', async () => {
    const version = await decide('confirmed', 1);
    await tell(0, version);
    const dismissed = await decide('dismissed', version);
    expect(await own(0)).toMatchObject([{ withdrawnAt: expect.any(String) }]);
    expect((await tell(0, await decide('confirmed', dismissed))).status).toBe(201);
    expect(await own(0)).toHaveLength(2);
    const { rows } = await api.pool.query(`select after -> 'withdrawn' as withdrawn from audit_log where resource_id = $1 and after ->> 'state' = 'dismissed'`, [pairId]);
    expect(rows).toEqual([{ withdrawn: { notices: 1, incidents: 0 } }]);
  });
});

test('a confirmed pair becomes an incident of both sessions by an act of its own, once, and is none when the decision is undone', async () => {
  const record = (version: number) => exam.teacher.post(`/plagiarism-pairs/${pairId}/incident`, { version });
  expect((await record(1)).body.code).toBe('state-conflict');
  const version = await decide('confirmed', 1);
  expect(await incidents()).toEqual([]);
  expect((await record(version)).status).toBe(200);
  expect((await record(version)).status).toBe(409);
  expect((await incidents()).map(({ kind, sessionId }) => [kind, sessionId]).sort()).toEqual(sides.map(({ sessionId }) => ['similar-answers', sessionId]));
  expect((await exam.teacher.get(`/plagiarism-pairs/${pairId}`)).body['incidents']).toHaveLength(2);
  await decide('open', version);
  expect(await incidents()).toEqual([]);
});
