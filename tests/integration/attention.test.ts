import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';
import { handIn, startExam } from '#tests/support/started-exam.ts';
import { openStream } from '#tests/support/stream.ts';

let api: TestApi;
let proctor: TestPerson;
let second: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  api = await createTestApi();
  [proctor, second, stranger] = await Promise.all([api.person('proctor'), api.person('proctor'), api.person('teacher')]);
});
afterAll(() => api.close());

const code = (reply: TestReply): [number, string] => [reply.status, reply.body.code];
const listed = async (examId: string, query = ''): Promise<TestBody[]> => (await proctor.get(`/exams/${examId}/help-requests?${query}`)).body.items;

async function askedForHelp(): Promise<{ examId: string; sessionId: string; id: string; student: TestPerson; teacher: TestPerson }> {
  const { examId, sessionIds, students, teacher } = await startExam(api);
  const asked = await students[0]!.post(`/sessions/${sessionIds[0]}/help-requests`, { reason: 'No sound' });
  return { examId, sessionId: sessionIds[0]!, id: asked.body.id, student: students[0]!, teacher };
}

describe('the queue of help requests', () => {
  test('shows who asks for what, until somebody has it and ends it', async () => {
    const { examId, sessionId, id, student } = await askedForHelp();
    expect(await listed(examId)).toMatchObject([{ id, sessionId, examId, student: { id: student.id, name: student.name }, reason: 'No sound', state: 'open', claimedBy: null, resolvedBy: null, note: null }]);
    const claimed = await proctor.post(`/help-requests/${id}/claim`, {});
    expect([claimed.status, claimed.body]).toMatchObject([200, { state: 'claimed', claimedBy: { id: proctor.id, name: proctor.name } }]);
    expect(await listed(examId, 'state=open')).toEqual([]);
    expect(await listed(examId, 'resolved=false')).toHaveLength(1);
    const resolved = await second.post(`/help-requests/${id}/resolve`, { note: 'Headphones changed' });
    expect(resolved.body).toMatchObject({ state: 'resolved', claimedBy: { id: proctor.id }, resolvedBy: { id: second.id }, note: 'Headphones changed' });
    expect(await listed(examId, 'resolved=false')).toEqual([]);
    expect(await listed(examId, `state=resolved&sessionId=${sessionId}`)).toHaveLength(1);
  });

  test('a claim holds against others until they take it over, and repeating it changes nothing', async () => {
    const { id, examId } = await askedForHelp();
    const key = randomUUID();
    const first = await proctor.post(`/help-requests/${id}/claim`, {}, { key });
    expect((await proctor.post(`/help-requests/${id}/claim`, {}, { key })).body).toEqual(first.body);
    expect((await proctor.post(`/help-requests/${id}/claim`, {})).body).toEqual(first.body);
    const refused = await second.post(`/help-requests/${id}/claim`, {});
    expect(code(refused)).toEqual([409, 'state-conflict']);
    expect(refused.body.detail).toContain(proctor.name);
    expect((await second.post(`/help-requests/${id}/claim`, { takeOver: true })).body.claimedBy.id).toBe(second.id);
    await second.post(`/help-requests/${id}/resolve`, {});
    expect(code(await proctor.post(`/help-requests/${id}/claim`, { takeOver: true }))).toEqual([409, 'state-conflict']);
    expect(code(await proctor.post(`/help-requests/${id}/resolve`, {}))).toEqual([409, 'state-conflict']);
    const { rows } = await api.pool.query('select action, actor_id from audit_log where exam_id = $1 and resource_type = $2 order by id', [examId, 'help-request']);
    expect(rows).toEqual([
      { action: 'session.help-claimed', actor_id: proctor.id }, { action: 'session.help-claimed', actor_id: second.id }, { action: 'session.help-resolved', actor_id: second.id },
    ]);
  });

  test('of ten proctors who reach for it at once one has it', async () => {
    const { id } = await askedForHelp();
    const proctors = await Promise.all(Array.from({ length: 10 }, () => api.person('proctor')));
    const replies = await Promise.all(proctors.map((person) => person.post(`/help-requests/${id}/claim`, {})));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
  });

  test('staff and the student hear of it; the student not of whom', async () => {
    const { id, examId, sessionId, student, teacher } = await askedForHelp();
    const [forStaff, forStudent] = await Promise.all([openStream(api.url, `/exams/${examId}/stream`, teacher.token), openStream(api.url, `/sessions/${sessionId}/stream`, student.token)]);
    await proctor.post(`/help-requests/${id}/claim`, {});
    expect((await forStaff.next('help-changed')).data).toMatchObject({ id, sessionId, state: 'claimed', by: { id: proctor.id, name: proctor.name } });
    expect((await forStudent.next('help-changed')).data).toMatchObject({ id, state: 'claimed' });
    expect(forStudent.raw()).not.toContain(proctor.name);
    forStaff.close();
    forStudent.close();
  });

  test('it stands in the story of the session, for the student without names', async () => {
    const { id, sessionId, student, teacher } = await askedForHelp();
    await proctor.post(`/help-requests/${id}/resolve`, { note: 'Was nothing' });
    const told = (await teacher.get(`/sessions/${sessionId}/timeline`)).body.items.find((entry: TestBody) => entry.kind === 'help-resolved');
    expect(told).toMatchObject({ actor: { role: 'proctor', name: proctor.name }, reason: 'Was nothing', detail: { id } });
    expect(JSON.stringify((await student.get(`/sessions/${sessionId}/timeline`)).body)).not.toContain('Was nothing');
  });

  test('wrong requests and strangers are refused, pages hold each once', async () => {
    const { id, examId, sessionId, student } = await askedForHelp();
    expect(code(await student.post(`/help-requests/${id}/claim`, {}))).toEqual([403, 'forbidden']);
    expect(code(await stranger.post(`/help-requests/${id}/claim`, {}))).toEqual([404, 'not-found']);
    expect(code(await api.anybody.post(`/help-requests/${id}/resolve`, {}))).toEqual([401, 'unauthenticated']);
    expect(code(await proctor.post(`/help-requests/${randomUUID()}/resolve`, {}))).toEqual([404, 'not-found']);
    expect(code(await proctor.post(`/help-requests/${id}/claim`, { takeOver: 1 }))).toEqual([422, 'validation-failed']);
    expect(code(await proctor.post(`/help-requests/${id}/resolve`, { note: 'a\u0000' }))).toEqual([422, 'validation-failed']);
    expect(code(await proctor.post(`/help-requests/${id}/resolve`, {}, { key: null }))).toEqual([428, 'precondition-required']);
    expect(code(await proctor.get(`/exams/${examId}/help-requests?cursor=x`))).toEqual([422, 'validation-failed']);
    await student.post(`/sessions/${sessionId}/help-requests`, { reason: 'Still none' });
    const first = await proctor.get(`/exams/${examId}/help-requests?limit=1`);
    expect(first.body.items[0].reason).toBe('Still none');
    const next = await proctor.get(`/exams/${examId}/help-requests?limit=1&cursor=${first.body.nextCursor}`);
    expect([next.body.items[0].id, next.body.nextCursor]).toEqual([id, null]);
  });
});

