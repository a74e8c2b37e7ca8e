import { homedir, hostname } from 'node:os';
import { join } from 'node:path';

import { z } from 'zod';

import type { MailSettings } from '#activities/mail/transport.ts';

import type { NtpServer } from './clock/sntp-client.ts';

/** An address, alone or after a name; nothing that could begin another header. */
const MAIL_ADDRESS = /^(?:[^<>@\r\n]{1,100}<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;

const schema = z.object({
  WORKER_ROLE: z.enum(['core', 'grading']).default('core'),
  DATABASE_URL: z.string().min(1),
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('holdfast'),
  TEMPORAL_RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).default(30),
  TASK_QUEUE_PREFIX: z.string().regex(/^[a-z0-9-]*$/).default(''),
  NATS_URL: z.string().optional(),
  HOLDFAST_NTP_SERVERS: z.string().default('').transform(readServers),
  HOLDFAST_DATA: z.string().optional(),
  HOLDFAST_PUBLIC_URL: z.string().default('http://127.0.0.1:8080'),
  SMTP_URL: z.string().default('').refine((url) => url === '' || /^smtps?:\/\/[^\s/?#]+/.test(url) && URL.canParse(url), 'must be smtp://… or smtps://…'),
  MAIL_FROM: z.string().default('').refine((from) => from === '' || MAIL_ADDRESS.test(from), 'must be an address, as in Holdfast <exams@example.edu>'),
  MAIL_PER_MINUTE: z.coerce.number().int().min(1).max(60_000).default(1_200),
  HOLDFAST_MAILBOX_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  XDG_CACHE_HOME: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** What a worker process is for: `core` runs workflows, short SQL and the loops, `grading` marks answers. */
export type WorkerRole = 'core' | 'grading';

/** Settings of one worker process. Each is explained in docs/operations.md. */
export interface WorkerConfig {
  readonly role: WorkerRole;
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  /** How long ended workflows stay readable, in days, if the worker has to register the namespace. */
  readonly retentionDays: number;
  /** Goes before every task queue name; empty unless several stacks share a namespace. */
  readonly queuePrefix: string;
  readonly natsUrl: string | undefined;
  /** Servers of network time that the clock of the database is compared with; none: it is not. */
  readonly ntpServers: readonly NtpServer[];
  /** The folder that workers share with the API, for reports; undefined: none. */
  readonly dataDir: string | undefined;
  /** Where mails go, and how fast. */
  readonly mail: MailSettings;
  /** Where the workflow bundle is kept between starts. */
  readonly cacheDir: string;
  readonly logLevel: string;
  /** Names this process in logs, in Temporal and in the database's list of connections. */
  readonly processName: string;
}

/** Reads the settings. @throws Error naming every setting that is missing or wrong */
export function readConfig(env: NodeJS.ProcessEnv = process.env): WorkerConfig {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`wrong settings: ${wrong.join('; ')}`);
  }
  const value = parsed.data;
  const userCache = join(value.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'holdfast');
  return {
    role: value.WORKER_ROLE,
    databaseUrl: value.DATABASE_URL,
    temporalAddress: value.TEMPORAL_ADDRESS,
    temporalNamespace: value.TEMPORAL_NAMESPACE,
    retentionDays: value.TEMPORAL_RETENTION_DAYS,
    queuePrefix: value.TASK_QUEUE_PREFIX,
    natsUrl: value.NATS_URL,
    ntpServers: value.HOLDFAST_NTP_SERVERS,
    dataDir: value.HOLDFAST_DATA,
    mail: mailSettings(value),
    cacheDir: value.HOLDFAST_DATA === undefined ? userCache : join(value.HOLDFAST_DATA, 'cache'),
    logLevel: value.LOG_LEVEL,
    processName: `worker-${value.WORKER_ROLE}-${hostname()}-${process.pid}`,
  };
}

/** Without a server, the mailbox of the stack stands in for one; without either, mails wait. */
function mailSettings(value: z.output<typeof schema>): MailSettings {
  const publicUrl = value.HOLDFAST_PUBLIC_URL.replace(/\/+$/, '');
  const mailbox = value.HOLDFAST_MAILBOX_PORT === undefined ? '' : `smtp://127.0.0.1:${value.HOLDFAST_MAILBOX_PORT}`;
  const url = value.SMTP_URL === '' ? mailbox : value.SMTP_URL;
  return {
    kind: url === '' ? 'none' : value.SMTP_URL === '' ? 'mailbox' : 'smtp', url, publicUrl, perMinute: value.MAIL_PER_MINUTE,
    from: value.MAIL_FROM === '' ? `Holdfast <no-reply@${nameOf(publicUrl)}>` : value.MAIL_FROM,
  };
}

/** Mail addresses have a name behind the @, not a number. */
function nameOf(url: string): string {
  const name = URL.canParse(url) ? new URL(url).hostname : '';
  return /^[\d.]*$|^\[/.test(name) ? 'localhost' : name;
}

/** `host`, `host:port`, `[address]:port`, separated by commas. */
function readServers(text: string, context: z.RefinementCtx): readonly NtpServer[] {
  const names = text.split(',').map((name) => name.trim()).filter((name) => name !== '');
  return names.map((name) => {
    const [, bracketed, host = bracketed, port = '123'] = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]]+))(?::(\d{1,5}))?$/.exec(name) ?? [];
    if (host === undefined || Number(port) < 1 || Number(port) > 65_535) context.addIssue({ code: 'custom', message: `"${name.slice(0, 80)}" is not host or host:port` });
    return { host: host ?? '', port: Number(port) };
  });
}
