import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody } from '#tests/support/caller.ts';
import { handIn, startExam, startFor, type StartedExam } from '#tests/support/started-exam.ts';

let api: TestApi;
let admin: TestPerson;
let proctor: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  api = await createTestApi();
  [admin, proctor, stranger] = await Promise.all([api.person('admin'), api.person('proctor'), api.person('teacher')]);
});
afterAll(() => api.close());

const started = (given: Parameters<typeof startExam>[1] = {}): Promise<StartedExam> => startExam(api, given);
const eventsOf = async (examId: string, kind: string): Promise<{ session_id: string | null; data: Record<string, unknown> }[]> =>
  (await api.pool.query('select session_id, data from stream_events where exam_id = $1 and kind = $2 order by id', [examId, kind])).rows;

describe('commands to one session', () => {
  test('a pause stops the clock, a resume gives the time back, and each is a version of its own', async () => {
    const { sessionIds: [id], teacher } = await started();
    const paused = await teacher.post(`/sessions/${id}/pause`, { reason: 'fire alarm' });
    expect(paused.status).toBe(200);
    expect(paused.body.session).toMatchObject({ state: 'paused', deadlineAt: null, version: 2 });
    expect(Number(paused.body.session!.remainingMs)).toBeGreaterThan(3_590_000);
    const resumed = await teacher.post(`/sessions/${id}/resume`, {});
    expect(resumed.body.session).toMatchObject({ state: 'active', pausedAt: null, version: 3 });
  });

  test('an extension moves the deadline by its seconds, once, however often the command is sent', async () => {
    const { sessionIds: [id], teacher } = await started();
    const before = await deadlineOf(id!);
    const key = randomUUID();
    const first = await teacher.post(`/sessions/${id}/extensions`, { seconds: 300, reason: 'late paper' }, { key });
    const again = await teacher.post(`/sessions/${id}/extensions`, { seconds: 300, reason: 'late paper' }, { key });
    expect(first.status).toBe(200);
    expect(again.body).toEqual(first.body);
    expect(first.body.commandId).toBe(key);
    expect(Date.parse(String(first.body.session!.deadlineAt)) - before).toBe(300_000);
    const other = await teacher.post(`/sessions/${id}/extensions`, { seconds: 600, reason: 'late paper' }, { key });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
  });

  test('ten proctors who press extend at once with one key extend once', async () => {
    const { sessionIds: [id], teacher } = await started();
    const before = await deadlineOf(id!);
    const key = randomUUID();
    const replies = await Promise.all(Array.from({ length: 10 }, () => teacher.post(`/sessions/${id}/extensions`, { seconds: 60 }, { key })));
    expect(replies.map((reply) => reply.status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect((await deadlineOf(id!)) - before).toBe(60_000);
  });

  test('terminate and withdraw end the session for a reason; reopen lets it go on', async () => {
    const { sessionIds: [one, two], teacher } = await started({ sitting: 2 });
    expect((await teacher.post(`/sessions/${one}/terminate`, { reason: 'two people' })).body.session).toMatchObject({ state: 'terminated', closeReason: 'terminated', remainingMs: 0 });
    expect((await teacher.post(`/sessions/${two}/withdraw`, { reason: 'ill' })).body.session).toMatchObject({ state: 'withdrawn' });
    const open = await teacher.post(`/sessions/${one}/reopen`, { seconds: 120, reason: 'mistaken' });
    expect(open.body.session).toMatchObject({ state: 'active', closedAt: null });
    expect(Number(open.body.session!.remainingMs)).toBeLessThanOrEqual(120_000);
    expect((await teacher.post(`/sessions/${one}/extensions`, { seconds: 10 })).status).toBe(200);
  });

  test.each([
    ['terminate', {}, '/reason'],
    ['withdraw', { reason: ' ' }, '/reason'],
    ['reopen', { reason: 'why' }, '/seconds'],
    ['extensions', { seconds: 0 }, '/seconds'],
    ['extensions', { seconds: 86_401 }, '/seconds'],
    ['extensions', { seconds: 1.5 }, '/seconds'],
    ['pause', { reason: 'x', force: true }, '/force'],
  ])('%s with %j names the wrong field %s', async (command, body, pointer) => {
    const { sessionIds: [id], teacher } = await started();
    const refused = await teacher.post(`/sessions/${id}/${command}`, body);
    expect([refused.status, refused.body.code]).toEqual([422, 'validation-failed']);
    expect(refused.body.errors!.map((error: TestBody) => error.pointer)).toContain(pointer);
  });

  test('what the state does not allow is a conflict with the code of the reason', async () => {
    const { sessionIds: [id], students: [student], teacher } = await started();
    expect(codeOf(await teacher.post(`/sessions/${id}/resume`, {}))).toEqual([409, 'state-conflict']);
    await teacher.post(`/sessions/${id}/pause`, {});
    expect(codeOf(await teacher.post(`/sessions/${id}/pause`, {}))).toEqual([409, 'session-paused']);
    await teacher.post(`/sessions/${id}/resume`, {});
    await handIn(api, id!, student!.id);
    expect(codeOf(await teacher.post(`/sessions/${id}/extensions`, { seconds: 5 }))).toEqual([409, 'session-closed']);
  });

  test('a command needs a key, and a log-in', async () => {
    const { sessionIds: [id], teacher } = await started();
    expect(codeOf(await teacher.post(`/sessions/${id}/pause`, {}, { key: null }))).toEqual([428, 'precondition-required']);
    expect(codeOf(await api.anybody.post(`/sessions/${id}/pause`, {}))).toEqual([401, 'unauthenticated']);
  });

  test('students are refused, other teachers find nothing, proctors may do what keeps the exam going', async () => {
    const { sessionIds: [id], students: [student] } = await started();
    expect(codeOf(await student!.post(`/sessions/${id}/extensions`, { seconds: 60 }))).toEqual([403, 'forbidden']);
    expect(codeOf(await stranger.post(`/sessions/${id}/extensions`, { seconds: 60 }))).toEqual([404, 'not-found']);
    expect(codeOf(await admin.post(`/sessions/${randomUUID()}/pause`, {}))).toEqual([404, 'not-found']);
    for (const [command, body] of [['pause', {}], ['resume', {}], ['extensions', { seconds: 60 }], ['terminate', { reason: 'x' }]] as const) {
      expect((await proctor.post(`/sessions/${id}/${command}`, body)).status, command).toBe(200);
    }
    expect(codeOf(await proctor.post(`/sessions/${id}/reopen`, { seconds: 60, reason: 'x' }))).toEqual([403, 'forbidden']);
    expect(codeOf(await proctor.post(`/sessions/${id}/withdraw`, { reason: 'x' }))).toEqual([403, 'forbidden']);
  });

  test('somebody who sits the exam can not watch over it, whatever other roles there are', async () => {
    const exam = await started();
    const both = await api.person('student', 'proctor');
    await api.pool.query('insert into exam_assignments (exam_id, student_id) values ($1, $2)', [exam.examId, both.id]);
    const own = await startFor(api, exam.examId, both);
    expect(codeOf(await both.post(`/sessions/${own}/extensions`, { seconds: 60 }))).toEqual([404, 'not-found']);
    expect(codeOf(await both.get(`/exams/${exam.examId}/sessions`))).toEqual([404, 'not-found']);
  });

  test('a command can be looked up afterwards, by staff of the exam only', async () => {
    const { sessionIds: [id], teacher } = await started();
    const { body: { commandId } } = await teacher.post(`/sessions/${id}/extensions`, { seconds: 30, reason: 'noise' });
    const found = await proctor.get(`/sessions/${id}/commands/${String(commandId)}`);
    expect(found.body).toMatchObject({ commandId, kind: 'extend', state: 'applied', version: 2, reason: 'noise', actorId: teacher.id });
    expect(codeOf(await teacher.get(`/sessions/${id}/commands/${randomUUID()}`))).toEqual([404, 'not-found']);
    expect(codeOf(await stranger.get(`/sessions/${id}/commands/${String(commandId)}`))).toEqual([404, 'not-found']);
  });
});

describe('messages', () => {
  test('a message to one session reaches its stream, with the role of the sender and not the name', async () => {
    const { examId, sessionIds: [id], teacher } = await started();
    const sent = await proctor.post(`/sessions/${id}/messages`, { text: 'Speak up.' });
    expect([sent.status, sent.body.sessionId, sent.body.recipients]).toEqual([201, id, 1]);
    expect(await eventsOf(examId, 'message')).toEqual([{ session_id: id, data: { id: sent.body.id, text: 'Speak up.', from: 'proctor' } }]);
    const key = randomUUID();
    const first = await teacher.post(`/sessions/${id}/messages`, { text: 'Again.' }, { key });
    expect((await teacher.post(`/sessions/${id}/messages`, { text: 'Again.' }, { key })).body).toEqual(first.body);
    expect(await eventsOf(examId, 'message')).toHaveLength(2);
  });

  test('a message to the exam is one event for everybody, one to some students an event for each that is open', async () => {
    const { examId, sessionIds, students, teacher } = await started({ sitting: 3 });
    await handIn(api, sessionIds[2]!, students[2]!.id);
    const all = await teacher.post(`/exams/${examId}/messages`, { text: 'Ten minutes.', scope: { all: true } });
    expect([all.status, all.body.recipients]).toEqual([201, 2]);
    const some = await teacher.post(`/exams/${examId}/messages`, { text: 'You two.', scope: { studentIds: students.slice(1).map((student) => student.id) } });
    expect(some.body.recipients).toBe(1);
    expect((await eventsOf(examId, 'message')).map((event) => event.session_id)).toEqual([null, sessionIds[1]]);
  });

  test('wrong texts, closed sessions and strangers are refused', async () => {
    const { examId, sessionIds: [id], students: [student], teacher } = await started();
    expect((await teacher.post(`/sessions/${id}/messages`, { text: '  ' })).status).toBe(422);
    expect((await teacher.post(`/sessions/${id}/messages`, { text: 'a\u0000b' })).status).toBe(422);
    expect((await teacher.post(`/exams/${examId}/messages`, { text: 'x', scope: { all: false } })).status).toBe(422);
    expect((await student!.post(`/sessions/${id}/messages`, { text: 'x' })).status).toBe(403);
    expect((await stranger.post(`/exams/${examId}/messages`, { text: 'x', scope: { all: true } })).status).toBe(404);
    expect((await api.anybody.post(`/sessions/${id}/messages`, { text: 'x' })).status).toBe(401);
    await handIn(api, id!, student!.id);
    expect(codeOf(await teacher.post(`/sessions/${id}/messages`, { text: 'x' }))).toEqual([409, 'session-closed']);
  });
});

describe('the monitor', () => {
  test('a row is the session with its student, progress and presence', async () => {
    const { examId, sessionIds: [id], students: [student], choiceItemId, essayItemId, teacher } = await started();
    for (const [item, response] of [[choiceItemId, { value: true }], [essayItemId, null]] as const) {
      await api.pool.query('insert into answers (session_id, item_id, revision, response, saved_at, session_version) values ($1, $2, 1, $3, holdfast_now(), 1)', [id, item, JSON.stringify(response)]);
    }
    const { status, body } = await teacher.get(`/exams/${examId}/sessions`);
    expect(status).toBe(200);
    expect(body.items).toHaveLength(1);
    expect(body.items![0]).toMatchObject({
      id, examId, attempt: 1, state: 'active', version: 1, student: { id: student!.id, name: student!.name }, answered: 1, total: 2,
      online: true, incidents: 0, acknowledgedVersion: 1, timeMultiplier: '1', entitledMs: 3_600_000, lastChange: null,
    });
    await proctor.post(`/sessions/${id}/pause`, { reason: 'fire alarm' });
    expect((await teacher.get(`/exams/${examId}/sessions`)).body.items[0].lastChange).toMatchObject({ kind: 'pause', reason: 'fire alarm', actor: { id: proctor.id, name: proctor.name } });
    expect(typeof body.streamPosition).toBe('string');
  });

  test.each(['name', '-name', 'startedAt', '-deadlineAt', 'lastSavedAt'])('pages sorted by %s hold every session once', async (sort) => {
    const { examId, teacher } = await started({ sitting: 5 });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await teacher.get(`/exams/${examId}/sessions?limit=2&sort=${sort}${cursor === null ? '' : `&cursor=${cursor}`}`);
      seen.push(...body.items!.map((row: TestBody) => String(row.id)));
      cursor = body.nextCursor as string | null;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(5);
    expect(seen).toHaveLength(5);
  });

  test('filters by state, presence, text and time of the last change', async () => {
    const { examId, sessionIds, students, teacher } = await started({ sitting: 3 });
    const ids = async (query: string): Promise<string[]> => (await teacher.get(`/exams/${examId}/sessions?${query}`)).body.items!.map((row: TestBody) => String(row.id));
    await teacher.post(`/sessions/${sessionIds[0]}/pause`, {});
    await api.pool.query("update session_presence set online = false, last_seen_at = last_seen_at - interval '1 hour' where session_id = $1", [sessionIds[1]]);
    expect(await ids('state=paused')).toEqual([sessionIds[0]]);
    expect(await ids('online=false')).toEqual([sessionIds[1]]);
    expect(await ids(`q=${students[2]!.name.slice(-6)}`)).toEqual([sessionIds[2]]);
    expect(await ids(`q=${encodeURIComponent('%')}`)).toEqual([]);
    const later = new Date(Date.now() + 120_000).toISOString();
    expect(await ids(`changedSince=${later}`)).toEqual([]);
    expect(await ids(`changedSince=${new Date(Date.now() - 120_000).toISOString()}`)).toHaveLength(3);
    await api.pool.query("update exam_sessions set started_at = started_at - interval '1 hour' where exam_id = $1", [examId]);
    await api.pool.query("update session_presence set acknowledged_at = null where session_id = $1", [sessionIds[1]]);
    expect(await ids(`changedSince=${new Date(Date.now() - 120_000).toISOString()}`)).not.toContain(sessionIds[1]);
  });

  test('outages are those during the exam', async () => {
    const { examId } = await started();
    await api.pool.query(`insert into outages (began_at, ended_at, detail) values (now() - interval '3 hours', now() - interval '2 hours', 'before'), (now() - interval '30 seconds', now() - interval '20.5 seconds', 'during')`);
    expect((await proctor.get(`/exams/${examId}/outages`)).body).toMatchObject({ items: [{ detail: 'during', seconds: 10 }], nextCursor: null });
    expect((await stranger.get(`/exams/${examId}/outages`)).status).toBe(404);
  });

  test('wrong queries, strangers and students are refused', async () => {
    const { examId, students: [student], teacher } = await started();
    for (const query of ['sort=email', 'limit=201', 'state=open', 'cursor=abc', 'changedSince=yesterday', 'offset=5']) {
      expect(codeOf(await teacher.get(`/exams/${examId}/sessions?${query}`)), query).toEqual([422, 'validation-failed']);
    }
    expect((await student!.get(`/exams/${examId}/sessions`)).status).toBe(403);
    expect((await stranger.get(`/exams/${examId}/sessions`)).status).toBe(404);
    expect((await api.anybody.get(`/exams/${examId}/sessions`)).status).toBe(401);
    const draft = await started({ lifecycle: 'draft' });
    expect((await proctor.get(`/exams/${draft.examId}/sessions`)).status).toBe(404);
    expect((await draft.teacher.get(`/exams/${draft.examId}/sessions`)).body.items).toEqual([]);
  });
});

describe('the close-out', () => {
  test('is open while the window is, and closed when each student is in one end state', async () => {
    const { examId, sessionIds, students, teacher } = await started({ sitting: 2 });
    await api.pool.query('insert into exam_assignments (exam_id, student_id) values ($1, $2)', [examId, (await api.person('student')).id]);
    const open = await proctor.get(`/exams/${examId}/close-out`);
    expect([open.status, open.body.state, open.body.assigned, open.body.closedAt]).toEqual([200, 'open', 3, null]);
    await handIn(api, sessionIds[0]!, students[0]!.id);
    await teacher.post(`/exams/${examId}/time-changes`, { kind: 'end', scope: { all: true }, reason: 'over' });
    const closed = await teacher.get(`/exams/${examId}/close-out`);
    expect(closed.body).toMatchObject({ state: 'closed', counts: { submitted: 1, expired: 1, terminated: 0, withdrawn: 0, absent: 1 } });
    expect(closed.body.invariants!.filter((invariant: TestBody) => !invariant.holds)).toEqual([]);
    expect(closed.body.serverClockOffsetMs).toBeNull();
  });

  test('tells the offset of the clock that a worker measured a moment ago', async () => {
    const { examId, teacher } = await started();
    await api.pool.query("insert into pulses (name, data) values ('worker', '{\"clockOffsetMs\": -12}')");
    expect((await teacher.get(`/exams/${examId}/close-out`)).body).toMatchObject({ serverClockOffsetMs: -12, serverClock: { source: 'worker', server: null } });
    await api.pool.query("insert into clock_measurements (server, stratum, offset_ms, delay_ms) values ('ntp.example.edu', 2, 1.5, 3)");
    expect((await teacher.get(`/exams/${examId}/close-out`)).body).toMatchObject({ serverClockOffsetMs: 1.5, serverClock: { source: 'ntp', server: 'ntp.example.edu' } });
    await api.pool.query('delete from clock_measurements');
    await api.pool.query("delete from pulses where name = 'worker'");
    expect((await stranger.get(`/exams/${examId}/close-out`)).status).toBe(404);
  });
});

async function deadlineOf(sessionId: string): Promise<number> {
  const { rows } = await api.pool.query<{ deadline_at: Date }>('select deadline_at from exam_sessions where id = $1', [sessionId]);
  return rows[0]!.deadline_at.getTime();
}

function codeOf(reply: { status: number; body: { code?: unknown } }): [number, unknown] {
  return [reply.status, reply.body.code];
}
