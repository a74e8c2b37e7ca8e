import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';
import { handIn, startExam } from '#tests/support/started-exam.ts';

const METRICS_TOKEN = 'a-token-for-the-metrics';
let api: TestApi;
let admin: TestPerson;
let teacher: TestPerson;
let student: TestPerson;

beforeAll(async () => {
  api = await createTestApi({ HOLDFAST_METRICS_TOKEN: METRICS_TOKEN });
  [admin, teacher, student] = await Promise.all([api.person('admin'), api.person('teacher'), api.person('student')]);
});
afterAll(() => api.close());

const codeOf = (reply: TestReply): [number, unknown] => [reply.status, reply.body.code];
const fetchPage = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(`${api.url}${path}`, { headers });

test.each(['/admin/health', '/admin/health/history', '/admin/audit', '/admin/audit/export', '/admin/outages', '/admin/workflows', `/admin/workflows/exam-session-${randomUUID()}`])('%s is for admins only', async (path) => {
  expect((await api.anybody.get(path)).status).toBe(401);
  for (const person of [teacher, student, await api.person('proctor')]) expect(codeOf(await person.get(path))).toEqual([403, 'forbidden']);
});

describe('health', () => {
  test('tells of servers, queues, sessions, processes and disk, and what to look at', async () => {
    await api.pool.query("insert into pulses (name, beat_at, data) values ('worker', holdfast_now() - interval '1 minute', '{}')");
    const { status, body } = await admin.get('/admin/health');
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'degraded', postgres: { ok: true }, temporal: { ok: false, latencyMs: null }, nats: { configured: false }, sessions: { pastCutoff: 0 } });
    expect(Number(body.disk!.freeBytes)).toBeGreaterThan(0);
    expect(body.processes).toMatchObject([{ name: 'worker', alive: false }]);
    expect(body.alerts!.map((alert: TestBody) => alert.code)).toEqual(expect.arrayContaining(['temporal-away', 'worker-away']));
    await api.pool.query("delete from pulses where name = 'worker'");
  });

  test('counts the sessions that nobody has closed', async () => {
    const { sessionIds } = await startExam(api, { sitting: 1 });
    const before = await admin.get('/admin/health');
    expect(Number(before.body.sessions!.active)).toBeGreaterThan(0);
    expect(Number(before.body.workflows!.sessions!.missing)).toBeGreaterThan(0);
    await api.pool.query("insert into session_workflows (session_id, namespace_id, run_id, seen_version) values ($1, 'n', 'r', 1)", [sessionIds[0]]);
    const after = await admin.get('/admin/health');
    expect(Number(after.body.workflows!.sessions!.following)).toBe(Number(before.body.workflows!.sessions!.following) + 1);
  });
});

