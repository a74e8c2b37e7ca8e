import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { sweepReports } from '#api/reports/files.ts';
import { prune } from '#db/workflows/housekeeping.ts';
import { PNG } from '#tests/integration/authorization/world.ts';
import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestReply } from '#tests/support/caller.ts';
import { writeReports } from '#tests/support/reports.ts';
import { gradeByHand, handIn, startExam, type StartedExam } from '#tests/support/started-exam.ts';

let api: TestApi;
let admin: TestPerson;
beforeAll(async () => {
  api = await createTestApi();
  admin = await api.person('admin');
});
afterAll(() => api.close());

const codeOf = (reply: TestReply): [number, unknown] => [reply.status, reply.body.code];

async function graded(sitting = 1): Promise<StartedExam> {
  const exam = await startExam(api, { sitting, passPercent: 50 });
  for (const [index, id] of exam.sessionIds.entries()) {
    await handIn(api, id, exam.students[index]!.id);
    await gradeByHand(api, exam, id, '2', '1.5');
  }
  return exam;
}

/** Asks for reports and has them written. */
async function make(exam: StartedExam, body: Record<string, unknown>): Promise<{ runId: string; reports: { id: string; fileName: string; sha256: string }[] }> {
  const asked = await exam.teacher.post(`/exams/${exam.examId}/reports`, body);
  expect([asked.status, asked.body.kind, asked.headers.get('location')]).toEqual([202, 'report', `/api/v1/runs/${asked.body.id}`]);
  await writeReports(api, asked.body.id as string);
  return { runId: asked.body.id, reports: (await exam.teacher.get(`/exams/${exam.examId}/reports?runId=${asked.body.id}`)).body.items };
}

