import { randomUUID } from 'node:crypto';

import { WorkflowFailedError, type WorkflowHandle, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { eventNames, startWorkers, type TestWorkers, timeSkippingEnvironment, until } from '#tests/support/workflow-environment.ts';
import { createFakeRun, type FakeRun } from '#tests/support/workflow-run-fake.ts';

import { getProgressQuery, pauseRunUpdate, resumeRunUpdate, retryFailedUpdate, setConcurrencyUpdate } from '../runs/messages.ts';
import { GRADING_RUN_WORKFLOW, gradingRunWorkflowId } from './messages.ts';
import type { gradingRunWorkflow } from './workflow.ts';

const DAY = 86_400_000;

let env: TestWorkflowEnvironment;
let workers: TestWorkers;
let fake: FakeRun;
let handle: WorkflowHandle<typeof gradingRunWorkflow>;

beforeAll(async () => {
  env = await timeSkippingEnvironment();
});
afterAll(async () => {
  await env.teardown();
});
afterEach(async () => {
  held.forEach((release) => release());
  held.length = 0;
  await handle.terminate().catch(() => undefined);
  await workers.stop();
});

async function begin(shards: number, prepare: (fake: FakeRun) => void = () => undefined): Promise<void> {
  fake = createFakeRun(shards, 100);
  prepare(fake);
  workers = await startWorkers(env, { ...fake.activities });
  const runId = randomUUID();
  handle = await env.client.workflow.start<typeof gradingRunWorkflow>(GRADING_RUN_WORKFLOW, {
    workflowId: gradingRunWorkflowId(runId), taskQueue: workers.taskQueue, args: [{ runId }],
  });
}

const held: (() => void)[] = [];

/** Holds every shard until it is released. */
function holdShards(run: FakeRun): { release: () => void } {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  run.gate = () => gate;
  held.push(release);
  return { release };
}

async function codeOf(update: Promise<unknown>): Promise<string | null | undefined> {
  const error = await update.then(() => undefined, (failure: unknown) => failure);
  if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure)) throw new Error('the update was not refused', { cause: error });
  return error.cause.type;
}

describe('a grading run', () => {
  test('works through all shards, four at a time, in six events each', async () => {
    await begin(10);
    expect(await handle.result()).toMatchObject({ state: 'completed', done: 1_000, failed: 0, total: 1_000 });
    expect([...fake.shards].sort((left, right) => left - right)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(fake.mostAtOnce).toBeLessThanOrEqual(4);
    expect((await eventNames(handle)).length).toBeLessThanOrEqual(80);
  });

  test('that was cancelled before a worker took it up does nothing', async () => {
    await begin(3, (run) => {
      run.state = 'cancelled';
    });
    expect(await handle.result()).toMatchObject({ state: 'cancelled' });
    expect(fake.shards).toEqual([]);
  });

  test('counts a shard that breaks down as failed and goes on', async () => {
    await begin(3, (run) => run.broken.add(2));
    await until(() => fake.state === 'completed');
    expect(await handle.query(getProgressQuery)).toMatchObject({ state: 'completed', done: 200, failed: 100 });
    expect([...fake.shards].sort((left, right) => left - right)).toEqual([1, 2, 3]);
  });

  test('with failures takes them again when asked within two weeks', async () => {
    await begin(2, (run) => run.failures.set(1, 1));
    await until(() => fake.state === 'completed');
    const again = await handle.executeUpdate(retryFailedUpdate, { args: [{}] });
    expect(again).toMatchObject({ state: 'running', failed: 0 });
    expect(await handle.result()).toMatchObject({ state: 'completed', done: 200, failed: 0 });
  });

  test('with failures ends by itself after two weeks', async () => {
    await begin(2, (run) => run.failures.set(1, 1));
    const beganMs = await env.currentTimeMs();
    expect(await handle.result()).toMatchObject({ state: 'completed', failed: 1 });
    expect(await env.currentTimeMs()).toBeGreaterThanOrEqual(beganMs + 14 * DAY);
  });
});

describe('the controls of a run', () => {
  test('pause it after the shards in work and let it go on', async () => {
    let hold = { release: (): void => undefined };
    await begin(12, (run) => {
      hold = holdShards(run);
    });
    await until(() => fake.shards.length === 4);
    expect(await handle.executeUpdate(pauseRunUpdate, { args: [{}] })).toMatchObject({ state: 'paused' });
    fake.gate = () => Promise.resolve();
    hold.release();
    await until(() => fake.done === 400);
    expect(fake.shards).toHaveLength(4);
    expect(await handle.executeUpdate(resumeRunUpdate, { args: [{}] })).toMatchObject({ state: 'running' });
    expect(await handle.result()).toMatchObject({ state: 'completed', done: 1_200 });
    expect(fake.marks).toEqual(['paused', 'running']);
  });

  test('set how many shards are in work at once', async () => {
    let hold = { release: (): void => undefined };
    await begin(12, (run) => {
      hold = holdShards(run);
    });
    await until(() => fake.shards.length === 4);
    expect(await handle.executeUpdate(setConcurrencyUpdate, { args: [{ concurrency: 8 }] })).toMatchObject({ concurrency: 8 });
    await until(() => fake.shards.length === 8);
    hold.release();
    await handle.result();
    expect(fake.mostAtOnce).toBe(8);
  });

  test('are refused with a problem code where they make no sense', async () => {
    let hold = { release: (): void => undefined };
    await begin(1, (run) => {
      hold = holdShards(run);
    });
    await until(() => fake.shards.length === 1);
    expect(await codeOf(handle.executeUpdate(resumeRunUpdate, { args: [{}] }))).toBe('state-conflict');
    expect(await codeOf(handle.executeUpdate(retryFailedUpdate, { args: [{}] }))).toBe('state-conflict');
    expect(await codeOf(handle.executeUpdate(setConcurrencyUpdate, { args: [{ concurrency: 9 }] }))).toBe('validation-failed');
    expect(await codeOf(handle.executeUpdate(setConcurrencyUpdate, { args: [{ concurrency: 1.5 }] }))).toBe('validation-failed');
    hold.release();
    await handle.result();
  });

  test('cancel it: what is in work ends, the rest is marked cancelled', async () => {
    await begin(12, (run) => void holdShards(run));
    await until(() => fake.shards.length === 4);
    await handle.cancel();
    fake.gate = () => Promise.resolve();
    const failure = await handle.result().then(() => undefined, (error: unknown) => error);
    expect(failure).toBeInstanceOf(WorkflowFailedError);
    expect((failure as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
    expect(fake.state).toBe('cancelled');
    expect(fake.shards).toHaveLength(4);
  });
});
