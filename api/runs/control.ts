import { WorkflowUpdateFailedError, type WorkflowClient } from '@temporalio/client';
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common';

import type { Deps } from '#api/deps.ts';
import type { Db } from '#db/connection.ts';
import { type RunRow, selectRun } from '#db/runs/rows.ts';
import { PROBLEMS } from '#contracts/problems.ts';
import { Refusal, type ProblemCode } from '#domain/problem.ts';
import { RUN_WORKFLOWS, pauseRunUpdate, resumeRunUpdate, retryFailedUpdate } from '#workflows/runs/messages.ts';

/** What a running run can be told. */
export type RunControl = 'pause' | 'resume' | 'retry';

/** A worker answers within some ms; one that does not within this is not there. */
const WORKER_MS = 3_000;
const LOOK_EVERY_MS = 100;

const UPDATES = { pause: pauseRunUpdate, resume: resumeRunUpdate, retry: retryFailedUpdate } as const;
const FINAL: ReadonlySet<RunRow['state']> = new Set(['completed', 'failed', 'cancelled']);

/**
 * Tells the workflow of a run to pause, to go on, or to take its failures again, and waits for its answer.
 * @param commandId repeated, it is the same update
 * @throws unavailable without Temporal or without a worker; state-conflict where the run refuses
 */
export async function controlRun(deps: Pick<Deps, 'db' | 'workflows'>, run: RunRow, control: RunControl, commandId: string): Promise<RunRow> {
  if (FINAL.has(run.state) && !(control === 'retry' && run.state === 'completed' && run.failed > 0)) throw over(run);
  const client = clientOf(deps);
  try {
    const handle = client.getHandle(RUN_WORKFLOWS[run.kind].idOf(run.id));
    await client.withDeadline(Date.now() + WORKER_MS, () => handle.executeUpdate(UPDATES[control], { args: [{}], updateId: commandId }));
  } catch (error) {
    throw refusalOfUpdate(error, run);
  }
  return selectRun(deps.db, run.id);
}

/**
 * Asks the workflow of a run to stop and waits until its row says so.
 * @throws unavailable without Temporal, or when no worker answered; the request to stop then stays with Temporal
 */
export async function cancelRunningRun(deps: Pick<Deps, 'db' | 'workflows'>, run: RunRow): Promise<RunRow> {
  if (FINAL.has(run.state)) throw over(run);
  const client = clientOf(deps);
  const deadline = Date.now() + WORKER_MS;
  try {
    await client.withDeadline(deadline, () => client.getHandle(RUN_WORKFLOWS[run.kind].idOf(run.id)).cancel());
  } catch (error) {
    throw refusalOfUpdate(error, run);
  }
  return untilOver(deps.db, run.id, deadline);
}

async function untilOver(db: Db, runId: string, deadline: number): Promise<RunRow> {
  for (;;) {
    const run = await selectRun(db, runId);
    if (FINAL.has(run.state)) return run;
    if (Date.now() >= deadline) throw unavailable('The run was asked to stop, but no worker has answered yet. Look at it again in a moment.');
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function clientOf(deps: Pick<Deps, 'workflows'>): WorkflowClient {
  const client = deps.workflows.client();
  if (client === undefined) throw unavailable('Temporal can not be reached. Runs can be controlled again when it is back.');
  return client;
}

function refusalOfUpdate(error: unknown, run: RunRow): Refusal {
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure && isProblemCode(error.cause.type)) {
    return new Refusal(error.cause.type, `The run refuses: ${error.cause.message}.`);
  }
  if (error instanceof WorkflowNotFoundError) {
    return FINAL.has(run.state)
      ? new Refusal('state-conflict', 'The time to take the failures of this run again is over. Start a new run.')
      : unavailable('The run has not been started by a worker yet.');
  }
  return unavailable('No worker has answered. Try again in a moment.');
}

function isProblemCode(type: string | null | undefined): type is ProblemCode {
  return typeof type === 'string' && Object.hasOwn(PROBLEMS, type);
}

function over(run: RunRow): Refusal {
  return new Refusal('state-conflict', `The run is ${run.state}; nothing is left to control.`);
}

function unavailable(detail: string): Refusal {
  return new Refusal('unavailable', detail, { extra: { retryAfterSeconds: 2 } });
}
