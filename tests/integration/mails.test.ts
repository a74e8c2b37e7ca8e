import { randomUUID } from 'node:crypto';

import { insertMailboxMail } from '#db/mail/mailbox.ts';
import { createTestApi, type TestApi, type TestPerson } from '#tests/support/api.ts';
import type { TestBody, TestReply } from '#tests/support/caller.ts';
import { gradeByHand, handIn, startExam, type StartedExam } from '#tests/support/started-exam.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let api: TestApi;
let admin: TestPerson;
beforeAll(async () => {
  api = await createTestApi();
  admin = await api.person('admin');
});
afterAll(() => api.close());

const codeOf = (reply: TestReply): [number, unknown] => [reply.status, reply.body.code];

/** An exam that two students handed in and that is graded. */
async function graded(): Promise<StartedExam> {
  const exam = await startExam(api, { sitting: 2 });
  for (const [index, sessionId] of exam.sessionIds.entries()) {
    await handIn(api, sessionId, exam.students[index]!.id);
    await gradeByHand(api, exam, sessionId, '2', '1');
  }
  return exam;
}

async function published(): Promise<StartedExam> {
  const exam = await graded();
  expect((await exam.teacher.post(`/exams/${exam.examId}/results/publish`)).body).toMatchObject({ mails: 2 });
  return exam;
}

const mailsOf = async (exam: StartedExam, filter = ''): Promise<TestBody[]> => (await admin.get(`/mails?examId=${exam.examId}${filter}`)).body.items!;

describe('publishing results', () => {
  test('says before how many students get a mail, and can be done without', async () => {
    const exam = await graded();
    await exam.teacher.post(`/sessions/${exam.sessionIds[0]}/result/withhold`, { reason: 'under review' });
    expect((await exam.teacher.get(`/exams/${exam.examId}/results/summary`)).body).toMatchObject({ recipients: 1 });
    expect((await exam.teacher.post(`/exams/${exam.examId}/results/publish`, { notify: false })).body).toMatchObject({ mails: 0 });
    expect(await mailsOf(exam)).toEqual([]);
    expect(codeOf(await exam.teacher.post(`/exams/${exam.examId}/results/publish`, { notify: 'yes' }))).toEqual([422, 'validation-failed']);
  });

  test('tells students who switched such mails off nothing by mail', async () => {
    const exam = await graded();
    const [student] = exam.students;
    expect((await student!.get('/auth/me/mails')).body).toEqual({ optional: true });
    expect((await student!.put('/auth/me/mails', { optional: false })).body).toEqual({ optional: false });
    expect((await student!.get('/auth/me/mails')).body).toEqual({ optional: false });
    expect((await exam.teacher.get(`/exams/${exam.examId}/results/summary`)).body).toMatchObject({ recipients: 1 });
    expect((await exam.teacher.post(`/exams/${exam.examId}/results/publish`)).body).toMatchObject({ mails: 1 });
    expect((await mailsOf(exam)).map((mail) => mail.recipient!.id)).toEqual([exam.students[1]!.id]);
    expect(codeOf(await student!.put('/auth/me/mails', {}))).toEqual([422, 'validation-failed']);
    expect(codeOf(await api.anybody.put('/auth/me/mails', { optional: true }))).toEqual([401, 'unauthenticated']);
  });
});

