import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';

import { Client, Connection, type WorkflowClient } from '@temporalio/client';
import pino from 'pino';

import { type Db, inTransaction, openDb } from '#db/connection.ts';
import { runSessionCommand } from '#db/session/commands.ts';
import { type SessionRow, selectSession } from '#db/session/rows.ts';
import { startSession } from '#db/session/start.ts';
import { submitSession } from '#db/session/submit.ts';
import { CACHE_DIR, inheritedEnv, ROOT } from '#tools/config.ts';
import type { WorkerConfig, WorkerRole } from '#worker/config.ts';
import { createWorkerProcess, type WorkerProcess } from '#worker/process.ts';

import { testDatabase } from './database.ts';
import type { ExamRows } from './exam-rows.ts';
import { temporalDevServer, type TestServer } from './servers.ts';
import { quietRuntime } from './workflow-environment.ts';
import { insertMarkableExam, type MarkableExam } from './workflow-exam.ts';
import { createTcpProxy } from './workflow-proxy.ts';

/** A database, a real Temporal server and real workers, all of one test file. */
export interface WorkflowStack {
  /** Connections with the rights of the API. */
  readonly db: Db;
  /** Client of whatever Temporal server runs now. */
  readonly client: WorkflowClient;
  readonly queuePrefix: string;
  /** The folder that the workers share with an API. */
  readonly dataDir: string;
  /** Log records of the workers at level warn and above. */
  readonly complaints: Record<string, unknown>[];
  startWorker(role: WorkerRole): void;
  /** Starts a worker as a process of its own, to be killed; resolves when it is ready. */
  spawnWorker(role: WorkerRole): Promise<ChildProcess>;
  stopWorkers(): Promise<void>;
  /** Cuts every connection to Temporal and refuses new ones. */
  cutTemporal(): void;
  mendTemporal(): void;
  /** Replaces the server by an empty one at the same address. */
  rebuildTemporal(): Promise<void>;
  /** Makes an exam with its frozen content. */
  exam(given?: ExamRows): Promise<MarkableExam>;
  start(exam: MarkableExam, student?: number): Promise<SessionRow>;
  submit(sessionId: string): Promise<void>;
  /** Makes an exam that a class has sat and handed in; the sessions in the order of their ids. */
  handedIn(students: number): Promise<{ exam: MarkableExam; sessionIds: string[] }>;
  command(sessionId: string, kind: 'extend' | 'pause' | 'resume' | 'reopen' | 'terminate', seconds?: number): Promise<SessionRow>;
  session(sessionId: string): Promise<SessionRow>;
  close(): Promise<void>;
}

/** Starts the servers, no workers; for `beforeAll`. */
export async function openWorkflowStack(): Promise<WorkflowStack> {
  quietRuntime();
  const database = await testDatabase();
  const db = openDb(database.urlAs('holdfast_api'), { poolSize: 6, transactionPoolSize: 6, statementTimeoutMs: 5_000, applicationName: 'test' });
  const complaints: Record<string, unknown>[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void complaints.push(JSON.parse(line) as Record<string, unknown>) });
  const proxy = await createTcpProxy();
  let server: TestServer & { address: string; namespace: string } = await temporalDevServer();
  const mendTemporal = (): void => proxy.pointTo(Number(server.address.split(':')[1]));
  mendTemporal();
  const { namespace } = server;
  const connection = await Connection.connect({ address: proxy.address });
  const queuePrefix = `${randomUUID()}-`;
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-stack-'));
  const workers = new Set<WorkerProcess>();
  const spawned = new Set<ChildProcess>();

  const configOf = (role: WorkerRole): WorkerConfig => ({
    role, databaseUrl: database.urlAs('holdfast_worker'), temporalAddress: proxy.address, temporalNamespace: namespace, retentionDays: 1,
    queuePrefix, natsUrl: undefined, ntpServers: [], cacheDir: CACHE_DIR, dataDir, logLevel: 'warn', processName: `test-${role}`,
    mail: { kind: 'none', url: '', from: 'no-reply@localhost', publicUrl: 'http://127.0.0.1:8080', perMinute: 60 },
  });
  const stopWorkers = async (): Promise<void> => {
    const running = [...workers];
    workers.clear();
    await Promise.all(running.map((worker) => worker.stop()));
  };
  const origin = (actorId: string | null) => ({ actorId, address: null, requestId: null });

  const stack: WorkflowStack = {
    db, queuePrefix, dataDir, complaints, stopWorkers, mendTemporal,
    client: new Client({ connection, namespace }).workflow,
    startWorker(role) {
      const worker = createWorkerProcess(configOf(role), log);
      workers.add(worker);
      worker.start();
    },
    async spawnWorker(role) {
      const { databaseUrl, temporalAddress, temporalNamespace } = configOf(role);
      const child = spawn(process.execPath, ['worker/main.ts'], {
        cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'],
        env: inheritedEnv({ WORKER_ROLE: role, DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporalAddress, TEMPORAL_NAMESPACE: temporalNamespace, TASK_QUEUE_PREFIX: queuePrefix, HOLDFAST_DATA: dataDir, LOG_LEVEL: 'error' }),
      });
      spawned.add(child);
      await once(child.stdout!, 'data');
      return child;
    },
    cutTemporal: () => proxy.pointTo(undefined),
    async rebuildTemporal() {
      proxy.pointTo(undefined);
      await server.stop();
      server = await temporalDevServer();
      mendTemporal();
    },
    exam: (given = {}) => insertMarkableExam(db, { durationMinutes: 60, graceSeconds: 0, endRule: 'duration', ...given }),
    start: async (exam, student = 0) => {
      const studentId = exam.studentIds[student]!;
      return (await startSession(db, { examId: exam.examId, studentId, accessCodeOk: () => Promise.resolve(true), origin: origin(studentId) })).session;
    },
    submit: async (sessionId) => {
      await inTransaction(db, (tx) => submitSession(tx, { sessionId, commandId: randomUUID(), origin: origin(null) }));
    },
    async handedIn(students) {
      const exam = await stack.exam({ students });
      const sessionIds: string[] = [];
      for (let student = 0; student < students; student += 1) sessionIds.push((await stack.start(exam, student)).id);
      for (const id of sessionIds) await stack.submit(id);
      return { exam, sessionIds: sessionIds.toSorted() };
    },
    command: async (sessionId, kind, seconds) => (await inTransaction(db, (tx) => runSessionCommand(tx, {
      sessionId, commandId: randomUUID(), kind, origin: origin(null), reason: 'a test', ...(seconds === undefined ? {} : { seconds }),
    }))).session,
    session: (sessionId) => selectSession(db, sessionId),
    async close() {
      for (const child of spawned) child.kill('SIGKILL');
      await stopWorkers();
      await connection.close();
      await server.stop();
      await proxy.close();
      await db.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return stack;
}
