import {
  type ActivityOptions, type LocalActivityOptions, ActivityCancellationType, proxyActivities, proxyLocalActivities, workflowInfo,
} from '@temporalio/workflow';

import { ranOutOfRetries } from './failure.ts';
import { siblingQueue, type TaskQueueName } from './task-queues.ts';

// Activities raise a refusal as non-retryable themselves; no list of types here has to be kept in step with them.

/**
 * One short SQL transaction on one row: load, close, complete.
 * Local, because it is one marker instead of three events and no second workflow task. 2 s each: such a statement takes
 * milliseconds, so more means a lock or a dead connection. 20 s in all: a workflow task that lasts longer than 8 s costs
 * three events per heartbeat, and signals wait behind it.
 */
export function shortSql(summary: string): LocalActivityOptions {
  return {
    startToCloseTimeout: '2 s',
    scheduleToCloseTimeout: '20 s',
    retry: { initialInterval: '50 ms', backoffCoefficient: 2, maximumInterval: '1 s' },
    summary,
  };
}

/**
 * The same SQL after its short retries ran out: the database is away, and the work waits for it without a limit,
 * outside of the workflow task. 10 s: twice the statement time-out of the connection.
 */
export function patientSql(summary: string): ActivityOptions {
  return {
    taskQueue: queue('db'),
    startToCloseTimeout: '10 s',
    retry: { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '30 s' },
    cancellationType: ActivityCancellationType.TRY_CANCEL,
    summary,
  };
}

/**
 * Statements over all rows of an exam, in passes, with a heartbeat between them. 5 min for one attempt: 10,000 rows take
 * a fifth of a second, the rest is waiting for rows that others hold; 20 s without a heartbeat means the process is gone.
 */
export function setBasedSql(summary: string): ActivityOptions {
  return {
    taskQueue: queue('db'),
    startToCloseTimeout: '5 min',
    heartbeatTimeout: '20 s',
    retry: { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '30 s' },
    cancellationType: ActivityCancellationType.TRY_CANCEL,
    summary,
  };
}

/**
 * Marking one session: CPU-bound, on its own queue, some ms. 15 s bounds a runaway pattern or a hung process, and is what a
 * session is late when its task was handed to a process that died, or whose answer was lost. After 20 attempts
 * or a day the workflow hands the session to a person; a session is never left without a grade row.
 */
export function gradeOne(summary: string): ActivityOptions {
  return {
    taskQueue: queue('grading'),
    startToCloseTimeout: '15 s',
    scheduleToCloseTimeout: '24 h',
    retry: { initialInterval: '2 s', backoffCoefficient: 2, maximumInterval: '5 min', maximumAttempts: 20 },
    summary,
  };
}

/**
 * One shard of a run: some seconds of work, 10 min at the worst; a heartbeat per batch of some tens of ms, so 10 s of silence mean a
 * dead process, and so that the process hears of a cancelled run; the run itself does not wait for that, what is marked
 * meanwhile is right anyway. A retry goes on with the pending items; a session that can not be marked is data, so
 * 10 attempts are about the process and the database only.
 */
export function gradeShardOfRun(summary: string): ActivityOptions {
  return {
    taskQueue: queue('grading'),
    startToCloseTimeout: '10 min',
    scheduleToCloseTimeout: '24 h',
    heartbeatTimeout: '10 s',
    retry: { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '5 min', maximumAttempts: 10 },
    cancellationType: ActivityCancellationType.TRY_CANCEL,
    summary,
  };
}

/**
 * One step of a scan over the whole class: it reads all prints of some thousand sessions before it can give its next sign of life, so
 * a minute of silence means a dead process. A retry begins the step again.
 */
export function compareOfScan(summary: string): ActivityOptions {
  return { ...gradeShardOfRun(summary), heartbeatTimeout: '60 s' };
}

/**
 * One shard of reports: some tenths of a second each, native code that nothing can interrupt; a heartbeat per report, so
 * half a minute of silence, many times what the longest report takes, means a dead process. A retry goes on with the pending items; a report that can not be set is data, so
 * 10 attempts are about the process and the database only.
 */
export function writeReportsOfRun(summary: string): ActivityOptions {
  return { ...gradeShardOfRun(summary), taskQueue: queue('report'), heartbeatTimeout: '30 s' };
}

/** An activity of one object. */
type Activity = (input: never) => Promise<unknown>;

/**
 * Gives the short SQL activities of one feature by name: tried as local activities; when the short retries of one ran
 * out, the same activity waits patiently on the `db` queue. All of them write idempotently, so a local attempt that did
 * succeed without being recorded does no harm.
 */
export function sqlActivities<Activities extends { [Name in keyof Activities]: Activity }>() {
  return <Name extends keyof Activities & string>(name: Name, summary: string): Activities[Name] => {
    const local = proxyLocalActivities(shortSql(summary))[name] as unknown as Activity;
    const patient = proxyActivities(patientSql(summary))[name] as unknown as Activity;
    const run: Activity = async (input) => {
      try {
        return await local(input);
      } catch (error) {
        if (!ranOutOfRetries(error)) throw error;
        return await patient(input);
      }
    };
    return run as Activities[Name];
  };
}

function queue(name: TaskQueueName): string {
  return siblingQueue(workflowInfo().taskQueue, name);
}
