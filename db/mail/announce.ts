import type { MailTemplate } from '#domain/mail/types.ts';

import type { Queryable } from '../connection.ts';
import { resultGates } from '../grading/gate.ts';
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
