import { instant, maybeInstant } from '#api/session-commands/present.ts';
import type { MailCounts, MailRow } from '#db/mail/history.ts';
import type { MailboxMail, MailboxRow } from '#db/mail/mailbox.ts';
import type { MailTransport } from '#db/mail/transport.ts';

/** A mail of the history. */
export function presentMail(mail: MailRow): Record<string, unknown> {
  return {
    id: mail.id, template: mail.template, state: mail.state, reason: mail.reason, replyCode: mail.replyCode, attempts: mail.attempts,
    recipient: { id: mail.recipient.id, name: mail.recipient.name, email: mail.recipient.email },
    exam: mail.exam === null ? null : { id: mail.exam.id, title: mail.exam.title },
    sessionId: mail.sessionId, locale: mail.locale, createdAt: instant(mail.createdAtMs), nextTryAt: maybeInstant(mail.nextTryAtMs), sentAt: maybeInstant(mail.sentAtMs),
  };
}

/** The queue in numbers and the state of the server. */
export function presentMailSummary({ counts, sentLastMinute, oldestQueuedAtMs }: MailCounts, server: MailTransport): Record<string, unknown> {
  return {
    counts, sentLastMinute, oldestQueuedAt: maybeInstant(oldestQueuedAtMs),
    server: {
      kind: server.kind, host: server.host, seenAt: maybeInstant(server.seenAtMs), sentAt: maybeInstant(server.sentAtMs), error: server.error,
      errorAt: maybeInstant(server.errorAtMs),
    },
  };
}

/** A mail of the mailbox in its list. */
export function presentMailboxRow(row: MailboxRow): Record<string, unknown> {
  return { number: row.id, receivedAt: instant(row.receivedAtMs), recipient: row.recipient, subject: row.subject };
}

/** A mail of the mailbox. */
export function presentMailboxMail(mail: MailboxMail & MailboxRow): Record<string, unknown> {
  return { ...presentMailboxRow(mail), messageId: mail.messageId, sender: mail.sender, text: mail.text, html: mail.html, headers: mail.headers };
}
