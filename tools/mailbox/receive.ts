import type { AddressInfo } from 'node:net';

import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

import type { MailboxMail } from '#db/mail/mailbox.ts';

/** A mail server that keeps what it gets and passes nothing on. */
export interface Mailbox {
  readonly port: number;
  close(): Promise<void>;
}

const MAX_BYTES = 1_000_000;

/**
 * Takes mails on loopback, from anybody on this machine.
 * @param options `port` 0: any; `keep` is asked before the sender hears that its mail was taken
 */
export async function openMailbox(options: { port: number; keep: (mail: MailboxMail) => Promise<void> }): Promise<Mailbox> {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true, logger: false, size: MAX_BYTES,
    onData(stream, session, callback) {
      simpleParser(stream).then(async (mail) => {
        const { mailFrom, rcptTo } = session.envelope;
        const sender = mailFrom === false ? '' : mailFrom.address;
        for (const { address } of rcptTo) {
          await options.keep({
            messageId: mail.messageId ?? null, sender, recipient: address, subject: mail.subject ?? '', text: mail.text ?? '',
            html: mail.html === false ? null : mail.html,
            headers: mail.headerLines.map(({ key, line }) => ({ name: key, value: line.slice(line.indexOf(':') + 1).trim() })),
          });
        }
        callback();
        // the sender tries again
      }).catch(() => callback(Object.assign(new Error('could not be kept'), { responseCode: 451 })));
    },
  });
  // a sender that breaks off is its own business
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => resolve());
  });
  return { port: (server.server.address() as AddressInfo).port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
