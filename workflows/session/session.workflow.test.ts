import { randomUUID } from 'node:crypto';

import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { eventNames, startWorkers, type TestWorkers, timeSkippingEnvironment, until } from '#tests/support/workflow-environment.ts';
import { createFakeSession, type FakeSession, refusal } from '#tests/support/workflow-session-fake.ts';

import { EXAM_SESSION_WORKFLOW, examSessionWorkflowId, getSessionStatusQuery, type SessionRowChanged, sessionRowChangedSignal } from './messages.ts';
import type { examSessionWorkflow } from './workflow.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Bars of the product. */
const NOMINAL_EVENTS = 25;
const WORST_EVENTS = 80;

let env: TestWorkflowEnvironment;
let workers: TestWorkers;
let fake: FakeSession;
let handle: WorkflowHandle<typeof examSessionWorkflow>;

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

async function begin(durationMs: number, prepare: (fake: FakeSession) => void = () => undefined): Promise<void> {
  fake = createFakeSession(env, await env.currentTimeMs(), durationMs);
  prepare(fake);
  workers = await startWorkers(env, { ...fake.activities });
  const sessionId = randomUUID();
  // as the relay does it: the start carries the first signal
  handle = await env.client.workflow.signalWithStart<typeof examSessionWorkflow, [SessionRowChanged]>(EXAM_SESSION_WORKFLOW, {
    workflowId: examSessionWorkflowId(sessionId), taskQueue: workers.taskQueue, args: [{ sessionId }],
    signal: sessionRowChangedSignal, signalArgs: [{ version: 1, kind: 'start', commandId: null }],
  });
}

async function tell(version: number, kind = 'changed'): Promise<void> {
  await handle.signal(sessionRowChangedSignal, { version, kind, commandId: randomUUID() });
}

const countOf = (name: string): number => fake.calls.filter((call) => call === name).length;

describe('an exam session with nobody online', () => {
  test('is closed after its three hours, graded and complete, within the event budget', async () => {
    await begin(3 * HOUR);
    const result = await handle.result();
    expect(result).toEqual({ state: 'expired', version: 2 });
    expect(fake.calls).toEqual(['loadSession', 'closeSession', 'gradeSession', 'completeSession']);
    expect(fake.completedVersion).toBe(2);
    expect((await eventNames(handle)).length).toBeLessThanOrEqual(NOMINAL_EVENTS);
  });

  test('takes 14 events when a run grades the exam', async () => {
    await begin(HOUR, ({ row }) => {
      row.gradeInline = false;
    });
    await handle.result();
    expect(await eventNames(handle)).toHaveLength(14);
    expect(fake.graded).toEqual([]);
  });

  test('whose row somebody else has closed is only followed', async () => {
    await begin(HOUR);
    await until(() => countOf('loadSession') === 1);
    fake.change({ state: 'expired', closedVersion: 2 });
    expect(await handle.result()).toEqual({ state: 'expired', version: 2 });
    expect(fake.graded).toEqual([2]);
  });

  test('that is over before the workflow starts is graded at once', async () => {
    await begin(HOUR, (session) => session.change({ state: 'submitted', closedVersion: 2 }));
    expect(await handle.result()).toEqual({ state: 'submitted', version: 2 });
    expect(fake.calls).toEqual(['loadSession', 'gradeSession', 'completeSession']);
  });
});

describe('a long exam', () => {
  test('with three extensions, two holds and a worker gone for an hour ends at its last deadline, within the worst budget', async () => {
    await begin(3 * HOUR);
    const startedAtMs = fake.row.cutoffAtMs - 3 * HOUR - 10_000;
    await env.sleep(30 * MINUTE);
    for (let extension = 1; extension <= 3; extension += 1) {
      await tell(fake.change({ cutoffAtMs: fake.row.cutoffAtMs + 10 * MINUTE }), 'extend');
      await until(() => countOf('loadSession') === 1 + extension);
      await env.sleep(10 * MINUTE);
    }
    for (let hold = 1; hold <= 2; hold += 1) {
      await tell(fake.change({ state: 'paused', pausedAtMs: await env.currentTimeMs(), pauseLimitAtMs: startedAtMs + 30 * HOUR }), 'pause');
      await until(() => countOf('loadSession') === 2 * hold + 3);
      await env.sleep(5 * MINUTE);
      await tell(fake.change({ state: 'active', pausedAtMs: null, pauseLimitAtMs: null, cutoffAtMs: fake.row.cutoffAtMs + 5 * MINUTE }), 'resume');
      await until(() => countOf('loadSession') === 2 * hold + 4);
    }
    await workers.stopCore();
    await env.sleep(HOUR);
    await workers.startCore();
    const result = await handle.result();
    expect(result.state).toBe('expired');
    expect(fake.graded).toEqual([result.version]);
    expect(await env.currentTimeMs()).toBeGreaterThanOrEqual(startedAtMs + 3 * HOUR + 40 * MINUTE + 10_000);
    expect((await eventNames(handle)).length).toBeLessThanOrEqual(WORST_EVENTS);
  });

  test('whose worker is gone over the deadline is followed when the worker is back', async () => {
    await begin(HOUR);
    await until(() => countOf('loadSession') === 1);
    await workers.stopCore();
    // just past the timer: with a workflow task that nobody takes the server does not skip
    await env.sleep(HOUR + 10_900);
    fake.change({ state: 'expired', closedVersion: 2 });
    await workers.startCore();
    expect(await handle.result()).toEqual({ state: 'expired', version: 2 });
    expect((await eventNames(handle)).length).toBeLessThanOrEqual(NOMINAL_EVENTS);
  });
});

