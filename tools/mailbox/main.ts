// The mailbox of a stack without a mail server: what is sent is kept and shown on the page of the mails, and goes nowhere.
import { openDb } from '#db/connection.ts';
import { insertMailboxMail } from '#db/mail/mailbox.ts';
import { readMailboxEnvironment } from '#tools/config.ts';

import { openMailbox } from './receive.ts';

const { databaseUrl, port } = readMailboxEnvironment();
const db = openDb(databaseUrl, { poolSize: 1, transactionPoolSize: 1, statementTimeoutMs: 5_000, applicationName: 'mailbox' });
const mailbox = await openMailbox({ port, keep: (mail) => insertMailboxMail(db, mail) });
process.stdout.write(`${JSON.stringify({ ready: true })}\n`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void mailbox.close().then(() => db.close()).finally(() => process.exit(0)));
}
