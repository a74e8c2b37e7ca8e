import { startNats } from '#tools/servers/nats.ts';
import { type Postgres, startPostgres, stopPostgres } from '#tools/servers/postgres.ts';
import { startTemporal, type TemporalStore } from '#tools/servers/temporal.ts';
import { endWithoutPool } from '#tools/servers/temporal-pool.ts';
import { WEB_DIR } from '#tools/web/build.ts';

import type { DataFolder } from './data-folder.ts';
import { nodeService } from './node-service.ts';
import type { PortPlan } from './port-plan.ts';
import type { Secrets } from './secrets.ts';
import type { Service } from './supervisor.ts';

/** What the servers of one stack share. */
export interface Place {
  folder: DataFolder;
  ports: PortPlan;
  secrets: Secrets;
}

const NATS_USER = 'holdfast';

/**
 * PostgreSQL in the data folder.
 * @param onReady told the port, which is another than planned when a running server was taken over
 */
export function postgresService({ folder, ports, secrets }: Place, onReady: (server: Postgres) => void): Service {
  const logFile = folder.log('postgres');
  return {
    name: 'postgres',
    logFile,
    start: async (onSpawn) => {
      const server = await startPostgres({ dir: folder.file('postgres'), port: ports.postgres, password: secrets.postgres, logFile, onSpawn });
      onReady(server);
      return server.process;
    },
    stop: stopPostgres,
  };
}

/** NATS in the data folder. */
export function natsService({ folder, ports, secrets }: Place, program: string): Service {
  const logFile = folder.log('nats');
  return {
    name: 'nats',
    logFile,
    start: (onSpawn) => startNats({ program, dir: folder.file('nats'), port: ports.nats, user: NATS_USER, password: secrets.nats, logFile, onSpawn }),
  };
}

/** Where our own NATS answers. */
export function natsUrl({ ports, secrets }: Place): string {
  return `nats://${NATS_USER}:${secrets.nats}@127.0.0.1:${ports.nats}`;
}

/**
 * The Temporal server on the databases of `store`.
 * @param say told when it is ended because it does not notice that it has lost them
 */
export function temporalService({ folder, ports }: Place, program: string, store: TemporalStore, say: (line: string) => void): Service {
  const logFile = folder.log('temporal');
  return {
    name: 'temporal',
    logFile,
    start: async (onSpawn) => {
      const server = await startTemporal({ program, dir: folder.file('temporal'), ports: ports.temporal, store, logFile, onSpawn });
      endWithoutPool(server, logFile, say);
      return server;
    },
  };
}

/** The HTTP API, which serves the web app too. */
export function apiService({ folder }: Place, settings: Record<string, string>, databaseUrl: string): Service {
  return nodeService('api', 'api/main.ts', { ...settings, HOLDFAST_WEB_DIR: WEB_DIR, DATABASE_URL: databaseUrl }, folder.log('api'));
}

/** The mailbox that stands in for a mail server. */
export function mailboxService({ folder, ports }: Place, databaseUrl: string): Service {
  return nodeService('mailbox', 'tools/mailbox/main.ts', { DATABASE_URL: databaseUrl, HOLDFAST_MAILBOX_PORT: String(ports.mailbox) }, folder.log('mailbox'), { yielding: true });
}

/** The worker processes: one for workflows and loops, one for marking, so that neither keeps the other waiting. */
export function workerServices({ folder }: Place, settings: Record<string, string>, databaseUrl: string): Service[] {
  const worker = (name: string, role: string): Service => nodeService(name, 'worker/main.ts', { ...settings, DATABASE_URL: databaseUrl, WORKER_ROLE: role }, folder.log(name), { yielding: true });
  return [worker('worker', 'core'), worker('worker-grading', 'grading')];
}
