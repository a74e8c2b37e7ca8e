import { type NativeConnection, Worker, type WorkerOptions, type WorkflowBundle } from '@temporalio/worker';

import { TASK_QUEUES, type TaskQueueName } from '#workflows/task-queues.ts';

import type { WorkerRole } from '../config.ts';

/** Activities by their names on the wire, as the worker takes them. */
export type ActivityTable = Record<string, (input: never) => Promise<unknown>>;

/** What the workers of one process are made of. */
export interface WorkerParts {
  readonly role: WorkerRole;
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly queuePrefix: string;
  readonly identity: string;
  readonly activities: ActivityTable;
  /** Only the `core` role runs workflows. */
  readonly bundle: WorkflowBundle | undefined;
}

/** Time for the tasks in hand after SIGTERM. */
const SHUTDOWN_GRACE = '20 s';
const SHUTDOWN_FORCE = '40 s';

/**
 * Makes the workers of a role, not yet running. Poller counts are set by `*PollerBehavior`: this SDK ignores
 * `maxConcurrent…Polls`.
 */
export async function createWorkers(parts: WorkerParts): Promise<Worker[]> {
  const { role, connection, namespace, queuePrefix, identity, activities, bundle } = parts;
  const common = {
    connection, namespace, identity, activities,
    shutdownGraceTime: SHUTDOWN_GRACE,
    shutdownForceTime: SHUTDOWN_FORCE,
    // about half a gigabyte of heap; a session that falls out of the cache is replayed when its timer fires
    maxCachedWorkflows: 1_000,
  } satisfies WorkerOptions | object;
  const create = (queue: TaskQueueName, options: Partial<WorkerOptions>): Promise<Worker> =>
    Worker.create({ ...common, taskQueue: `${queuePrefix}${TASK_QUEUES[queue]}`, ...options });

  if (role === 'grading') {
    // marking is CPU-bound: more than a few at once only wait for each other, but their SQL overlaps
    return [
      await create('grading', {
        maxConcurrentActivityTaskExecutions: 8,
        activityTaskPollerBehavior: { type: 'simple-maximum', maximum: 4 },
        // a cancelled run is heard of by the answer to a heartbeat
        maxHeartbeatThrottleInterval: '1 s',
      }),
      await create('report', { maxConcurrentActivityTaskExecutions: 2, maxHeartbeatThrottleInterval: '1 s' }),
    ];
  }
  return [
    await create('core', {
      ...(bundle === undefined ? {} : { workflowBundle: bundle }),
      enableNonLocalActivities: false,
      maxConcurrentWorkflowTaskExecutions: 60,
      maxConcurrentLocalActivityExecutions: 40,
      workflowTaskPollerBehavior: { type: 'autoscaling', minimum: 4, initial: 8, maximum: 30 },
    }),
    await create('db', { maxConcurrentActivityTaskExecutions: 20, activityTaskPollerBehavior: { type: 'simple-maximum', maximum: 4 } }),
  ];
}
