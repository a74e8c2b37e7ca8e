import type { MailReason } from '#domain/mail/delivery.ts';
import type { MailState, MailTemplate } from '#domain/mail/types.ts';
import { Refusal } from '#domain/problem.ts';

import { insertAudit, type Origin } from '../audit.ts';
import type { Queryable } from '../connection.ts';
import { containing, type Page, type Position } from '../keyset.ts';

/** One mail as the history shows it. */
export interface MailRow {
  readonly id: string;
  readonly template: MailTemplate;
  readonly state: MailState;
  readonly reason: MailReason | null;
  readonly replyCode: number | null;
  readonly attempts: number;
  readonly recipient: { readonly id: string; readonly name: string; readonly email: string };
  readonly exam: { readonly id: string; readonly title: string } | null;
  readonly sessionId: string | null;
  readonly locale: string | null;
  readonly createdAtMs: number;
  readonly nextTryAtMs: number | null;
  readonly sentAtMs: number | null;
}

/** What of the history is asked for. */
export interface MailFilter {
  readonly q?: string | undefined;
  readonly state?: MailState | undefined;
  readonly template?: MailTemplate | undefined;
  readonly examId?: string | undefined;
}

/** The queue in numbers. */
export interface MailCounts {
  readonly counts: Readonly<Record<MailState, number>>;
  readonly sentLastMinute: number;
  readonly oldestQueuedAtMs: number | null;
}

interface RawMail {
  id: string;
  template: MailTemplate;
  state: MailState;
  reason: MailReason | null;
  reply_code: number | null;
  attempts: number;
  recipient_id: string;
  name: string;
  email: string;
  exam_id: string | null;
  title: string | null;
  session_id: string | null;
  locale: string | null;
  created_at: Date;
  next_try_at: Date;
  sent_at: Date | null;
}

const SELECT = `select m.id, m.template, m.state, m.reason, m.reply_code, m.attempts, m.recipient_id, u.name, u.email, m.exam_id, e.title, m.session_id, m.locale,
  m.created_at, m.next_try_at, m.sent_at from mails m join users u on u.id = m.recipient_id left join exams e on e.id = m.exam_id`;

/** Reads one page of the history, newest first. */
export async function listMails(q: Queryable, request: MailFilter & { after: Position | undefined; limit: number }): Promise<Page<MailRow>> {
  const { after, limit, state, template, examId } = request;
  const { rows } = await q.query<RawMail>(
    `${SELECT} where ($1::text is null or m.state = $1) and ($2::text is null or m.template = $2) and ($3::uuid is null or m.exam_id = $3)
       and ($4::text is null or u.name ilike $4 or u.email ilike $4) and ($5::bigint is null or (m.created_at, m.id) < (timestamptz 'epoch' + $5 * interval '1 millisecond', $6::uuid))
      order by m.created_at desc, m.id desc limit $7`,
    [state ?? null, template ?? null, examId ?? null, request.q === undefined ? null : containing(request.q), after?.value ?? null, after?.id ?? null, limit + 1],
  );
  const items = rows.slice(0, limit).map(toMail);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? { value: last.createdAtMs, id: last.id } : null };
}

/** Counts the mails by state. */
export async function countMails(q: Queryable): Promise<MailCounts> {
  const { rows } = await q.query<{ state: MailState; n: number; recent: number; oldest: Date | null }>(
    `select state, count(*)::int as n, (count(*) filter (where sent_at > holdfast_now() - interval '1 minute'))::int as recent, min(queued_at) as oldest
       from mails group by state`,
  );
  const of = (state: MailState): number => rows.find((row) => row.state === state)?.n ?? 0;
  return {
    counts: { queued: of('queued'), sending: of('sending'), sent: of('sent'), failed: of('failed'), bounced: of('bounced'), dropped: of('dropped') },
    sentLastMinute: rows.reduce((sum, row) => sum + row.recent, 0),
    oldestQueuedAtMs: rows.find((row) => row.state === 'queued')?.oldest?.getTime() ?? null,
  };
}

const AGAIN = `set state = 'queued', attempts = 0, next_try_at = holdfast_now(), queued_at = holdfast_now(), reason = null, reply_code = null, sent_at = null`;

/**
 * Queues one mail again, as a new message to the address that the account has now.
 * @throws not-found; state-conflict for one that is on its way
 */
export async function resendMail(tx: Queryable, id: string, origin: Origin): Promise<MailRow> {
  const { rows } = await tx.query<{ state: MailState; exam_id: string | null; session_id: string | null }>('select state, exam_id, session_id from mails where id = $1 for update', [id]);
  if (rows[0] === undefined) throw new Refusal('not-found', 'There is no such mail.');
  const { state, exam_id: examId, session_id: sessionId } = rows[0];
  if (state === 'queued' || state === 'sending') throw new Refusal('state-conflict', 'This mail is on its way already.');
  await tx.query(`update mails ${AGAIN} where id = $1`, [id]);
  await insertAudit(tx, origin, { action: 'mail.resend', resourceType: 'mail', resourceId: id, examId, sessionId, before: { state } });
  const mails = await tx.query<RawMail>(`${SELECT} where m.id = $1`, [id]);
  return toMail(mails.rows[0]!);
}

/** Queues everything again that ended badly. @returns how many */
export async function resendAll(tx: Queryable, { state, examId }: { state: 'failed' | 'bounced'; examId?: string | undefined }, origin: Origin): Promise<number> {
  const { rowCount } = await tx.query(`update mails ${AGAIN} where state = $1 and ($2::uuid is null or exam_id = $2)`, [state, examId ?? null]);
  await insertAudit(tx, origin, { action: 'mail.resend-all', resourceType: 'mail', examId: examId ?? null, before: { state }, after: { queued: rowCount } });
  return rowCount ?? 0;
}

/** Whether somebody wants mails that can be switched off. */
export async function wantsMails(q: Queryable, userId: string): Promise<boolean> {
  return (await q.query('select from mail_opt_outs where user_id = $1', [userId])).rowCount === 0;
}

/** Switches the mails of somebody that can be switched off. */
export async function chooseMails(tx: Queryable, userId: string, wanted: boolean, origin: Origin): Promise<void> {
  const { rowCount } = wanted
    ? await tx.query('delete from mail_opt_outs where user_id = $1', [userId])
    : await tx.query('insert into mail_opt_outs (user_id) values ($1) on conflict do nothing', [userId]);
  if (rowCount !== 0) await insertAudit(tx, origin, { action: 'user.mail-choice', resourceType: 'user', resourceId: userId, after: { optional: wanted } });
}

/** Who was told what is kept this long. */
const KEPT_DAYS = 400;

/** Removes mails that ended long ago. */
export async function pruneMails(q: Queryable): Promise<void> {
  await q.query("delete from mails where created_at < holdfast_now() - $1::int * interval '1 day' and state not in ('queued', 'sending')", [KEPT_DAYS]);
}

function toMail(row: RawMail): MailRow {
  return {
    id: row.id, template: row.template, state: row.state, reason: row.reason, replyCode: row.reply_code, attempts: row.attempts,
    recipient: { id: row.recipient_id, name: row.name, email: row.email },
    exam: row.exam_id === null || row.title === null ? null : { id: row.exam_id, title: row.title },
    sessionId: row.session_id, locale: row.locale, createdAtMs: row.created_at.getTime(),
    nextTryAtMs: row.state === 'queued' ? row.next_try_at.getTime() : null, sentAtMs: row.sent_at?.getTime() ?? null,
  };
}
