import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { inTransaction } from '#db/connection.ts';
import { insertRun } from '#db/runs/rows.ts';
import { until } from '#tests/support/workflow-environment.ts';
import { openWorkflowStack, type WorkflowStack } from '#tests/support/workflow-stack.ts';
import { gradingRunWorkflowId } from '#workflows/grading/messages.ts';
import { examSessionWorkflowId } from '#workflows/session/messages.ts';

const PATIENCE_MS = 60_000;

let stack: WorkflowStack;
beforeAll(async () => {
  stack = await openWorkflowStack();
});
afterEach(() => stack.stopWorkers());
afterAll(() => stack.close());

async function seenVersion(sessionId: string): Promise<number> {
  const { rows } = await stack.db.query<{ seen_version: number }>('select seen_version from session_workflows where session_id = $1', [sessionId]);
  return rows[0]?.seen_version ?? 0;
}

async function completed(sessionIds: readonly string[]): Promise<boolean> {
  const { rowCount } = await stack.db.query('select from session_workflows where session_id = any($1) and completed_at is not null', [sessionIds]);
  return rowCount === sessionIds.length;
}

/** Makes the time of a session end in `inMs`, without telling anybody. */
async function endIn(sessionId: string, inMs: number): Promise<void> {
  await stack.db.query(
    `update exam_sessions s set started_at = holdfast_now() - entitled_ms * interval '1 millisecond' + $2 * interval '1 millisecond',
       deadline_at = holdfast_now() + $2 * interval '1 millisecond', cutoff_at = holdfast_now() + $2 * interval '1 millisecond' where id = $1`,
    [sessionId, inMs],
  );
}

describe('while Temporal is away', () => {
  test('sessions are started, changed and closed, and their workflows follow when it is back', async () => {
    stack.cutTemporal();
    stack.startWorker('core');
    stack.startWorker('grading');
    const exam = await stack.exam({ students: 3 });
    const ids = [];
    for (const student of [0, 1, 2]) ids.push((await stack.start(exam, student)).id);
    const [submitted, expired, open] = ids as [string, string, string];
    await stack.submit(submitted);
    await stack.command(open, 'extend', 60);
    await endIn(expired, 500);
    await until(async () => (await stack.session(expired)).state === 'expired', 5_000);
    expect(await completed([submitted])).toBe(false);
    stack.mendTemporal();
    await until(() => completed([submitted, expired]), PATIENCE_MS);
    await until(async () => (await seenVersion(open)) === 2, PATIENCE_MS);
    const { rows } = await stack.db.query('select session_id from grades where session_id = any($1)', [[submitted, expired]]);
    expect(rows).toHaveLength(2);
  });

  test('a running worker goes on by itself when it is back, in the middle of its timers', async () => {
    stack.startWorker('core');
    stack.startWorker('grading');
    const exam = await stack.exam();
    const { id } = await stack.start(exam);
    await until(async () => (await seenVersion(id)) === 1, PATIENCE_MS);
    stack.cutTemporal();
    await stack.submit(id);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    stack.mendTemporal();
    await until(() => completed([id]), PATIENCE_MS);
  });
});

describe('a worker that is gone', () => {
  test('over the end of a timer is followed by another, which finds the row closed or closes it', async () => {
    const exam = await stack.exam();
    const { id } = await stack.start(exam);
    await endIn(id, 7_000);
    stack.startWorker('core');
    await until(async () => (await seenVersion(id)) === 1, PATIENCE_MS);
    await stack.stopWorkers();
    await until(async () => Date.now() > (await stack.session(id)).cutoffAtMs + 500, PATIENCE_MS);
    expect((await stack.session(id)).state).toBe('active');
    stack.startWorker('core');
    stack.startWorker('grading');
    await until(() => completed([id]), PATIENCE_MS);
    expect(await stack.session(id)).toMatchObject({ state: 'expired', closeReason: 'deadline' });
  });
});

describe('a Temporal store that was lost', () => {
  test('is filled again from the database under running workers: open sessions, closed ones that nobody finished, runs', async () => {
    stack.startWorker('core');
    const exam = await stack.exam({ students: 4 });
    const open = (await stack.start(exam, 0)).id;
    const unfinished = (await stack.start(exam, 1)).id;
    const done = (await stack.start(exam, 2)).id;
    stack.startWorker('grading');
    await stack.submit(done);
    await until(() => completed([done]), PATIENCE_MS);
    await until(async () => (await seenVersion(unfinished)) === 1 && (await seenVersion(open)) === 1, PATIENCE_MS);
    await stack.stopWorkers();
    await stack.submit(unfinished);
    // a run that the lost store had begun
    const run = await inTransaction(stack.db, (tx) => insertRun(tx, { kind: 'grading', examId: exam.examId, createdBy: null }));
    await stack.db.query(
      `update runs set state = 'running', params = '{"namespaceId": "lost"}', created_at = holdfast_now() - interval '2 minutes' where id = $1`,
      [run.id],
    );
    await stack.db.query('delete from outbox');
    stack.startWorker('core');
    stack.startWorker('grading');
    const last = (await stack.start(exam, 3)).id;
    await until(async () => (await seenVersion(last)) === 1, PATIENCE_MS);
    await stack.rebuildTemporal();
    await until(() => completed([unfinished]), PATIENCE_MS);
    const before = (await stack.db.query('select namespace_id from session_workflows where session_id = $1', [done])).rows[0]!['namespace_id'];
    await until(async () => (await stack.db.query('select from session_workflows where session_id = $1 and namespace_id <> $2', [open, before])).rowCount === 1, PATIENCE_MS);
    expect((await stack.client.getHandle(examSessionWorkflowId(open)).describe()).status.name).toBe('RUNNING');
    await until(async () => (await stack.db.query(`select from runs where id = $1 and state = 'completed'`, [run.id])).rowCount === 1, PATIENCE_MS);
    await until(async () => (await stack.client.getHandle(gradingRunWorkflowId(run.id)).describe()).status.name === 'COMPLETED', PATIENCE_MS);
    // what was complete in the lost store is history, not work
    await expect(stack.client.getHandle(examSessionWorkflowId(done)).describe()).rejects.toThrow();
    expect(stack.complaints.map((record) => record['msg'])).toContain('the Temporal store was rebuilt; it is filled from the database');
  });
});
