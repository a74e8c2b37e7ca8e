import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';

import { createMailDelivery, type MailDelivery } from '#activities/mail/deliver.ts';
import { CONNECTIONS, openMailServer } from '#activities/mail/transport.ts';
import { inTransaction } from '#db/connection.ts';
import { enqueueMails } from '#db/mail/enqueue.ts';
import { selectTransport } from '#db/mail/transport.ts';
import { publishResults, unpublishResults } from '#db/results/publish.ts';
import { type CoreBench, openBench, originOf } from '#tests/support/core.ts';
import { insertUser } from '#tests/support/exam-rows.ts';
import { type GradedExam, insertGradedExam } from '#tests/support/graded-exam.ts';
import { openSmtp, type ReceivedMail, type SmtpStub } from '#tests/support/smtp.ts';
import { until } from '#tests/support/workflow-environment.ts';
import { inheritedEnv, ROOT } from '#tools/config.ts';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const STAFF = originOf(randomUUID());
const PUBLIC_URL = 'https://exams.example.edu';
const FROM = 'Exams <exams@example.edu>';
const HOUR_MS = 3_600_000;

let bench: CoreBench;
let smtp: SmtpStub;
let delivery: MailDelivery;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.db.query('delete from mails');
  smtp = await openSmtp();
  delivery = deliveryTo(smtp.url);
});
afterEach(async () => {
  delivery.close();
  await smtp.close();
});

function deliveryTo(url: string, pace = (): Promise<void> => Promise.resolve()): MailDelivery {
  const settings = { kind: 'smtp', url, from: FROM, publicUrl: PUBLIC_URL, perMinute: 60_000 } as const;
  return createMailDelivery({ db: bench.db, settings, server: openMailServer(settings), pace, log: pino({ level: 'silent' }) });
}

const publish = (exam: GradedExam) => inTransaction(bench.db, (tx) => publishResults(tx, { examId: exam.examId, origin: STAFF }));
const statesOf = async (): Promise<unknown[]> => (await bench.db.query('select state, reason, reply_code, attempts from mails order by dedupe_key')).rows;

async function notices(count: number): Promise<void> {
  const userId = await insertUser(bench.db, 'student');
  const recipients = Array.from({ length: count }, (_, index) => ({ userId, variables: {}, dedupeKey: `notice:${String(index).padStart(4, '0')}` }));
  await enqueueMails(bench.db, { template: 'plagiarism-notice', recipients });
}

describe('mails of a publication', () => {
  test('come as text and HTML in the language of the student, with a link and without a mark', async () => {
    const exam = await insertGradedExam(bench, 2);
    await bench.db.query("update users set locale = 'de-AT', name = 'Zoë <b>Groß</b>' where id = $1", [exam.studentIds[1]]);
    await bench.db.query(`update exams set title = 'Algebra & "Logik"' where id = $1`, [exam.examId]);
    await publish(exam);
    await delivery.deliver();
    const [english, german] = exam.studentIds.map((id) => smtp.mails.find((mail) => mail.envelopeTo === `${id}@example.org`)!) as [ReceivedMail, ReceivedMail];
    expect(english.subject).toBe('Your result can be read: Algebra & "Logik"');
    expect(german.subject).toBe('Ihr Ergebnis ist da: Algebra & "Logik"');
    expect(german.html).toContain('Guten Tag Zoë &lt;b&gt;Groß&lt;/b&gt;,');
    for (const [index, mail] of [english, german].entries()) {
      const link = `${PUBLIC_URL}/results/${exam.sessionIds[index]}`;
      expect(mail.text).toContain(link);
      expect(mail.html).toContain(`href="${link}"`);
      expect(mail.from?.value).toEqual([{ name: 'Exams', address: 'exams@example.edu' }]);
      expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
      expect(mail.headers.get('content-language')).toBe(['en', 'de'][index]);
      expect(mail.headerLines.find(({ key }) => key === 'list-id')?.line).toMatch(/^list-id: <result-published\.example\.edu>$/i);
      // neither points nor percent nor grade, in no part of it
      expect(JSON.stringify([mail.subject, mail.text, mail.html, mail.headerLines]).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '')).not.toMatch(/17[.,]25|86[.,]25|\b20 (points|Punkte)/);
    }
    expect(english.messageId).not.toBe(german.messageId);
    const { rows } = await bench.db.query('select state, locale, reply_code from mails order by locale');
    expect(rows).toEqual([{ state: 'sent', locale: 'de', reply_code: 250 }, { state: 'sent', locale: 'en', reply_code: 250 }]);
  });

  test('do not go out when the results were taken back meanwhile', async () => {
    const exam = await insertGradedExam(bench, 2);
    await publish(exam);
    await inTransaction(bench.db, (tx) => unpublishResults(tx, { examId: exam.examId, origin: STAFF }));
    await delivery.deliver();
    expect(smtp.mails).toEqual([]);
    expect(await statesOf()).toMatchObject([{ state: 'dropped', reason: 'not-open' }, { state: 'dropped', reason: 'not-open' }]);
  });
});