/** Bytes of a download; the callers of the tests read text. */
async function download(person: TestPerson, path: string): Promise<Buffer> {
  const response = await fetch(`${api.url}/api/v1${path}`, { headers: { Authorization: `Bearer ${person.token}` } });
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

describe('reports of an exam', () => {
  test('are made by a run, listed, and read by staff', async () => {
    const exam = await graded(3);
    const { runId, reports } = await make(exam, { kind: 'student', all: true });
    expect(reports).toHaveLength(3);
    expect(reports[0]).toMatchObject({ kind: 'student', audience: 'staff', standard: 'ua-1', runId });
    expect((await exam.teacher.get(`/runs/${runId}`)).body).toMatchObject({ kind: 'report', state: 'completed', progress: { done: 3, failed: 0, total: 3 } });
    const { rows: [named] } = await api.pool.query<{ name: string }>('select name from users where id = $1', [exam.students[1]!.id]);
    const found = await exam.teacher.get(`/exams/${exam.examId}/reports?q=${encodeURIComponent(named!.name.toUpperCase())}`);
    expect(found.body.items.map((report: { sessionId: string }) => report.sessionId)).toContain(exam.sessionIds[1]);
    expect((await exam.teacher.get(`/exams/${exam.examId}/reports?q=%25`)).body.items).toEqual([]);
    const pdf = await download(exam.teacher, `/reports/${reports[0]!.id}`);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const { rows } = await api.pool.query("select action from audit_log where exam_id = $1 and action like 'report%'", [exam.examId]);
    expect(rows).toEqual([{ action: 'report.download' }]);
  });

  test.each(['class', 'item-analysis', 'incidents', 'close-out'])('of the kind %s are one file', async (kind) => {
    const exam = await graded(2);
    const { reports } = await make(exam, { kind, locale: 'de', timeZone: 'Europe/Berlin' });
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatchObject({ kind, locale: 'de', sessionId: null, standard: 'ua-1' });
  });

  test('come as an archive with every file in it', async () => {
    const exam = await graded(2);
    const { runId, reports } = await make(exam, { kind: 'student', sessionIds: exam.sessionIds });
    const zip = await download(exam.teacher, `/runs/${runId}/reports.zip`);
    for (const { id, fileName } of reports) {
      expect(zip.includes(await download(exam.teacher, `/reports/${id}`))).toBe(true);
      expect(zip.includes(Buffer.from(fileName))).toBe(true);
    }
    // the end of the directory: how many files there are
    expect([zip.readUInt32LE(zip.length - 22), zip.readUInt16LE(zip.length - 12)]).toEqual([0x0605_4b50, 2]);
    expect(codeOf(await exam.teacher.get(`/runs/${randomUUID()}/reports.zip`))).toEqual([404, 'not-found']);
  });

  test('are refused where there is nothing to report', async () => {
    const draft = await startExam(api, { sitting: 0, lifecycle: 'draft' });
    expect(codeOf(await draft.teacher.post(`/exams/${draft.examId}/reports`, { kind: 'class' }))).toEqual([409, 'state-conflict']);
    const open = await startExam(api, { sitting: 1 });
    const path = `/exams/${open.examId}/reports`;
    expect(codeOf(await open.teacher.post(path, { kind: 'student', all: true }))).toEqual([409, 'state-conflict']);
    const named = await open.teacher.post(path, { kind: 'student', sessionIds: open.sessionIds });
    expect([...codeOf(named), named.body.errors]).toEqual([422, 'validation-failed', [expect.objectContaining({ pointer: '/sessionIds/0' })]]);
    for (const body of [{ kind: 'student' }, { kind: 'student', all: true, sessionIds: open.sessionIds }, { kind: 'class', all: true }, { kind: 'class', timeZone: 'Nowhere' }, { kind: 'novel' }]) {
      expect(codeOf(await open.teacher.post(path, body))).toEqual([422, 'validation-failed']);
    }
    expect((await api.anybody.post(path, { kind: 'class' })).status).toBe(401);
  });

  test('that could not be made are told with the reason, beside the others', async () => {
    const exam = await graded(3);
    const asked = await exam.teacher.post(`/exams/${exam.examId}/reports`, { kind: 'student', all: true });
    const runId = asked.body.id as string;
    // this one is not graded any more when its turn comes
    await api.pool.query('delete from grades where session_id = $1', [exam.sessionIds[1]]);
    await writeReports(api, runId);
    expect((await exam.teacher.get(`/runs/${runId}`)).body.progress).toEqual({ done: 2, failed: 1, total: 3 });
    const failures = await exam.teacher.get(`/runs/${runId}/report-failures`);
    expect(failures.body.items).toEqual([{ sessionId: exam.sessionIds[1], student: expect.objectContaining({ id: exam.students[1]!.id }), reason: 'The session is not graded yet.' }]);
    // a run that a student asked for is the student's
    await exam.teacher.post(`/exams/${exam.examId}/results/publish`);
    await api.pool.query('insert into runs (id, kind, exam_id, state, created_by) values (gen_random_uuid(), $1, $2, $3, $4)', ['report', exam.examId, 'completed', exam.students[0]!.id]);
    const runs = await exam.teacher.get(`/exams/${exam.examId}/report-runs`);
    expect(runs.body.items.map((run: { id: string }) => run.id)).toEqual([runId]);
    const page = await exam.teacher.get(`/exams/${exam.examId}/report-runs?limit=1`);
    expect(page.body.nextCursor).toBeNull();
    expect(codeOf(await exam.teacher.get(`/runs/${randomUUID()}/report-failures`))).toEqual([404, 'not-found']);
    expect(codeOf(await exam.teacher.get(`/exams/${exam.examId}/report-runs?limit=0`))).toEqual([422, 'validation-failed']);
    expect((await api.anybody.get(`/exams/${exam.examId}/report-runs`)).status).toBe(401);
  });

  test('are made anew under their id', async () => {
    const exam = await graded(1);
    const { reports: [before] } = await make(exam, { kind: 'student', all: true });
    await api.pool.query("update marks set points = 3 where item_id = $1", [exam.essayItemId]);
    const asked = await exam.teacher.post(`/reports/${before!.id}/regenerate`);
    expect(asked.status).toBe(202);
    await writeReports(api, asked.body.id as string);
    const { items } = (await exam.teacher.get(`/exams/${exam.examId}/reports`)).body;
    expect(items).toHaveLength(1);
    expect(items[0].id).toBe(before!.id);
    expect(items[0].sha256).not.toBe(before!.sha256);
    expect(codeOf(await exam.teacher.post(`/reports/${randomUUID()}/regenerate`))).toEqual([404, 'not-found']);
  });

  test('go when they are deleted and when their time is over, and their bytes go with them', async () => {
    const exam = await graded(2);
    const { reports } = await make(exam, { kind: 'student', all: true });
    expect((await exam.teacher.delete(`/reports/${reports[0]!.id}`)).status).toBe(204);
    expect(codeOf(await exam.teacher.get(`/reports/${reports[0]!.id}`))).toEqual([404, 'not-found']);
    await api.pool.query('update report_files set expires_at = holdfast_now() where id = $1', [reports[1]!.id]);
    expect(codeOf(await exam.teacher.get(`/reports/${reports[1]!.id}`))).toEqual([404, 'not-found']);
    await prune(api.deps.db);
    expect((await api.pool.query('select from report_files where exam_id = $1', [exam.examId])).rowCount).toBe(0);
    const log = { info: () => undefined, warn: () => undefined };
    // an hour is left to a worker that is just writing
    expect(await sweepReports(api.deps.config.dataDir, api.deps.db, Date.now(), log)).toBe(0);
    const place = (sha256: string): string => join(api.deps.config.dataDir, 'reports', sha256.slice(0, 2), sha256);
    expect([existsSync(place(reports[0]!.sha256)), existsSync(place(reports[1]!.sha256))]).toEqual([false, true]);
    await sweepReports(api.deps.config.dataDir, api.deps.db, Date.now() + 2 * 3_600_000, log);
    expect(existsSync(place(reports[1]!.sha256))).toBe(false);
  });
});

describe('the institution', () => {
  test('appears as the admins want it, on new reports', async () => {
    const before = await admin.get('/admin/institution');
    const form = new FormData();
    form.append('file', new Blob([PNG], { type: 'image/png' }), 'logo.png');
    const uploaded = await fetch(`${api.url}/api/v1/media`, { method: 'POST', headers: { Authorization: `Bearer ${admin.token}` }, body: form });
    const { id: logoMediaId } = (await uploaded.json()) as { id: string };
    const wanted = {
      name: 'Universität Ω', colour: '#0a7f4f', logoMediaId, address: 'Straße 1\n10115 Berlin', footer: 'Registered', reportDays: 30, letters: before.body.letters,
    };
    const changed = await admin.put('/admin/institution', wanted, { ifMatch: before.body.version });
    expect(changed.body).toEqual({ ...wanted, version: before.body.version + 1 });
    expect(codeOf(await admin.put('/admin/institution', wanted, { ifMatch: before.body.version }))).toEqual([412, 'version-conflict']);
    expect(codeOf(await admin.put('/admin/institution', wanted))).toEqual([428, 'precondition-required']);
    expect(codeOf(await admin.put('/admin/institution', { ...wanted, logoMediaId: randomUUID() }, { ifMatch: changed.body.version }))).toEqual([422, 'validation-failed']);
    expect(codeOf(await admin.put('/admin/institution', { ...wanted, colour: 'red' }, { ifMatch: changed.body.version }))).toEqual([422, 'validation-failed']);
    const pale = await admin.put('/admin/institution', { ...wanted, colour: '#ffcc00' }, { ifMatch: changed.body.version });
    expect([...codeOf(pale), pale.body.errors]).toEqual([422, 'validation-failed', [{ pointer: '/colour', message: expect.stringContaining('1.5') }]]);
    const weigh = (bytes: number): Promise<unknown> => api.pool.query('update media set size_bytes = $2 where id = $1', [logoMediaId, bytes]);
    await weigh(1_000_001);
    expect(codeOf(await admin.put('/admin/institution', wanted, { ifMatch: changed.body.version }))).toEqual([422, 'validation-failed']);
    await weigh(PNG.length);
    const { rows } = await api.pool.query("select count(*)::int as count from audit_log where action = 'institution.change'");
    expect(rows).toEqual([{ count: 1 }]);
    const exam = await graded(1);
    const { reports } = await make(exam, { kind: 'class' });
    expect(reports).toHaveLength(1);
    const { rows: kept } = await api.pool.query("select extract(epoch from expires_at - created_at)::int as seconds from report_files where id = $1", [reports[0]!.id]);
    expect(kept).toEqual([{ seconds: 30 * 86_400 }]);
  });

  test('has letters with which exams grade that are published after they were set, and no other', async () => {
    const { body: before } = await admin.get('/admin/institution');
    const [out, draft] = [await graded(1), await startExam(api, { sitting: 0, lifecycle: 'draft' })];
    await api.pool.query('update exams set published_at = null where id = $1', [draft.examId]);
    const { version, ...given } = before as { version: number; letters: { label: string; from: string }[] };
    const letters = [{ label: 'Excellent', from: '60' }, { label: 'Fair', from: '0' }];
    const changed = await admin.put('/admin/institution', { ...given, letters }, { ifMatch: version });
    expect(changed.body.letters).toEqual(letters);
    const labelsOf = async (exam: StartedExam): Promise<string[]> => (await exam.teacher.get(`/exams/${exam.examId}/grade-scale`)).body.bands.map(({ label }: { label: string }) => label);
    expect(await labelsOf(out)).toEqual(given.letters.map(({ label }) => label));
    expect(await labelsOf(draft)).toEqual(['Excellent', 'Fair']);
    // a scale that is set now starts from the letters of now
    const set = await out.teacher.put(`/exams/${out.examId}/grade-scale`, { kind: 'letters' }, { ifMatch: 0 });
    expect(set.body.bands.map(({ label }: { label: string }) => label)).toEqual(['Excellent', 'Fair']);
    for (const wrong of [[], [{ label: 'A', from: '50' }], [{ label: 'A', from: '0' }, { label: 'B', from: '50' }]]) {
      expect(codeOf(await admin.put('/admin/institution', { ...given, letters: wrong }, { ifMatch: version + 1 }))).toEqual([422, 'validation-failed']);
    }
    await admin.put('/admin/institution', { ...given }, { ifMatch: version + 1 });
  });
});
