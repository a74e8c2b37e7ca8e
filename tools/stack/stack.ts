import { readStackEnvironment, type StackEnvironment } from '#tools/config.ts';
import type { ProgramName } from '#tools/servers/catalogue.ts';
import { StartFailure } from '#tools/servers/failure.ts';
import type { Postgres } from '#tools/servers/postgres.ts';
import { settlesWithin } from '#tools/servers/process.ts';
import { ensurePrograms } from '#tools/servers/programs.ts';
import { type Say, withProgress } from '#tools/servers/progress.ts';
import { endRunning } from '#tools/servers/run.ts';
import { migrateTemporal, type TemporalStore } from '#tools/servers/temporal.ts';
import { ensureNamespace } from '#tools/servers/temporal-namespace.ts';
import { ensureWeb } from '#tools/web/build.ts';

import { type DataFolder, openDataFolder } from './data-folder.ts';
import { checkGivenServer, checkpoint, type DatabaseUrls, givenTemporalStore, hasTemporalTables, migrateDatabase, ownUrls, prepareServer } from './database.ts';
import { accountsOf, type Account, loadDemo, makeFirstAdmin } from './demo.ts';
import { boundLogs } from './logs.ts';
import type { StackOptions } from './options.ts';
import { choosePorts, DEFAULT_PORT, type PortPlan } from './port-plan.ts';
import { RunFile, STOP_ORDER } from './run-file.ts';
import { readSecrets } from './secrets.ts';
import { apiService, mailboxService, natsService, natsUrl, type Place, postgresService, temporalService, workerServices } from './services.ts';
import { Supervisor, withoutLog } from './supervisor.ts';

/** A stack that serves. */
export interface Running {
  /** Address of the web app, without a slash at its end. */
  url: string;
  accounts: Account[];
  /** Process ids by name, as they are at the start. */
  processes: Record<string, number>;
}

interface Databases {
  urls: DatabaseUrls;
  /** On our own server only. */
  superUrl?: string;
  temporal: TemporalStore | undefined;
}

/** All processes of one data folder: brought up once, kept running, ended in order. */
export class Stack {
  readonly #options: StackOptions;
  readonly #say: Say;
  readonly #environment: StackEnvironment = readStackEnvironment();
  readonly #supervisor: Supervisor;
  #folder: DataFolder | undefined;
  #run: RunFile | undefined;
  #starting: Promise<unknown> = Promise.resolve();
  #stopped: Promise<void> | undefined;
  #endLogs: () => void = () => undefined;

