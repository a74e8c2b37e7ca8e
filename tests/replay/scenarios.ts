import { randomUUID } from 'node:crypto';

import type { WorkflowClient, WorkflowHandle } from '@temporalio/client';

import { startWorkers, until, type WorkflowServer } from '#tests/support/workflow-environment.ts';
import { createFakeRun, type FakeRun } from '#tests/support/workflow-run-fake.ts';
import { createFakeSession, type FakeSession, refusal } from '#tests/support/workflow-session-fake.ts';
import { createFakeWindow, type FakeWindow, milestonesAt } from '#tests/support/workflow-window-fake.ts';
import { GRADING_RUN_WORKFLOW, gradingRunWorkflowId } from '#workflows/grading/messages.ts';
import { PLAGIARISM_SCAN_WORKFLOW, plagiarismScanWorkflowId } from '#workflows/plagiarism/messages.ts';
import { pauseRunUpdate, resumeRunUpdate, retryFailedUpdate, setConcurrencyUpdate } from '#workflows/runs/messages.ts';
import { EXAM_WINDOW_WORKFLOW, examWindowWorkflowId, windowRowChangedSignal } from '#workflows/schedule/messages.ts';
import { EXAM_SESSION_WORKFLOW, examSessionWorkflowId, sessionRowChangedSignal } from '#workflows/session/messages.ts';

/** A real server that scenarios are recorded on. */
export interface Recorder {
  readonly server: WorkflowServer;
  readonly client: WorkflowClient;
}

/** One scenario: runs a workflow to its end and gives the handle to its history. */
export type Scenario = (recorder: Recorder) => Promise<WorkflowHandle>;

/** Milliseconds of exam time, kept short: these scenarios run on a real clock. */
const EXAM_MS = 2_500;

/** Scenarios by workflow and name; each becomes one recorded history. */
export const SCENARIOS: Readonly<Record<string, Readonly<Record<string, Scenario>>>> = {
  examSessionWorkflow: {
    deadline: (recorder) => session(recorder, () => Promise.resolve()),
    'graded-by-a-run': (recorder) => session(recorder, () => Promise.resolve(), (fake) => void (fake.row.gradeInline = false)),
    'handed-in': (recorder) => session(recorder, async (fake, tell) => tell(fake.change({ state: 'submitted', closedVersion: 2 }))),
    'already-over': (recorder) => session(recorder, () => Promise.resolve(), (fake) => void fake.change({ state: 'terminated', closedVersion: 2 })),
    extended: (recorder) => session(recorder, async (fake, tell) => {
      for (let extension = 1; extension <= 3; extension += 1) {
        await tell(fake.change({ cutoffAtMs: fake.row.cutoffAtMs + 500 }));
        await seen(fake, 'loadSession', extension + 1);
      }
    }),
    'extended-without-a-signal': (recorder) => session(recorder, (fake) => {
      fake.change({ cutoffAtMs: fake.row.cutoffAtMs + 1_500 });
      return Promise.resolve();
    }),
    held: (recorder) => session(recorder, async (fake, tell) => {
      await tell(fake.change({ state: 'paused', pausedAtMs: Date.now(), pauseLimitAtMs: null }));
      await seen(fake, 'loadSession', 2);
      await tell(fake.change({ state: 'active', pausedAtMs: null }));
    }),
    'held-to-its-limit': (recorder) => session(recorder, async (fake, tell) => {
      await tell(fake.change({ state: 'paused', pausedAtMs: Date.now() - 1_800_000, pauseLimitAtMs: Date.now() + EXAM_MS }));
    }),
    'reopened-while-graded': (recorder) => session(recorder, async (fake, tell) => {
      let release = (): void => undefined;
      fake.gradingWaitsFor = new Promise((resolve) => (release = resolve));
      await seen(fake, 'gradeSession', 1);
      await tell(fake.change({ state: 'active', closedVersion: null, cutoffAtMs: Date.now() + 1_500 }));
      fake.gradingWaitsFor = undefined;
      release();
    }),
    'left-to-a-person': (recorder) => session(recorder, () => Promise.resolve(), (fake) => {
      fake.activities.gradeSession = () => Promise.reject(refusal('validation-failed'));
    }),
    'database-away': (recorder) => session(recorder, () => Promise.resolve(), (fake) => {
      const close = fake.activities.closeSession;
      const backAt = Date.now() + 26_000;
      fake.activities.closeSession = (input) => (Date.now() < backAt ? Promise.reject(new Error('connection refused')) : close(input));
    }),
  },
  examWindowWorkflow: {
    whole: (recorder) => window(recorder, { 'waiting-room': 300, open: 600, 'last-entry': 900, end: 1_200, 'close-out': 1_500, publication: 1_500 }),
    'somebody-sits-longer': (recorder) => window(recorder, { open: -1_000, end: 300, 'close-out': 600 }, (fake) => void (fake.stillSitting = [500, 500])),
    moved: (recorder) => window(recorder, { open: 60_000, end: 120_000 }, () => undefined, async (fake, tell) => {
      await until(() => fake.loads === 1);
      fake.version = 2;
      fake.milestones = milestonesAt({ open: Date.now() + 300, end: Date.now() + 600, 'close-out': Date.now() + 900 });
      await tell(2);
    }),
  },
  gradingRunWorkflow: {
    'ten-shards': (recorder) => run(recorder, 10, () => undefined, async (handle) => void (await handle.result())),
    controlled: (recorder) => run(recorder, 8, hold, async (handle, fake, release) => {
      await until(() => fake.shards.length === 4);
      await handle.executeUpdate(setConcurrencyUpdate, { args: [{ concurrency: 6 }] });
      await until(() => fake.shards.length === 6);
      await handle.executeUpdate(pauseRunUpdate, { args: [{}] });
      release();
      await handle.executeUpdate(resumeRunUpdate, { args: [{}] });
      await handle.result();
    }),
    'failures-taken-again': (recorder) => run(recorder, 3, (fake) => void fake.failures.set(2, 1), async (handle, fake) => {
      await until(() => fake.state === 'completed');
      await handle.executeUpdate(retryFailedUpdate, { args: [{}] });
      await handle.result();
    }),
    cancelled: (recorder) => run(recorder, 8, hold, async (handle, fake) => {
      await until(() => fake.shards.length === 4);
      await handle.cancel();
      await handle.result().catch(() => undefined);
    }),
  },
  plagiarismScanWorkflow: { 'two-parts': scan },
};

