import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of the checkout. */
export const ROOT = join(import.meta.dirname, '..');

/** Folder for built servers, one per user, shared by all checkouts: `HOLDFAST_CACHE`, else `$XDG_CACHE_HOME/holdfast`, else `~/.cache/holdfast`. */
export const CACHE_DIR = process.env['HOLDFAST_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'holdfast');

/** Where programs are looked for. */
export const SEARCH_PATH = process.env['PATH'] ?? '';

/** The path of a server program given by the environment, for example `HOLDFAST_NATS_SERVER=/usr/bin/nats-server`. */
export function givenProgram(name: string): string | undefined {
  return process.env[`HOLDFAST_${name.replaceAll('-', '_').toUpperCase()}`];
}

/** The environment that programs started from here inherit, without what belongs to this process alone. */
export function inheritedEnv(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, ...extra };
  delete env['NODE_CHANNEL_FD'];
  return env;
}

/** What the environment says about a stack; everything not given is started by the stack itself. */
export interface StackEnvironment {
  databaseUrl: string | undefined;
  temporalAddress: string | undefined;
  temporalNamespace: string;
  natsUrl: string | undefined;
  smtpUrl: string | undefined;
  /** Address that the API binds to. */
  host: string;
  publicUrl: string | undefined;
  logLevel: string;
}

/** Reads the variables that `npm start` knows. */
export function readStackEnvironment(): StackEnvironment {
  const given = (name: string): string | undefined => process.env[name] || undefined;
  return {
    databaseUrl: given('DATABASE_URL'),
    temporalAddress: given('TEMPORAL_ADDRESS'),
    temporalNamespace: given('TEMPORAL_NAMESPACE') ?? 'holdfast',
    natsUrl: given('NATS_URL'),
    smtpUrl: given('SMTP_URL'),
    host: given('HOLDFAST_HOST') ?? '127.0.0.1',
    publicUrl: given('HOLDFAST_PUBLIC_URL'),
    logLevel: given('LOG_LEVEL') ?? 'info',
  };
}

/** What the mailbox of a stack is told. */
export function readMailboxEnvironment(): { databaseUrl: string; port: number } {
  return { databaseUrl: process.env['DATABASE_URL'] ?? '', port: Number(process.env['HOLDFAST_MAILBOX_PORT']) };
}

/** Roles that get the rights of a service after a migration: `HOLDFAST_SERVICE_ROLES`, separated by commas. */
export function serviceRoles(): string[] {
  return (process.env['HOLDFAST_SERVICE_ROLES'] ?? '').split(',').map((role) => role.trim()).filter((role) => role !== '');
}

/** The browser that tests and the rehearsal use, where it is not where the system keeps it. */
export function givenChromium(): string | undefined {
  return process.env['HOLDFAST_CHROMIUM'] || undefined;
}
