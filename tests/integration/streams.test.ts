import { randomUUID } from 'node:crypto';

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { ACCESS_SECONDS } from '#api/auth/tokens.ts';
import { inTransaction } from '#db/connection.ts';
import { insertStreamEvent } from '#db/stream-events.ts';
import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import { command, openExam } from '#tests/support/sat-exam.ts';
import { openStream, type TestStream } from '#tests/support/stream.ts';

let api: TestApi;
let teacher: TestPerson;
let stranger: TestPerson;
let proctor: TestPerson;
let anna: TestPerson;
let berta: TestPerson;
let examId: string;
let annas: string;
let bertas: string;
let annasPosition: string;
const open: TestStream[] = [];

beforeAll(async () => {
  api = await createTestApi();
  [teacher, stranger, proctor] = await Promise.all([api.person('teacher'), api.person('teacher'), api.person('proctor')]);
  [anna, berta] = (await api.students(2)) as [TestPerson, TestPerson];
  examId = await openExam(api, { owner: teacher, students: [anna, berta], proctoring: 'events' });
  const started = await anna.post(`/exams/${examId}/sessions`, {});
  annas = String(started.body.session.id);
  annasPosition = String(started.body.streamPosition);
  bertas = String((await berta.post(`/exams/${examId}/sessions`, {})).body.session.id);
});
afterEach(() => open.splice(0).forEach((stream) => stream.close()));
afterAll(() => api.close());

async function listen(path: string, who: TestPerson, headers: Record<string, string> = {}): Promise<TestStream> {
  const stream = await openStream(api.url, path, who.token, headers);
  open.push(stream);
  return stream;
}

/** What came that is stored; the rest is of the connection itself. */
const stored = (stream: TestStream) => stream.events.filter(({ id }) => id !== undefined);
const emit = (sessionId: string | null, kind: 'message' | 'incident', data: Record<string, unknown>) =>
  inTransaction(api.deps.db, (tx) => insertStreamEvent(tx, { examId, sessionId, kind, data }));
const say = (sessionId: string | null, text: string) => emit(sessionId, 'message', { id: randomUUID(), text, from: 'proctor' });
const textsOf = (stream: TestStream) => stream.events.filter(({ event }) => event === 'message').map(({ data }) => data['text']);

