import { randomUUID } from 'node:crypto';

import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createMarker } from '#activities/grading/mark-session.ts';
import { createRunActivities } from '#activities/grading/run-activities.ts';
import { createContentCache } from '#db/exams/content.ts';
import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';
import { handIn, startExam, type StartedExam } from '#tests/support/started-exam.ts';
import { insertAnswer } from '#tests/support/workflow-exam.ts';

let api: TestApi;
let proctor: TestPerson;
let stranger: TestPerson;
let worker: { mark(sessionId: string): Promise<void>; run(runId: string): Promise<void> };

beforeAll(async () => {
  api = await createTestApi();
  [proctor, stranger] = await Promise.all([api.person('proctor'), api.person('teacher')]);
  // a process of its own: it has its own memory of contents
  const { db } = api.deps;
  const marker = createMarker({ db, contents: createContentCache(db) });
  const activities = createRunActivities({ db, marker, wake: () => undefined, namespaceId: () => 'store' });
  worker = {
    async mark(sessionId) {
      const { rows } = await api.pool.query<{ closed_version: number }>('select closed_version from exam_sessions where id = $1', [sessionId]);
      await marker.mark({ sessionId, closedVersion: rows[0]!.closed_version });
    },
    async run(runId) {
      const { firstShard, shards } = await activities.planRun({ runId });
      for (let shard = firstShard; shard < firstShard + shards; shard += 1) await new MockActivityEnvironment().run(activities.gradeShard, { runId, shard });
      await activities.finishRun({ runId });
    },
  };
});
afterAll(() => api.close());

const codeOf = (reply: TestReply): [number, unknown] => [reply.status, reply.body.code];

/** A true-false item of 2 points, whose key is true, and an essay of 3 that nobody wrote; 40 % pass. */
async function sat(answers: readonly (boolean | null)[]): Promise<StartedExam> {
  const exam = await startExam(api, { sitting: answers.length, passPercent: 40 });
  for (const [index, value] of answers.entries()) {
    if (value !== null) await insertAnswer(api.pool, exam.sessionIds[index]!, exam.choiceItemId, { value });
    await handIn(api, exam.sessionIds[index]!, exam.students[index]!.id);
    await worker.mark(exam.sessionIds[index]!);
  }
  return exam;
}

const keyOf = (exam: StartedExam, value: boolean) => ({ changes: [{ kind: 'key', itemId: exam.choiceItemId, key: { value } }], reason: 'the key was wrong' });

async function points(exam: StartedExam): Promise<string[]> {
  const { body } = await exam.teacher.get(`/exams/${exam.examId}/results`);
  return exam.sessionIds.map((id) => body.items!.map((row: TestBody) => row).find((row: TestBody) => row.sessionId === id)!).map((row: TestBody) => `${row.points}/${row['maxPoints']}`);
}

async function apply(exam: StartedExam, body: Record<string, unknown>): Promise<TestBody> {
  const made = await exam.teacher.post(`/exams/${exam.examId}/regrades`, body);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const run = await exam.teacher.post(`/regrades/${made.body.id}/apply`);
  expect(run.status).toBe(202);
  await worker.run(run.body.id);
  return made.body;
}

