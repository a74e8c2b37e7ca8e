import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import { windowIn } from '#tests/support/bank.ts';
import type { TestReply } from '#tests/support/caller.ts';
import { openExam } from '#tests/support/sat-exam.ts';

let api: TestApi;
let admin: TestPerson;
let teacher: TestPerson;

beforeAll(async () => {
  api = await createTestApi({ HOLDFAST_PUBLIC_URL: 'https://exams.example.edu' });
  [admin, teacher] = await Promise.all([api.person('admin'), api.person('teacher')]);
});
afterAll(() => api.close());

const code = (reply: TestReply): [number, string] => [reply.status, reply.body.code];

describe('the export of the audit log', () => {
  test('holds what the list holds under the same filters, newest first, and no formulas', async () => {
    const insert = 'insert into audit_log (actor_id, action, resource_type, resource_id, reason, after) values ($1, $2, $3, $4, $5, $6)';
    await api.pool.query(insert, [admin.id, 'test.one', 'csv', 'a', '=HYPERLINK("http://evil")', JSON.stringify({ text: 'two\nlines, "said"' })]);
    await api.pool.query(insert, [null, 'test.two', 'csv', 'b', null, null]);
    await api.pool.query(insert, [null, 'other', 'nothing', 'c', null, null]);
    const file = await admin.get('/admin/audit/export?resourceType=csv&format=csv');
    expect([file.status, file.headers.get('content-type'), file.headers.get('content-disposition')]).toEqual([200, 'text/csv; charset=utf-8', 'attachment; filename="audit.csv"']);
    const lines = String(file.body).split('\r\n');
    expect(lines[0]!.replace('\ufeff', '')).toBe('id,at,actorId,actorName,address,requestId,action,resourceType,resourceId,examId,sessionId,reason,before,after');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(/^\d+,\d{4}-.*Z,,,,,test\.two,csv,b,,,,,$/);
    expect(lines[2]).toContain(`${admin.id},${admin.name},,,test.one,csv,a,,,"'=HYPERLINK(""http://evil"")",,"{""text"":""two\\nlines, \\""said\\""""}"`);
    expect((await admin.get('/admin/audit?resourceType=csv')).body.items).toHaveLength(2);
  });

  test('is audited itself, with its filters', async () => {
    await admin.get(`/admin/audit/export?action=test.&from=2026-01-01T00:00:00Z&q=x`);
    const { body } = await admin.get('/admin/audit?action=audit.export&limit=1');
    expect(body.items[0]).toMatchObject({ actor: { id: admin.id }, after: { action: 'test.', q: 'x', format: 'csv', from: '2026-01-01T00:00:00.000Z' } });
  });

  test('goes on beyond one page', async () => {
    await api.pool.query(`insert into audit_log (action, resource_type) select 'many', 'many' from generate_series(1, 2500)`);
    const file = await admin.get('/admin/audit/export?resourceType=many');
    const ids = String(file.body).split('\r\n').slice(1, -1).map((line) => Number(line.split(',')[0]));
    expect(ids).toHaveLength(2_500);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
  });

  test('wrong filters are refused before anything is written', async () => {
    expect(code(await admin.get('/admin/audit/export?format=xlsx'))).toEqual([422, 'validation-failed']);
    expect(code(await admin.get('/admin/audit/export?limit=5'))).toEqual([422, 'validation-failed']);
  });
});

test('the health of the last hour begins empty with the process', async () => {
  const { status, body } = await admin.get('/admin/health/history?minutes=10');
  expect([status, body.stepMs, body.points]).toEqual([200, 15_000, []]);
  expect(code(await admin.get('/admin/health/history?minutes=0'))).toEqual([422, 'validation-failed']);
});

describe('the calendar file of an exam', () => {
  test('is for those who sit it and those who run it, each with a page of their own, and follows the window', async () => {
    const [student, stranger] = (await api.students(2)) as [TestPerson, TestPerson];
    const examId = await openExam(api, { owner: teacher, students: [student], opensInMs: 3_600_000, closesInMs: 7_200_000 });
    const own = await student.get(`/exams/${examId}/calendar.ics`);
    expect([own.status, own.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect(own.body).toContain(`URL:https://exams.example.edu/exams/${examId}\r\n`);
    expect(own.body).toContain('SUMMARY:Exam\r\n');
    const sequence = (reply: TestReply): number => Number(/SEQUENCE:(\d+)/.exec(String(reply.body))![1]);
    const moved = windowIn(90, 150);
    await teacher.put(`/exams/${examId}/window`, { ...moved, reason: 'Moved' });
    const after = await teacher.get(`/exams/${examId}/calendar.ics`);
    expect(sequence(after)).toBeGreaterThan(sequence(own));
    expect(after.body).toContain(`DTSTART:${moved.localStart.replaceAll(/[-:]/g, '')}Z\r\n`);
    expect(String(after.body).replaceAll('\r\n ', '')).toContain(`URL:https://exams.example.edu/staff/exams/${examId}\r\n`);
    expect(code(await stranger.get(`/exams/${examId}/calendar.ics`))).toEqual([404, 'not-found']);
  });

  test('needs a window', async () => {
    const draft = await teacher.post('/exams', { title: 'Draft', durationMinutes: 30 });
    expect(code(await teacher.get(`/exams/${draft.body.id}/calendar.ics`))).toEqual([409, 'state-conflict']);
  });
});
