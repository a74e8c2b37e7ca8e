import { createHash, randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';
import { command, grade, openExam, type OpenExam } from '#tests/support/sat-exam.ts';

let api: TestApi;
let teacher: TestPerson;
let stranger: TestPerson;
let proctor: TestPerson;
let anna: TestPerson;
let berta: TestPerson;

beforeAll(async () => {
  api = await createTestApi();
  [teacher, stranger, proctor] = await Promise.all([api.person('teacher'), api.person('teacher'), api.person('proctor')]);
  [anna, berta] = (await api.students(2)) as [TestPerson, TestPerson];
});
afterAll(() => api.close());

const codeOf = (reply: TestReply): unknown[] => [reply.status, reply.body.code];

interface Sat {
  readonly examId: string;
  readonly sessionId: string;
  readonly itemIds: string[];
}

async function sit(given: Partial<OpenExam> = {}): Promise<Sat> {
  const examId = await openExam(api, { owner: teacher, students: [anna, berta], ...given });
  const { body } = await anna.post(`/exams/${examId}/sessions`, {});
  const itemIds = body.paper.sections.flatMap((section: TestBody) => [...section.items]).map((item: TestBody) => String(item.id)) as string[];
  return { examId, sessionId: String(body.session.id), itemIds };
}

function nested(depth: number): unknown {
  return JSON.parse('['.repeat(depth) + ']'.repeat(depth));
}

/** Everybody who must not do what the student of a session does. */
async function demandOwnOnly(path: string, body: object): Promise<void> {
  expect(codeOf(await api.anybody.post(path, body))).toEqual([401, 'unauthenticated']);
  expect(codeOf(await teacher.post(path, body))).toEqual([403, 'forbidden']);
  expect(codeOf(await berta.post(path, body))).toEqual([404, 'not-found']);
}

describe('handing in', () => {
  test('answers that were not saved yet come along, and the hand-in counts them', async () => {
    const { sessionId, itemIds } = await sit();
    await anna.put(`/sessions/${sessionId}/place`, { currentItemId: null, seen: [], flagged: [itemIds[1]], notes: {}, clientSeq: 1 });
    const { status, body } = await anna.post(`/sessions/${sessionId}/submit`, {
      clientId: randomUUID(),
      answers: [
        { itemId: itemIds[0], response: { optionId: 'a' }, clientSeq: 1, baseRevision: 0 },
        { itemId: itemIds[2], response: { text: 'earlier' }, clientSeq: 2, baseRevision: 0 },
        { itemId: itemIds[2], response: { text: 'later' }, clientSeq: 3, baseRevision: 0 },
      ],
    });
    expect(status).toBe(200);
    expect(body.session).toMatchObject({ state: 'submitted', closeReason: 'submitted', remainingMs: 0, version: 2 });
    expect(body.counts).toEqual({ total: 5, answered: 2, flagged: 1 });
    expect([...body.results].map(({ itemId, ok, revision }) => ({ itemId, ok, revision }))).toEqual([
      { itemId: itemIds[0], ok: true, revision: 1 }, { itemId: itemIds[2], ok: true, revision: 1 },
    ]);
    const after = await anna.get(`/sessions/${sessionId}`);
    expect([...after.body.answers].map(({ response }) => response)).toEqual(expect.arrayContaining([{ optionId: 'a' }, { text: 'later' }]));
    expect(after.body.paper.sections).toEqual([]);
  });

  test('a double click hands in once, with or without a key', async () => {
    const { sessionId } = await sit();
    const key = randomUUID();
    const replies = await Promise.all([anna.post(`/sessions/${sessionId}/submit`, {}, { key }), anna.post(`/sessions/${sessionId}/submit`, {}, { key }), anna.post(`/sessions/${sessionId}/submit`, {}, { key: null })]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(replies.map(({ body }) => body.session.version))).toEqual(new Set([2]));
  });

  test('nobody else hands in, and wrong answers are named', async () => {
    const { sessionId, itemIds } = await sit();
    await demandOwnOnly(`/sessions/${sessionId}/submit`, {});
    const reply = await anna.post(`/sessions/${sessionId}/submit`, {
      answers: [{ itemId: randomUUID(), response: null, clientSeq: 1 }, { itemId: itemIds[0], response: { optionId: 'z' }, clientSeq: 2 }],
    });
    expect(codeOf(reply)).toEqual([422, 'validation-failed']);
    expect([...reply.body.errors].map(({ pointer }) => pointer)).toEqual(['/answers/0/itemId', '/answers/1/response/optionId']);
    const long = await anna.post(`/sessions/${sessionId}/submit`, { answers: [{ itemId: itemIds[4], response: { text: 'x'.repeat(300_000) }, clientSeq: 1 }] });
    expect(codeOf(long)).toEqual([413, 'payload-too-large']);
    const deep = await anna.post(`/sessions/${sessionId}/submit`, { answers: [{ itemId: itemIds[0], response: nested(1_000), clientSeq: 1 }] });
    expect(codeOf(deep)).toEqual([422, 'validation-failed']);
  });

  test('a hand-in during a pause or after the end is refused, and the answers that came along can be found again', async () => {
    const { sessionId, itemIds } = await sit();
    await command(api, proctor, sessionId, 'pause');
    const answer = (text: string, clientSeq: number) => ({ answers: [{ itemId: itemIds[2], response: { text }, clientSeq, baseRevision: 0 }] });
    expect(codeOf(await anna.post(`/sessions/${sessionId}/submit`, answer('during the pause', 1)))).toEqual([409, 'session-paused']);
    await command(api, proctor, sessionId, 'terminate');
    expect(codeOf(await anna.post(`/sessions/${sessionId}/submit`, answer('after the end', 2)))).toEqual([409, 'session-closed']);
    const first = await anna.get(`/sessions/${sessionId}/refused-answers?limit=1`);
    expect(first.body.items).toMatchObject([{ itemId: itemIds[2], response: { text: 'during the pause' }, code: 'session-paused', clientSeq: 1, baseRevision: 0 }]);
    const second = await anna.get(`/sessions/${sessionId}/refused-answers?limit=1&cursor=${String(first.body.nextCursor)}`);
    expect(second.body).toMatchObject({ items: [{ response: { text: 'after the end' }, code: 'session-closed' }], nextCursor: null });
    expect((await teacher.get(`/sessions/${sessionId}/refused-answers`)).body.items).toHaveLength(2);
    expect(codeOf(await berta.get(`/sessions/${sessionId}/refused-answers`))).toEqual([404, 'not-found']);
    expect(codeOf(await proctor.get(`/sessions/${sessionId}/refused-answers`))).toEqual([403, 'forbidden']);
    expect(codeOf(await anna.get(`/sessions/${sessionId}/refused-answers?cursor=nonsense`))).toEqual([422, 'validation-failed']);
  });
});

describe('what the exam page reports', () => {
  test('observations are stored as they come, and never more than 100 at once', async () => {
    const { sessionId } = await sit({ proctoring: 'events' });
    const seen = (kind: string) => ({ kind, at: '2026-12-01T09:00:00+01:00', detail: { url: null } });
    const reply = await anna.post(`/sessions/${sessionId}/observations`, { observations: [seen('focus-lost'), seen('focus-lost'), seen('paste')] }, { key: null });
    expect([reply.status, reply.body]).toEqual([200, { stored: 3 }]);
    const { rows } = await api.pool.query("select kind, observed_at = '2026-12-01T08:00:00Z' as there, detail from observations where session_id = $1 order by id", [sessionId]);
    expect(rows).toEqual([{ kind: 'focus-lost', there: true, detail: { url: null } }, { kind: 'focus-lost', there: true, detail: { url: null } }, { kind: 'paste', there: true, detail: { url: null } }]);
    const many = await anna.post(`/sessions/${sessionId}/observations`, { observations: Array.from({ length: 101 }, () => seen('blur')) });
    expect(codeOf(many)).toEqual([422, 'validation-failed']);
    const nul = await anna.post(`/sessions/${sessionId}/observations`, { observations: [{ ...seen('blur'), detail: '\u0000' }] });
    expect(codeOf(nul)).toEqual([422, 'validation-failed']);
    const deep = await anna.post(`/sessions/${sessionId}/observations`, { observations: [{ ...seen('blur'), detail: nested(1_000) }] });
    expect(codeOf(deep)).toEqual([422, 'validation-failed']);
    await demandOwnOnly(`/sessions/${sessionId}/observations`, { observations: [seen('blur')] });
  });

  test('a page that reports without end is told to slow down', async () => {
    const { sessionId } = await sit();
    const batch = { observations: Array.from({ length: 100 }, () => ({ kind: 'blur', at: '2026-12-01T09:00:00Z' })) };
    const statuses: number[] = [];
    for (let n = 0; n < 7; n += 1) statuses.push((await anna.post(`/sessions/${sessionId}/observations`, batch)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429]);
  });

  test('a help request is made once per key and has to say why', async () => {
    const { sessionId } = await sit();
    const path = `/sessions/${sessionId}/help-requests`;
    expect((await anna.post(path, { reason: 'My mouse broke' }, { key: null })).status).toBe(201);
    const key = randomUUID();
    const [first, again] = [await anna.post(path, { reason: 'My mouse broke' }, { key }), await anna.post(path, { reason: 'My mouse broke' }, { key })];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(first.body).toMatchObject({ sessionId, reason: 'My mouse broke' });
    expect(codeOf(await anna.post(path, { reason: '' }))).toEqual([422, 'validation-failed']);
    await demandOwnOnly(path, { reason: 'x' });
    await anna.post(`/sessions/${sessionId}/submit`, {});
    expect(codeOf(await anna.post(path, { reason: 'too late' }))).toEqual([409, 'session-closed']);
  });

  test('an acknowledgement never goes back and never runs ahead', async () => {
    const { sessionId } = await sit();
    await command(api, proctor, sessionId, 'extend', 60);
    const path = `/sessions/${sessionId}/acknowledgements`;
    expect((await anna.post(path, { sessionVersion: 2 }, { key: null })).body).toEqual({ sessionVersion: 2, acknowledgedVersion: 2 });
    expect((await anna.post(path, { sessionVersion: 1 })).body).toEqual({ sessionVersion: 2, acknowledgedVersion: 2 });
    expect((await anna.post(path, { sessionVersion: 9 })).body).toEqual({ sessionVersion: 2, acknowledgedVersion: 2 });
    expect(codeOf(await anna.post(path, { sessionVersion: 0 }))).toEqual([422, 'validation-failed']);
    await demandOwnOnly(path, { sessionVersion: 1 });
  });
});

describe('files', () => {
  async function upload(who: TestPerson, sessionId: string, bytes: Buffer, name: string, field = 'file'): Promise<{ status: number; body: Record<string, unknown> }> {
    const form = new FormData();
    form.append(field, new Blob([new Uint8Array(bytes)]), name);
    const response = await fetch(`${api.url}/api/v1/sessions/${sessionId}/files`, { method: 'POST', headers: { Authorization: `Bearer ${who.token}` }, body: form });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  test('a file is stored under its hash and given back as a download, byte by byte', async () => {
    const { sessionId } = await sit();
    const bytes = Buffer.from('%PDF-1.7 my drawing');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const sent = await upload(anna, sessionId, bytes, 'C:\\Users\\anna\\drawing.pdf');
    expect(sent).toMatchObject({ status: 201, body: { size: bytes.length, sha256, mediaType: 'application/pdf', fileName: 'drawing.pdf' } });
    const again = await upload(anna, sessionId, bytes, 'drawing.pdf');
    expect([again.status, again.body['fileId']]).toEqual([200, sent.body['fileId']]);
    for (const who of [anna, teacher]) {
      const response = await fetch(`${api.url}/api/v1/sessions/${sessionId}/files/${String(sent.body['fileId'])}`, { headers: { Authorization: `Bearer ${who.token}` } });
      expect(response.headers.get('content-disposition')).toMatch(/^attachment; /);
      expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    }
    expect(codeOf(await berta.get(`/sessions/${sessionId}/files/${String(sent.body['fileId'])}`))).toEqual([404, 'not-found']);
    expect(codeOf(await stranger.get(`/sessions/${sessionId}/files/${String(sent.body['fileId'])}`))).toEqual([404, 'not-found']);
    expect(codeOf(await anna.get(`/sessions/${sessionId}/files/${randomUUID()}`))).toEqual([404, 'not-found']);
  });

  test('a file that is complete only after the end does not count', async () => {
    const { sessionId } = await sit();
    await api.pool.query("update exam_sessions set started_at = started_at - interval '2 hours', deadline_at = holdfast_now() - interval '5 s', cutoff_at = holdfast_now() + interval '1 s' where id = $1", [sessionId]);
    // the upload begins in time and is still under way at the cut
    const boundary = 'x';
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="late.txt"\r\n\r\nfirst half`));
        await new Promise((resolve) => setTimeout(resolve, 1_100));
        controller.enqueue(Buffer.from(`second half\r\n--${boundary}--\r\n`));
        controller.close();
      },
    });
    const response = await fetch(`${api.url}/api/v1/sessions/${sessionId}/files`, {
      method: 'POST', headers: { Authorization: `Bearer ${anna.token}`, 'Content-Type': `multipart/form-data; boundary=${boundary}` }, body, duplex: 'half',
    } as RequestInit);
    expect([response.status, ((await response.json()) as TestBody).code]).toEqual([409, 'deadline-passed']);
    const { rowCount } = await api.pool.query('select from session_files where session_id = $1', [sessionId]);
    expect(rowCount).toBe(0);
  });

  test('a paused, a closed and a foreign session take no file; a wrong field and a broken body are named', async () => {
    const { sessionId } = await sit();
    const bytes = Buffer.from('x');
    expect(await upload(berta, sessionId, bytes, 'x')).toMatchObject({ status: 404 });
    expect(await upload(teacher, sessionId, bytes, 'x')).toMatchObject({ status: 403 });
    expect(await upload(anna, sessionId, bytes, 'x', 'picture')).toMatchObject({ status: 422, body: { errors: [{ pointer: '/picture' }] } });
    expect(codeOf(await anna.post(`/sessions/${sessionId}/files`, {}))).toEqual([415, 'unsupported-media-type']);
    expect(await upload(anna, sessionId, Buffer.alloc(26 * 1024 * 1024), 'big')).toMatchObject({ status: 413 });
    await command(api, proctor, sessionId, 'pause');
    expect(await upload(anna, sessionId, bytes, 'x')).toMatchObject({ status: 409, body: { code: 'session-paused' } });
    await command(api, proctor, sessionId, 'terminate');
    expect(await upload(anna, sessionId, bytes, 'x')).toMatchObject({ status: 409, body: { code: 'session-closed' } });
  });
});

describe('the result', () => {
  async function sitAndClose(results: OpenExam['results']): Promise<Sat> {
    const sat = await sit({ results });
    await anna.put(`/sessions/${sat.sessionId}/answers/${sat.itemIds[0]}`, { response: { optionId: 'a' }, clientId: null, clientSeq: 1 });
    await anna.post(`/sessions/${sat.sessionId}/submit`, {});
    await grade(api, sat.sessionId);
    return sat;
  }
  const publish = (examId: string) => api.pool.query('update exams set results_published_at = holdfast_now() where id = $1', [examId]);

  test('before publication the student gets nothing, the teacher everything', async () => {
    const { sessionId } = await sitAndClose({ score: true, items: true, key: true, feedback: true });
    expect(codeOf(await anna.get(`/sessions/${sessionId}/result`))).toEqual([403, 'results-not-published']);
    const { body } = await teacher.get(`/sessions/${sessionId}/result`);
    expect(body).toMatchObject({ points: '2.5', maxPoints: '5', percent: 50, publishedAt: null });
    expect(body.items[0]).toMatchObject({ points: '0.5', response: { optionId: 'a' }, key: { optionId: 'b' }, feedback: { explanation: { value: 'SECRET-EXPLANATION' } } });
    for (const who of [berta, stranger]) expect(codeOf(await who.get(`/sessions/${sessionId}/result`))).toEqual([404, 'not-found']);
    expect(codeOf(await proctor.get(`/sessions/${sessionId}/result`))).toEqual([403, 'forbidden']);
  });

  test.each([
    [{ score: true, items: false, key: false, feedback: false }, ['points'], ['items']],
    [{ score: false, items: true, key: false, feedback: false }, ['items'], ['percent', 'maxPoints', '"key"', 'SECRET']],
    [{ score: true, items: true, key: true, feedback: false }, ['points', '"key"'], ['SECRET-FEEDBACK', 'SECRET-EXPLANATION']],
    [{ score: false, items: false, key: false, feedback: true }, ['SECRET-FEEDBACK', 'SECRET-EXPLANATION'], ['"key"', '"points"', 'Visible']],
  ])('after publication the student gets exactly what %j allows', async (results, shown, hidden) => {
    const { examId, sessionId } = await sitAndClose(results);
    await publish(examId);
    const { status, body } = await anna.get(`/sessions/${sessionId}/result`);
    expect(status).toBe(200);
    const text = JSON.stringify(body);
    for (const word of shown) expect(text).toContain(word);
    for (const word of hidden) expect(text).not.toContain(word);
  });

  test('a withheld result, and a grade of an earlier hand-in, do not show', async () => {
    const { examId, sessionId } = await sitAndClose({});
    await publish(examId);
    await api.pool.query("insert into result_holds (session_id, reason, held_by) values ($1, 'to be checked', $2)", [sessionId, teacher.id]);
    expect(codeOf(await anna.get(`/sessions/${sessionId}/result`))).toEqual([403, 'results-not-published']);
    await api.pool.query('delete from result_holds where session_id = $1', [sessionId]);
    expect((await anna.get(`/sessions/${sessionId}/result`)).status).toBe(200);
    await api.pool.query('update grades set closed_version = closed_version - 1 where session_id = $1', [sessionId]);
    expect(codeOf(await anna.get(`/sessions/${sessionId}/result`))).toEqual([403, 'results-not-published']);
    expect(codeOf(await teacher.get(`/sessions/${sessionId}/result`))).toEqual([409, 'state-conflict']);
  });
});

describe('the timeline', () => {
  test('it tells who did what when: staff read names, students roles only', async () => {
    const { sessionId, itemIds } = await sit();
    for (let n = 1; n <= 3; n += 1) await anna.put(`/sessions/${sessionId}/answers/${itemIds[2]}`, { response: { text: `draft ${n}` }, clientId: null, clientSeq: n });
    await anna.put(`/sessions/${sessionId}/answers/${itemIds[2]}`, { response: { text: 'stale' }, clientId: null, clientSeq: 1 });
    await command(api, proctor, sessionId, 'extend', 300);
    await anna.post(`/sessions/${sessionId}/help-requests`, { reason: 'My mouse broke' });
    await anna.post(`/sessions/${sessionId}/observations`, { observations: [{ kind: 'blur', at: '2026-12-01T09:00:00Z' }] });
    await anna.post(`/sessions/${sessionId}/submit`, {});

    const { body: forStaff } = await teacher.get(`/sessions/${sessionId}/timeline`);
    const kinds = [...forStaff.items].map(({ kind }) => String(kind));
    expect(kinds).toEqual(['start', 'answers-saved', 'answers-refused', 'extend', 'help-requested', 'observations', 'submit']);
    const extend = [...forStaff.items].find(({ kind }) => String(kind) === 'extend')!;
    expect(extend).toMatchObject({ actor: { role: 'proctor', id: proctor.id, name: proctor.name }, reason: 'because of extend', detail: { sessionVersion: 2 } });
    expect(Date.parse(String(extend.detail.newDeadlineAt)) - Date.parse(String(extend.detail.oldDeadlineAt))).toBe(300_000);
    expect([...forStaff.items].find(({ kind }) => String(kind) === 'answers-saved')!.detail).toMatchObject({ saves: 3, items: 1 });

    const { body: forStudent } = await anna.get(`/sessions/${sessionId}/timeline`);
    expect([...forStudent.items].map(({ kind }) => String(kind))).toEqual(kinds.filter((kind) => kind !== 'observations'));
    expect([...forStudent.items].find(({ kind }) => String(kind) === 'extend')!.actor).toEqual({ role: 'proctor' });
    expect(JSON.stringify(forStudent)).not.toContain(proctor.name);
    expect(JSON.stringify(forStudent)).not.toContain(proctor.id);
  });

  test('pages follow each other without gap or repetition', async () => {
    const { sessionId } = await sit();
    for (let n = 0; n < 4; n += 1) await command(api, proctor, sessionId, n % 2 === 0 ? 'pause' : 'resume');
    const whole = (await anna.get(`/sessions/${sessionId}/timeline`)).body.items;
    const paged: TestBody[] = [];
    for (let cursor = ''; ;) {
      const { body } = await anna.get(`/sessions/${sessionId}/timeline?limit=2${cursor}`);
      paged.push(...body.items);
      if ((body.nextCursor as unknown) === null) break;
      cursor = `&cursor=${String(body.nextCursor)}`;
    }
    expect(paged).toEqual([...whole]);
    expect(codeOf(await anna.get(`/sessions/${sessionId}/timeline?cursor=bm8`))).toEqual([422, 'validation-failed']);
    expect(codeOf(await berta.get(`/sessions/${sessionId}/timeline`))).toEqual([404, 'not-found']);
  });
});

test('the clock of the platform is told to everybody', async () => {
  const { status, body } = await api.anybody.get('/time');
  expect(status).toBe(200);
  expect(Math.abs(Date.parse(String(body.serverTime)) - Date.now())).toBeLessThan(2_000);
});
