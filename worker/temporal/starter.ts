import { type Connection, isGrpcServiceError, type WorkflowClient } from '@temporalio/client';
import { LRUCache } from 'lru-cache';

import type { Queryable } from '#db/connection.ts';
import type { OutboxTopic } from '#db/outbox.ts';
import { selectOptionalRun } from '#db/runs/rows.ts';
import { selectSessionTarget } from '#db/workflows/targets.ts';
import { RUN_WORKFLOWS, runRowChangedSignal } from '#workflows/runs/messages.ts';
import { EXAM_WINDOW_WORKFLOW, examWindowWorkflowId, windowRowChangedSignal } from '#workflows/schedule/messages.ts';
import { EXAM_ID, ITEM_COUNT, RUN_KIND, STUDENT_ID } from '#workflows/search-attributes.ts';
import { EXAM_SESSION_WORKFLOW, examSessionWorkflowId, sessionRowChangedSignal } from '#workflows/session/messages.ts';
import { TASK_QUEUES } from '#workflows/task-queues.ts';

import type { NamespaceWatch } from './namespace.ts';

/** A wake-up as it lies in the outbox. */
export interface WakeUp {
  readonly topic: OutboxTopic;
  readonly payload: Readonly<Record<string, unknown>>;
  /** How often it was claimed, this time included. */
  readonly attempts: number;
  /** How long it has been in the outbox, ms. */
  readonly waitedMs: number;
}

/** What became of a wake-up. `early`: the workflow is probably just reading the change, look again in a moment. */
export type Verdict =
  | { readonly outcome: 'sent' | 'needless' | 'early' | 'away' }
  | { readonly outcome: 'refused'; readonly error: unknown };

/** Starts or wakes workflows by one operation. */
export interface WorkflowStarter {
  /** Resolves when Temporal answers and its namespace is known. */
  check(): Promise<void>;
  /** @param pace resolves when the call may be made; not asked when there is nothing to send */
  wake(wakeUp: WakeUp, pace: () => Promise<void>): Promise<Verdict>;
}

/** One call, ms; far below the lease of an outbox row. */
const CALL_MS = 5_000;
/** The server accepted a wake-up and keeps it; the same one is not sent again within this time. */
const REPEAT_MS = 10 * 60_000;
/** What a workflow takes to read a change that the API has told it directly, ms. */
export const EARLY_MS = 300;
// gRPC status codes that say something about the server, not about the wake-up
const AWAY = new Set([1, 4, 8, 14]);
const NOT_FOUND = 5;

/**
 * @param options `db` for what a start needs to know of the row; `queuePrefix` goes before the task queue names
 */
export function createWorkflowStarter(options: {
  connection: Connection; client: WorkflowClient; db: Queryable; namespace: NamespaceWatch; queuePrefix: string;
}): WorkflowStarter {
  const { connection, client, db, namespace, queuePrefix } = options;
  const accepted = new LRUCache<string, true>({ max: 50_000, ttl: REPEAT_MS });
  const common = { taskQueue: `${queuePrefix}${TASK_QUEUES.core}`, workflowIdReusePolicy: 'ALLOW_DUPLICATE' } as const;

  /** Undefined when there is nothing to send. */
  async function prepare({ topic, payload, attempts, waitedMs }: WakeUp): Promise<(() => Promise<unknown>) | 'early' | undefined> {
    const id = String(payload['id']);
    const version = Number(payload['version']);
    const change = { version, kind: textOf(payload['kind']) ?? 'changed', commandId: textOf(payload['commandId']) ?? null };
    if (topic === 'run') {
      const run = await selectOptionalRun(db, id);
      if (run === undefined) return undefined;
      const workflow = RUN_WORKFLOWS[run.kind];
      return () => client.signalWithStart(workflow.type, {
        ...common, workflowId: workflow.idOf(id), args: [{ runId: id }], signal: runRowChangedSignal, signalArgs: [change],
        staticSummary: `${workflow.name} ${id}`,
        typedSearchAttributes: [
          { key: RUN_KIND, value: run.kind }, { key: ITEM_COUNT, value: run.total },
          ...(run.examId === null ? [] : [{ key: EXAM_ID, value: run.examId }]),
        ],
      });
    }
    if (topic === 'window') {
      return () => client.signalWithStart(EXAM_WINDOW_WORKFLOW, {
        ...common, workflowId: examWindowWorkflowId(id), args: [{ examId: id }], signal: windowRowChangedSignal, signalArgs: [change],
        staticSummary: `window of exam ${id}`, typedSearchAttributes: [{ key: EXAM_ID, value: id }],
      });
    }
    const target = await selectSessionTarget(db, id);
    if (target === undefined) return undefined;
    if (target.seen !== null && target.seen.namespaceId === namespace.current() && change.kind !== 'reconcile') {
      // what the workflow has read already is not said again: the API signals at once, and one that started late read it all
      if (target.seen.version >= version) return undefined;
      if (!target.seen.completed && attempts <= 1 && waitedMs < EARLY_MS) return 'early';
    }
    return () => client.signalWithStart(EXAM_SESSION_WORKFLOW, {
      ...common, workflowId: examSessionWorkflowId(id), args: [{ sessionId: id }], signal: sessionRowChangedSignal, signalArgs: [change],
      staticSummary: `session ${id}`,
      typedSearchAttributes: [{ key: EXAM_ID, value: target.examId }, { key: STUDENT_ID, value: target.studentId }],
    });
  }

  return {
    check: async () => void (await namespace.refresh()),
    async wake(wakeUp, pace) {
      const key = `${namespace.current() ?? ''} ${wakeUp.topic} ${String(wakeUp.payload['id'])} ${String(wakeUp.payload['version'])}`;
      // a workflow that can not go on (its worker is away) must not get a signal for each look of the reconciler
      if (accepted.has(key)) return { outcome: 'needless' };
      const send = await prepare(wakeUp);
      if (send === undefined) return { outcome: 'needless' };
      if (send === 'early') return { outcome: 'early' };
      await pace();
      try {
        await connection.withDeadline(Date.now() + CALL_MS, send);
      } catch (error) {
        return isAway(error) ? { outcome: 'away' } : { outcome: 'refused', error };
      }
      accepted.set(key, true);
      return { outcome: 'sent' };
    },
  };
}

function isAway(error: unknown): boolean {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return isGrpcServiceError(cause) && (AWAY.has(cause.code) || cause.code === NOT_FOUND);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
