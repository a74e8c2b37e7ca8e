import { randomUUID } from 'node:crypto';

import type { WorkflowHandle } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, makeTelemetryFilterString, type NativeConnection, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';

import { timeSkippingServerPath } from '#tests/support/servers.ts';
import { CACHE_DIR } from '#tools/config.ts';
import { workflowBundle } from '#worker/bundle.ts';
import type { ActivityTable } from '#worker/temporal/workers.ts';

/** Workers of the three queues that workflows use, under names of their own. */
export interface TestWorkers {
  /** Task queue to start workflows on. */
  readonly taskQueue: string;
  /** Ends the workers of the workflows, as if their process had died; timers go on in the server. */
  stopCore(): Promise<void>;
  /** Starts them again, in a process that has nothing in its cache. */
  startCore(): Promise<void>;
  stop(): Promise<void>;
}

const QUIET = new DefaultLogger('ERROR');

/** Starts the time-skipping server; made for `beforeAll`, one per file, tests one after the other. */
export async function timeSkippingEnvironment(): Promise<TestWorkflowEnvironment> {
  quietRuntime();
  const path = await timeSkippingServerPath();
  const start = (): Promise<TestWorkflowEnvironment> =>
    TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } });
  // the client waits five seconds for the Java process, which a busy machine may not keep
  return await start().catch(start);
}

/** Keeps the SDK from writing between the test results; once per process, before anything else of the SDK. */
export function quietRuntime(): void {
  Runtime.install({
    logger: QUIET,
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
  });
}

/** The bundle of all workflows, made once per state of the sources. */
export async function testBundle(): Promise<WorkflowBundle> {
  return await workflowBundle(CACHE_DIR, QUIET);
}

/** A server with its clock: of a test environment, or a real one. */
export interface WorkflowServer {
  readonly nativeConnection: NativeConnection;
  readonly namespace?: string | undefined;
  currentTimeMs(): Promise<number>;
}

/** Runs workflow workers and activity workers with the given activities on task queues of this test alone. */
export async function startWorkers(env: WorkflowServer, activities: ActivityTable): Promise<TestWorkers> {
  const prefix = `${randomUUID()}-`;
  const connection = env.nativeConnection;
  const workflowBundle = await testBundle();
  const common = { connection, namespace: env.namespace ?? 'default', activities, identity: 'test' };
  const running = new Map<string, { worker: Worker; done: Promise<void> }>();

  async function run(queue: string, options: object): Promise<void> {
    const worker = await Worker.create({ ...common, taskQueue: `${prefix}${queue}`, ...options });
    running.set(queue, { worker, done: worker.run() });
  }
  async function end(queue: string): Promise<void> {
    const entry = running.get(queue);
    running.delete(queue);
    entry?.worker.shutdown();
    await entry?.done;
  }
  // without a cache every workflow task replays the whole history: each test is a test of determinism too, and no task
  // waits on the private queue of a worker that is gone
  const startCore = (): Promise<void> => run('core', { workflowBundle, enableNonLocalActivities: false, maxCachedWorkflows: 0 });

  await startCore();
  await run('db', {});
  await run('grading', {});
  return {
    taskQueue: `${prefix}core`,
    stopCore: () => end('core'),
    startCore,
    stop: async () => {
      await Promise.all([...running.keys()].map(end));
    },
  };
}

/** Waits in real time until the workers have done something; the clock of the server stands still meanwhile. */
export async function until(done: () => boolean | Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await done())) {
    if (performance.now() > deadline) throw new Error('what was waited for did not happen');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Names of the events of a workflow, in order, without their common prefix. */
export async function eventNames(handle: WorkflowHandle): Promise<string[]> {
  const { events } = await handle.fetchHistory();
  return (events ?? []).map((event) => Object.keys(event).find((key) => key.endsWith('EventAttributes'))?.replace('EventAttributes', '') ?? 'unknown');
}
