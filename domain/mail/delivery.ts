const FIRST_DELAY_MS = 15_000;
const MAX_DELAY_MS = 60 * 60_000;

/** A mail that could not be delivered for this long is given up, ms: what it tells is old by then. */
export const GIVE_UP_MS = 3 * 86_400_000;

/** How long a mail waits after its n-th attempt: doubling from 15 s up to an hour. @param attempts 1 or more */
export function retryDelayMs(attempts: number): number {
  return Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempts - 1, 20));
}

/** What went wrong, as the client of SMTP tells it. */
export interface SmtpFailure {
  /** Kind of the failure: `EENVELOPE` and `EMESSAGE` are about one mail. */
  readonly code: string | undefined;
  /** Reply of the server; undefined: there was none. */
  readonly replyCode: number | undefined;
  /** What it was the reply to: `CONN`, `AUTH`, `MAIL FROM`, `RCPT TO`, `DATA`. */
  readonly command: string | undefined;
}

/** What follows from a failure. `away`: no mail would get through now, so the server is left alone for a while. */
export type DeliveryVerdict = 'away' | 'retry' | 'bounced' | 'failed';

/**
 * Judges a failure: what is said about the recipient or the message is about this mail, everything else about the server; a sender
 * that the server refuses would be refused for every mail.
 * @source RFC 5321, sections 4.2.1 (4yz transient, 5yz permanent) and 3.8 (421: the service closes)
 */
export function judgeFailure({ code, command, replyCode }: SmtpFailure): DeliveryVerdict {
  const aboutMail = (code === 'EENVELOPE' || code === 'EMESSAGE') && command !== 'MAIL FROM';
  if (!aboutMail || replyCode === 421) return 'away';
  if (replyCode === undefined) return 'failed';
  if (replyCode < 500) return 'retry';
  return command === 'RCPT TO' ? 'bounced' : 'failed';
}

/**
 * Why a mail is where it is, in a word that every language can say: `refused` and `unknown-address` by the server for good,
 * `put-off` by the server for now, `server-away`, `not-sendable` as it is, `gave-up` after `GIVE_UP_MS`, `not-open`: the gate of results
 * is closed, `account-closed`.
 */
export type MailReason = 'refused' | 'unknown-address' | 'put-off' | 'server-away' | 'not-sendable' | 'gave-up' | 'not-open' | 'account-closed';
