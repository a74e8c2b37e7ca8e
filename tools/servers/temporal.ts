import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { inheritedEnv } from '#tools/config.ts';

import { StartFailure } from './failure.ts';
import { takesConnections } from './ports.ts';
import { becomesReady, fileSize, type ServerProcess, spawnServer, stopProcess, textSince } from './process.ts';
import { run } from './run.ts';

/** The loopback ports of one Temporal server. */
export interface TemporalPorts {
  frontend: number;
  history: number;
  matching: number;
  worker: number;
  frontendMembership: number;
  historyMembership: number;
  matchingMembership: number;
  workerMembership: number;
  metrics: number;
}

/** The PostgreSQL server that holds the two databases of Temporal. */
export interface TemporalStore {
  host: string;
  port: number;
  user: string;
  password: string;
}

/** How the Temporal server is run. */
export interface TemporalOptions {
  program: string;
  /** Folder for its settings; made when missing. */
  dir: string;
  ports: TemporalPorts;
  store: TemporalStore;
  logFile: string;
  /** Told as soon as the process exists, before it answers. */
  onSpawn?: (process: ServerProcess) => void;
}

/** The two databases of Temporal with the name of the schema that the SQL tool carries for each. */
export const TEMPORAL_DATABASES = { temporal: 'postgresql/v12/temporal', temporal_visibility: 'postgresql/v12/visibility' } as const;

const HISTORY_SHARDS = 16;

/**
 * Starts the Temporal server (all four services in one process) on its databases, which must have their tables.
 * @throws StartFailure when it ends at once or does not answer
 */
export async function startTemporal(options: TemporalOptions): Promise<ServerProcess> {
  mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  const settings = join(options.dir, 'temporal.yaml');
  const dynamic = join(options.dir, 'dynamic.yaml');
  writeFileSync(dynamic, '{}\n', { mode: 0o600 });
  // JSON is valid YAML
  writeFileSync(settings, `${JSON.stringify(temporalSettings(options.ports, options.store, dynamic), null, 2)}\n`, { mode: 0o600 });
  const offset = fileSize(options.logFile);
  const server = await spawnServer({ name: 'temporal', command: options.program, args: ['--config-file', settings, '--allow-no-auth', 'start'], env: inheritedEnv({ TEMPORAL_VERSION_CHECK_DISABLED: '1' }), logFile: options.logFile, yielding: true });
  options.onSpawn?.(server);
  if (await becomesReady(server, () => takesConnections(options.ports.frontend), 60_000)) return server;
  await stopProcess(server, 'SIGKILL', 2_000);
  const reason = textSince(options.logFile, offset).split('\n').findLast((line) => /"level":"(fatal|error)"|unable|panic/i.test(line));
  throw new StartFailure(`Temporal did not start: ${reason?.slice(0, 400) ?? 'it gave no reason'} (log: ${options.logFile})`);
}

/**
 * Makes the tables of Temporal or brings them to this version; doing it twice changes nothing.
 * @param sqlTool path of `temporal-sql-tool`
 * @param exists tells whether a database has its version table already
 */
export async function migrateTemporal(sqlTool: string, store: TemporalStore, exists: (database: string) => Promise<boolean>): Promise<void> {
  await Promise.all(
    Object.entries(TEMPORAL_DATABASES).map(async ([database, schema]) => {
      if (!(await exists(database))) await runSqlTool(sqlTool, store, database, ['setup-schema', '-v', '0.0']);
      await runSqlTool(sqlTool, store, database, ['update-schema', '--schema-name', schema]);
    }),
  );
}

async function runSqlTool(sqlTool: string, store: TemporalStore, database: string, command: string[]): Promise<void> {
  const env = inheritedEnv({
    SQL_PLUGIN: 'postgres12',
    SQL_HOST: store.host,
    SQL_PORT: String(store.port),
    SQL_USER: store.user,
    SQL_PASSWORD: store.password,
    SQL_DATABASE: database,
  });
  const { code, output } = await run(sqlTool, command, { env });
  if (code === 0) return;
  throw new StartFailure(`The tables of Temporal in the database ${database} can not be brought up to date: ${output.trim().split('\n').at(-1)}`);
}

/** The settings of the Temporal server: one process, two databases, everything on loopback. */
export function temporalSettings(ports: TemporalPorts, store: TemporalStore, dynamicFile: string): object {
  const sql = (databaseName: string, maxConns: number): object => ({
    sql: {
      pluginName: 'postgres12',
      databaseName,
      connectAddr: `${store.host}:${store.port}`,
      connectProtocol: 'tcp',
      user: store.user,
      password: store.password,
      maxConns,
      maxIdleConns: maxConns,
      maxConnLifetime: '1h',
    },
  });
  const service = (grpcPort: number, membershipPort: number): object => ({ rpc: { grpcPort, membershipPort, bindOnLocalHost: true } });
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'main',
      visibilityStore: 'visibility',
      numHistoryShards: HISTORY_SHARDS,
      // per service, and there are four: 60 in all, the limit of the role
      datastores: { main: sql('temporal', 10), visibility: sql('temporal_visibility', 5) },
    },
    global: {
      membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' },
      metrics: { prometheus: { framework: 'tally', timerType: 'histogram', listenAddress: `127.0.0.1:${ports.metrics}` } },
    },
    services: {
      frontend: service(ports.frontend, ports.frontendMembership),
      history: service(ports.history, ports.historyMembership),
      matching: service(ports.matching, ports.matchingMembership),
      worker: service(ports.worker, ports.workerMembership),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: { enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress: `127.0.0.1:${ports.frontend}` },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    archival: { history: { state: 'disabled' }, visibility: { state: 'disabled' } },
    namespaceDefaults: { archival: { history: { state: 'disabled' }, visibility: { state: 'disabled' } } },
    publicClient: { hostPort: `127.0.0.1:${ports.frontend}` },
    dynamicConfigClient: { filepath: dynamicFile, pollInterval: '60s' },
  };
}
