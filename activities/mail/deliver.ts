import type { Logger } from 'pino';

import type { Db } from '#db/connection.ts';
import { claimMails, type ClaimedMail, endMail, finishMail, giveUpMails, type MailSource, postponeMail, readMail, releaseMails, renewMails } from '#db/mail/delivery.ts';
import { noteTransport } from '#db/mail/transport.ts';
import { selectInstitution } from '#db/reports/institution.ts';
import { retryDelayMs } from '#domain/mail/delivery.ts';
import { linkPathOf, mailLocaleOf, settingsPathOf, writeMail } from '#domain/mail/render.ts';

import { CONNECTIONS, type MailServer, type MailSettings, type OutgoingMail, type SendOutcome } from './transport.ts';

/** Sends what is due. */
export interface MailDelivery {
  /** One round. @returns whether there is more to do at once */
  deliver(): Promise<boolean>;
  /** Begins no mail any more; those that were taken are given back. */
  stop(): void;
  close(): void;
}

const BATCH = 40;
/** Longer than a connection can be silent: a mail that is being sent is never taken by somebody else. */
const LEASE_MS = 45_000;
const RENEW_MS = 10_000;
/** How often the sender says that it is there, and gives up what is old, ms. */
const NOTE_MS = 15_000;
const MAX_PAUSE_MS = 30_000;

/**
 * Takes mails from the queue to the server. Each is written when it is sent, from what is true then. At least once: a process that
 * dies between the reply of the server and its note of it leaves at most one mail per connection to be sent again, under the same
 * Message-ID. While the server does not take any mail it is only asked whether it does again, and no mail loses an attempt.
 * @param options `pace` resolves when the next mail may go out
 */
export function createMailDelivery(
  options: { db: Db; settings: MailSettings; server: MailServer | undefined; pace: () => Promise<void>; log: Logger },
): MailDelivery {
  const { db, settings, server, pace, log } = options;
  const host = server?.host ?? null;
  const from = addressOf(settings.from);
  let failures = 0;
  let stopping = false;
  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  let askAgainAt = -Infinity;
  let notedAt = -Infinity;

  async function note(error: string | null, sent: boolean): Promise<void> {
    notedAt = performance.now();
    await noteTransport(db, { kind: settings.kind, host, error, sent });
  }

  async function away(error: string): Promise<void> {
    if (failures === 0) log.warn({ host, error }, 'the mail server takes no mails; they wait');
    askAgainAt = performance.now() + Math.min(MAX_PAUSE_MS, 1_000 * 2 ** failures);
    failures += 1;
    await note(error, false);
  }

  async function isBack(mailServer: MailServer): Promise<boolean> {
    if (failures === 0) return true;
    if (performance.now() < askAgainAt) return false;
    const error = await mailServer.check();
    if (error !== null) {
      await away(error);
      return false;
    }
    log.info({ host, failures }, 'the mail server takes mails again');
    failures = 0;
    await note(null, false);
    return true;
  }

  async function settle(mail: ClaimedMail, locale: string, { verdict, replyCode, error }: SendOutcome): Promise<void> {
    switch (verdict) {
      case 'sent':
        return await finishMail(db, mail.id, locale, replyCode);
      case 'retry':
        return await postponeMail(db, mail, retryDelayMs(mail.attempts), 'put-off', replyCode);
      case 'bounced':
        return await endMail(db, mail, 'bounced', 'unknown-address', replyCode);
      case 'failed':
        return await endMail(db, mail, 'failed', replyCode === null ? 'not-sendable' : 'refused', replyCode);
      case 'away':
        // this one is put off: it may be what the server broke off for
        await postponeMail(db, mail, retryDelayMs(mail.attempts), 'server-away', replyCode);
        return await away(error ?? 'no reply');
    }
  }

  /** @returns whether it went out */
  async function send(mailServer: MailServer, mail: ClaimedMail, sender: string): Promise<boolean> {
    const source = await readMail(db, mail.id);
    if (typeof source === 'string') {
      await endMail(db, mail, 'dropped', source);
      return false;
    }
    const outgoing = compose(source, { sender, from, publicUrl: settings.publicUrl });
    const outcome = await mailServer.send(outgoing);
    await settle(mail, outgoing.locale, outcome);
    return outcome.verdict === 'sent';
  }

  async function sendAll(mailServer: MailServer, mails: readonly ClaimedMail[]): Promise<boolean> {
    const { name } = await selectInstitution(db);
    const inHand = new Set(mails);
    const untried: ClaimedMail[] = [];
    const renewal = setInterval(() => void renewMails(db, [...inHand], LEASE_MS).catch(() => undefined), RENEW_MS);
    let sent = false;
    const queue = mails.values();
    // the lanes share one iterator: each takes the next mail as soon as it is free
    const lanes = Array.from({ length: Math.min(CONNECTIONS, mails.length) }, async () => {
      for (const mail of queue) {
        // a slow pace must not keep a process from ending
        if (failures === 0 && !stopping) await Promise.race([pace(), stopped]);
        if (failures > 0 || stopping) untried.push(mail);
        else sent = (await send(mailServer, mail, name === '' ? 'Holdfast' : name)) || sent;
        inHand.delete(mail);
      }
    });
    const ended = await Promise.allSettled(lanes);
    clearInterval(renewal);
    if (untried.length > 0) await releaseMails(db, untried);
    const broken = ended.find((lane) => lane.status === 'rejected');
    // the database is away: leases give back what was in hand
    if (broken !== undefined) throw broken.reason;
    return sent;
  }

  return {
    async deliver() {
      if (performance.now() - notedAt > NOTE_MS) {
        const old = await giveUpMails(db);
        if (old > 0) log.error({ mails: old }, 'mails were given up: no server took them for days');
        if (failures === 0) await note(null, false);
      }
      if (server === undefined || !(await isBack(server))) return false;
      const mails = await claimMails(db, BATCH, LEASE_MS);
      if (mails.length === 0) return false;
      const sent = await sendAll(server, mails);
      if (failures === 0) await note(null, sent);
      return failures === 0 && mails.length === BATCH;
    },
    stop() {
      stopping = true;
      stop();
    },
    close: () => server?.close(),
  };
}

/** The Message-ID is the same at every attempt; a mail that a person has sent again is a new message. */
function compose(source: MailSource, { sender, from, publicUrl }: { sender: string; from: string; publicUrl: string }): OutgoingMail {
  const { id, template, recipient, examTitle, count, queuedAtMs } = source;
  const locale = mailLocaleOf(recipient.locale);
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return {
    ...writeMail(template, locale, {
      name: recipient.name, examTitle, count, sender, link: `${publicUrl}${linkPathOf(template, source)}`, settingsLink: `${publicUrl}${settingsPathOf(template)}`,
    }),
    locale, messageId: `<${id}.${queuedAtMs.toString(36)}@${domain}>`, to: { name: recipient.name, address: recipient.address }, listId: `<${template}.${domain}>`, writtenAtMs: queuedAtMs,
  };
}

/** The bare address of `Name <address>`. */
function addressOf(from: string): string {
  return /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;
}
