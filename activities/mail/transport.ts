import { createTransport } from 'nodemailer';

import { type DeliveryVerdict, judgeFailure } from '#domain/mail/delivery.ts';
import type { WrittenMail } from '#domain/mail/render.ts';

/** Where mails go out, and under which name. */
export interface MailSettings {
  /** `none`: nothing is sent; `mailbox`: the one that stands in for a server. */
  readonly kind: 'none' | 'mailbox' | 'smtp';
  /** `smtp://user:password@host:port` or `smtps://…`; empty with `none`. */
  readonly url: string;
  /** Address of the sender, as `Name <address>` or alone. */
  readonly from: string;
  /** Address of the web app, without a slash at its end. */
  readonly publicUrl: string;
  readonly perMinute: number;
}

/** One mail for the server. */
export interface OutgoingMail extends WrittenMail {
  /** The same at every attempt, so that a mail that arrives twice can be told to be one. */
  readonly messageId: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly listId: string;
  readonly locale: string;
  readonly writtenAtMs: number;
}

/** What the server said. */
export interface SendOutcome {
  readonly verdict: 'sent' | DeliveryVerdict;
  readonly replyCode: number | null;
  /** For the log and the page of the sender: the kind of failure, without address or text. */
  readonly error: string | null;
}

/** Connections to one mail server. */
export interface MailServer {
  readonly host: string;
  send(mail: OutgoingMail): Promise<SendOutcome>;
  /** Connects and logs in. @returns what keeps it from working; null: nothing */
  check(): Promise<string | null>;
  close(): void;
}

/** Mails that can be on their way at once, and so the most that a crash can send twice. */
export const CONNECTIONS = 4;
const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;

/** Connects to the server of the settings when there is something to send. */
export function openMailServer(settings: Pick<MailSettings, 'url' | 'from'>): MailServer {
  const transport = createTransport({
    url: settings.url, pool: true, maxConnections: CONNECTIONS, maxMessages: 500,
    // to try again is the business of the queue, which counts
    maxRequeues: 0,
    connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS,
    disableFileAccess: true, disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0]);
  // a connection that breaks while idle is replaced by the next mail; without a listener it would end the process
  transport.on('error', () => undefined);
  const { hostname, port } = new URL(settings.url);
  return {
    host: port === '' ? hostname : `${hostname}:${port}`,
    async send({ subject, text, html, to, messageId, listId, locale, writtenAtMs }) {
      try {
        const { response } = (await transport.sendMail({
          from: settings.from, to, subject, text, html, messageId, date: new Date(writtenAtMs),
          headers: { 'Auto-Submitted': 'auto-generated', 'List-Id': listId, 'Content-Language': locale, 'X-Auto-Response-Suppress': 'All' },
        })) as { response?: string };
        return { verdict: 'sent', replyCode: Number.parseInt(response ?? '', 10) || null, error: null };
      } catch (error) {
        const failure = failureOf(error);
        return { verdict: judgeFailure(failure), replyCode: failure.replyCode ?? null, error: wordsOf(failure) };
      }
    },
    async check() {
      try {
        await transport.verify();
        return null;
      } catch (error) {
        return wordsOf(failureOf(error));
      }
    },
    close: () => transport.close(),
  };
}

type Failure = Parameters<typeof judgeFailure>[0];

function failureOf(error: unknown): Failure {
  const { code, command, responseCode } = error as { code?: string; command?: string; responseCode?: number };
  return { code, command, replyCode: responseCode };
}

/** Never the words of the server: they repeat addresses, and answers to a log-in. */
function wordsOf({ code, command, replyCode }: Failure): string {
  return [code ?? 'EUNKNOWN', command, replyCode].filter((part) => part !== undefined).join(' ');
}