describe('the stream of a session', () => {
  test('it opens at once, uncompressed, greets with time and version, and tells when to come back', async () => {
    const stream = await listen(`/sessions/${annas}/stream`, anna, { 'Accept-Encoding': 'gzip' });
    expect(stream.headers).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    expect(stream.headers['content-encoding']).toBeUndefined();
    expect(stream.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(stream.raw()).toContain('retry: 2000\n');
    const hello = await stream.next('hello');
    expect(hello.id).toBeUndefined();
    const { rows } = await api.pool.query<{ version: number }>('select version from exam_sessions where id = $1', [annas]);
    expect(hello.data).toMatchObject({ sessionVersion: rows[0]!.version, sessionVersions: { [annas]: rows[0]!.version } });
  });

  test('every time change arrives with the new deadline and what is left as of now', async () => {
    const stream = await listen(`/sessions/${annas}/stream`, anna);
    await command(api, proctor, annas, 'extend', 120);
    const changed = await stream.next('time-changed');
    const { body } = await anna.get(`/sessions/${annas}`);
    expect(changed.data).toMatchObject({ sessionId: annas, kind: 'extend', deadlineAt: body.session.deadlineAt, sessionVersion: body.session.version, reason: 'because of extend' });
    expect(Math.abs(Number(changed.data['remainingMs']) - Number(body.session.remainingMs))).toBeLessThan(1_000);
    await command(api, proctor, annas, 'pause');
    expect((await stream.next('paused')).data).toMatchObject({ deadlineAt: null, reason: 'because of pause' });
    await command(api, proctor, annas, 'resume');
    expect((await stream.next('resumed')).data['deadlineAt']).toEqual(expect.any(String));
    expect(stored(stream).map(({ event }) => event)).toEqual(['time-changed', 'paused', 'resumed']);
  });

  test('when time is over the page is told, with nobody asking', async () => {
    const short = await openExam(api, { owner: teacher, students: [anna], graceSeconds: 0 });
    const { body } = await anna.post(`/exams/${short}/sessions`, {});
    const sessionId = String(body.session.id);
    const stream = await listen(`/sessions/${sessionId}/stream`, anna);
    await command(api, teacher, sessionId, 'shorten', 7_200);
    expect((await stream.next('closed')).data).toMatchObject({ state: 'expired', closeReason: 'deadline', sessionVersion: 3 });
  });

  test('a student hears what is for everybody, nothing of others and nothing for staff', async () => {
    const stream = await listen(`/sessions/${annas}/stream`, anna);
    await say(bertas, 'only for Berta');
    await emit(annas, 'incident', { type: 'observations', severity: 'info', kinds: { blur: 1 } });
    await say(null, 'for everybody');
    await say(annas, 'only for Anna');
    api.deps.bus.wake();
    await stream.next('message', ({ text }) => text === 'only for Anna');
    expect(textsOf(stream)).toEqual(['for everybody', 'only for Anna']);
    expect(stream.raw()).not.toContain('incident');
  });

  test('staff watch it too; nobody else does', async () => {
    const stream = await listen(`/sessions/${annas}/stream`, proctor);
    await emit(annas, 'incident', { type: 'observations', severity: 'info', kinds: { blur: 2 } });
    await command(api, teacher, annas, 'extend', 5);
    expect((await stream.next('incident')).data).toMatchObject({ sessionId: annas, type: 'observations', kinds: { blur: 2 } });
    expect((await stream.next('time-changed')).data).toMatchObject({ sessionId: annas });
    for (const who of [berta, stranger]) expect((await who.get(`/sessions/${annas}/stream`)).status).toBe(404);
    expect((await api.anybody.get(`/sessions/${annas}/stream`)).status).toBe(401);
    expect((await anna.get(`/sessions/${randomUUID()}/stream`)).status).toBe(404);
  });

  test('a position that is none is refused before the stream opens', async () => {
    expect((await anna.get(`/sessions/${annas}/stream?after=x`)).status).toBe(422);
    expect((await anna.get(`/sessions/${annas}/stream`, { headers: { 'Last-Event-ID': 'x' } })).status).toBe(422);
  });
});

describe('replay', () => {
  test('everything since the start of the session comes again, in order, each once', async () => {
    const stream = await listen(`/sessions/${annas}/stream?after=${annasPosition}`, anna);
    const live = await listen(`/sessions/${annas}/stream`, anna);
    await say(annas, 'the last one');
    api.deps.bus.wake();
    await stream.next('message', ({ text }) => text === 'the last one');
    await live.next('message', ({ text }) => text === 'the last one');
    const ids = stored(stream).map(({ id }) => Number(id));
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    const { rows } = await api.pool.query<{ seq: number }>(
      `select seq from stream_events where exam_id = $1 and (session_id = $2 or session_id is null) and seq > $3
         and kind not in ('started', 'acknowledged', 'help-requested', 'incident', 'run-progress', 'graded') order by seq`,
      [examId, annas, annasPosition],
    );
    expect(ids).toEqual(rows.map(({ seq }) => Number(seq)));
    expect(stored(live)).toHaveLength(1);
  });

  test('the last id that a browser saw is newer than the position in its address', async () => {
    const first = await listen(`/sessions/${annas}/stream?after=${annasPosition}`, anna);
    await say(annas, 'before the break');
    api.deps.bus.wake();
    const { id } = await first.next('message', ({ text }) => text === 'before the break');
    first.close();
    await say(annas, 'during the break');
    const second = await listen(`/sessions/${annas}/stream?after=${annasPosition}`, anna, { 'Last-Event-ID': id! });
    await second.next('message', ({ text }) => text === 'during the break');
    expect(textsOf(second)).toEqual(['during the break']);
  });

  test('whatever commits while streams open and break, nobody misses or sees twice', async () => {
    const count = 400;
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let n = 0; n < count / 8; n += 1) {
        await say(annas, `${writer}:${n}`);
        if (n % 5 === 0) api.deps.bus.wake();
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
      }
    });
    const seen: string[] = [];
    const ids: number[] = [];
    const { body } = await anna.get(`/sessions/${annas}`);
    let after = String(body.streamPosition);
    let opened = 0;
    const began = performance.now();
    while (seen.length < count && performance.now() - began < 30_000) {
      const stream = await openStream(api.url, `/sessions/${annas}/stream?after=${after}`, anna.token);
      await new Promise((resolve) => setTimeout(resolve, 60 + Math.random() * 60));
      stream.close();
      opened += 1;
      for (const event of stored(stream)) {
        after = event.id!;
        ids.push(Number(event.id));
        seen.push(String(event.data['text']));
      }
    }
    await Promise.all(writers);
    // those that were committed before the first stream opened are in the position it began with
    const { rows } = await api.pool.query<{ text: string }>(
      "select data ->> 'text' as text from stream_events where session_id = $1 and seq > $2 order by seq", [annas, String(body.streamPosition)]);
    expect(seen).toEqual(rows.map(({ text }) => text));
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(new Set(seen).size).toBe(seen.length);
    expect(opened).toBeGreaterThan(5);
  }, 60_000);

  test('a transaction that commits late is not lost behind those that overtook it', async () => {
    const stream = await listen(`/sessions/${annas}/stream`, anna);
    const client = await api.pool.connect();
    await client.query('begin');
    await client.query("insert into stream_events (exam_id, session_id, kind, data) values ($1, $2, 'message', $3)", [examId, annas, JSON.stringify({ id: randomUUID(), text: 'slow', from: 'proctor' })]);
    await say(annas, 'fast');
    api.deps.bus.wake();
    await stream.next('message', ({ text }) => text === 'fast');
    await client.query('commit');
    client.release();
    await stream.next('message', ({ text }) => text === 'slow');
    expect(textsOf(stream)).toEqual(['fast', 'slow']);
  });

  test('who asks for what is no longer kept, or for what never was, is told to load afresh and goes on from now', async () => {
    const { rows } = await api.pool.query<{ oldest: number; last: number }>('select min(seq) as oldest, max(seq) as last from stream_events');
    await api.pool.query('delete from stream_events where seq < $1', [Number(rows[0]!.oldest) + 5]);
    for (const after of ['0', String(Number(rows[0]!.last) + 1_000)]) {
      const stream = await listen(`/sessions/${annas}/stream?after=${after}`, anna);
      const reset = await stream.next('reset');
      expect(reset.id).toBe(reset.data['streamPosition']);
      await say(annas, `after the reset of ${after}`);
      api.deps.bus.wake();
      await stream.next('message', ({ text }) => text === `after the reset of ${after}`);
      expect(stored(stream)).toHaveLength(2);
    }
  });
});