describe('what was noticed', () => {
  test('observations of one kind within a minute are one entry, newest first', async () => {
    const { examId, sessionIds, students, teacher } = await startExam(api, { sitting: 2 });
    const at = new Date().toISOString();
    await students[0]!.post(`/sessions/${sessionIds[0]}/observations`, { observations: [{ kind: 'tab-hidden', at, detail: { ms: 5 } }, { kind: 'tab-hidden', at, detail: { ms: 7 } }] });
    await students[1]!.post(`/sessions/${sessionIds[1]}/observations`, { observations: [{ kind: 'copy', at }] });
    await api.pool.query("update observations set at = date_trunc('minute', at) where session_id = any($1)", [sessionIds]);
    const all = await proctor.get(`/exams/${examId}/incidents`);
    expect(all.body.items).toMatchObject([
      { kind: 'copy', count: 1, severity: 'info', student: { id: students[1]!.id }, detail: null },
      { kind: 'tab-hidden', count: 2, student: { id: students[0]!.id }, detail: { ms: 7 } },
    ]);
    const first = await proctor.get(`/exams/${examId}/incidents?limit=1`);
    expect((await proctor.get(`/exams/${examId}/incidents?limit=1&cursor=${first.body.nextCursor}`)).body.items[0].kind).toBe('tab-hidden');
    expect((await teacher.get(`/exams/${examId}/incidents?kind=copy`)).body.items).toHaveLength(1);
    expect((await teacher.get(`/exams/${examId}/incidents?sessionId=${sessionIds[0]}`)).body.items).toHaveLength(1);
    expect(code(await stranger.get(`/exams/${examId}/incidents`))).toEqual([404, 'not-found']);
    const marked = await teacher.get(`/exams/${examId}/sessions?hasIncidents=true&q=${students[0]!.name.slice(-6)}`);
    expect(marked.body.items.map((row: TestBody) => row.id)).toEqual([sessionIds[0]]);
    expect((await teacher.get(`/exams/${examId}/sessions?hasIncidents=false`)).body.items).toEqual([]);
  });
});

