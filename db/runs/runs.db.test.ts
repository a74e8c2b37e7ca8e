import { randomUUID } from 'node:crypto';

import { inTransaction } from '#db/connection.ts';
import { insertExam } from '#tests/support/exam-rows.ts';
import { type CoreBench, openBench } from '#tests/support/core.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { countRun, endRun, failShard, finishItems, listPendingItems, markRun, planRetry, planRun, reconcileRuns } from './items.ts';
import { insertRun, listRuns, selectRun } from './rows.ts';

const NAMESPACE = randomUUID();

let bench: CoreBench;
let examId: string;
let sessionIds: string[];
let runId: string;

beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  const exam = await insertExam(bench.db, { students: 5, durationMinutes: 1, endRule: 'duration' });
  examId = exam.examId;
  sessionIds = [];
  for (const studentId of exam.studentIds) sessionIds.push((await bench.start(examId, studentId)).id);
  // four are over, one is still being sat
  for (const id of sessionIds.slice(0, 4)) await close(id);
  runId = await begin();
});

async function begin(params: Record<string, unknown> = {}): Promise<string> {
  return (await inTransaction(bench.db, (tx) => insertRun(tx, { kind: 'grading', examId, params, createdBy: null }))).id;
}

async function close(id: string): Promise<void> {
  await bench.owner.query(
    `update exam_sessions set state = 'expired', version = 2, closed_version = 2, closed_at = holdfast_now(), close_reason = 'deadline' where id = $1`,
    [id],
  );
}

const finish = (itemId: string, error: string | null = null): Promise<void> => inTransaction(bench.db, (tx) => finishItems(tx, runId, [{ itemId, error }]));