describe('signals', () => {
  test('that repeat what was read cost a task each and no activity', async () => {
    await begin(HOUR);
    await until(() => countOf('loadSession') === 1);
    const version = fake.change({ cutoffAtMs: fake.row.cutoffAtMs + MINUTE });
    await tell(version);
    await until(() => countOf('loadSession') === 2);
    await tell(version);
    await tell(1);
    await handle.query(getSessionStatusQuery);
    expect(countOf('loadSession')).toBe(2);
    await handle.result();
    expect((await eventNames(handle)).length).toBeLessThanOrEqual(40);
  });

  test('that never come leave a timer that fires early, finds the extended row not due and waits again', async () => {
    await begin(HOUR);
    await until(() => countOf('loadSession') === 1);
    fake.change({ cutoffAtMs: fake.row.cutoffAtMs + HOUR });
    expect((await handle.result()).state).toBe('expired');
    expect(countOf('closeSession')).toBe(2);
    expect(await eventNames(handle)).toHaveLength(26);
  });

  test('of a version that is nowhere to be found are looked for once', async () => {
    await begin(HOUR);
    await until(() => countOf('loadSession') === 1);
    await tell(99);
    await until(() => countOf('loadSession') === 2);
    expect((await handle.result()).state).toBe('expired');
    expect(countOf('loadSession')).toBe(2);
  });

  test('of kind nudge make the workflow look whatever the version says', async () => {
    await begin(HOUR);
    await until(() => countOf('loadSession') === 1);
    await tell(0, 'nudge');
    await until(() => countOf('loadSession') === 2);
    expect(await handle.query(getSessionStatusQuery)).toEqual({ state: 'active', version: 1, waitingFor: 'deadline' });
  });
});

describe('a re-open', () => {
  test('during the grading is followed to its second end, not completed over', async () => {
    let release = (): void => undefined;
    await begin(HOUR, (session) => {
      session.gradingWaitsFor = new Promise((resolve) => (release = resolve));
    });
    // just past the timer: while an activity runs, the server does not skip
    await env.sleep(HOUR + 10_500);
    await until(() => countOf('gradeSession') === 1);
    const version = fake.change({ state: 'active', closedVersion: null, cutoffAtMs: (await env.currentTimeMs()) + HOUR });
    await tell(version, 'reopen');
    fake.gradingWaitsFor = undefined;
    release();
    const result = await handle.result();
    expect(result).toEqual({ state: 'expired', version: 4 });
    expect(fake.graded).toEqual([2, 4]);
    expect(fake.completedVersion).toBe(4);
  });

  test('that commits during the completion without a signal is seen by the completion itself', async () => {
    await begin(HOUR, (session) => {
      const complete = session.activities.completeSession;
      session.activities.completeSession = async (input) => {
        if (countOf('completeSession') === 0) session.change({ state: 'active', closedVersion: null, cutoffAtMs: (await env.currentTimeMs()) + MINUTE });
        return await complete(input);
      };
    });
    expect(await handle.result()).toEqual({ state: 'expired', version: 4 });
    expect(fake.completedVersion).toBe(4);
    expect(fake.graded).toEqual([2, 4]);
  });
});

describe('a hold', () => {
  test('that nobody lifts is brought to the attention of staff once, and ends at its limit', async () => {
    await begin(HOUR);
    await until(() => countOf('loadSession') === 1);
    const nowMs = await env.currentTimeMs();
    await tell(fake.change({ state: 'paused', pausedAtMs: nowMs, pauseLimitAtMs: nowMs + 25 * HOUR }), 'pause');
    expect((await handle.result()).state).toBe('expired');
    expect(countOf('alertPause')).toBe(1);
    expect(await env.currentTimeMs()).toBeGreaterThanOrEqual(nowMs + 25 * HOUR);
  });
});

describe('when the database is away', () => {
  test('short retries bridge a moment', async () => {
    await begin(HOUR, ({ failures }) => failures.push(new Error('connection refused'), new Error('connection refused')));
    expect((await handle.result()).state).toBe('expired');
    expect((await eventNames(handle)).length).toBeLessThanOrEqual(NOMINAL_EVENTS);
  });

  test('grading that fails for good leaves the session to a person and the workflow completes', async () => {
    await begin(HOUR, (session) => {
      session.activities.gradeSession = () => Promise.reject(refusal('validation-failed'));
    });
    expect((await handle.result()).state).toBe('expired');
    expect(fake.calls).toContain('leaveToPerson');
  });

  test('a session that does not exist ends its workflow instead of being looked for for ever', async () => {
    await begin(HOUR, ({ failures }) => failures.push(refusal('not-found')));
    await expect(handle.result()).rejects.toThrow();
    expect(fake.calls).toEqual(['loadSession']);
  });
});
