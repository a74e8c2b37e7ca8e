import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { eventNames, until } from '#tests/support/workflow-environment.ts';
import { openWorkflowStack, type WorkflowStack } from '#tests/support/workflow-stack.ts';
import { examSessionWorkflowId, getSessionStatusQuery } from '#workflows/session/messages.ts';
import { signalRowChanged } from '#workflows/signals.ts';

/** Bars of the product. */
const NOMINAL_EVENTS = 25;

let stack: WorkflowStack;
beforeAll(async () => {
  stack = await openWorkflowStack();
  stack.startWorker('core');
  stack.startWorker('grading');
});
afterAll(() => stack.close());

const handleOf = (sessionId: string) => stack.client.getHandle(examSessionWorkflowId(sessionId));
const seenVersion = async (sessionId: string): Promise<number> => {
  const { rows } = await stack.db.query<{ seen_version: number }>('select seen_version from session_workflows where session_id = $1', [sessionId]);
  return rows[0]?.seen_version ?? 0;
};
const completed = async (sessionId: string): Promise<boolean> => {
  const { rowCount } = await stack.db.query('select from session_workflows where session_id = $1 and completed_at is not null', [sessionId]);
  return rowCount === 1;
};
const grades = async (sessionId: string) =>
  (await stack.db.query('select closed_version, state, max_points::text from grades where session_id = $1 order by closed_version', [sessionId])).rows;

describe('the workflow of a session on a real server', () => {
  test('is started by the relay with its search attributes, sees the hand-in, has it marked and completes', async () => {
    const exam = await stack.exam();
    const { id } = await stack.start(exam);
    await until(async () => (await seenVersion(id)) === 1);
    const description = await handleOf(id).describe();
    expect(description.searchAttributes).toMatchObject({ ExamId: [exam.examId], StudentId: [exam.studentIds[0]] });
    expect(await handleOf(id).query(getSessionStatusQuery)).toMatchObject({ state: 'active', waitingFor: 'deadline' });
    await stack.submit(id);
    await until(() => completed(id));
    expect(await grades(id)).toEqual([{ closed_version: 2, state: 'graded', max_points: '6.0000' }]);
    expect((await eventNames(handleOf(id))).length).toBeLessThanOrEqual(NOMINAL_EVENTS);
  });

  test('that is told of a change by the API and by the relay carries it once', async () => {
    const exam = await stack.exam();
    const { id } = await stack.start(exam);
    await until(async () => (await seenVersion(id)) === 1);
    for (let change = 2; change <= 6; change += 1) {
      const { version } = await stack.command(id, 'extend', 60);
      await signalRowChanged(stack.client, 'session', id, version);
      await until(async () => (await seenVersion(id)) === version);
    }
    await until(async () => ((await stack.db.query('select from outbox')).rowCount ?? 0) === 0);
    const signals = (await eventNames(handleOf(id))).filter((name) => name === 'workflowExecutionSignaled');
    expect(signals).toHaveLength(1 + 5);
  });

  test('closed, completed and re-opened starts a second run that is followed to its own end', async () => {
    const exam = await stack.exam();
    const { id } = await stack.start(exam);
    await stack.submit(id);
    await until(() => completed(id));
    const first = (await handleOf(id).describe()).runId;
    await stack.command(id, 'reopen', 600);
    await until(async () => (await seenVersion(id)) === 3);
    expect((await handleOf(id).describe()).runId).not.toBe(first);
    await stack.submit(id);
    await until(() => completed(id));
    expect((await grades(id)).map((grade) => grade['closed_version'])).toEqual([2, 4]);
  });

  test('re-opened at any moment of its completion is always followed to its second end', async () => {
    const exam = await stack.exam({ students: 24 });
    const ids: string[] = [];
    for (let student = 0; student < 24; student += 1) ids.push((await stack.start(exam, student)).id);
    await until(async () => (await Promise.all(ids.map(seenVersion))).every((version) => version === 1));
    await Promise.all(ids.map(async (id, index) => {
      await stack.submit(id);
      // the relay tells the hand-in after some 300 ms, marking and completing take some 100 more
      await new Promise((resolve) => setTimeout(resolve, index * 40));
      const { version } = await stack.command(id, 'reopen', 600);
      await signalRowChanged(stack.client, 'session', id, version).catch(() => undefined);
    }));
    await until(async () => (await Promise.all(ids.map(seenVersion))).every((version) => version === 3));
    for (const id of ids) expect((await handleOf(id).describe()).status.name).toBe('RUNNING');
    await Promise.all(ids.map((id) => stack.submit(id)));
    await until(async () => (await Promise.all(ids.map(completed))).every(Boolean));
    for (const id of ids) expect((await grades(id)).at(-1)).toMatchObject({ closed_version: 4, state: 'graded' });
  });

  test('closed by the loop while no worker was there completes when it is told', async () => {
    const exam = await stack.exam();
    const { id } = await stack.start(exam);
    await until(async () => (await seenVersion(id)) === 1);
    await stack.stopWorkers();
    // its time is over, and nobody is there to close it
    await stack.db.query(`update exam_sessions set started_at = started_at - interval '1 hour', deadline_at = deadline_at - interval '1 hour', cutoff_at = cutoff_at - interval '1 hour' where id = $1`, [id]);
    stack.startWorker('core');
    stack.startWorker('grading');
    // the close loop closes it; its workflow waits for its own timer, so it is nudged as an admin would
    await until(async () => (await stack.session(id)).state === 'expired');
    await signalRowChanged(stack.client, 'session', id, 2);
    await until(() => completed(id));
    expect(await grades(id)).toHaveLength(1);
  });

  test('keeps nothing personal in its history', async () => {
    const exam = await stack.exam();
    const { id, studentId } = await stack.start(exam);
    await stack.db.query(`update users set name = 'Fixture Person', email = 'fixture.person@example.org' where id = $1`, [studentId]);
    await stack.db.query(
      `insert into answers (session_id, item_id, revision, client_id, client_seq, response, saved_at, session_version)
       values ($1, $2, 1, $3, 1, '{"value": true, "fixture": "secret words"}', holdfast_now(), 1)`,
      [id, exam.itemIds[0], randomUUID()],
    );
    await stack.command(id, 'pause');
    await stack.command(id, 'resume');
    await stack.submit(id);
    await until(() => completed(id));
    const { events } = await handleOf(id).fetchHistory();
    const text = JSON.stringify(events, (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value));
    expect(text).toContain(id);
    for (const secret of ['@example', 'Fixture', 'Person', 'secret words', 'a test', exam.itemIds[0]!]) expect(text).not.toContain(secret);
  });
});
