import { GIVE_UP_MS, type MailReason } from '#domain/mail/delivery.ts';
import { MAIL_PURPOSES, type MailState, type MailTemplate } from '#domain/mail/types.ts';

import type { Queryable } from '../connection.ts';
import { resultGate } from '../grading/gate.ts';

/** A mail that this process has taken to send. */
export interface ClaimedMail {
  readonly id: string;
  /** How often it was taken, this time included. */
  readonly attempts: number;
}

/** What a mail is written from, read at the moment of sending. */
export interface MailSource {
  readonly id: string;
  readonly template: MailTemplate;
  readonly examId: string | null;
  readonly sessionId: string | null;
  readonly count: number;
  readonly recipient: { readonly name: string; readonly address: string; readonly locale: string };
  readonly examTitle: string;
  readonly queuedAtMs: number;
}

/**
 * Takes mails that are due, oldest first, for the length of a lease. Two senders never get the same one; a sender that dies gives
 * its mails back by the end of the lease.
 */
export async function claimMails(q: Queryable, limit: number, leaseMs: number): Promise<ClaimedMail[]> {
  const { rows } = await q.query<{ id: string; attempts: number }>(
    `with moment as materialized (select holdfast_now() as now), taken as materialized (
       select m.id, m.next_try_at from mails m where m.state in ('queued', 'sending') and m.next_try_at <= (select now from moment)
        order by m.next_try_at, m.id limit $1 for update skip locked
     ), claimed as (
       update mails m set state = 'sending', attempts = m.attempts + 1, next_try_at = moment.now + $2::bigint * interval '1 millisecond'
         from taken, moment where m.id = taken.id returning m.id, m.attempts, taken.next_try_at
     )
     select id, attempts from claimed order by next_try_at, id`,
    [limit, leaseMs],
  );
  return rows;
}

/** Keeps mails that are still in hand. */
export async function renewMails(q: Queryable, mails: readonly ClaimedMail[], leaseMs: number): Promise<void> {
  await q.query(
    `update mails m set next_try_at = holdfast_now() + $3::bigint * interval '1 millisecond'
       from unnest($1::uuid[], $2::int[]) as c (id, attempts) where m.id = c.id and m.state = 'sending' and m.attempts = c.attempts`,
    [mails.map(({ id }) => id), mails.map(({ attempts }) => attempts), leaseMs],
  );
}

/** Reads what a mail is written from, or why it must not be sent any more: the gate of results is asked here, at the last moment. */
export async function readMail(q: Queryable, id: string): Promise<MailSource | MailReason> {
  const { rows } = await q.query<{
    template: MailTemplate; exam_id: string | null; session_id: string | null; variables: { count?: number }; queued_at: Date;
    name: string; email: string; locale: string; disabled: boolean; title: string | null;
  }>(
    `select m.template, m.exam_id, m.session_id, m.variables, m.queued_at, u.name, u.email, u.locale, u.disabled, e.title
       from mails m join users u on u.id = m.recipient_id left join exams e on e.id = m.exam_id where m.id = $1`,
    [id],
  );
  const [row] = rows;
  if (row === undefined || row.disabled) return 'account-closed';
  if (MAIL_PURPOSES[row.template].gated && (row.session_id === null || (await resultGate(q, row.session_id))?.open !== true)) return 'not-open';
  return {
    id, template: row.template, examId: row.exam_id, sessionId: row.session_id, count: row.variables.count ?? 0,
    recipient: { name: row.name, address: row.email, locale: row.locale }, examTitle: row.title ?? '', queuedAtMs: row.queued_at.getTime(),
  };
}

/** Writes down that the server has taken a mail; also when somebody else has taken the row meanwhile, because it has been sent. */
export async function finishMail(q: Queryable, id: string, locale: string, replyCode: number | null): Promise<void> {
  await q.query(`update mails set state = 'sent', sent_at = holdfast_now(), locale = $2, reply_code = $3, reason = null where id = $1`, [id, locale, replyCode]);
}

/** Ends a mail that will not be sent. */
export async function endMail(
  q: Queryable, mail: ClaimedMail, state: Extract<MailState, 'failed' | 'bounced' | 'dropped'>, reason: MailReason, replyCode: number | null = null,
): Promise<void> {
  await q.query(`update mails set state = $3, reason = $4, reply_code = $5 where id = $1 and state = 'sending' and attempts = $2`, [mail.id, mail.attempts, state, reason, replyCode]);
}

/** Gives a mail back, to be taken again after a delay. */
export async function postponeMail(q: Queryable, mail: ClaimedMail, delayMs: number, reason: MailReason, replyCode: number | null): Promise<void> {
  await q.query(
    `update mails set state = 'queued', next_try_at = holdfast_now() + $3::bigint * interval '1 millisecond', reason = $4, reply_code = $5
      where id = $1 and state = 'sending' and attempts = $2`,
    [mail.id, mail.attempts, delayMs, reason, replyCode],
  );
}

/** Gives mails back that were taken and not tried. */
export async function releaseMails(q: Queryable, mails: readonly ClaimedMail[]): Promise<void> {
  await q.query(
    `update mails m set state = 'queued', attempts = m.attempts - 1, next_try_at = holdfast_now()
       from unnest($1::uuid[], $2::int[]) as c (id, attempts) where m.id = c.id and m.state = 'sending' and m.attempts = c.attempts`,
    [mails.map(({ id }) => id), mails.map(({ attempts }) => attempts)],
  );
}

/** Gives up what has been waiting for too long. @returns how many */
export async function giveUpMails(q: Queryable): Promise<number> {
  const { rowCount } = await q.query(
    `update mails set state = 'failed', reason = 'gave-up' where state = 'queued' and queued_at < holdfast_now() - $1::bigint * interval '1 millisecond'`,
    [GIVE_UP_MS],
  );
  return rowCount ?? 0;
}