describe('the exam in numbers', () => {
  test('counts states, absences, connections, acknowledgements and help', async () => {
    const { examId, sessionIds, students, teacher } = await startExam(api, { sitting: 4 });
    await api.pool.query('insert into exam_assignments (exam_id, student_id) values ($1, $2)', [examId, (await api.person('student')).id]);
    await handIn(api, sessionIds[0]!, students[0]!.id);
    await teacher.post(`/sessions/${sessionIds[1]}/pause`, {});
    await api.pool.query('update session_presence set online = false where session_id = any($1)', [[sessionIds[0], sessionIds[2]]]);
    await students[3]!.post(`/sessions/${sessionIds[3]}/help-requests`, { reason: 'x' });
    const { body } = await proctor.get(`/exams/${examId}/session-counts`);
    expect(body).toEqual({
      assigned: 5, notStarted: 1, active: 2, paused: 1, submitted: 1, expired: 0, terminated: 0, withdrawn: 0, offline: 1, unacknowledged: 1,
      withIncidents: 0, helpOpen: 1, helpClaimed: 0, streamPosition: expect.stringMatching(/^\d+$/),
    });
    const ids = async (query: string): Promise<string[]> => (await teacher.get(`/exams/${examId}/sessions?${query}`)).body.items.map((row: TestBody) => row.id);
    expect(await ids('acknowledged=false')).toEqual([sessionIds[1]]);
    expect(await ids('acknowledged=true')).toHaveLength(3);
    expect((await teacher.get(`/exams/${examId}/assignments?started=false`)).body.items).toHaveLength(1);
    expect((await teacher.get(`/exams/${examId}/assignments?started=true`)).body.items).toHaveLength(4);
    expect(code(await stranger.get(`/exams/${examId}/session-counts`))).toEqual([404, 'not-found']);
  });

  test('the monitor finds the students of a batch', async () => {
    const { examId, sessionIds, students, teacher } = await startExam(api, { sitting: 2 });
    const batch = await teacher.post('/batches', { name: `Batch ${randomUUID()}` });
    await teacher.put(`/batches/${batch.body.id}/students`, { studentIds: [students[1]!.id] });
    const found = await teacher.get(`/exams/${examId}/sessions?batchId=${batch.body.id}`);
    expect(found.body.items.map((row: TestBody) => row.id)).toEqual([sessionIds[1]]);
  });
});
