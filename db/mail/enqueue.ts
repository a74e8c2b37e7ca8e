import { MAIL_PURPOSES, type MailTemplate, type MailVariables } from '#domain/mail/types.ts';
import { v7 as uuidv7 } from 'uuid';

import type { Queryable } from '../connection.ts';

/** Mails of one template, to any number of people. */
export interface MailBatch {
  readonly template: MailTemplate;
  readonly recipients: readonly {
    readonly userId: string;
    readonly variables: MailVariables;
    /** The same key never gives a second mail; begin it with the template, for example `appeal-decided:<appealId>`. */
    readonly dedupeKey: string;
  }[];
  /** Who caused them; null or absent: the platform. */
  readonly createdBy?: string | null;
}

/**
 * Queues mails, in the transaction of what they tell of: neither is there without the other. Addresses and names are read when
 * a mail is sent. Left out are people whose account is closed or who switched mails of this kind off, and keys that are there; only a
 * mail that was dropped is queued again: what it tells is true again.
 * @returns how many were queued
 */
export async function enqueueMails(tx: Queryable, { template, recipients, createdBy }: MailBatch): Promise<number> {
  if (recipients.length === 0) return 0;
  const rows = recipients.map(({ userId, variables, dedupeKey }) => {
    const { examId, sessionId, ...facts } = variables;
    return { id: uuidv7(), userId, examId, sessionId, facts, dedupeKey };
  });
  const { rowCount } = await tx.query(
    `insert into mails (id, dedupe_key, template, recipient_id, exam_id, session_id, variables, created_by)
     select r.id, r."dedupeKey", $2, r."userId", r."examId", r."sessionId", r.facts, $4
       from jsonb_to_recordset($1::jsonb) as r (id uuid, "userId" uuid, "examId" uuid, "sessionId" uuid, facts jsonb, "dedupeKey" text)
       join users u on u.id = r."userId"
      where not u.disabled and ($3 or not exists (select from mail_opt_outs o where o.user_id = u.id))
     on conflict (dedupe_key) do update
        set state = 'queued', attempts = 0, next_try_at = holdfast_now(), queued_at = holdfast_now(), reason = null where mails.state = 'dropped'`,
    [JSON.stringify(rows), template, MAIL_PURPOSES[template].essential, createdBy ?? null],
  );
  return rowCount ?? 0;
}