  constructor(options: StackOptions, say: Say) {
    this.#options = options;
    this.#say = say;
    this.#supervisor = new Supervisor(say, (spawned) => {
      try {
        this.#run?.add(spawned);
      } catch (error) {
        say(`run.json can not be written: ${(error as Error).message}`);
      }
    });
  }

  /**
   * Brings everything up.
   * @throws StartFailure when that is not possible; then nothing is left running or half-made
   */
  async start(): Promise<Running> {
    const starting = this.#bringUp();
    this.#starting = starting.catch(() => undefined);
    try {
      return await starting;
    } catch (error) {
      const logsGo = this.#folder?.fresh === true;
      await this.stop();
      if (logsGo && error instanceof StartFailure) throw new StartFailure(withoutLog(error.message));
      throw error;
    }
  }

  /** Ends everything in order: what serves people first, the database last. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#supervisor.startNoMore();
    endRunning();
    // a migration under way comes to its end
    await settlesWithin(this.#starting, 1_500);
    await this.#supervisor.stop(STOP_ORDER);
    // what was on its way fails now; a step that only waits is not waited for
    await settlesWithin(this.#starting, 3_000);
    await this.#supervisor.stop(STOP_ORDER);
    this.#endLogs();
    this.#run?.end();
    this.#folder?.release();
  }

  async #bringUp(): Promise<Running> {
    const folder = openDataFolder(this.#options.data);
    this.#folder = folder;
    this.#refuseOpenDemo(folder);
    const run = new RunFile(folder.file('run.json'));
    const held = await run.clearLeftovers(this.#say);
    const ports = await choosePorts(this.#options.port ?? folder.ports?.api ?? DEFAULT_PORT, this.#environment.host, folder.ports, held);
    run.begin(ports);
    this.#run = run;
    this.#endLogs = boundLogs(folder.file('logs'));
    const place: Place = { folder, ports, secrets: readSecrets(folder.file('secrets.json')) };

    const [programs, databases] = await this.#together([this.#programs(), this.#databases(place), ensureWeb(this.#say)]);
    const settings = this.#settings(place);
    await this.#together([
      this.#nats(place, programs['nats-server']),
      this.#mailbox(place, databases.urls.worker),
      this.#demo(folder, databases.urls.owner),
      this.#long('Starting the API, which everybody talks to', () => this.#supervisor.add(apiService(place, settings, databases.urls.api))),
      this.#temporal(place, programs, databases.temporal, settings).then(() => this.#workers(place, settings, databases.urls.worker)),
    ]);
    folder.remember(ports);
    if (folder.fresh && databases.superUrl !== undefined) void checkpoint(databases.superUrl).catch(() => undefined);
    return { url: this.#publicUrl(ports), accounts: accountsOf(folder.file('demo.json')).accounts, processes: run.pids() };
  }

  #programs(): Promise<Partial<Record<ProgramName, string>>> {
    const names: ProgramName[] = [];
    if (!this.#environment.natsUrl) names.push('nats-server');
    if (!this.#environment.temporalAddress) names.push('temporal-server', 'temporal-sql-tool');
    return ensurePrograms(names, this.#say);
  }

  async #databases(place: Place): Promise<Databases> {
    const given = this.#environment.databaseUrl;
    if (given !== undefined) {
      await checkGivenServer(given);
      await this.#long('Bringing the database up to date, so that it fits this release', () => migrateDatabase(given, []));
      return {
        urls: { owner: given, api: given, worker: given },
        temporal: this.#environment.temporalAddress ? undefined : await givenTemporalStore(given),
      };
    }
    let server: Postgres | undefined;
    await this.#long('Starting PostgreSQL, which holds everything', () => this.#supervisor.add(postgresService(place, (started) => (server = started))));
    if (!server) throw new StartFailure('PostgreSQL did not start.');
    const { port } = server;
    await prepareServer(server.superUrl(), place.secrets);
    const urls = ownUrls(port, place.secrets);
    await this.#long('Bringing the database up to date, so that it fits this release', () => migrateDatabase(urls.owner, ['holdfast_api', 'holdfast_worker']));
    return { urls, superUrl: server.superUrl(), temporal: { host: '127.0.0.1', port, user: 'temporal', password: place.secrets.temporal } };
  }

  async #temporal(place: Place, programs: Partial<Record<ProgramName, string>>, store: TemporalStore | undefined, settings: Record<string, string>): Promise<void> {
    const { 'temporal-server': server, 'temporal-sql-tool': sqlTool } = programs;
    if (store && server !== undefined && sqlTool !== undefined) {
      await this.#long('Bringing the tables of Temporal up to date, for the workflows', () => migrateTemporal(sqlTool, store, (database) => hasTemporalTables(store, database)));
      await this.#long('Starting Temporal, which runs the workflows', () => this.#supervisor.add(temporalService(place, server, store, this.#say)));
    }
    const { TEMPORAL_ADDRESS: address = '', TEMPORAL_NAMESPACE: namespace = '' } = settings;
    await this.#long('Waiting for Temporal, until it has seen its namespace', () => ensureNamespace(address, namespace));
  }

  async #nats(place: Place, program: string | undefined): Promise<void> {
    if (program !== undefined) await this.#long('Starting NATS, which wakes the processes', () => this.#supervisor.add(natsService(place, program)));
  }

  async #mailbox(place: Place, databaseUrl: string): Promise<void> {
    if (this.#environment.smtpUrl !== undefined) return;
    await this.#long('Starting the mailbox, which keeps what would be sent', () => this.#supervisor.add(mailboxService(place, databaseUrl)));
  }

  async #workers(place: Place, settings: Record<string, string>, databaseUrl: string): Promise<void> {
    const services = workerServices(place, settings, databaseUrl);
    await this.#long('Starting the workers, which follow exams and mark answers', () => this.#together(services.map((service) => this.#supervisor.add(service))));
  }

  async #demo(folder: DataFolder, ownerUrl: string): Promise<void> {
    if (accountsOf(folder.file('demo.json')).accounts.length > 0) return;
    await (this.#options.demo ? loadDemo : makeFirstAdmin)(folder.path, ownerUrl, this.#say);
  }

  /** The environment of our own processes, without the database, which differs by role. */
  #settings(place: Place): Record<string, string> {
    const { temporalAddress, temporalNamespace, natsUrl: givenNats, smtpUrl, host, logLevel } = this.#environment;
    return {
      HOLDFAST_HOST: host,
      HOLDFAST_PORT: String(place.ports.api),
      HOLDFAST_DATA: place.folder.path,
      HOLDFAST_PUBLIC_URL: this.#publicUrl(place.ports),
      HOLDFAST_SIGNING_KEY: place.secrets.signingKey,
      HOLDFAST_SECRET: place.secrets.secret,
      TEMPORAL_ADDRESS: temporalAddress ?? `127.0.0.1:${place.ports.temporal.frontend}`,
      TEMPORAL_NAMESPACE: temporalNamespace,
      NATS_URL: givenNats ?? natsUrl(place),
      ...(smtpUrl === undefined ? { HOLDFAST_MAILBOX_PORT: String(place.ports.mailbox) } : { SMTP_URL: smtpUrl }),
      LOG_LEVEL: logLevel,
      // halves the time in which a killed process is back
      NODE_COMPILE_CACHE: place.folder.file('cache', 'compiled'),
    };
  }

  #publicUrl(ports: PortPlan): string {
    const { publicUrl, host } = this.#environment;
    const named = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
    return (publicUrl ?? `http://${named.includes(':') ? `[${named}]` : named}:${ports.api}`).replace(/\/+$/, '');
  }

  /** The passwords of the demo accounts stand in a file and on the screen: they must not open anything to a network. */
  #refuseOpenDemo(folder: DataFolder): void {
    const { host } = this.#environment;
    if (/^(127\.\d+\.\d+\.\d+|::1|localhost)$/.test(host)) return;
    if (!this.#options.demo && !accountsOf(folder.file('demo.json')).demo) return;
    throw new StartFailure(`Demo accounts are for this machine only, and HOLDFAST_HOST is ${host}: start with --no-demo on a data folder that never had demo data.`);
  }

  #long<T>(what: string, work: () => Promise<T>): Promise<T> {
    return withProgress(this.#say, what, work);
  }

  /** Like Promise.all, but when one fails the others are ended and waited for, so that nothing goes on behind a failure. */
  async #together<T extends readonly unknown[]>(tasks: T): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
    try {
      return await Promise.all(tasks);
    } catch (error) {
      this.#supervisor.startNoMore();
      endRunning();
      await settlesWithin(Promise.allSettled(tasks), 3_000);
      throw error;
    }
  }
}
