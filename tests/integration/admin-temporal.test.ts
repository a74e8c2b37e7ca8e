import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody } from '#tests/support/caller.ts';
import { temporalDevServer, type TestServer } from '#tests/support/servers.ts';
import { handIn, startExam } from '#tests/support/started-exam.ts';
import { quietRuntime } from '#tests/support/workflow-environment.ts';
import { CACHE_DIR } from '#tools/config.ts';
import { readConfig } from '#worker/config.ts';
import { createWorkerProcess, type WorkerProcess } from '#worker/process.ts';

let server: TestServer & { address: string; namespace: string };
let api: TestApi;
let admin: TestPerson;
const workers = new Map<'core' | 'grading', WorkerProcess>();

beforeAll(async () => {
  quietRuntime();
  server = await temporalDevServer();
  api = await createTestApi({ TEMPORAL_ADDRESS: server.address, TEMPORAL_NAMESPACE: server.namespace });
  admin = await api.person('admin');
  startWorker('core');
  startWorker('grading');
});
afterAll(async () => {
  for (const worker of workers.values()) await worker.stop();
  await api.close();
  await server.stop();
});

function startWorker(role: 'core' | 'grading'): void {
  const config = readConfig({
    WORKER_ROLE: role, DATABASE_URL: api.deps.config.databaseUrl.replace('holdfast_api', 'holdfast_worker'), TEMPORAL_ADDRESS: server.address,
    TEMPORAL_NAMESPACE: server.namespace, LOG_LEVEL: 'silent',
  });
  const worker = createWorkerProcess({ ...config, cacheDir: CACHE_DIR }, pino({ level: 'silent' }));
  worker.start();
  workers.set(role, worker);
}

async function stopWorker(role: 'core' | 'grading'): Promise<void> {
  await workers.get(role)?.stop();
  workers.delete(role);
}

const until = async (path: string, holds: (body: TestBody) => boolean): Promise<TestBody> => {
  let last: TestBody | undefined;
  await expect.poll(async () => holds((last = (await admin.get(path)).body)), { timeout: 30_000, interval: 200 }).toBe(true);
  return last!;
};

test('the story of a session is told from its row and its workflow together', async () => {
  const exam = await startExam(api, { sitting: 1 });
  const [id] = exam.sessionIds;
  const path = `/admin/workflows/exam-session-${id}`;
  await until(path, (body) => Number(body.seenVersion) === 1 && String(body.status) === 'RUNNING');
  await exam.teacher.post(`/sessions/${id}/extensions`, { seconds: 60, reason: 'late paper' });
  await until(path, (body) => Number(body.seenVersion) === 2);
  await admin.post(`${path}/nudge`, { reason: 'just to see' });
  await handIn(api, id!, exam.students[0]!.id);
  const body = await until(path, (each) => String(each.status) === 'COMPLETED');
  expect(body).toMatchObject({ behind: false, state: 'submitted', temporal: { status: 'COMPLETED', taskQueue: 'core', closedAt: expect.any(String) } });
  const texts = body.steps!.map((step: TestBody) => String(step.text));
  expect(texts).toEqual(expect.arrayContaining([
    'The student started.', 'The workflow started.', 'Done: read the session.', 'The session was extended. Version 2.',
    'Somebody asked for a fresh look.', 'Somebody asked for a fresh look at the row.', 'The session was handed in. Version 3.',
    'Handed to a worker: mark the answers.', 'Done: mark the answers.', 'The workflow completed.',
  ]));
  expect(texts.filter((text: string) => /^The deadline timer was set for 6\d(\.\d)? min\.$/.test(text)).length).toBeGreaterThan(0);
  expect(texts.filter((text: string) => text.startsWith('Something of the kind'))).toEqual([]);
  const times = body.steps!.map((step: TestBody) => String(step.at));
  expect(times).toEqual(times.toSorted());
  const raw = await admin.get(`${path}/history`);
  expect(raw.body.events![0]).toMatchObject({ eventId: '1', eventType: 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED' });
  expect(raw.body.events).toHaveLength(Number((body.temporal as TestBody).historyLength));
  expect(JSON.stringify(raw.body)).not.toContain('late paper');
  expect((await admin.get('/admin/workflows/exam-session-01890a5d-ac96-774b-bcce-b302099a8057/history')).status).toBe(404);
  const list = await admin.get(`/admin/workflows?examId=${exam.examId}&kind=session`);
  expect(list.body.items![0]).toMatchObject({ status: 'COMPLETED', behind: false });
});

test('a run can be paused, resumed and cancelled, and says so when no worker is there', async () => {
  const exam = await startExam(api, { sitting: 2 });
  for (const [index, id] of exam.sessionIds.entries()) await handIn(api, id, exam.students[index]!.id);
  await until(`/exams/${exam.examId}/results`, (body) => body.items!.every((row: TestBody) => String(row.state) !== 'ungraded'));
  await stopWorker('grading');
  const { body: run } = await exam.teacher.post(`/exams/${exam.examId}/grading-runs`, {});
  const path = `/runs/${String(run.id)}`;
  await until(path, (body) => String(body.state) === 'running');
  expect((await exam.teacher.post(`${path}/resume`)).status).toBe(409);
  expect((await exam.teacher.post(`${path}/pause`)).body).toMatchObject({ state: 'paused' });
  expect((await exam.teacher.post(`${path}/pause`)).status).toBe(409);
  expect((await exam.teacher.post(`${path}/resume`)).body).toMatchObject({ state: 'running' });
  await stopWorker('core');
  const refused = await exam.teacher.post(`${path}/pause`);
  expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([503, 'unavailable', '2']);
  startWorker('core');
  await expect.poll(async () => (await admin.post(`/admin/workflows/grading-run-${String(run.id)}/cancel`, { reason: 'wrong key' })).status, { timeout: 30_000 }).toBe(200);
  expect((await exam.teacher.get(path)).body).toMatchObject({ state: 'cancelled' });
  const told = await admin.get(`/admin/workflows/grading-run-${String(run.id)}`);
  const texts = told.body.steps!.map((step: TestBody) => String(step.text));
  expect(texts).toEqual(expect.arrayContaining(['The run was asked for.', 'The command pauseRun was accepted.', 'The command was carried out.', 'Somebody asked the workflow to stop.']));
  startWorker('grading');
});

test('a run ends by itself, and its failures can be taken again while the review lasts', async () => {
  const exam = await startExam(api, { sitting: 2 });
  for (const [index, id] of exam.sessionIds.entries()) await handIn(api, id, exam.students[index]!.id);
  const { body: run } = await exam.teacher.post(`/exams/${exam.examId}/grading-runs`, {});
  const done = await until(`/runs/${String(run.id)}`, (body) => String(body.state) === 'completed');
  expect(done.progress).toEqual({ done: 2, failed: 0, total: 2 });
  expect((await exam.teacher.post(`/runs/${String(run.id)}/retry`)).status).toBe(409);
  expect((await exam.teacher.post(`/exams/${exam.examId}/results/publish`)).status).toBe(200);
});
