import { randomUUID } from 'node:crypto';

import { cancelled, heartbeat } from '@temporalio/activity';
import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { CancelledFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { startWorkers, type TestWorkers, timeSkippingEnvironment, until } from '#tests/support/workflow-environment.ts';
import { createFakeRun, type FakeRun } from '#tests/support/workflow-run-fake.ts';

import { pauseRunUpdate, resumeRunUpdate } from '../runs/messages.ts';
import { PLAGIARISM_SCAN_WORKFLOW, plagiarismScanWorkflowId } from './messages.ts';
import type { plagiarismScanWorkflow } from './workflow.ts';

const STEPS = ['candidates', 'part 1', 'part 2', 'flags'];

let env: TestWorkflowEnvironment;
let workers: TestWorkers;
let fake: FakeRun;
let handle: WorkflowHandle<typeof plagiarismScanWorkflow>;
let steps: string[];
/** The step that is held, and what lets it go on. */
let hold: { step: string; gate: Promise<void>; release: () => void };

beforeAll(async () => {
  env = await timeSkippingEnvironment();
});
afterAll(() => env.teardown());
afterEach(async () => {
  hold.release();
  await handle.terminate().catch(() => undefined);
  await workers.stop();
});

async function begin(heldStep = 'none'): Promise<void> {
  fake = createFakeRun(3, 100);
  steps = [];
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  hold = { step: heldStep, gate, release };
  const work = async <Result>(step: string, result: Result): Promise<Result> => {
    steps.push(step);
    // the answer to a heartbeat tells of a cancelled run
    const beat = setInterval(heartbeat, 50);
    try {
      if (step === hold.step) await Promise.race([hold.gate, cancelled()]);
      return result;
    } finally {
      clearInterval(beat);
    }
  };
  workers = await startWorkers(env, {
    ...fake.activities,
    fingerprintShard: fake.activities.gradeShard,
    findCandidates: () => work('candidates', { parts: 2, pairs: 9 }),
    compareCandidates: ({ part }: { part: number }) => work(`part ${part}`, { kept: 1 }),
    clusterFlags: () => work('flags', { flags: 1 }),
  });
  const runId = randomUUID();
  handle = await env.client.workflow.start<typeof plagiarismScanWorkflow>(PLAGIARISM_SCAN_WORKFLOW, {
    workflowId: plagiarismScanWorkflowId(runId), taskQueue: workers.taskQueue, args: [{ runId }],
  });
}

describe('a plagiarism scan', () => {
  test('reduces all shards before it compares the parts in order and flags once', async () => {
    await begin();
    expect(await handle.result()).toMatchObject({ state: 'completed', done: 300, failed: 0 });
    expect(fake.shards).toHaveLength(3);
    expect(steps).toEqual(STEPS);
  });

  test.each([['candidates', 1], ['part 1', 2], ['part 2', 3]])('that is paused during %s ends that step and begins no other one until it goes on', async (step, count) => {
    await begin(step);
    await until(() => Promise.resolve(steps.includes(step)), 20_000);
    expect(await handle.executeUpdate(pauseRunUpdate, { args: [{}] })).toMatchObject({ state: 'paused' });
    hold.release();
    // a step that was begun in spite of the pause would be in the list by then
    await env.sleep(5_000);
    expect(steps).toEqual(STEPS.slice(0, count));
    await handle.executeUpdate(resumeRunUpdate, { args: [{}] });
    expect(await handle.result()).toMatchObject({ state: 'completed' });
    expect([steps, fake.marks]).toEqual([STEPS, ['paused', 'running']]);
  });

  test.each([['candidates', 1], ['part 1', 2], ['flags', 4]])('that is cancelled during %s ends there', async (step, count) => {
    await begin(step);
    await until(() => Promise.resolve(steps.includes(step)), 20_000);
    await handle.cancel();
    const error: unknown = await handle.result().then(() => undefined, (failure: unknown) => failure);
    expect(error).toBeInstanceOf(WorkflowFailedError);
    expect((error as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
    expect([fake.state, steps]).toEqual(['cancelled', STEPS.slice(0, count)]);
  });

  test('that is cancelled while it is paused between two steps ends there', async () => {
    await begin('part 1');
    await until(() => Promise.resolve(steps.includes('part 1')), 20_000);
    await handle.executeUpdate(pauseRunUpdate, { args: [{}] });
    hold.release();
    await env.sleep(2_000);
    await handle.cancel();
    await handle.result().catch(() => undefined);
    expect([fake.state, steps]).toEqual(['cancelled', ['candidates', 'part 1']]);
  });
});
