import { Client, Connection, type WorkflowClient } from '@temporalio/client';
import type { Logger } from 'pino';

import type { OutboxTopic } from '#db/outbox.ts';

/** A running connection to Temporal, or none; nothing that a student needs waits for it. */
export interface WorkflowLink {
  /**
   * Tells the workflow of a session or a window that its row changed. Tried once, at most 200 ms, and not at all while several
   * others are on their way; the outbox makes sure.
   */
  tell(topic: Extract<OutboxTopic, 'session' | 'window'>, id: string, version: number): void;
  /** The client for admin pages and runs; undefined while Temporal can not be reached. */
  client(): WorkflowClient | undefined;
  /** Round trip to the server in ms; null while it can not be reached. */
  pingMs(): Promise<number | null>;
  close(): Promise<void>;
}

/** How the link signals; the names live beside the workflows. */
export interface WorkflowSignals {
  signalRowChanged(client: WorkflowClient, topic: 'session' | 'window', id: string, version: number): Promise<void>;
}

const CALL_MS = 200;
/** Signals on their way at once; a class that hands in together is left to the relay and its pace. */
const MAX_CALLS = 4;
const PING_MS = 1_000;

/** Connects in the background, again and again until it works; the connection then repairs itself. */
export function createWorkflowLink(options: { address: string; namespace: string; log: Logger; signals: WorkflowSignals }): WorkflowLink {
  const { address, namespace, log, signals } = options;
  const connection = Connection.lazy({ address });
  const client = new Client({ connection, namespace }).workflow;
  let reachable = false;
  let closed = false;
  const calls = new Set<Promise<unknown>>();

  /** One bounded call, remembered while it runs: a retry into a closed connection would end the process. */
  async function call<T>(ms: number, work: () => Promise<T>): Promise<T> {
    const running = connection.withDeadline(Date.now() + ms, work);
    calls.add(running);
    try {
      return await running;
    } finally {
      calls.delete(running);
    }
  }

  const ping = async (): Promise<number | null> => {
    const began = performance.now();
    try {
      await call(PING_MS, () => connection.workflowService.getSystemInfo({}));
      reachable = true;
      return performance.now() - began;
    } catch {
      reachable = false;
      return null;
    }
  };
  const timer = setInterval(() => void ping(), 2_000);
  timer.unref();
  void ping();

  return {
    tell(topic, id, version) {
      if (!reachable || closed || calls.size >= MAX_CALLS) return;
      call(CALL_MS, () => signals.signalRowChanged(client, topic, id, version))
        .catch((error: unknown) => log.debug({ err: error, topic, id }, 'the direct signal failed; the outbox sends it'));
    },
    client: () => (reachable && !closed ? client : undefined),
    pingMs: ping,
    async close() {
      closed = true;
      clearInterval(timer);
      await Promise.allSettled(calls);
      await connection.close();
    },
  };
}
