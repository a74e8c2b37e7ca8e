import type { Queryable } from '../connection.ts';

/** A mail that came to the mailbox which stands in for a mail server. */
export interface MailboxMail {
  readonly messageId: string | null;
  readonly sender: string;
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** A kept mail of a list. */
export interface MailboxRow extends Pick<MailboxMail, 'recipient' | 'subject'> {
  readonly id: number;
  readonly receivedAtMs: number;
}

/** Mails that are kept; the oldest go first. */
const KEPT = 5_000;
/** How often the oldest are looked for: each so many mails. */
const PRUNE_EACH = 100;

/** Keeps a mail, and with every hundredth throws away what is too much. */
export async function insertMailboxMail(q: Queryable, mail: MailboxMail): Promise<void> {
  const { rows } = await q.query<{ id: number }>(
    `insert into mailbox_mails (message_id, sender, recipient, subject, body_text, body_html, headers) values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    [mail.messageId, mail.sender, mail.recipient, mail.subject, mail.text, mail.html, JSON.stringify(mail.headers)],
  );
  if (rows[0]!.id % PRUNE_EACH === 0) await q.query('delete from mailbox_mails where id <= (select id from mailbox_mails order by id desc offset $1 limit 1)', [KEPT]);
}

/** The newest mails whose address or subject has the text in it. @param before only older ones than this */
export async function listMailbox(q: Queryable, { q: text, before, limit }: { q: string | undefined; before: number | undefined; limit: number }): Promise<MailboxRow[]> {
  const { rows } = await q.query<{ id: number; recipient: string; subject: string; received_at: Date }>(
    `select id, recipient, subject, received_at from mailbox_mails
      where ($1::bigint is null or id < $1) and ($2::text is null or position(lower($2) in lower(recipient || ' ' || subject)) > 0) order by id desc limit $3`,
    [before ?? null, text ?? null, limit],
  );
  return rows.map((row) => ({ id: row.id, recipient: row.recipient, subject: row.subject, receivedAtMs: row.received_at.getTime() }));
}

/** One kept mail; undefined: there is none with this number. */
export async function selectMailboxMail(q: Queryable, id: number): Promise<(MailboxMail & MailboxRow) | undefined> {
  const { rows } = await q.query<{
    id: number; message_id: string | null; sender: string; recipient: string; subject: string; body_text: string; body_html: string | null;
    headers: MailboxMail['headers']; received_at: Date;
  }>('select * from mailbox_mails where id = $1', [id]);
  const [row] = rows;
  return row && {
    id: row.id, messageId: row.message_id, sender: row.sender, recipient: row.recipient, subject: row.subject, text: row.body_text, html: row.body_html,
    headers: row.headers, receivedAtMs: row.received_at.getTime(),
  };
}
