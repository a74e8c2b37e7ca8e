import type { Logger } from 'pino';

import { createRevocations } from '#api/auth/revocations.ts';
import { createTokens } from '#api/auth/tokens.ts';
import type { ApiConfig } from '#api/config.ts';
import type { Deps } from '#api/deps.ts';
import { createLimits } from '#api/http/limits.ts';
import { createLoadWatch } from '#api/load-watch.ts';
import { createIncomingSweep } from '#api/media/sweep.ts';
import { createHealthHistory, lookAround } from '#api/operations/history.ts';
import { createReportSweep } from '#api/reports/files.ts';
import { createServerClock } from '#api/server-clock.ts';
import { createStreamHub } from '#api/stream/hub.ts';
import { createWorkflowLink, type WorkflowSignals } from '#api/workflow-link.ts';
import { createBus } from '#db/bus.ts';
import { openDb, type Db } from '#db/connection.ts';
import { createContentCache } from '#db/exams/content.ts';
import { dropWakeUp } from '#db/relay.ts';
import { createAnswerLane } from '#db/session/answers.ts';
import { createCloseLoop } from '#db/session/close.ts';
import { signalRowChanged } from '#workflows/signals.ts';

/** Statements of the API may take this long; what takes longer does not belong into a request. */
const STATEMENT_MS = 5_000;

/** Opens everything that one API process needs. `start` begins the loops, `stop` ends them and the connections. */
export function createDeps(config: ApiConfig, log: Logger): { deps: Deps; start(): Promise<void>; stop(): Promise<void> } {
  const db = openDb(config.databaseUrl, { poolSize: 6, transactionPoolSize: 6, statementTimeoutMs: STATEMENT_MS, applicationName: config.processName });
  const bus = createBus(config.natsUrl, config.processName);
  const loadWatch = createLoadWatch(bus);
  const clock = createServerClock(db);
  const lane = createAnswerLane(db.pool);
  const tokens = createTokens({ signingKey: config.signingKey, secret: config.secret });
  const revocations = createRevocations(db, tokens);
  const streams = createStreamHub({ db, bus, clock, log });
  const closeLoop = createCloseLoop(db, { onClosed: () => bus.wake(), log });
  const workflows = createWorkflowLink({ address: config.temporalAddress, namespace: config.temporalNamespace, log, signals: { signalRowChanged: tellOnce(db) } });
  const history = createHealthHistory({ clock, streams, look: () => lookAround({ bus, config, db, workflows }) });
  const incoming = createIncomingSweep(config.dataDir, log);
  const reports = createReportSweep(config.dataDir, db, log);
  const deps: Deps = { config, log, db, bus, clock, limits: createLimits(), tokens, lane, history, contents: createContentCache(db), streams, workflows };
  return {
    deps,
    async start() {
      clock.start();
      await revocations.start();
      streams.start();
      closeLoop.start();
      loadWatch.start();
      history.start();
      incoming.start();
      reports.start();
    },
    async stop() {
      loadWatch.stop();
      history.stop();
      incoming.stop();
      reports.stop();
      clock.stop();
      revocations.stop();
      await closeLoop.stop();
      streams.close();
      await lane.close();
      await Promise.all([bus.close(), workflows.close()]);
      await db.close();
    },
  };
}

/** Signals directly; what Temporal has accepted is durable there, so the relay need not say it again. */
function tellOnce(db: Db): WorkflowSignals['signalRowChanged'] {
  return async (client, topic, id, version) => {
    await signalRowChanged(client, topic, id, version);
    await dropWakeUp(db, topic, id, version);
  };
}
