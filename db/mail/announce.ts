import type { MailTemplate } from '#domain/mail/types.ts';

import type { Queryable } from '../connection.ts';
import { resultGates } from '../grading/gate.ts';
import type { RunRow } from '../runs/rows.ts';
import { enqueueMails } from './enqueue.ts';

/** Which students are told what about their results. */
export interface ResultNews {
  readonly template: Extract<MailTemplate, 'result-published' | 'result-changed' | 'appeal-decided'>;
  /** Absent: every session of the exam. */
  readonly sessionIds?: readonly string[];
  readonly examId: string;
  /** Tells this news from the next one of its kind; part of the key of each mail. */
  readonly occasion: string;
  readonly createdBy: string | null;
}

/**
 * Queues mails about results that the gate shows now, in the transaction that changes them: withheld and withdrawn ones get none.
 * @returns how many were queued
 */
export async function announceResults(tx: Queryable, { template, examId, sessionIds, occasion, createdBy }: ResultNews): Promise<number> {
  const { rows } = await tx.query<{ id: string; student_id: string }>(
    `select id, student_id from exam_sessions where exam_id = $1 and closed_at is not null and state <> 'withdrawn' and ($2::uuid[] is null or id = any($2))`,
    [examId, sessionIds ?? null],
  );
  const gates = await resultGates(tx, rows.map(({ id }) => id));
  const told = rows.filter(({ id }) => gates.get(id)?.open === true);
  return await enqueueMails(tx, {
    template, createdBy,
    recipients: told.map(({ id, student_id: userId }) => ({ userId, variables: { examId, sessionId: id }, dedupeKey: `${template}:${id}:${occasion}` })),
  });
}

/** How many sessions a publication of the exam would tell of by mail, as it stands. */
export async function countRecipients(q: Queryable, examId: string): Promise<number> {
  const { rows } = await q.query<{ n: number }>(
    `select count(*)::int as n from exam_sessions s join users u on u.id = s.student_id
      where s.exam_id = $1 and s.closed_at is not null and s.state <> 'withdrawn' and not u.disabled
        and not exists (select from result_holds h where h.session_id = s.id) and not exists (select from mail_opt_outs o where o.user_id = u.id)`,
    [examId],
  );
  return rows[0]!.n;
}

/** How the mails about the results of an exam stand. */
export interface ExamMails {
  readonly waiting: number;
  readonly sent: number;
  /** Given up, or refused by the mail server. */
  readonly failed: number;
}

/** Counts the mails about the results of an exam; those that were not to be sent any more count as none. */
export async function countExamMails(q: Queryable, examId: string): Promise<ExamMails> {
  const { rows } = await q.query<ExamMails>(
    `select (count(*) filter (where state in ('queued', 'sending')))::int as waiting, (count(*) filter (where state = 'sent'))::int as sent,
            (count(*) filter (where state in ('failed', 'bounced')))::int as failed
       from mails where exam_id = $1 and template in ('result-published', 'result-changed', 'appeal-decided')`,
    [examId],
  );
  return rows[0]!;
}

/** Reports of a run that are there before anybody has turned away: no mail. */
const FEW_REPORTS = 10;

/** Tells the person who asked for many reports that they are there; a second time it does nothing. */
export async function announceReports(tx: Queryable, { id: runId, examId, createdBy, done, total }: RunRow): Promise<void> {
  if (createdBy === null || examId === null || total <= FEW_REPORTS) return;
  await enqueueMails(tx, {
    template: 'reports-ready', createdBy,
    recipients: [{ userId: createdBy, variables: { examId, runId, count: done }, dedupeKey: `reports-ready:${runId}` }],
  });
}
