import { randomUUID } from 'node:crypto';

import { WorkflowUpdateFailedError } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { inTransaction } from '#db/connection.ts';
import { insertOutbox } from '#db/outbox.ts';
import { insertRun } from '#db/runs/rows.ts';
import { moveWindow } from '#db/schedule/windows.ts';
import { eventNames, until } from '#tests/support/workflow-environment.ts';
import { openWorkflowStack, type WorkflowStack } from '#tests/support/workflow-stack.ts';
import { gradingRunWorkflowId } from '#workflows/grading/messages.ts';
import { pauseRunUpdate } from '#workflows/runs/messages.ts';
import { examWindowWorkflowId, getPlanQuery } from '#workflows/schedule/messages.ts';

const PATIENCE_MS = 60_000;
/** Bar of the product for a session, kept for a window too. */
const WORST_EVENTS = 80;

let stack: WorkflowStack;
beforeAll(async () => {
  stack = await openWorkflowStack();
  stack.startWorker('core');
  stack.startWorker('grading');
});
afterAll(() => stack.close());

const windowOf = (examId: string) => stack.client.getHandle(examWindowWorkflowId(examId));
const reached = async (examId: string): Promise<string[]> =>
  (await stack.db.query<{ key: string }>('select key from exam_milestones where exam_id = $1 order by due_at, done_at', [examId])).rows.map(({ key }) => key);
const certificateOf = async (examId: string) =>
  (await stack.db.query<{ certificate: Record<string, unknown> }>('select certificate from close_outs where exam_id = $1', [examId])).rows[0]?.certificate;
const told = async (examId: string): Promise<string[]> =>
  (await stack.db.query<{ kind: string }>(`select data ->> 'kind' as kind from stream_events where exam_id = $1 and kind = 'window-changed' order by id`, [examId])).rows.map(({ kind }) => kind);

describe('an exam window on a real server', () => {
  test('opens, ends, sees everybody closed, stores the certificate and publishes, with nobody online', async () => {
    const exam = await stack.exam({ opensInMs: 1_000, closesInMs: 4_000, endRule: 'window', students: 2 });
    await stack.db.query(`update exams set results = results || '{"release": "after-close"}', schedule_version = 1 where id = $1`, [exam.examId]);
    await insertOutbox(stack.db, 'window', exam.examId, 1, { kind: 'published' });
    await until(async () => (await reached(exam.examId)).includes('open'), PATIENCE_MS);
    const { id } = await stack.start(exam);
    await until(async () => (await certificateOf(exam.examId)) !== undefined, PATIENCE_MS);
    expect((await stack.session(id)).state).toBe('expired');
    expect(await certificateOf(exam.examId)).toMatchObject({ state: 'closed', assigned: 2, counts: { expired: 1, absent: 1 } });
    await until(async () => (await windowOf(exam.examId).describe()).status.name === 'COMPLETED', PATIENCE_MS);
    expect(await reached(exam.examId)).toEqual(['waiting-room', 'open', 'end', 'close-out', 'publication']);
    expect(await told(exam.examId)).toEqual(['opened', 'ended']);
    const { rows } = await stack.db.query('select results_published_at from exams where id = $1', [exam.examId]);
    expect(rows[0]!['results_published_at']).toBeInstanceOf(Date);
    expect((await windowOf(exam.examId).describe()).searchAttributes).toMatchObject({ ExamId: [exam.examId] });
    expect((await eventNames(windowOf(exam.examId))).length).toBeLessThanOrEqual(WORST_EVENTS);
  });

  test('that is moved while it waits is followed at its new time', async () => {
    const exam = await stack.exam({ opensInMs: 3_600_000, closesInMs: 7_200_000, endRule: 'window' });
    await stack.db.query('update exams set schedule_version = 1 where id = $1', [exam.examId]);
    await insertOutbox(stack.db, 'window', exam.examId, 1, { kind: 'published' });
    await until(async () => (await windowOf(exam.examId).query(getPlanQuery).catch(() => ({ version: 0 }))).version === 1, PATIENCE_MS);
    await inTransaction(stack.db, (tx) => moveWindow(tx, {
      examId: exam.examId, commandId: randomUUID(), localStart: '2030-01-01T10:00', localEnd: '2030-01-01T11:00', timeZone: 'UTC',
      opensAtMs: Date.now() + 1_000, closesAtMs: Date.now() + 3_600_000, reason: 'a test', origin: { actorId: null, address: null, requestId: null },
    }));
    await until(async () => (await reached(exam.examId)).includes('open'), PATIENCE_MS);
    expect((await windowOf(exam.examId).query(getPlanQuery)).version).toBe(2);
  });
});

describe('a grading run on a real server', () => {
  test('marks every hand-in of an exam', async () => {
    const exam = await stack.exam({ students: 30 });
    const ids: string[] = [];
    for (let student = 0; student < 30; student += 1) ids.push((await stack.start(exam, student)).id);
    for (const id of ids) await stack.submit(id);
    const run = await inTransaction(stack.db, (tx) => insertRun(tx, { kind: 'grading', examId: exam.examId, createdBy: null }));
    await until(async () => (await stack.db.query(`select from runs where id = $1 and state = 'completed'`, [run.id])).rowCount === 1, PATIENCE_MS);
    const { rows } = await stack.db.query('select done, failed, total from runs where id = $1', [run.id]);
    expect(rows).toEqual([{ done: 30, failed: 0, total: 30 }]);
    const handle = stack.client.getHandle(gradingRunWorkflowId(run.id));
    await handle.result();
    expect((await handle.describe()).searchAttributes).toMatchObject({ RunKind: ['grading'], ExamId: [exam.examId] });
  });

  test('that is over refuses to be paused, without a trace in its history', async () => {
    const exam = await stack.exam({ students: 1 });
    await stack.submit((await stack.start(exam)).id);
    const run = await inTransaction(stack.db, (tx) => insertRun(tx, { kind: 'grading', examId: exam.examId, createdBy: null }));
    // a failed item keeps the workflow open for a retry
    await stack.db.query('insert into run_items (run_id, shard, item_id) values ($1, 0, $2)', [run.id, randomUUID()]);
    await until(async () => (await stack.db.query(`select from runs where id = $1 and state = 'completed' and failed = 1`, [run.id])).rowCount === 1, PATIENCE_MS);
    const handle = stack.client.getHandle(gradingRunWorkflowId(run.id));
    // the timer of the review is the last thing that it writes by itself
    await until(async () => (await eventNames(handle)).at(-1) === 'timerStarted', PATIENCE_MS);
    const before = await eventNames(handle);
    const refused = await handle.executeUpdate(pauseRunUpdate, { args: [{}] }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(WorkflowUpdateFailedError);
    expect((refused as WorkflowUpdateFailedError).cause).toMatchObject({ type: 'state-conflict' });
    expect(await eventNames(handle)).toEqual(before);
  });
});
