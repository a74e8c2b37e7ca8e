import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { inTransaction } from '#db/connection.ts';
import { releaseResult, withholdResult } from '#db/results/holds.ts';
import { publishResults, unpublishResults } from '#db/results/publish.ts';
import type { RunRow } from '#db/runs/rows.ts';
import { type CoreBench, openBench, originOf } from '#tests/support/core.ts';
import { insertUser } from '#tests/support/exam-rows.ts';
import { type GradedExam, insertGradedExam } from '#tests/support/graded-exam.ts';

import { announceReports } from './announce.ts';
import { claimMails, endMail, giveUpMails, postponeMail, readMail, releaseMails, renewMails } from './delivery.ts';
import { enqueueMails } from './enqueue.ts';
import { pruneMails } from './history.ts';

let bench: CoreBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.db.query('delete from mails'));

const STAFF = originOf(randomUUID());
const LEASE_MS = 30_000;

async function queueMany(count: number): Promise<void> {
  const userId = await insertUser(bench.db, 'student');
  const recipients = Array.from({ length: count }, () => ({ userId, variables: {}, dedupeKey: randomUUID() }));
  await enqueueMails(bench.db, { template: 'plagiarism-notice', recipients });
}

const hold = (exam: GradedExam, index: number, act: typeof withholdResult) => inTransaction(bench.db, (tx) =>
  act(tx, { sessionId: exam.sessionIds[index]!, examId: exam.examId, published: true, reason: 'a test', origin: STAFF }));
const publish = (exam: GradedExam, notify = true) => inTransaction(bench.db, (tx) => publishResults(tx, { examId: exam.examId, origin: STAFF, notify }));
const unpublish = (exam: GradedExam) => inTransaction(bench.db, (tx) => unpublishResults(tx, { examId: exam.examId, origin: STAFF }));
const mailsOf = async (exam: GradedExam): Promise<{ session_id: string; state: string }[]> =>
  (await bench.db.query<{ session_id: string; state: string }>('select session_id, state from mails where exam_id = $1 order by id', [exam.examId])).rows;

describe('queueing', () => {
  test('a key gives one mail, whoever asks and how often', async () => {
    const [a, b] = [await insertUser(bench.db, 'student'), await insertUser(bench.db, 'student')];
    const ask = () => enqueueMails(bench.db, {
      template: 'reports-ready', recipients: [{ userId: a, variables: { count: 3 }, dedupeKey: 'k-a' }, { userId: b, variables: { count: 3 }, dedupeKey: 'k-b' }],
    });
    expect([...(await Promise.all([ask(), ask(), ask()])).toSorted(), await ask()]).toEqual([0, 0, 2, 0]);
  });

  test('people whose account is closed get none, people who switched them off only those that they have to know of', async () => {
    const [open, closed, off] = [await insertUser(bench.db, 'student'), await insertUser(bench.db, 'student'), await insertUser(bench.db, 'student')];
    await bench.db.query('update users set disabled = true where id = $1', [closed]);
    await bench.db.query('insert into mail_opt_outs (user_id) values ($1)', [off]);
    const ask = (template: 'reports-ready' | 'plagiarism-notice') =>
      enqueueMails(bench.db, { template, recipients: [open, closed, off].map((userId) => ({ userId, variables: {}, dedupeKey: randomUUID() })) });
    expect([await ask('reports-ready'), await ask('plagiarism-notice')]).toEqual([1, 2]);
  });
});