describe('the stream of an exam', () => {
  test('staff hear of every session, of progress, connections, acknowledgements and calls for help', async () => {
    const board = await listen(`/exams/${examId}/stream`, proctor);
    const { body } = await anna.get(`/sessions/${annas}`);
    const itemId = String(body.paper.sections[0]!.items[2]!.id);
    await anna.put(`/sessions/${annas}/answers/${itemId}`, { response: { text: 'x' }, clientId: randomUUID(), clientSeq: 1, baseRevision: 0 });
    expect((await board.next('progress')).data).toMatchObject({ sessionId: annas, examId, answered: 1, total: 5 });

    const pupil = await listen(`/sessions/${bertas}/stream`, berta);
    expect((await board.next('connection', ({ sessionId }) => sessionId === bertas)).data).toMatchObject({ online: true });
    await command(api, proctor, bertas, 'extend', 30);
    const { data } = await pupil.next('time-changed');
    await berta.post(`/sessions/${bertas}/acknowledgements`, { sessionVersion: data['sessionVersion'] });
    expect((await board.next('session-changed', ({ sessionId }) => sessionId === bertas)).data).toMatchObject({ change: 'extend', deadlineAt: data['deadlineAt'] });
    expect((await board.next('acknowledged')).data).toMatchObject({ sessionId: bertas, sessionVersion: data['sessionVersion'] });
    await berta.post(`/sessions/${bertas}/help-requests`, { reason: 'No sound' });
    expect((await board.next('help-requested')).data).toMatchObject({ sessionId: bertas, reason: 'No sound' });
    await berta.post(`/sessions/${bertas}/observations`, { observations: [{ kind: 'blur', at: '2026-12-01T09:00:00Z' }] });
    expect((await board.next('incident')).data).toMatchObject({ sessionId: bertas, kinds: { blur: 1 } });
    expect(board.events.filter(({ event }) => event === 'progress' || event === 'connection').every(({ id }) => id === undefined)).toBe(true);
  });

  test('a session that loses its last stream is shown offline, and both ends are in its timeline', async () => {
    const board = await listen(`/exams/${examId}/stream`, proctor);
    const pupil = await listen(`/sessions/${annas}/stream`, anna);
    pupil.close();
    await board.next('connection', ({ sessionId, online }) => sessionId === annas && online === false);
    const { rows } = await api.pool.query('select online from session_presence where session_id = $1', [annas]);
    expect(rows).toEqual([{ online: false }]);
    const { body } = await proctor.get(`/sessions/${annas}/timeline?limit=200`);
    const kinds = [...body.items].map(({ kind }) => String(kind));
    expect(kinds).toContain('connected');
    expect(kinds.at(-1)).toBe('disconnected');
  });

  test('it is for staff of the exam only', async () => {
    expect((await anna.get(`/exams/${examId}/stream`)).status).toBe(403);
    expect((await stranger.get(`/exams/${examId}/stream`)).status).toBe(404);
    expect((await api.anybody.get(`/exams/${examId}/stream`)).status).toBe(401);
  });
});

