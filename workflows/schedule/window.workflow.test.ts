import { randomUUID } from 'node:crypto';

import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { eventNames, startWorkers, type TestWorkers, timeSkippingEnvironment, until } from '#tests/support/workflow-environment.ts';
import { createFakeWindow, type FakeWindow, milestonesAt } from '#tests/support/workflow-window-fake.ts';

import { EXAM_WINDOW_WORKFLOW, examWindowWorkflowId, getPlanQuery, type WindowRowChanged, windowRowChangedSignal } from './messages.ts';
import type { examWindowWorkflow } from './workflow.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Bar of the product for a session, kept for a window too. */
const WORST_EVENTS = 80;

let env: TestWorkflowEnvironment;
let workers: TestWorkers;
let fake: FakeWindow;
let handle: WorkflowHandle<typeof examWindowWorkflow>;
let nowMs: number;

beforeAll(async () => {
  env = await timeSkippingEnvironment();
});
afterAll(async () => {
  await env.teardown();
});
afterEach(async () => {
  // an open workflow whose timer fires without a worker would stop the time of the next test
  await handle.terminate().catch(() => undefined);
  await workers.stop();
});

/** @param schedule milestones by distance from now, ms */
async function begin(schedule: Record<string, number>, prepare: (fake: FakeWindow) => void = () => undefined): Promise<void> {
  nowMs = await env.currentTimeMs();
  fake = createFakeWindow(env, at(schedule));
  prepare(fake);
  workers = await startWorkers(env, { ...fake.activities });
  const examId = randomUUID();
  handle = await env.client.workflow.signalWithStart<typeof examWindowWorkflow, [WindowRowChanged]>(EXAM_WINDOW_WORKFLOW, {
    workflowId: examWindowWorkflowId(examId), taskQueue: workers.taskQueue, args: [{ examId }],
    signal: windowRowChangedSignal, signalArgs: [{ version: 1, kind: 'published', commandId: null }],
  });
}

function at(schedule: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(schedule).map(([key, inMs]) => [key, nowMs + inMs]));
}

async function tell(version: number, kind = 'window'): Promise<void> {
  await handle.signal(windowRowChangedSignal, { version, kind, commandId: randomUUID() });
}

const WHOLE = {
  'waiting-room': DAY - 15 * MINUTE, open: DAY, 'last-entry': DAY + 30 * MINUTE, end: DAY + 2 * HOUR,
  'close-out': DAY + 2 * HOUR + 15_000, publication: DAY + 2 * HOUR + 15_000,
};
const keys = (): string[] => fake.reached.map(({ key }) => key);

describe('an exam window', () => {
  test('reaches every milestone at its instant, in order, within the event budget', async () => {
    await begin(WHOLE);
    expect(await handle.result()).toEqual({ version: 1, reached: 6 });
    expect(keys()).toEqual(['waiting-room', 'open', 'last-entry', 'end', 'close-out', 'publication']);
    for (const { key, atMs } of fake.reached) expect(atMs).toBeGreaterThanOrEqual(nowMs + WHOLE[key as keyof typeof WHOLE]);
    expect(fake.reached.every(({ key, atMs }) => atMs < nowMs + WHOLE[key as keyof typeof WHOLE] + 5_000)).toBe(true);
    expect(fake.completedVersion).toBe(1);
    expect((await eventNames(handle)).length).toBeLessThanOrEqual(WORST_EVENTS);
  });

  test('that has nothing before it completes at once', async () => {
    await begin({});
    expect(await handle.result()).toEqual({ version: 1, reached: 0 });
  });

  test('that is started late catches up in order without waiting', async () => {
    await begin({ open: -HOUR, end: -MINUTE, 'close-out': -1_000 });
    await handle.result();
    expect(keys()).toEqual(['open', 'end', 'close-out']);
  });

  test('looks again while somebody is still sitting, and draws up the close-out after the last', async () => {
    await begin({ open: MINUTE, end: HOUR, 'close-out': HOUR + 15_000 }, (window) => {
      window.stillSitting = [HOUR, 2 * HOUR];
    });
    await handle.result();
    expect(fake.reached.at(-1)).toMatchObject({ key: 'close-out' });
    expect(fake.reached.at(-1)!.atMs).toBeGreaterThanOrEqual(nowMs + 4 * HOUR + 15_000);
    expect((await eventNames(handle)).length).toBeLessThanOrEqual(WORST_EVENTS);
  });
});

describe('a window that moves', () => {
  test('is followed at its new instants', async () => {
    await begin({ open: HOUR, end: 2 * HOUR, 'close-out': 2 * HOUR + 15_000 });
    await until(() => fake.loads === 1);
    fake.version = 2;
    fake.milestones = milestonesAt(at({ open: 5 * HOUR, end: 6 * HOUR, 'close-out': 6 * HOUR + 15_000 }));
    await tell(2);
    await until(() => fake.loads === 2);
    expect((await handle.query(getPlanQuery)).version).toBe(2);
    await handle.result();
    expect(fake.reached.map(({ version }) => version)).toEqual([2, 2, 2]);
    expect(fake.reached[0]!.atMs).toBeGreaterThanOrEqual(nowMs + 5 * HOUR);
  });

  test('without a signal is noticed by the next milestone, which does nothing at its old instant', async () => {
    await begin({ open: HOUR, end: 2 * HOUR, 'close-out': 2 * HOUR + 15_000 });
    await until(() => fake.loads === 1);
    fake.version = 2;
    fake.milestones = milestonesAt(at({ open: 5 * HOUR, end: 6 * HOUR, 'close-out': 6 * HOUR + 15_000 }));
    await handle.result();
    expect(fake.reached.map(({ version }) => version)).toEqual([2, 2, 2]);
    expect(fake.reached[0]!.atMs).toBeGreaterThanOrEqual(nowMs + 5 * HOUR);
  });

  test('while the workflow completes is not completed over', async () => {
    await begin({ open: 1_000, end: 2_000, 'close-out': 3_000 }, (window) => {
      window.beforeComplete = () => {
        if (window.version === 2) return;
        window.version = 2;
        window.milestones = milestonesAt(at({ open: HOUR, end: 2 * HOUR, 'close-out': 2 * HOUR + 15_000 }));
      };
    });
    expect(await handle.result()).toEqual({ version: 2, reached: 6 });
    expect(fake.completedVersion).toBe(2);
  });
});

describe('signals of a window', () => {
  test('that repeat what was read are not followed by a read', async () => {
    await begin({ open: HOUR });
    await until(() => fake.loads === 1);
    await tell(1);
    await tell(1);
    await handle.query(getPlanQuery);
    expect(fake.loads).toBe(1);
  });

  test('that come while no worker is there are followed when it is back', async () => {
    await begin({ open: 3 * HOUR, end: 4 * HOUR });
    await until(() => fake.loads === 1);
    await workers.stopCore();
    fake.version = 2;
    fake.milestones = milestonesAt(at({ open: HOUR, end: 2 * HOUR }));
    await tell(2);
    await workers.startCore();
    await handle.result();
    expect(fake.reached.map(({ version }) => version)).toEqual([2, 2]);
  });
});