describe('a regrade', () => {
  test('shows every changed mark first and changes nothing', async () => {
    const exam = await sat([true, false, null]);
    const made = await exam.teacher.post(`/exams/${exam.examId}/regrades`, keyOf(exam, false));
    expect([made.status, made.body['state'], made.body['stale'], made.body['run']]).toEqual([201, 'preview', false, null]);
    expect(made.body['changes']).toMatchObject([{ itemId: exam.choiceItemId, kind: 'key', key: { value: false }, before: { key: { value: true }, points: '2', rule: null } }]);
    expect(made.body['summary']).toEqual({
      sessions: 3, changedSessions: 2, changedMarks: 2, raised: 1, lowered: 1, gradeRaised: 1, gradeLowered: 1, passGained: 1, passLost: 1,
      keptManual: 0, skipped: 0, meanPercentBefore: 13.33, meanPercentAfter: 13.33,
    });
    const { body } = await exam.teacher.get(`/regrades/${made.body.id}/changes`);
    const lost = body.items!.find((change: TestBody) => change.sessionId === exam.sessionIds[0])!;
    expect(lost).toMatchObject({
      student: { id: exam.students[0]!.id }, attempt: 1, counted: true,
      before: { points: '2', maxPoints: '5', percent: 40, grade: 'pass', gradeLabel: 'D' }, after: { points: '0', percent: 0, grade: 'fail', gradeLabel: 'F' },
      crosses: { grade: 'down', pass: 'lost' },
      marks: [{ itemId: exam.choiceItemId, source: 'auto', before: { points: '2', maxPoints: '2' }, after: { points: '0', maxPoints: '2' } }],
    });
    const first = await exam.teacher.get(`/regrades/${made.body.id}/changes?limit=1&grade=true`);
    const second = await exam.teacher.get(`/regrades/${made.body.id}/changes?limit=1&grade=true&cursor=${String(first.body.nextCursor)}`);
    expect(new Set([first, second].map((page) => page.body.items![0]!.sessionId)).size).toBe(2);
    expect(await points(exam)).toEqual(['2/5', '0/5', '0/5']);
  });

  test('starts from the items as they count: what was published, with the corrections since', async () => {
    const exam = await sat([true, false]);
    const path = `/exams/${exam.examId}/items`;
    const seen = await exam.teacher.get(path);
    expect(seen.body.items).toMatchObject([
      { itemId: exam.choiceItemId, number: 1, drawn: null, points: '2', rule: null, corrected: false, question: { type: 'true-false', key: { value: true } } },
      { itemId: exam.essayItemId, number: 2, question: { type: 'essay' } },
    ]);
    await apply(exam, keyOf(exam, false));
    await apply(exam, { changes: [{ kind: 'drop', itemId: exam.essayItemId }], reason: 'not taught' });
    expect((await exam.teacher.get(path)).body.items).toMatchObject([{ corrected: true, rule: null, question: { key: { value: false } } }, { corrected: true, rule: 'drop' }]);
    expect([(await exam.students[0]!.get(path)).status, (await stranger.get(path)).status, (await api.anybody.get(path)).status]).toEqual([403, 404, 401]);
  });

  test('that is applied marks with the corrected key in every process, and keeps its history', async () => {
    const exam = await sat([true, false, null]);
    const regrade = await apply(exam, keyOf(exam, false));
    expect(await points(exam)).toEqual(['0/5', '2/5', '0/5']);
    const read = await exam.teacher.get(`/regrades/${regrade.id}`);
    expect(read.body).toMatchObject({ state: 'applied', endedBy: { id: exam.teacher.id }, run: { state: 'completed', progress: { done: 3, failed: 0, total: 3 } } });
    const { rows } = await api.pool.query(`select actor_id, reason, before -> 0 -> 'key' as before, after -> 'corrections' -> 0 -> 'key' as after from audit_log where exam_id = $1 and action = 'regrade.apply'`, [exam.examId]);
    expect(rows).toEqual([{ actor_id: exam.teacher.id, reason: 'the key was wrong', before: { value: true }, after: { value: false } }]);
    // marked again, the same comes out
    const run = await exam.teacher.post(`/exams/${exam.examId}/grading-runs`, {});
    await worker.run(run.body.id);
    expect(await points(exam)).toEqual(['0/5', '2/5', '0/5']);
    expect((await exam.teacher.get(`/exams/${exam.examId}/regrades`)).body.items).toHaveLength(1);
    expect(codeOf(await exam.teacher.post(`/regrades/${regrade.id}/apply`))).toEqual([409, 'state-conflict']);
  });

  test('shows students the key that counts, and tells those whose published result changed', async () => {
    const exam = await sat([true, false, null]);
    await api.pool.query(`update exams set results = results || '{"score": true, "items": true, "key": true}' where id = $1`, [exam.examId]);
    await exam.teacher.post(`/exams/${exam.examId}/results/publish`);
    await exam.teacher.post(`/sessions/${exam.sessionIds[1]}/result/withhold`, { reason: 'under review' });
    const before = await exam.students[0]!.get(`/sessions/${exam.sessionIds[0]}/result`);
    expect(before.body.items!.find((item: TestBody) => item.itemId === exam.choiceItemId)).toMatchObject({ key: { value: true }, points: '2' });
    await apply(exam, keyOf(exam, false));
    const after = await exam.students[0]!.get(`/sessions/${exam.sessionIds[0]}/result`);
    expect(after.body.items!.find((item: TestBody) => item.itemId === exam.choiceItemId)).toMatchObject({ key: { value: false }, points: '0' });
    const { rows } = await api.pool.query(`select session_id, data from stream_events where exam_id = $1 and kind = 'results-published' and session_id is not null`, [exam.examId]);
    expect(rows).toEqual([{ session_id: exam.sessionIds[0], data: {} }]);
    const mails = await api.pool.query(`select session_id, recipient_id from mails where exam_id = $1 and template = 'result-changed'`, [exam.examId]);
    expect(mails.rows).toEqual([{ session_id: exam.sessionIds[0], recipient_id: exam.students[0]!.id }]);
  });

  test('tells nobody before the publication', async () => {
    const exam = await sat([true]);
    await apply(exam, keyOf(exam, false));
    expect((await api.pool.query(`select from stream_events where exam_id = $1 and kind like 'results%'`, [exam.examId])).rows).toEqual([]);
    expect((await api.pool.query('select from mails where exam_id = $1', [exam.examId])).rows).toEqual([]);
  });

  test.each<[string, (exam: StartedExam) => Record<string, unknown>, string[]]>([
    ['a dropped item counts 0 of 0 for everybody', (exam) => ({ kind: 'drop', itemId: exam.choiceItemId }), ['0/3', '0/3', '0/3', '0/3']],
    ['all correct is for everybody, answered or not', (exam) => ({ kind: 'all-correct', itemId: exam.choiceItemId }), ['2/5', '2/5', '2/5', '2/5']],
    ['all correct can be for those who answered', (exam) => ({ kind: 'all-correct', who: 'answered', itemId: exam.choiceItemId }), ['2/5', '2/5', '0/5', '2/5']],
    ['a mark by hand stays under a new key', (exam) => keyOf(exam, false).changes[0]!, ['0/5', '2/5', '0/5', '0.5/5']],
    ['and goes along in proportion with new points', (exam) => ({ kind: 'points', points: '3', itemId: exam.choiceItemId }), ['3/6', '0/6', '0/6', '0.75/6']],
  ])('%s, in the preview as in the run', async (_name, change, expected) => {
    const exam = await sat([true, false, null, true]);
    await exam.teacher.put(`/sessions/${exam.sessionIds[3]}/marks/${exam.choiceItemId}`, { points: '0.5', version: 1 });
    const old = await points(exam);
    const regrade = await apply(exam, { changes: [change(exam)], reason: 'why not' });
    expect(await points(exam)).toEqual(expected);
    const { body } = await exam.teacher.get(`/regrades/${regrade.id}/changes`);
    const previewed = exam.sessionIds.map((id, index) => {
      const found = body.items!.find((each: TestBody) => each.sessionId === id);
      return found === undefined ? old[index] : `${found['after'].points}/${found['after'].maxPoints}`;
    });
    expect(previewed).toEqual(expected);
  });

  test('is refused when a mark changed since its preview, until it is computed again', async () => {
    const exam = await sat([true, false]);
    const { body: { id } } = await exam.teacher.post(`/exams/${exam.examId}/regrades`, keyOf(exam, false));
    await exam.teacher.put(`/sessions/${exam.sessionIds[0]}/marks/${exam.essayItemId}`, { points: '3', version: 1 });
    expect((await exam.teacher.get(`/regrades/${id}`)).body['stale']).toBe(true);
    const refused = await exam.teacher.post(`/regrades/${id}/apply`);
    expect([...codeOf(refused), refused.body['stale']]).toEqual([409, 'state-conflict', true]);
    expect((await api.pool.query('select from runs where exam_id = $1', [exam.examId])).rows).toEqual([]);
    const again = await exam.teacher.post(`/regrades/${id}/recompute`);
    expect([again.body['stale'], again.body['summary'].passLost]).toEqual([false, 0]);
    expect((await exam.teacher.post(`/regrades/${id}/apply`)).status).toBe(202);
  });

  test.each<[string, (exam: StartedExam) => Promise<unknown>]>([
    ['the grade scale', (exam) => exam.teacher.put(`/exams/${exam.examId}/grade-scale`, { kind: 'percent' }, { ifMatch: 0 })],
    ['a moderation', (exam) => exam.teacher.post(`/exams/${exam.examId}/moderations`, { kind: 'add', points: '1', reason: 'x' })],
    ['the pass mark', (exam) => api.pool.query('update exams set pass_percent = 60 where id = $1', [exam.examId])],
    ['a hand-in that was opened again', (exam) => exam.teacher.post(`/sessions/${exam.sessionIds[0]}/reopen`, { seconds: 60, reason: 'page missing' })],
    ['another correction', async (exam) => {
      const { body: { id } } = await exam.teacher.post(`/exams/${exam.examId}/regrades`, { changes: [{ kind: 'drop', itemId: exam.essayItemId }], reason: 'x' });
      return exam.teacher.post(`/regrades/${id}/apply`);
    }],
  ])('is stale after %s', async (_name, change) => {
    const exam = await sat([true, false]);
    const { body: { id } } = await exam.teacher.post(`/exams/${exam.examId}/regrades`, keyOf(exam, false));
    expect((await exam.teacher.get(`/regrades/${id}`)).body['stale']).toBe(false);
    await change(exam);
    expect((await exam.teacher.get(`/regrades/${id}`)).body['stale']).toBe(true);
  });

  test('comes after the one before it: of two previews the second is stale once the first is applied', async () => {
    const exam = await sat([true, false]);
    const one = await exam.teacher.post(`/exams/${exam.examId}/regrades`, keyOf(exam, false));
    const two = await exam.teacher.post(`/exams/${exam.examId}/regrades`, { changes: [{ kind: 'drop', itemId: exam.choiceItemId }], reason: 'or so' });
    const replies = await Promise.all([one, two].map((made) => exam.teacher.post(`/regrades/${made.body.id}/apply`)));
    expect(replies.map((reply) => reply.status).toSorted()).toEqual([202, 409]);
  });

  test('can be discarded, and is over then', async () => {
    const exam = await sat([true]);
    const { body: { id } } = await exam.teacher.post(`/exams/${exam.examId}/regrades`, keyOf(exam, false));
    expect((await exam.teacher.post(`/regrades/${id}/discard`)).body).toMatchObject({ state: 'discarded', endedBy: { id: exam.teacher.id } });
    for (const verb of ['apply', 'discard', 'recompute']) expect(codeOf(await exam.teacher.post(`/regrades/${id}/${verb}`)), verb).toEqual([409, 'state-conflict']);
  });

  test('of something else than items of the exam, or with a key that does not fit, is refused', async () => {
    const exam = await sat([true]);
    const refuse = async (change: Record<string, unknown>): Promise<unknown[]> => {
      const refused = await exam.teacher.post(`/exams/${exam.examId}/regrades`, { changes: [change], reason: 'x' });
      return [...codeOf(refused), refused.body.errors?.[0]?.pointer];
    };
    expect(await refuse({ kind: 'drop', itemId: randomUUID() })).toEqual([422, 'validation-failed', '/changes/0/itemId']);
    expect(await refuse({ kind: 'drop', questionId: randomUUID() })).toEqual([422, 'validation-failed', '/changes/0/questionId']);
    expect(await refuse({ kind: 'drop' })).toEqual([422, 'validation-failed', '/changes/0']);
    expect(await refuse({ kind: 'key', itemId: exam.choiceItemId, key: { optionId: 'a' } })).toEqual([422, 'validation-failed', '/changes/0/key/value']);
    expect(await refuse({ kind: 'points', itemId: exam.choiceItemId, points: '-1' })).toEqual([422, 'validation-failed', '/changes/0/points']);
  });

  test('is for the owner', async () => {
    const exam = await sat([true]);
    const { body: { id } } = await exam.teacher.post(`/exams/${exam.examId}/regrades`, keyOf(exam, false));
    const calls = [
      (who: TestPerson) => who.post(`/exams/${exam.examId}/regrades`, keyOf(exam, true)), (who: TestPerson) => who.get(`/regrades/${id}`),
      (who: TestPerson) => who.get(`/regrades/${id}/changes`), (who: TestPerson) => who.post(`/regrades/${id}/apply`),
    ];
    for (const call of calls) {
      expect([(await call(proctor)).status, (await call(exam.students[0]!)).status, (await call(stranger)).status]).toEqual([403, 403, 404]);
    }
    expect((await api.anybody.get(`/regrades/${id}`)).status).toBe(401);
    expect((await exam.teacher.get(`/regrades/${randomUUID()}`)).status).toBe(404);
  });
});
