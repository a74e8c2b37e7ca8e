import type { AddressInfo } from 'node:net';

import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail as it came over the wire. */
export interface ReceivedMail extends ParsedMail {
  readonly envelopeTo: string;
}

/** A mail server that a test can make refuse. */
export interface SmtpStub {
  readonly url: string;
  readonly port: number;
  readonly mails: ReceivedMail[];
  /** Code that a recipient is answered with; undefined: taken. */
  recipientReply: (address: string) => number | undefined;
  /** Is awaited before a message is answered; may throw an error with `responseCode`. */
  beforeReply: (mail: ReceivedMail) => Promise<void>;
  close(): Promise<void>;
}

/** Starts a mail server on loopback. @param port 0: any */
export async function openSmtp(port = 0): Promise<SmtpStub> {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true, logger: false, closeTimeout: 200,
    onRcptTo({ address }, _session, callback) {
      const code = stub.recipientReply(address);
      callback(code === undefined ? undefined : Object.assign(new Error(`no ${address} here`), { responseCode: code }));
    },
    onData(stream, session, callback) {
      simpleParser(stream).then(async (parsed) => {
        const mail = { ...parsed, envelopeTo: session.envelope.rcptTo[0]!.address };
        stub.mails.push(mail);
        await stub.beforeReply(mail);
        callback();
      }).catch((error: unknown) => callback(error as Error));
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  const { port: bound } = server.server.address() as AddressInfo;
  const stub: SmtpStub = {
    url: `smtp://127.0.0.1:${bound}`, port: bound, mails: [], recipientReply: () => undefined, beforeReply: () => Promise.resolve(),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return stub;
}
