import type { WorkflowClient } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';

import type { Deps } from '#api/deps.ts';
import type { WorkflowRow } from '#db/admin/workflows.ts';
import { Refusal } from '#domain/problem.ts';
import { runRowChangedSignal } from '#workflows/runs/messages.ts';
import { windowRowChangedSignal } from '#workflows/schedule/messages.ts';
import { sessionRowChangedSignal } from '#workflows/session/messages.ts';

import { type HistoryStep, tellHistory } from './history.ts';
import { workflowIdOf } from './workflow-ids.ts';

/** What Temporal says about a workflow. */
export interface TemporalFacts {
  readonly status: string;
  readonly runId: string;
  readonly taskQueue: string;
  readonly startedAtMs: number;
  readonly closedAtMs: number | null;
  readonly historyLength: number;
}

/** A page shows what could be found out within this. */
const PAGE_MS = 1_500;
const DETAIL_MS = 3_000;
const NUDGE_MS = 500;
const IN_FLIGHT = 12;
/** Runs of one id that are told. */
const RUNS = 5;

type Workflows = Pick<Deps, 'workflows'>['workflows'];

/** Asks Temporal about the workflows of a page; what it does not know, or not in time, is absent. */
export async function describeMany(workflows: Workflows, workflowIds: readonly string[]): Promise<Map<string, TemporalFacts>> {
  const found = new Map<string, TemporalFacts>();
  const client = workflows.client();
  if (client === undefined) return found;
  const deadline = Date.now() + PAGE_MS;
  const queue = workflowIds.values();
  // the lanes share one iterator: each takes the next id as soon as it is free
  await Promise.all(Array.from({ length: IN_FLIGHT }, async () => {
    for (const id of queue) {
      if (Date.now() >= deadline) return;
      const facts = await describe(client, id, deadline);
      if (facts !== undefined) found.set(id, facts);
    }
  }));
  return found;
}

/** What Temporal knows about one workflow: facts of its last run, and the histories of its runs in sentences; nothing when it can not be asked. */
export async function readWorkflow(workflows: Workflows, workflowId: string): Promise<{ facts: TemporalFacts | undefined; steps: HistoryStep[] }> {
  const client = workflows.client();
  if (client === undefined) return { facts: undefined, steps: [] };
  const deadline = Date.now() + DETAIL_MS;
  const facts = await describe(client, workflowId, deadline);
  if (facts === undefined) return { facts, steps: [] };
  const runIds = new Set([facts.runId, ...(await listRuns(client, workflowId, deadline))]);
  const histories = await Promise.all([...runIds].map((runId) => readHistory(client, workflowId, runId, deadline)));
  return { facts, steps: histories.flat() };
}

/** Earlier runs of the same id: a re-opened session has several. */
async function listRuns(client: WorkflowClient, workflowId: string, deadline: number): Promise<string[]> {
  const runIds: string[] = [];
  try {
    await client.withDeadline(deadline, async () => {
      for await (const { runId } of client.list({ query: `WorkflowId = "${workflowId}"`, pageSize: RUNS })) {
        runIds.push(runId);
        if (runIds.length === RUNS) break;
      }
    });
  } catch {
    // the index of Temporal is slower than the rest of it; the last run is known without
  }
  return runIds;
}

async function readHistory(client: WorkflowClient, workflowId: string, runId: string, deadline: number): Promise<HistoryStep[]> {
  const history = await client.withDeadline(deadline, () => client.getHandle(workflowId, runId).fetchHistory()).catch(() => undefined);
  return tellHistory(history?.events ?? []);
}

/** The events of the last run, undecoded; undefined when there is no such workflow. @throws unavailable when Temporal can not be asked */
export async function readRawHistory(workflows: Workflows, workflowId: string): Promise<{ runId: string; events: unknown[] } | undefined> {
  const client = workflows.client();
  if (client === undefined) throw new Refusal('unavailable', 'Temporal can not be reached. Its histories can be read again when it is back.');
  const deadline = Date.now() + DETAIL_MS;
  const facts = await describe(client, workflowId, deadline);
  if (facts === undefined) return undefined;
  const history = await client.withDeadline(deadline, () => client.getHandle(workflowId, facts.runId).fetchHistory());
  const { events } = JSON.parse(historyToJSON(history)) as { events: unknown[] };
  return { runId: facts.runId, events };
}

/** Asks a running workflow for a fresh look; fails when there is none, then the outbox follows. */
export async function signalNudge(workflows: Workflows, row: Pick<WorkflowRow, 'kind' | 'id' | 'runKind'>, commandId: string): Promise<void> {
  const client = workflows.client();
  if (client === undefined) return;
  const change = { version: 0, kind: 'nudge', commandId };
  const handle = client.getHandle(workflowIdOf(row));
  await client.withDeadline(Date.now() + NUDGE_MS, () => {
    if (row.kind === 'session') return handle.signal(sessionRowChangedSignal, change);
    return row.kind === 'window' ? handle.signal(windowRowChangedSignal, change) : handle.signal(runRowChangedSignal, change);
  });
}

async function describe(client: WorkflowClient, workflowId: string, deadline: number): Promise<TemporalFacts | undefined> {
  try {
    const description = await client.withDeadline(deadline, () => client.getHandle(workflowId).describe());
    return {
      status: description.status.name,
      runId: description.runId,
      taskQueue: description.taskQueue,
      startedAtMs: description.startTime.getTime(),
      closedAtMs: description.closeTime?.getTime() ?? null,
      historyLength: description.historyLength,
    };
  } catch {
    // unknown to Temporal, or Temporal is away: the page shows what Postgres knows
    return undefined;
  }
}