type Tell = (version: number) => Promise<void>;

async function session(
  { server, client }: Recorder, play: (fake: FakeSession, tell: Tell) => Promise<void>, prepare: (fake: FakeSession) => void = () => undefined,
): Promise<WorkflowHandle> {
  const fake = createFakeSession(server, Date.now(), EXAM_MS);
  prepare(fake);
  const workers = await startWorkers(server, { ...fake.activities });
  fake.row.cutoffAtMs = Date.now() + EXAM_MS;
  const sessionId = randomUUID();
  const handle = await client.signalWithStart(EXAM_SESSION_WORKFLOW, {
    workflowId: examSessionWorkflowId(sessionId), taskQueue: workers.taskQueue, args: [{ sessionId }], staticSummary: `session ${sessionId}`,
    signal: sessionRowChangedSignal, signalArgs: [{ version: 1, kind: 'changed', commandId: null }],
  });
  await seen(fake, 'loadSession', 1);
  await play(fake, (version) => handle.signal(sessionRowChangedSignal, { version, kind: 'changed', commandId: randomUUID() }));
  await handle.result();
  await workers.stop();
  return handle;
}

async function window(
  { server, client }: Recorder, inMs: Readonly<Record<string, number>>, prepare: (fake: FakeWindow) => void = () => undefined,
  play: (fake: FakeWindow, tell: Tell) => Promise<void> = () => Promise.resolve(),
): Promise<WorkflowHandle> {
  const fake = createFakeWindow(server, Object.fromEntries(Object.entries(inMs).map(([key, ms]) => [key, Date.now() + ms])));
  prepare(fake);
  const workers = await startWorkers(server, { ...fake.activities });
  const examId = randomUUID();
  const handle = await client.signalWithStart(EXAM_WINDOW_WORKFLOW, {
    workflowId: examWindowWorkflowId(examId), taskQueue: workers.taskQueue, args: [{ examId }], staticSummary: `window of exam ${examId}`,
    signal: windowRowChangedSignal, signalArgs: [{ version: 1, kind: 'published', commandId: null }],
  });
  await play(fake, (version) => handle.signal(windowRowChangedSignal, { version, kind: 'window', commandId: randomUUID() }));
  await handle.result();
  await workers.stop();
  return handle;
}

async function run<Prepared>(
  { server, client }: Recorder, shards: number, prepare: (fake: FakeRun) => Prepared,
  play: (handle: WorkflowHandle, fake: FakeRun, prepared: Prepared) => Promise<void>,
): Promise<WorkflowHandle> {
  const fake = createFakeRun(shards, 100);
  const prepared = prepare(fake);
  const workers = await startWorkers(server, { ...fake.activities });
  const runId = randomUUID();
  const handle = await client.start(GRADING_RUN_WORKFLOW, {
    workflowId: gradingRunWorkflowId(runId), taskQueue: workers.taskQueue, args: [{ runId }], staticSummary: `grading run ${runId}`,
  });
  await play(handle, fake, prepared);
  await workers.stop();
  return handle;
}

async function scan({ server, client }: Recorder): Promise<WorkflowHandle> {
  const fake = createFakeRun(3, 100);
  const workers = await startWorkers(server, {
    ...fake.activities,
    fingerprintShard: fake.activities.gradeShard,
    findCandidates: () => Promise.resolve({ parts: 2, pairs: 9 }),
    compareCandidates: () => Promise.resolve({ kept: 1 }),
    clusterFlags: () => Promise.resolve({ flags: 1 }),
  });
  const runId = randomUUID();
  const handle = await client.start(PLAGIARISM_SCAN_WORKFLOW, {
    workflowId: plagiarismScanWorkflowId(runId), taskQueue: workers.taskQueue, args: [{ runId }], staticSummary: `plagiarism scan ${runId}`,
  });
  await handle.result();
  await workers.stop();
  return handle;
}

/** Holds every shard; call the answer to let them end. */
function hold(fake: FakeRun): () => void {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  fake.gate = () => gate;
  return () => release();
}

async function seen(fake: FakeSession, call: string, times: number): Promise<void> {
  await until(() => fake.calls.filter((name) => name === call).length >= times);
}
