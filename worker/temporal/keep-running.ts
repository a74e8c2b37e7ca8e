import { setTimeout as sleep } from 'node:timers/promises';

import type { Worker } from '@temporalio/worker';
import type { Logger } from 'pino';

/** The Temporal workers of this process: they come when Temporal does and come back when it does. */
export interface TemporalSide {
  /** Whether tasks are polled now. */
  running(): boolean;
  /** Drains the tasks in hand. */
  stop(): Promise<void>;
}

/** A connection with its workers, made anew after each failure. */
export interface Session {
  readonly workers: readonly Worker[];
  close(): Promise<void>;
}

const FIRST_PAUSE_MS = 250;
const MAX_PAUSE_MS = 2_000;
/** After so long without a failure the pauses begin short again. */
const STABLE_MS = 30_000;

/**
 * Opens a session with Temporal and runs its workers, again and again until stopped. Nothing waits for it.
 * @param open connects; its failure means that Temporal is away
 */
export function keepRunning(open: () => Promise<Session>, log: Logger): TemporalSide {
  const stopping = new AbortController();
  let current: Session | undefined;
  let pauseMs = FIRST_PAUSE_MS;

  async function runOnce(): Promise<void> {
    const session = await open();
    current = session;
    const began = performance.now();
    try {
      if (stopping.signal.aborted) return;
      log.info('the Temporal workers are running');
      await runAll(session.workers);
    } finally {
      current = undefined;
      if (performance.now() - began > STABLE_MS) pauseMs = FIRST_PAUSE_MS;
      await session.close().catch(() => undefined);
    }
  }

  const done = (async () => {
    while (!stopping.signal.aborted) {
      await runOnce().catch((error: unknown) => log.warn({ err: error, pauseMs }, 'Temporal is away; everything but the consequences goes on'));
      if (stopping.signal.aborted) return;
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      pauseMs = Math.min(MAX_PAUSE_MS, pauseMs * 2);
    }
  })();

  return {
    running: () => current !== undefined,
    async stop() {
      stopping.abort();
      // an attempt to connect ends by itself; only tasks in hand are waited for
      if (current === undefined) return;
      shutDown(current.workers);
      await done;
    },
  };
}

/** Runs the workers together; when one fails, the others end too. */
async function runAll(workers: readonly Worker[]): Promise<void> {
  const runs = workers.map((worker) => worker.run());
  try {
    await Promise.all(runs);
  } finally {
    shutDown(workers);
    await Promise.allSettled(runs);
  }
}

function shutDown(workers: readonly Worker[]): void {
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
}
