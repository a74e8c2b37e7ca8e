import { randomUUID } from 'node:crypto';

import { CancelledFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { inTransaction } from '#db/connection.ts';
import { createContentCache } from '#db/exams/content.ts';
import { insertRun } from '#db/runs/rows.ts';
import { runSessionCommand } from '#db/session/commands.ts';
import { submitSession } from '#db/session/submit.ts';
import { type CoreBench, openBench, originOf } from '#tests/support/core.ts';
import { insertAnswer, insertMarkableExam, type MarkableExam } from '#tests/support/workflow-exam.ts';

import { createGradingActivities, type GradingActivities } from './grading-activities.ts';
import { createMarker } from './mark-session.ts';
import { createRunActivities, type RunActivities } from './run-activities.ts';

const STUDENTS = 4;

let bench: CoreBench;
let grading: GradingActivities;
let runs: RunActivities;
let exam: MarkableExam;
let sessionIds: string[];

beforeAll(async () => {
  bench = await openBench();
  const marker = createMarker({ db: bench.db, contents: createContentCache(bench.db) });
  const deps = { db: bench.db, marker, wake: () => undefined, namespaceId: () => 'store' };
  grading = createGradingActivities(deps);
  runs = createRunActivities({ ...deps, batchSize: 1 });
});
afterAll(() => bench.close());
beforeEach(async () => {
  exam = await insertMarkableExam(bench.db, { students: STUDENTS, endRule: 'duration' });
  sessionIds = [];
  for (const studentId of exam.studentIds) sessionIds.push((await bench.start(exam.examId, studentId)).id);
});

const submit = (sessionId: string) =>
  inTransaction(bench.db, (tx) => submitSession(tx, { sessionId, commandId: randomUUID(), origin: originOf(null) }));
const answer = (sessionId: string, item: number, value: unknown): Promise<void> => insertAnswer(bench.owner, sessionId, exam.itemIds[item]!, value);
const gradesOf = async (sessionId: string) =>
  (await bench.db.query('select closed_version, points::text, max_points::text, state, detail from grades where session_id = $1 order by closed_version', [sessionId])).rows;

describe('marking one session', () => {
  test('stores the marks of every item of its paper, answered or not', async () => {
    const [id] = sessionIds as [string];
    await answer(id, 0, { value: true });
    await answer(id, 1, { value: true });
    await submit(id);
    expect(await grading.gradeSession({ sessionId: id, closedVersion: 2 })).toEqual({ gradedCount: 3, pendingCount: 0 });
    expect(await gradesOf(id)).toEqual([{ closed_version: 2, points: '2.0000', max_points: '6.0000', state: 'graded', detail: null }]);
    const { rows } = await bench.db.query('select points::text from marks where session_id = $1 order by points', [id]);
    expect(rows.map((row) => row['points'])).toEqual(['0.0000', '0.0000', '2.0000']);
  });

  test('twice stores one grade', async () => {
    const [id] = sessionIds as [string];
    await submit(id);
    await grading.gradeSession({ sessionId: id, closedVersion: 2 });
    await grading.gradeSession({ sessionId: id, closedVersion: 2 });
    expect(await gradesOf(id)).toHaveLength(1);
  });

  test('that was re-opened is refused for good, and one that was closed again keeps its newer close', async () => {
    const [id] = sessionIds as [string];
    await submit(id);
    await inTransaction(bench.db, (tx) => runSessionCommand(tx, { sessionId: id, commandId: randomUUID(), kind: 'reopen', seconds: 60, reason: 'why', origin: originOf(null) }));
    await expect(grading.gradeSession({ sessionId: id, closedVersion: 2 })).rejects.toMatchObject({ type: 'state-conflict', nonRetryable: true });
    await submit(id);
    expect(await grading.gradeSession({ sessionId: id, closedVersion: 2 })).toEqual({ gradedCount: 0, pendingCount: 0 });
    expect(await gradesOf(id)).toEqual([]);
  });

  test('with a key that does not fit its question type is left to a person instead of failing', async () => {
    const [id] = sessionIds as [string];
    await answer(id, 0, { value: '3' });
    await bench.owner.query(
      `update exam_contents set content = replace(content::text, '"type": "true-false"', '"type": "numeric"')::jsonb where exam_id = $1`,
      [exam.examId],
    );
    await submit(id);
    await grading.gradeSession({ sessionId: id, closedVersion: 2 });
    expect(await gradesOf(id)).toMatchObject([{ state: 'needs-manual', detail: expect.stringContaining('question type') }]);
  });

  test('can be left to a person altogether', async () => {
    const [id] = sessionIds as [string];
    await submit(id);
    await grading.leaveToPerson({ sessionId: id, closedVersion: 2 });
    expect(await gradesOf(id)).toMatchObject([{ closed_version: 2, state: 'needs-manual' }]);
  });
});

describe('marking in a run', () => {
  const begin = async (): Promise<string> => (await inTransaction(bench.db, (tx) => insertRun(tx, { kind: 'grading', examId: exam.examId, createdBy: null }))).id;
  const shard = (runId: string, number: number, env = new MockActivityEnvironment()) => env.run(runs.gradeShard, { runId, shard: number });

  test('marks every closed session and says how far it is after each', async () => {
    for (const id of sessionIds) await submit(id);
    const runId = await begin();
    const { firstShard, shards } = await runs.planRun({ runId });
    expect(shards).toBe(1);
    const env = new MockActivityEnvironment();
    let beats = 0;
    env.on('heartbeat', () => (beats += 1));
    expect(await shard(runId, firstShard, env)).toMatchObject({ done: STUDENTS, failed: 0, total: STUDENTS });
    expect(beats).toBe(STUDENTS);
    expect(await runs.finishRun({ runId })).toMatchObject({ state: 'completed' });
    for (const id of sessionIds) expect(await gradesOf(id)).toHaveLength(1);
  });

  test('goes on where a dead worker stopped', async () => {
    for (const id of sessionIds) await submit(id);
    const runId = await begin();
    const { firstShard } = await runs.planRun({ runId });
    await bench.owner.query(`update run_items set state = 'done' where run_id = $1 and item_id = $2`, [runId, sessionIds[0]]);
    expect(await shard(runId, firstShard)).toMatchObject({ done: STUDENTS });
    expect(await gradesOf(sessionIds[0]!)).toEqual([]);
  });

  test('keeps a session that was re-opened meanwhile as a failed item, and the others are marked', async () => {
    for (const id of sessionIds) await submit(id);
    const runId = await begin();
    const { firstShard } = await runs.planRun({ runId });
    await inTransaction(bench.db, (tx) => runSessionCommand(tx, { sessionId: sessionIds[1]!, commandId: randomUUID(), kind: 'reopen', seconds: 60, reason: 'why', origin: originOf(null) }));
    expect(await shard(runId, firstShard)).toMatchObject({ done: STUDENTS - 1, failed: 1 });
    const { rows } = await bench.db.query(`select item_id from run_items where run_id = $1 and state = 'failed'`, [runId]);
    expect(rows).toEqual([{ item_id: sessionIds[1] }]);
  });

  test('stops between two sessions when the run is cancelled', async () => {
    for (const id of sessionIds) await submit(id);
    const runId = await begin();
    const { firstShard } = await runs.planRun({ runId });
    const env = new MockActivityEnvironment();
    env.on('heartbeat', () => env.cancel());
    await expect(shard(runId, firstShard, env)).rejects.toBeInstanceOf(CancelledFailure);
    expect(await runs.cancelRun({ runId })).toMatchObject({ state: 'cancelled', done: 1 });
  });
});
