import { randomUUID } from 'node:crypto';
import { once } from 'node:events';

import { inTransaction } from '#db/connection.ts';
import { queueScan } from '#db/plagiarism/scans.ts';
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

test('a plagiarism scan whose worker is killed in the middle goes on with another one', async () => {
  const { exam, sessionIds } = await stack.handedIn(STUDENTS);
  const runId = randomUUID();
  const parameters = { level: 0.01, answers: true, text: true, timing: true, minContainment: 0.3, commonSharePercent: 10 };
  await inTransaction(stack.db, (tx) => queueScan(tx, { runId, examId: exam.examId, parameters, origin: { actorId: null, address: null, requestId: null } }));
  const count = async (state: string): Promise<number> =>
    (await stack.db.query('select from run_items where run_id = $1 and state = $2', [runId, state])).rowCount ?? 0;

  await until(async () => (await count('pending')) === STUDENTS, PATIENCE_MS);
  await inTransaction(stack.db, async (tx) => {
    // held for as long as a process takes to start on a busy machine
    await tx.query('set local transaction_timeout = 0');
    await tx.query('set local idle_in_transaction_session_timeout = 0');
    // the last batch can not be noted, so the worker stands in the middle of its shard
    await tx.query('select from run_items where run_id = $1 and item_id = $2 for update', [runId, sessionIds.at(-1)]);
    const worker = await stack.spawnWorker('grading');
    await until(async () => (await count('done')) === 50, PATIENCE_MS);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
  });
  expect(await count('pending')).toBe(STUDENTS - 50);

  await stack.spawnWorker('grading');
  await until(async () => (await stack.db.query(`select from runs where id = $1 and state = 'completed'`, [runId])).rowCount === 1, PATIENCE_MS);
  const { rows } = await stack.db.query('select phase, (summary ->> $2)::int as sessions from plagiarism_scans where run_id = $1', [runId, 'sessions']);
  expect(rows).toEqual([{ phase: 'done', sessions: STUDENTS }]);
}, 120_000);
