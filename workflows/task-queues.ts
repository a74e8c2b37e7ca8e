/** Task queues, split by the resource that the work needs, not by feature. */
export const TASK_QUEUES = {
  /** Workflow tasks and local activities only: nothing that burns CPU shares its process. */
  core: 'core',
  /** Set-based SQL, and the local activities of `core` that outlasted their short retries. */
  db: 'db',
  /** Marking and comparing answers: CPU-bound, in a process of its own. */
  grading: 'grading',
  /** Writing PDF files: CPU-bound and native, in the process of `grading`. */
  report: 'report',
} as const;

/** One of the queues by its key. */
export type TaskQueueName = keyof typeof TASK_QUEUES;

/**
 * The queue of another resource in the same set as the one that a workflow runs on.
 * Production has one set without prefix; several stacks on one namespace, and every test, have `<prefix>core`, `<prefix>db`, ….
 * @param own the task queue of the running workflow, always a `core` queue
 */
export function siblingQueue(own: string, name: TaskQueueName): string {
  const prefix = own.endsWith(TASK_QUEUES.core) ? own.slice(0, -TASK_QUEUES.core.length) : '';
  return `${prefix}${TASK_QUEUES[name]}`;
}
