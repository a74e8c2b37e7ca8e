import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { openDb, type Db } from '#db/connection.ts';
import { startSession } from '#db/session/start.ts';
import { testDatabase, type TestDatabase } from '#tests/support/database.ts';
import { insertExam } from '#tests/support/exam-rows.ts';
import { temporalDevServer, type TestServer } from '#tests/support/servers.ts';
import { until } from '#tests/support/workflow-environment.ts';
import { inheritedEnv, ROOT } from '#tools/config.ts';

let database: TestDatabase;
let db: Db;
let temporal: TestServer & { address: string; namespace: string };
let data: string;
let worker: { child: ChildProcess; stdout: string[]; stderr: Record<string, unknown>[] } | undefined;

beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.urlAs('holdfast_api'), { poolSize: 4, transactionPoolSize: 4, statementTimeoutMs: 5_000, applicationName: 'test' });
  temporal = await temporalDevServer();
  data = mkdtempSync(join(tmpdir(), 'holdfast-worker-'));
});
afterEach(async () => {
  if (worker?.child.exitCode === null) {
    worker.child.kill('SIGKILL');
    await once(worker.child, 'exit');
  }
});
afterAll(async () => {
  await db.close();
  await temporal.stop();
  await database.close();
  rmSync(data, { recursive: true, force: true });
});

/** Starts `worker/main.ts` as the stack does and waits until it says that it is ready. */
async function run(settings: Record<string, string>): Promise<{ child: ChildProcess; readyMs: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, ['worker/main.ts'], {
    cwd: ROOT,
    env: inheritedEnv({ DATABASE_URL: database.urlAs('holdfast_worker'), HOLDFAST_DATA: data, TEMPORAL_NAMESPACE: temporal.namespace, LOG_LEVEL: 'info', ...settings }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const started = { child, stdout: [] as string[], stderr: [] as Record<string, unknown>[] };
  worker = started;
  createInterface({ input: child.stderr }).on('line', (line) => started.stderr.push(JSON.parse(line) as Record<string, unknown>));
  createInterface({ input: child.stdout }).on('line', (line) => started.stdout.push(line));
  await until(() => started.stdout.length > 0);
  expect(started.stdout).toEqual(['{"ready":true}']);
  return { child, readyMs: performance.now() - began };
}

async function dueSession(): Promise<string> {
  const { examId, studentIds } = await insertExam(db, { durationMinutes: 1, graceSeconds: 0, endRule: 'duration' });
  const origin = { actorId: null, address: null, requestId: null };
  const { session } = await startSession(db, { examId, studentId: studentIds[0]!, accessCodeOk: () => Promise.resolve(true), origin });
  await db.query(
    `update exam_sessions set started_at = started_at - interval '1 minute', deadline_at = deadline_at - interval '1 minute', cutoff_at = cutoff_at - interval '1 minute' where id = $1`,
    [session.id],
  );
  return session.id;
}

const stateOf = async (id: string): Promise<string> => (await db.query<{ state: string }>('select state from exam_sessions where id = $1', [id])).rows[0]!.state;
const countOf = async (sql: string, values: unknown[] = []): Promise<number> => (await db.query(sql, values)).rowCount ?? 0;

async function terminate(child: ChildProcess): Promise<{ code: number | null; tookMs: number }> {
  const began = performance.now();
  child.kill('SIGTERM');
  await once(child, 'exit');
  return { code: child.exitCode, tookMs: performance.now() - began };
}

test('a worker without Temporal is ready, closes sessions, numbers events, keeps its pulse and ends on request', async () => {
  const id = await dueSession();
  const { child } = await run({ TEMPORAL_ADDRESS: '127.0.0.1:1' });
  await until(async () => (await stateOf(id)) === 'expired');
  await until(async () => (await countOf('select from stream_events where session_id = $1 and seq is null', [id])) === 0);
  await until(async () => (await countOf(`select from pulses where name = 'worker' and (data ->> 'clockOffsetMs')::int between -1000 and 1000`)) === 1);
  expect(await countOf(`select from outbox where topic = 'session'`)).toBeGreaterThan(0);
  await until(() => worker!.stderr.some((record) => String(record['msg']).startsWith('Temporal is away')));
  expect(await terminate(child)).toMatchObject({ code: 0 });
});

test('a worker with Temporal takes up what was left in the outbox, keeps its bundle, and drains on request', async () => {
  const { child } = await run({ TEMPORAL_ADDRESS: temporal.address });
  await until(async () => (await countOf(`select from outbox where topic = 'session'`)) === 0, 40_000);
  await until(async () => (await countOf('select from session_workflows')) > 0, 40_000);
  expect(readdirSync(join(data, 'cache/workflow-bundles'))).toEqual([expect.stringMatching(/^[0-9a-f]{32}\.js$/)]);
  const { code, tookMs } = await terminate(child);
  expect(code).toBe(0);
  expect(tookMs).toBeLessThan(10_000);
});

test('a worker with wrong settings names them and does not start', async () => {
  const child = spawn(process.execPath, ['worker/main.ts'], { cwd: ROOT, env: { PATH: '/usr/bin', WORKER_ROLE: 'cook' }, stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await once(child, 'exit');
  expect(child.exitCode).not.toBe(0);
  expect(text).toMatch(/wrong settings: WORKER_ROLE.*DATABASE_URL/);
});

test('a gap in the pulse of the workers is recorded as an outage by the first one that is back', async () => {
  await db.query(`update pulses set beat_at = beat_at - interval '1 minute' where name = 'worker'`);
  await run({ TEMPORAL_ADDRESS: temporal.address });
  await until(async () => (await countOf(`select from outages where detail = 'no pulse of worker' and ended_at - began_at >= interval '1 minute'`)) === 1);
});