describe('many topics in one connection', () => {
  test('each stored event comes once, in the form of its session where that is a topic', async () => {
    const stream = await listen(`/stream?topics=session:${annas},exam:${examId}`, proctor);
    await command(api, proctor, annas, 'extend', 1);
    await command(api, proctor, bertas, 'extend', 1);
    await stream.next('session-changed', ({ sessionId }) => sessionId === bertas);
    expect(stored(stream).map(({ event, data }) => [event, data['sessionId']])).toEqual([['time-changed', annas], ['session-changed', bertas]]);
    const ids = stored(stream).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('a student who has not started hears of the exam what everybody hears', async () => {
    const waiting = (await api.students(1))[0]!;
    await api.pool.query('insert into exam_assignments (exam_id, student_id) values ($1, $2)', [examId, waiting.id]);
    const stream = await listen(`/stream?topics=exam:${examId}`, waiting);
    await command(api, proctor, annas, 'extend', 1);
    await say(null, 'for everybody who waits');
    api.deps.bus.wake();
    await stream.next('message', ({ text }) => text === 'for everybody who waits');
    expect(stored(stream)).toHaveLength(1);
  });

  test('a topic that the reader may not hear, or that is none, refuses the whole', async () => {
    expect((await anna.get(`/stream?topics=session:${annas},session:${bertas}`)).status).toBe(404);
    expect((await stranger.get(`/stream?topics=exam:${examId}`)).status).toBe(404);
    for (const topics of ['', 'exam', `room:${examId}`, 'session:x']) expect((await anna.get(`/stream?topics=${topics}`)).status).toBe(422);
    expect((await anna.get('/stream')).status).toBe(422);
  });
});

describe('the end of a stream', () => {
  test('a log-out ends it within seconds', async () => {
    const guest = await api.person('proctor');
    const stream = await listen(`/exams/${examId}/stream`, guest);
    await guest.post('/auth/logout', {});
    await stream.ended;
    expect((await guest.get(`/exams/${examId}/stream`)).status).toBe(401);
  });

  test('it ends when the access token ends', async () => {
    const grant = { userId: anna.id, roles: ['student'] as const, authSessionId: randomUUID(), accessVersion: 1, issuedAtMs: Date.now() - (ACCESS_SECONDS - 3) * 1_000 };
    const stream = await listen(`/sessions/${annas}/stream`, { ...anna, token: await api.deps.tokens.issue(grant) });
    await stream.ended;
    expect(stream.events.map(({ event }) => event)).toEqual(['hello']);
  });

  test('a ping tells the time each 15 s', async () => {
    const stream = await listen(`/sessions/${annas}/stream`, anna);
    const ping = await stream.next('ping', () => true, 17_000);
    expect(ping.id).toBeUndefined();
    expect(Math.abs(Date.parse(String(ping.data['serverTime'])) - Date.now())).toBeLessThan(2_000);
  }, 30_000);

  test('the twenty-first stream of an account makes room by ending the first', async () => {
    const guest = await api.person('proctor');
    const first = await listen(`/exams/${examId}/stream`, guest);
    for (let n = 0; n < 20; n += 1) await listen(`/exams/${examId}/stream`, guest);
    await first.ended;
  });
});
