import { once } from 'node:events';

import { inTransaction } from '#db/connection.ts';
import { insertRun } from '#db/runs/rows.ts';
import { until } from '#tests/support/workflow-environment.ts';
import { openWorkflowStack, type WorkflowStack } from '#tests/support/workflow-stack.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';

const STUDENTS = 60;
const PATIENCE_MS = 60_000;

let stack: WorkflowStack;
beforeAll(async () => {
  stack = await openWorkflowStack();
  stack.startWorker('core');
});
afterAll(() => stack.close());

test('a grading run whose worker is killed in the middle goes on with another one, and every session has one grade', async () => {
  const { exam, sessionIds } = await stack.handedIn(STUDENTS);
  const { id: runId } = await inTransaction(stack.db, (tx) => insertRun(tx, { kind: 'grading', examId: exam.examId, createdBy: null }));
  const count = async (state: string): Promise<number> =>
    (await stack.db.query('select from run_items where run_id = $1 and state = $2', [runId, state])).rowCount ?? 0;

  await inTransaction(stack.db, async (tx) => {
    // held for as long as a process takes to start on a busy machine
    await tx.query('set local transaction_timeout = 0');
    await tx.query('set local idle_in_transaction_session_timeout = 0');
    // the last batch can not be written, so the worker stands in the middle of its shard
    await tx.query('select from exam_sessions where id = $1 for update', [sessionIds.at(-1)]);
    const worker = await stack.spawnWorker('grading');
    await until(async () => (await count('done')) === 50, PATIENCE_MS);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
  });
  expect(await count('pending')).toBe(STUDENTS - 50);

  await stack.spawnWorker('grading');
  await until(async () => (await stack.db.query(`select from runs where id = $1 and state = 'completed'`, [runId])).rowCount === 1, PATIENCE_MS);
  const { rows } = await stack.db.query('select done, failed, total from runs where id = $1', [runId]);
  expect(rows).toEqual([{ done: STUDENTS, failed: 0, total: STUDENTS }]);
  const { rows: grades } = await stack.db.query('select count(*)::int as n, count(distinct session_id)::int as sessions from grades where exam_id = $1', [exam.examId]);
  expect(grades).toEqual([{ n: STUDENTS, sessions: STUDENTS }]);
}, 120_000);