describe('a run', () => {
  test('is queued with its wake-up before a workflow exists', async () => {
    expect(await selectRun(bench.db, runId)).toMatchObject({ state: 'queued', kind: 'grading', examId, startedAtMs: null });
    const { rows } = await bench.db.query('select topic, payload from outbox where key = $1', [`${runId}:1`]);
    expect(rows).toEqual([{ topic: 'run', payload: { id: runId, version: 1, kind: 'grading' } }]);
    expect((await listRuns(bench.db, { examId, limit: 10 })).map(({ id }) => id)).toEqual([runId]);
    await expect(selectRun(bench.db, randomUUID())).rejects.toMatchObject({ code: 'not-found' });
  });

  test('takes on every closed session of its exam and none that is still being sat', async () => {
    expect(await planRun(bench.db, runId, NAMESPACE)).toEqual({ state: 'running', done: 0, failed: 0, total: 4, firstShard: 1, shards: 1 });
    expect(await listPendingItems(bench.db, runId, 1)).toEqual([...sessionIds.slice(0, 4)].sort());
    expect(await selectRun(bench.db, runId)).toMatchObject({ state: 'running', startedAtMs: expect.any(Number) });
  });

  test('for ungraded sessions leaves out what has a grade of its last close', async () => {
    await bench.owner.query(
      `insert into grades (session_id, closed_version, exam_id, points, max_points, graded_count, pending_count, state) values ($1, 2, $2, 1, 1, 1, 0, 'graded')`,
      [sessionIds[0], examId],
    );
    runId = await begin({ only: 'ungraded' });
    expect((await planRun(bench.db, runId, NAMESPACE)).total).toBe(3);
  });

  test('planned again by another workflow run cuts only what is still pending', async () => {
    await planRun(bench.db, runId, NAMESPACE);
    await finish(sessionIds[0]!);
    await close(sessionIds[4]!);
    expect(await planRun(bench.db, runId, NAMESPACE)).toEqual({ state: 'running', done: 1, failed: 0, total: 5, firstShard: 2, shards: 1 });
    expect(await listPendingItems(bench.db, runId, 1)).toEqual([]);
    expect(await listPendingItems(bench.db, runId, 2)).toHaveLength(4);
  });

  test('cuts many sessions into shards of a hundred', async () => {
    await planRun(bench.db, runId, NAMESPACE);
    await bench.owner.query('insert into run_items (run_id, shard, item_id) select $1, 0, gen_random_uuid() from generate_series(1, 446)', [runId]);
    expect(await planRun(bench.db, runId, NAMESPACE)).toMatchObject({ total: 450, firstShard: 2, shards: 5 });
    expect(await listPendingItems(bench.db, runId, 2)).toHaveLength(100);
    expect(await listPendingItems(bench.db, runId, 6)).toHaveLength(50);
  });

  test('keeps a failed item as data and completes', async () => {
    await planRun(bench.db, runId, NAMESPACE);
    for (const id of sessionIds.slice(0, 3)) await finish(id);
    await finish(sessionIds[3]!, 'the key is broken');
    expect(await endRun(bench.db, runId, 'completed')).toMatchObject({ state: 'completed', done: 3, failed: 1, total: 4, finishedAtMs: expect.any(Number) });
  });

  test('makes only the failed items pending again when they are retried', async () => {
    await planRun(bench.db, runId, NAMESPACE);
    for (const id of sessionIds.slice(0, 3)) await finish(id);
    await failShard(bench.db, runId, 1);
    await endRun(bench.db, runId, 'completed');
    expect(await planRetry(bench.db, runId)).toEqual({ state: 'running', done: 3, failed: 0, total: 4, firstShard: 2, shards: 1 });
    expect(await listPendingItems(bench.db, runId, 2)).toEqual([sessionIds[3]]);
  });

  test('that is cancelled marks the rest so, and nothing that comes later changes it', async () => {
    await planRun(bench.db, runId, NAMESPACE);
    await finish(sessionIds[0]!);
    expect(await endRun(bench.db, runId, 'cancelled')).toMatchObject({ state: 'cancelled', done: 1 });
    await finish(sessionIds[1]!);
    await markRun(bench.db, runId, 'running');
    expect(await endRun(bench.db, runId, 'completed')).toMatchObject({ state: 'cancelled' });
    expect(await planRun(bench.db, runId, NAMESPACE)).toMatchObject({ state: 'cancelled', shards: 0 });
    expect(await inTransaction(bench.db, (tx) => countRun(tx, runId))).toMatchObject({ done: 1, total: 4 });
  });

  test('tells those who watch about every step', async () => {
    await planRun(bench.db, runId, NAMESPACE);
    await markRun(bench.db, runId, 'paused');
    await markRun(bench.db, runId, 'paused');
    const { rows } = await bench.db.query(`select data ->> 'state' as state from stream_events where exam_id = $1 and kind = 'run-progress' order by id`, [examId]);
    expect(rows.map((row) => row['state'])).toEqual(['running', 'paused']);
  });
});

describe('the reconciler of runs', () => {
  const pending = async (): Promise<number> => (await bench.db.query('select from outbox where key = $1', [`${runId}:1`])).rowCount ?? 0;

  test('asks for the workflow of a run that no Temporal store knows for a minute', async () => {
    await bench.owner.query('delete from outbox');
    await reconcileRuns(bench.db, NAMESPACE);
    expect(await pending()).toBe(0);
    await bench.clock.advance(61_000);
    await reconcileRuns(bench.db, NAMESPACE);
    expect(await pending()).toBe(1);
  });

  test('asks again when the store was rebuilt, and not for a run that is over', async () => {
    await planRun(bench.db, runId, NAMESPACE);
    await bench.clock.advance(61_000);
    await bench.owner.query('delete from outbox');
    await reconcileRuns(bench.db, NAMESPACE);
    expect(await pending()).toBe(0);
    await reconcileRuns(bench.db, randomUUID());
    expect(await pending()).toBe(1);
    await bench.owner.query('delete from outbox');
    await endRun(bench.db, runId, 'completed');
    await reconcileRuns(bench.db, randomUUID());
    expect(await pending()).toBe(0);
  });
});