describe('mails about results', () => {
  test('are queued with the publication, for everybody whose result can be read then', async () => {
    const exam = await insertGradedExam(bench, 3);
    await hold(exam, 1, withholdResult);
    expect(await publish(exam)).toMatchObject({ mails: 2 });
    expect((await mailsOf(exam)).map((mail) => mail.session_id).toSorted()).toEqual([exam.sessionIds[0], exam.sessionIds[2]].toSorted());
    await hold(exam, 1, releaseResult);
    expect((await mailsOf(exam)).at(-1)).toMatchObject({ session_id: exam.sessionIds[1], state: 'queued' });
    await hold(exam, 0, withholdResult);
    await hold(exam, 0, releaseResult);
    expect(await mailsOf(exam)).toHaveLength(3);
  });

  test('are not queued when the publication rolls back, or nobody wants them', async () => {
    const exam = await insertGradedExam(bench, 2);
    const refused = inTransaction(bench.db, async (tx) => {
      await publishResults(tx, { examId: exam.examId, origin: STAFF });
      throw new Error('something else failed');
    });
    await expect(refused).rejects.toThrow('something else');
    expect(await mailsOf(exam)).toEqual([]);
    expect(await publish(exam, false)).toMatchObject({ changed: true, mails: 0 });
    await hold(exam, 0, withholdResult);
    await hold(exam, 0, releaseResult);
    expect(await mailsOf(exam)).toEqual([]);
  });

  test('are asked for at the gate again at the moment of sending', async () => {
    const exam = await insertGradedExam(bench, 2);
    await publish(exam);
    const [first, second] = await claimMails(bench.db, 10, LEASE_MS);
    expect(await readMail(bench.db, first!.id)).toMatchObject({ template: 'result-published', examTitle: 'Exam' });
    const { rows } = await bench.db.query<{ session_id: string }>('select session_id from mails where id = $1', [first!.id]);
    await hold(exam, exam.sessionIds.indexOf(rows[0]!.session_id), withholdResult);
    expect(await readMail(bench.db, first!.id)).toBe('not-open');
    expect(await readMail(bench.db, second!.id)).toMatchObject({ template: 'result-published' });
    await unpublish(exam);
    expect(await readMail(bench.db, second!.id)).toBe('not-open');
  });

  test('that were dropped are queued again when the result is released', async () => {
    const exam = await insertGradedExam(bench);
    await publish(exam);
    await hold(exam, 0, withholdResult);
    const [mail] = await claimMails(bench.db, 10, LEASE_MS);
    await endMail(bench.db, mail!, 'dropped', 'not-open');
    await hold(exam, 0, releaseResult);
    expect(await mailsOf(exam)).toEqual([{ session_id: exam.sessionIds[0], state: 'queued' }]);
  });

  test('of a second publication are new ones', async () => {
    const exam = await insertGradedExam(bench);
    await publish(exam);
    await unpublish(exam);
    await bench.clock.advance(1_000);
    expect(await publish(exam)).toMatchObject({ mails: 1 });
    expect(await mailsOf(exam)).toHaveLength(2);
  });
});

describe('taking mails', () => {
  test('two senders at once never get the same one', async () => {
    await queueMany(200);
    const taken: string[] = [];
    await Promise.all([1, 2, 3].map(async () => {
      for (;;) {
        const mails = await claimMails(bench.db, 7, LEASE_MS);
        if (mails.length === 0) return;
        taken.push(...mails.map(({ id }) => id));
      }
    }));
    expect([taken.length, new Set(taken).size]).toEqual([200, 200]);
  });

  test('of a sender that died is possible after its lease, and not while it renews', async () => {
    await queueMany(2);
    const mails = await claimMails(bench.db, 2, LEASE_MS);
    await bench.clock.advance(LEASE_MS - 1_000);
    await renewMails(bench.db, [mails[0]!], LEASE_MS);
    await bench.clock.advance(1_001);
    expect(await claimMails(bench.db, 2, LEASE_MS)).toEqual([{ id: mails[1]!.id, attempts: 2 }]);
    // the first sender comes back and has no say any more
    await postponeMail(bench.db, mails[1]!, 0, 'put-off', 451);
    expect(await claimMails(bench.db, 2, LEASE_MS)).toEqual([]);
  });

  test('that were not tried costs them no attempt', async () => {
    await queueMany(1);
    await releaseMails(bench.db, await claimMails(bench.db, 1, LEASE_MS));
    expect(await claimMails(bench.db, 1, LEASE_MS)).toMatchObject([{ attempts: 1 }]);
  });

  test('ends after three days', async () => {
    await queueMany(1);
    await bench.clock.advance(3 * 86_400_000 - 60_000);
    expect(await giveUpMails(bench.db)).toBe(0);
    await bench.clock.advance(120_000);
    expect(await giveUpMails(bench.db)).toBe(1);
    expect(await claimMails(bench.db, 1, LEASE_MS)).toEqual([]);
  });
});

test('mails that ended more than 400 days ago are removed, those that wait are not', async () => {
  await queueMany(3);
  const [ended, young] = await claimMails(bench.db, 2, LEASE_MS);
  for (const mail of [ended!, young!]) await endMail(bench.db, mail, 'failed', 'refused');
  await bench.db.query("update mails set created_at = created_at - interval '401 days' where id <> $1", [young!.id]);
  await pruneMails(bench.db);
  const { rows } = await bench.db.query('select state from mails order by state');
  expect(rows).toEqual([{ state: 'failed' }, { state: 'queued' }]);
});

test('whoever asked for more than ten reports is told once that they are there', async () => {
  const { examId, ownerId } = await insertGradedExam(bench);
  const told = async (total: number, createdBy: string | null): Promise<unknown[]> => {
    await bench.db.query('delete from mails');
    const run = { id: randomUUID(), kind: 'report', examId, createdBy, done: total - 1, total } as RunRow;
    for (let time = 0; time < 2; time += 1) await announceReports(bench.db, run);
    return (await bench.db.query('select template, recipient_id, exam_id, variables from mails')).rows.map(({ variables, ...row }) => ({ ...row, count: variables.count }));
  };
  expect(await told(10, ownerId)).toEqual([]);
  expect(await told(11, null)).toEqual([]);
  expect(await told(11, ownerId)).toEqual([{ template: 'reports-ready', recipient_id: ownerId, exam_id: examId, count: 10 }]);
});
