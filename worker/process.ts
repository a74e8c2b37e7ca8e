import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';

import { createBus } from '#db/bus.ts';
import { type Db, openDb } from '#db/connection.ts';
import { createCloseLoop } from '#db/session/close.ts';

import { createActivityTable } from './activity-table.ts';
import { workflowBundle } from './bundle.ts';
import type { WorkerConfig } from './config.ts';
import { temporalLogger } from './log.ts';
import { createAchievementsLoop } from './loops/achievements.ts';
import { createHousekeepingLoop } from './loops/housekeeping.ts';
import type { Loop } from './loops/loop.ts';
import { createMailLoop } from './loops/mail.ts';
import { createNetworkTimeLoop } from './loops/network-time.ts';
import { createPulseLoop } from './loops/pulse.ts';
import { createReconcileLoop } from './loops/reconcile.ts';
import { createRelayLoop } from './loops/relay.ts';
import { createSequenceLoop } from './loops/sequence.ts';
import { keepRunning, type TemporalSide } from './temporal/keep-running.ts';
import { createNamespaceWatch } from './temporal/namespace.ts';
import { createWorkflowStarter } from './temporal/starter.ts';
import { createWorkers } from './temporal/workers.ts';

/** One worker process, in parts. */
export interface WorkerProcess {
  /** Begins the loops, then, without waiting for it, the Temporal side. */
  start(): void;
  /** Drains and closes everything. */
  stop(): Promise<void>;
}

/** Statements over a whole exam included. */
const STATEMENT_MS = 5_000;

/** At the end, calls to Temporal get this long to be answered. */
const CALLS_IN_FLIGHT_MS = 1_000;

/** Puts one worker process together: loops that need Postgres only, and workers that come and go with Temporal. */
export function createWorkerProcess(config: WorkerConfig, log: Logger): WorkerProcess {
  const { role, processName, temporalAddress: address, temporalNamespace } = config;
  const isCore = role === 'core';
  const limits = { statementTimeoutMs: STATEMENT_MS };
  const db = openDb(config.databaseUrl, { ...limits, poolSize: isCore ? 4 : 3, transactionPoolSize: 4, applicationName: processName });
  // connections of their own: a storm of activities must not keep a session from being closed
  const loopDb = openDb(config.databaseUrl, { ...limits, poolSize: isCore ? 3 : 2, transactionPoolSize: isCore ? 2 : 1, applicationName: `${processName}-loops` });
  const bus = createBus(config.natsUrl, processName);
  // to try again is the business of the loops; a retry of the client into a closed connection would end the process with an error
  const connection = Connection.lazy({ address, interceptors: [] });
  const namespace = createNamespaceWatch({ services: connection, namespace: temporalNamespace, retentionDays: config.retentionDays, log });
  // mails are sent where nothing that sits an exam waits for them
  const loops = isCore ? createCoreLoops(loopDb) : [createMailLoop({ db: loopDb, settings: config.mail, log })];
  const activities = createActivityTable({ db, wake: () => bus.wake(), namespaceId: () => namespace.current() ?? '', dataDir: config.dataDir });
  let temporal: TemporalSide | undefined;

  function createCoreLoops(own: Db): readonly Pick<Loop, 'start' | 'stop'>[] {
    const client = new Client({ connection, namespace: temporalNamespace }).workflow;
    const starter = createWorkflowStarter({ connection, client, db: own, namespace, queuePrefix: config.queuePrefix });
    const relay = createRelayLoop({ db: own, bus, starter, log });
    return [
      createCloseLoop(own, { onClosed: () => bus.wake(), log }),
      createSequenceLoop({ db: own, bus, log }),
      createPulseLoop({ db: own, processName, log }),
      relay,
      ...(config.ntpServers.length === 0 ? [] : [createNetworkTimeLoop({ db: own, servers: config.ntpServers, log })]),
      createHousekeepingLoop({ db: own, log }),
      createAchievementsLoop({ db: own, log }),
      createReconcileLoop({ db: own, namespace, wakeRelay: () => relay.wake(), log }),
    ];
  }

  async function open() {
    await namespace.refresh();
    const native = await NativeConnection.connect({ address });
    try {
      const bundle = isCore ? await workflowBundle(config.cacheDir, temporalLogger(log)) : undefined;
      const workers = await createWorkers({
        role, connection: native, namespace: temporalNamespace, queuePrefix: config.queuePrefix, identity: processName, activities, bundle,
      });
      return { workers, close: () => native.close() };
    } catch (error) {
      await native.close();
      throw error;
    }
  }

  return {
    start() {
      loops.forEach((loop) => loop.start());
      temporal = keepRunning(open, log);
    },
    async stop() {
      // questions to a server that is away would keep the loops waiting; the outbox has what they were about
      const impatience = setTimeout(() => void connection.close(), CALLS_IN_FLIGHT_MS);
      await Promise.all([temporal?.stop(), ...loops.map((loop) => loop.stop())]);
      clearTimeout(impatience);
      await Promise.all([bus.close(), connection.close(), db.close(), loopDb.close()]);
    },
  };
}