describe('a mail server', () => {
  test('that knows an address no more ends this mail alone', async () => {
    const exam = await insertGradedExam(bench, 3);
    smtp.recipientReply = (address) => (address.startsWith(exam.studentIds[1]!) ? 550 : undefined);
    await publish(exam);
    await delivery.deliver();
    expect(smtp.mails).toHaveLength(2);
    const { rows } = await bench.db.query('select recipient_id, reason, reply_code from mails where state = $1', ['bounced']);
    expect(rows).toEqual([{ recipient_id: exam.studentIds[1], reason: 'unknown-address', reply_code: 550 }]);
    expect((await selectTransport(bench.db)).error).toBeNull();
  });

  test('that refuses a message for good has it not sent again; one that puts it off has', async () => {
    await notices(2);
    let asked = 0;
    smtp.beforeReply = () => {
      asked += 1;
      return asked <= 2 ? Promise.reject(Object.assign(new Error('no'), { responseCode: asked === 1 ? 554 : 451 })) : Promise.resolve();
    };
    await delivery.deliver();
    const states = (await statesOf()) as { state: string }[];
    expect(states.toSorted((a, b) => a.state.localeCompare(b.state))).toEqual([
      { state: 'failed', reason: 'refused', reply_code: 554, attempts: 1 }, { state: 'queued', reason: 'put-off', reply_code: 451, attempts: 1 },
    ]);
    await delivery.deliver();
    expect(asked).toBe(2);
    await bench.clock.advance(15_000);
    await delivery.deliver();
    expect(asked).toBe(3);
    const ids = smtp.mails.map((mail) => mail.messageId);
    expect(new Set(ids).size).toBe(2);
  });

  test('that is down loses nothing, costs only what was on its way an attempt, and gets everything when it is up', async () => {
    await notices(20);
    await smtp.close();
    await delivery.deliver();
    const tried = ((await statesOf()) as { state: string; attempts: number }[]).filter(({ attempts }) => attempts > 0);
    expect(tried.length).toBeLessThanOrEqual(CONNECTIONS);
    expect(await statesOf()).toMatchObject(Array.from({ length: 20 }, () => ({ state: 'queued' })));
    expect(await selectTransport(bench.db)).toMatchObject({ kind: 'smtp', host: `127.0.0.1:${smtp.port}`, error: expect.stringContaining('CONN') as unknown });
    smtp = await openSmtp(smtp.port);
    await bench.clock.advance(HOUR_MS);
    await until(async () => {
      await delivery.deliver();
      return smtp.mails.length === 20;
    }, 20_000);
    expect(new Set(smtp.mails.map((mail) => mail.messageId)).size).toBe(20);
    expect((await selectTransport(bench.db)).error).toBeNull();
  });
});

test('a sender that has to end gives back what it has not begun, without an attempt, however slow its pace is', async () => {
  await notices(10);
  let passed = 0;
  const slow = deliveryTo(smtp.url, () => (++passed <= 2 ? Promise.resolve() : new Promise(() => undefined)));
  const round = slow.deliver();
  await until(() => Promise.resolve(smtp.mails.length === 2), 20_000);
  slow.stop();
  await round;
  slow.close();
  const states = (await statesOf()) as { state: string; attempts: number }[];
  expect(states.filter(({ state }) => state === 'sent')).toHaveLength(2);
  expect(states.filter(({ state, attempts }) => state === 'queued' && attempts === 0)).toHaveLength(8);
});

describe('a worker that is killed in the middle of sending', () => {
  const workers: ChildProcess[] = [];
  afterEach(() => workers.forEach((worker) => worker.kill('SIGKILL')));

  async function spawnWorker(): Promise<ChildProcess> {
    const child = spawn(process.execPath, ['worker/main.ts'], {
      cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'],
      // mails need no Temporal: there is none
      env: inheritedEnv({
        WORKER_ROLE: 'grading', DATABASE_URL: bench.workerUrl, TEMPORAL_ADDRESS: '127.0.0.1:9', SMTP_URL: smtp.url, MAIL_FROM: FROM, MAIL_PER_MINUTE: '60000',
        HOLDFAST_PUBLIC_URL: PUBLIC_URL, LOG_LEVEL: 'error',
      }),
    });
    workers.push(child);
    await once(child.stdout!, 'data');
    return child;
  }

  test('has another one go on: everybody gets the mail, and only what was on its way comes twice, as the same message', async () => {
    const total = 120;
    await notices(total);
    // from the 51st on, messages arrive and their senders never hear of it
    smtp.beforeReply = () => (smtp.mails.length > 50 ? new Promise(() => undefined) : Promise.resolve());
    const worker = await spawnWorker();
    await until(() => Promise.resolve(smtp.mails.length === 50 + CONNECTIONS), 60_000);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    smtp.beforeReply = () => Promise.resolve();
    await spawnWorker();
    // the lease of what the dead one had in hand
    await bench.clock.advance(60_000);
    await until(async () => (await bench.db.query("select from mails where state = 'sent'")).rowCount === total, 60_000);
    const counts = Map.groupBy(smtp.mails, (mail) => mail.messageId);
    expect(counts.size).toBe(total);
    const twice = [...counts.values()].filter((mails) => mails.length > 1);
    expect(twice.map((mails) => mails.length)).toEqual(Array.from({ length: CONNECTIONS }, () => 2));
  }, 120_000);
});
