import { randomUUID } from 'node:crypto';

import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { startWorkers, timeSkippingEnvironment } from '#tests/support/workflow-environment.ts';
import { createFakeRun } from '#tests/support/workflow-run-fake.ts';

import { PLAGIARISM_SCAN_WORKFLOW, plagiarismScanWorkflowId } from './messages.ts';
import type { plagiarismScanWorkflow } from './workflow.ts';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await timeSkippingEnvironment();
});
afterAll(() => env.teardown());

test('a scan reduces all shards before it compares the parts in order and flags once', async () => {
  const fake = createFakeRun(3, 100);
  const steps: string[] = [];
  const note = <Result>(step: string, result: Result): Promise<Result> => {
    steps.push(step);
    return Promise.resolve(result);
  };
  const workers = await startWorkers(env, {
    ...fake.activities,
    fingerprintShard: fake.activities.gradeShard,
    findCandidates: () => note(`candidates after ${fake.shards.length} shards`, { parts: 2, pairs: 9 }),
    compareCandidates: ({ part }: { part: number }) => note(`part ${part}`, { kept: 1 }),
    clusterFlags: () => note('flags', { flags: 1 }),
  });
  try {
    const runId = randomUUID();
    const result = await env.client.workflow.execute<typeof plagiarismScanWorkflow>(PLAGIARISM_SCAN_WORKFLOW, {
      workflowId: plagiarismScanWorkflowId(runId), taskQueue: workers.taskQueue, args: [{ runId }],
    });
    expect(result).toMatchObject({ state: 'completed', done: 300, failed: 0 });
    expect(steps).toEqual(['candidates after 3 shards', 'part 1', 'part 2', 'flags']);
  } finally {
    await workers.stop();
  }
});