describe('the history of mails', () => {
  test('has who was told what and how it went, filtered and in pages', async () => {
    const exam = await published();
    const [first, second] = await mailsOf(exam);
    expect(first).toMatchObject({
      template: 'result-published', state: 'queued', reason: null, attempts: 0, exam: { id: exam.examId }, recipient: { email: expect.stringContaining('@') as unknown }, sentAt: null,
    });
    await api.pool.query(`update mails set state = 'bounced', reason = 'unknown-address', reply_code = 550, attempts = 1 where id = $1`, [first!.id]);
    expect(await mailsOf(exam, '&state=bounced')).toMatchObject([{ id: first!.id, reason: 'unknown-address', replyCode: 550, nextTryAt: null }]);
    expect(await mailsOf(exam, `&q=${encodeURIComponent(String(second!.recipient!.email))}`)).toMatchObject([{ id: second!.id }]);
    expect(await mailsOf(exam, '&template=scan-finished')).toEqual([]);
    expect((await exam.teacher.get(`/exams/${exam.examId}/results/summary`)).body.mails).toEqual({ waiting: 1, sent: 0, failed: 1 });
    const page = await admin.get(`/mails?examId=${exam.examId}&limit=1`);
    expect(page.body.items).toMatchObject([{ id: first!.id }]);
    expect((await admin.get(`/mails?examId=${exam.examId}&limit=1&cursor=${String(page.body.nextCursor)}`)).body).toMatchObject({ items: [{ id: second!.id }], nextCursor: null });
    expect(codeOf(await admin.get('/mails?state=lost'))).toEqual([422, 'validation-failed']);
    expect(codeOf(await admin.get('/mails?cursor=x'))).toEqual([422, 'validation-failed']);
    expect((await admin.get('/mails/summary')).body).toMatchObject({ counts: { bounced: 1 }, server: { kind: 'none', error: null } });
  });

  test('lets an admin send one again, or everything that ended badly, and nothing that is on its way', async () => {
    const exam = await published();
    const [first, second] = await mailsOf(exam);
    const path = `/mails/${first!.id}/resend`;
    expect(codeOf(await admin.post(path))).toEqual([409, 'state-conflict']);
    await api.pool.query(`update mails set state = 'sent', sent_at = now(), attempts = 3 where id = $1`, [first!.id]);
    expect((await admin.post(path)).body).toMatchObject({ state: 'queued', attempts: 0, sentAt: null });
    await api.pool.query(`update mails set state = 'failed', reason = 'gave-up' where id = any($1)`, [[first!.id, second!.id]]);
    expect((await admin.post('/mails/resend', { state: 'failed', examId: exam.examId })).body).toEqual({ queued: 2 });
    expect(await mailsOf(exam, '&state=queued')).toHaveLength(2);
    expect(codeOf(await admin.post('/mails/resend', { state: 'sent' }))).toEqual([422, 'validation-failed']);
    expect(codeOf(await admin.post(`/mails/${randomUUID()}/resend`))).toEqual([404, 'not-found']);
    expect(codeOf(await exam.teacher.post(path))).toEqual([403, 'forbidden']);
    const { rows } = await api.pool.query("select actor_id, exam_id from audit_log where action like 'mail.resend%' and exam_id = $1", [exam.examId]);
    expect(rows).toEqual([{ actor_id: admin.id, exam_id: exam.examId }, { actor_id: admin.id, exam_id: exam.examId }]);
  });
});

describe('templates', () => {
  test('are listed with their facts and shown filled in, in both languages', async () => {
    const { body } = await admin.get('/mail-templates');
    expect(body.items).toHaveLength(6);
    expect(body.items![0]).toMatchObject({ template: 'result-published', gated: true, essential: false, audience: 'student' });
    expect(body.items![0]!.variables!.map((variable: TestBody) => variable.name)).toContain('examTitle');
    const german = await admin.get('/mail-templates/result-published/preview?locale=de');
    expect(german.body).toMatchObject({ subject: 'Ihr Ergebnis ist da: Linear Algebra, final exam', source: { subject: 'Ihr Ergebnis ist da: {{examTitle}}' } });
    expect((await admin.get('/mail-templates/result-published/preview?locale=fr')).status).toBe(422);
    expect((await admin.get('/mail-templates/password/preview')).status).toBe(404);
  });
});

describe('the mailbox of a stack without a mail server', () => {
  test('shows what came, newest first', async () => {
    const keep = (subject: string) => insertMailboxMail(api.pool as never, {
      messageId: `<${subject}@x>`, sender: 'exams@x', recipient: 'ada@x', subject, text: 'Hello', html: '<p>Hello</p>', headers: [{ name: 'subject', value: subject }],
    });
    for (const subject of ['one', 'two', 'three']) await keep(subject);
    const { body } = await admin.get('/mailbox?limit=2');
    expect(body.items).toMatchObject([{ subject: 'three', recipient: 'ada@x' }, { subject: 'two' }]);
    expect((await admin.get(`/mailbox?limit=2&cursor=${String(body.nextCursor)}`)).body).toMatchObject({ items: [{ subject: 'one' }], nextCursor: null });
    expect((await admin.get('/mailbox?q=TWO')).body.items).toHaveLength(1);
    const { number } = body.items![0]!;
    expect((await admin.get(`/mailbox/${number}`)).body).toMatchObject({ subject: 'three', messageId: '<three@x>', text: 'Hello', html: '<p>Hello</p>', headers: [{ name: 'subject' }] });
    expect(codeOf(await admin.get('/mailbox/999999'))).toEqual([404, 'not-found']);
  });
});