describe('probes and metrics', () => {
  test('/healthz answers as long as the process does, /readyz tells what is missing', async () => {
    expect(await (await fetchPage('/healthz')).json()).toEqual({ status: 'alive' });
    const ready = await fetchPage('/readyz');
    expect([ready.status, ready.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await ready.json()).toMatchObject({ status: 'degraded', postgres: { ok: true }, temporal: { ok: false } });
    expect((await fetch(`${api.url}/healthz`, { method: 'POST' })).status).toBe(405);
  });

  test('/readyz answers 503 without Postgres', async () => {
    const db = api.deps.db as { query: (text: string, values?: readonly unknown[]) => Promise<unknown> };
    const { query } = db;
    db.query = (text, values) => (text === 'select 1' ? Promise.reject(new Error('refused')) : query(text, values));
    try {
      const ready = await fetchPage('/readyz');
      expect([ready.status, ((await ready.json()) as { status: string }).status]).toEqual([503, 'down']);
    } finally {
      db.query = query;
    }
  });

  test('metrics count requests by route and carry the figures of the database', async () => {
    await admin.get('/users?limit=1');
    const exam = await startExam(api, { sitting: 1 });
    const save = { response: { value: true }, clientId: randomUUID(), clientSeq: 1, baseRevision: 0 };
    expect((await exam.students[0]!.put(`/sessions/${exam.sessionIds[0]}/answers/${exam.choiceItemId}`, save)).status).toBe(200);
    const text = await (await fetchPage('/metrics')).text();
    expect(text).toContain('holdfast_http_request_seconds_count{method="GET",route="GET /users",status="200"}');
    expect(text).toContain('route="PUT /sessions/{sessionId}/answers/{itemId}",status="200"');
    for (const name of ['answer_batch_saves_count 1', 'postgres_up 1', 'streams_open 0', 'sessions_past_cutoff 0', 'answers_late 0', 'answers_lost 0', 'outbox_waiting ', 'time_changes_open ']) {
      expect(text, name).toContain(`\nholdfast_${name}`);
    }
    expect(text).not.toMatch(/route="[^"]*[0-9a-f]{8}-/);
  });

  test('metrics are for this machine or the token; a proxy on this machine does not lend its address', async () => {
    const forwarded = { 'X-Forwarded-For': '203.0.113.9' };
    expect((await fetchPage('/metrics', forwarded)).status).toBe(401);
    expect((await fetchPage('/metrics', { ...forwarded, Authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await fetchPage('/metrics', { ...forwarded, Authorization: `Bearer ${METRICS_TOKEN}` })).status).toBe(200);
  });

  test('paths that are no routes share one label', async () => {
    await fetchPage('/api/v1/nothing/here');
    await fetchPage('/wp-login.php');
    const text = await (await fetchPage('/metrics')).text();
    expect(text).toContain('route="other",status="404"');
    expect(text).not.toContain('wp-login');
  });
});

describe('the audit log', () => {
  test('tells who did what, when, from where and why, and can be searched', async () => {
    const exam = await startExam(api, { sitting: 1 });
    const reason = `noise-${randomUUID()}`;
    const done = await exam.teacher.post(`/sessions/${exam.sessionIds[0]}/extensions`, { seconds: 60, reason });
    const find = async (query: string): Promise<TestBody[]> => (await admin.get(`/admin/audit?${query}`)).body.items!;
    const [row] = await find(`sessionId=${exam.sessionIds[0]}&action=session.extend`);
    expect(row).toMatchObject({
      action: 'session.extend', actor: { id: exam.teacher.id, name: exam.teacher.name }, resourceType: 'session', examId: exam.examId, reason,
      requestId: done.headers.get('x-request-id'),
    });
    expect(row!.address).not.toBeNull();
    expect(await find(`q=${reason}`)).toHaveLength(1);
    expect(await find(`actorId=${exam.teacher.id}&action=session.`)).toHaveLength(1);
    expect(await find(`examId=${exam.examId}&from=${new Date(Date.now() + 60_000).toISOString()}`)).toEqual([]);
    expect(await find(`examId=${exam.examId}&to=${new Date(Date.now() + 60_000).toISOString()}`)).not.toEqual([]);
    expect(await find(`requestId=${done.headers.get('x-request-id')!}`)).toHaveLength(1);
  });

  test('pages hold every row once', async () => {
    const exam = await startExam(api, { sitting: 3 });
    const ids: unknown[] = [];
    let cursor = '';
    do {
      const { body } = await admin.get(`/admin/audit?limit=2&examId=${exam.examId}${cursor}`);
      ids.push(...body.items!.map((row: TestBody) => row.id));
      cursor = body.nextCursor === null ? '' : `&cursor=${String(body.nextCursor)}`;
    } while (cursor !== '');
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(3);
  });

  test('wrong filters are named', async () => {
    for (const query of ['actorId=x', 'from=yesterday', 'limit=0', 'cursor=WyJ4Il0', 'sort=at']) {
      expect(codeOf(await admin.get(`/admin/audit?${query}`)), query).toEqual([422, 'validation-failed']);
    }
  });
});

test('outages are told with the seconds that a credit would give', async () => {
  await api.pool.query("insert into outages (began_at, ended_at, detail) select at - interval '9500 ms', at, 'no pulse of worker' from (select holdfast_now() at) n cross join generate_series(1, 3)");
  const first = await admin.get('/admin/outages?limit=2');
  const second = await admin.get(`/admin/outages?limit=2&cursor=${String(first.body.nextCursor)}`);
  expect([...first.body.items!, ...second.body.items!].map((outage: TestBody) => [outage.seconds, outage.detail])).toEqual(Array.from({ length: 3 }, () => [10, 'no pulse of worker']));
});

describe('workflows', () => {
  test('are listed from the rows that they follow, also without Temporal', async () => {
    const exam = await startExam(api, { sitting: 1 });
    await exam.teacher.post(`/exams/${exam.examId}/grading-runs`, {});
    const { body } = await admin.get(`/admin/workflows?examId=${exam.examId}`);
    expect(body.items!.map((row: TestBody) => [row.kind, row.behind, row.status]).toSorted()).toEqual([['run', true, null], ['session', true, null], ['window', false, null]]);
    expect(body.items!.find((row: TestBody) => row.kind === 'session')).toMatchObject({ workflowId: `exam-session-${exam.sessionIds[0]}`, state: 'active', rowVersion: 1, seenVersion: null });
    const only = async (query: string): Promise<string[]> => (await admin.get(`/admin/workflows?examId=${exam.examId}&${query}`)).body.items!.map((row: TestBody) => String(row.kind));
    expect(await only('kind=session')).toEqual(['session']);
    expect(await only('behind=true&open=true&limit=1')).toHaveLength(1);
    await handIn(api, exam.sessionIds[0]!, exam.students[0]!.id);
    expect(await only('open=false')).toEqual(['session']);
  });

  test('pages hold every workflow once', async () => {
    const exam = await startExam(api, { sitting: 3 });
    const first = await admin.get(`/admin/workflows?examId=${exam.examId}&limit=3`);
    const second = await admin.get(`/admin/workflows?examId=${exam.examId}&limit=3&cursor=${String(first.body.nextCursor)}`);
    expect(new Set([...first.body.items!, ...second.body.items!].map((row: TestBody) => row.workflowId)).size).toBe(4);
    expect(second.body.nextCursor).toBeNull();
  });

  test('one of them tells its story in sentences, with who and why', async () => {
    const exam = await startExam(api, { sitting: 1 });
    const [id] = exam.sessionIds;
    await exam.teacher.post(`/sessions/${id}/pause`, { reason: 'fire alarm' });
    await exam.teacher.post(`/exams/${exam.examId}/time-changes`, { kind: 'end', scope: { all: true }, reason: 'over' });
    const { status, body } = await admin.get(`/admin/workflows/exam-session-${id}`);
    expect(status).toBe(200);
    expect(body.temporal).toBeNull();
    expect(body.steps!.map((step: TestBody) => [step.text, step.actor?.name ?? null, step.reason])).toEqual([
      ['The student started.', exam.students[0]!.name, null],
      ['The session was paused. Version 2.', exam.teacher.name, 'fire alarm'],
      ['The session was ended with the exam. Version 3.', exam.teacher.name, 'over'],
    ]);
  });

  test('a nudge asks the relay to look again, for a reason', async () => {
    const exam = await startExam(api, { sitting: 1 });
    const workflowId = `exam-session-${exam.sessionIds[0]}`;
    await api.pool.query("delete from outbox where payload ->> 'id' = $1", [exam.sessionIds[0]]);
    const nudged = await admin.post(`/admin/workflows/${workflowId}/nudge`, { reason: 'looks stuck' });
    expect([nudged.status, nudged.body]).toEqual([200, { workflowId, state: 'asked' }]);
    expect((await api.pool.query("select 1 from outbox where topic = 'session' and payload ->> 'id' = $1", [exam.sessionIds[0]])).rowCount).toBe(1);
    expect((await admin.get(`/admin/workflows/${workflowId}`)).body.steps!.at(-1)).toMatchObject({ text: 'Somebody asked for a fresh look.', reason: 'looks stuck', actor: { id: admin.id } });
    expect(codeOf(await admin.post(`/admin/workflows/${workflowId}/nudge`, {}))).toEqual([422, 'validation-failed']);
    expect(codeOf(await admin.post(`/admin/workflows/exam-session-${randomUUID()}/nudge`, { reason: 'x' }))).toEqual([404, 'not-found']);
    expect(codeOf(await admin.post('/admin/workflows/exam-session-%00/nudge', { reason: 'x' }))).toEqual([404, 'not-found']);
    expect(codeOf(await teacher.post(`/admin/workflows/${workflowId}/nudge`, { reason: 'x' }))).toEqual([403, 'forbidden']);
    expect((await api.anybody.post(`/admin/workflows/${workflowId}/nudge`, { reason: 'x' })).status).toBe(401);
  });

  test('runs can be cancelled; sessions and windows follow their rows', async () => {
    const exam = await startExam(api, { sitting: 1 });
    for (const workflowId of [`exam-session-${exam.sessionIds[0]}`, `exam-window-${exam.examId}`]) {
      expect(codeOf(await admin.post(`/admin/workflows/${workflowId}/cancel`, { reason: 'x' }))).toEqual([409, 'state-conflict']);
    }
    const { body: run } = await exam.teacher.post(`/exams/${exam.examId}/grading-runs`, {});
    const cancelled = await admin.post(`/admin/workflows/grading-run-${String(run.id)}/cancel`, { reason: 'wrong key' });
    expect(cancelled.body).toEqual({ workflowId: `grading-run-${String(run.id)}`, state: 'cancelled' });
    const { body } = await admin.get(`/admin/workflows/grading-run-${String(run.id)}`);
    expect(body).toMatchObject({ kind: 'run', state: 'cancelled' });
    expect(body.steps!.at(-1)).toMatchObject({ reason: 'wrong key', actor: { id: admin.id } });
    expect(codeOf(await admin.post(`/admin/workflows/grading-run-${String(run.id)}/cancel`, { reason: 'x' }))).toEqual([409, 'state-conflict']);
    expect((await teacher.post(`/admin/workflows/grading-run-${String(run.id)}/cancel`, { reason: 'x' })).status).toBe(403);
  });
});
