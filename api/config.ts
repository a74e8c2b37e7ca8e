import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

import { z } from 'zod';

const schema = z.object({
  HOLDFAST_HOST: z.string().default('127.0.0.1'),
  HOLDFAST_PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  HOLDFAST_DATA: z.string().min(1),
  HOLDFAST_PUBLIC_URL: z.url().optional(),
  HOLDFAST_WEB_DIR: z.string().min(1).optional(),
  HOLDFAST_SIGNING_KEY: z.string().min(1),
  HOLDFAST_SECRET: z.string().min(32),
  HOLDFAST_REGISTRATION: z.enum(['on', 'off']).default('on'),
  HOLDFAST_INSTITUTION: z.string().trim().min(1).max(100).default('Holdfast'),
  HOLDFAST_METRICS_TOKEN: z.string().min(16).optional(),
  HOLDFAST_CORS_ORIGINS: z.string().default(''),
  HOLDFAST_TRUST_PROXY: z.enum(['on', 'off']).default('off'),
  DATABASE_URL: z.string().min(1),
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('holdfast'),
  NATS_URL: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** Settings of one API process. Each is explained in docs/operations.md. */
export interface ApiConfig {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly publicUrl: string;
  /** Folder with the built web app; undefined where another server has it. */
  readonly webDir: string | undefined;
  /** Ed25519 private key, PEM or base64 of PKCS 8. */
  readonly signingKey: string;
  /** Secret behind refresh tokens and device marks. */
  readonly secret: string;
  readonly registration: boolean;
  /** Name of the university, as log-in pages show it. */
  readonly institution: string;
  /** Release of the software. */
  readonly version: string;
  readonly metricsToken: string | undefined;
  readonly corsOrigins: readonly string[];
  readonly trustProxy: boolean;
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  readonly natsUrl: string | undefined;
  readonly logLevel: string;
  /** Names this process in logs and in the database's list of connections. */
  readonly processName: string;
}

/** Reads the settings. @throws Error naming every setting that is missing or wrong */
export function readConfig(env: NodeJS.ProcessEnv = process.env): ApiConfig {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`wrong settings: ${wrong.join('; ')}`);
  }
  const value = parsed.data;
  return {
    host: value.HOLDFAST_HOST,
    port: value.HOLDFAST_PORT,
    dataDir: value.HOLDFAST_DATA,
    publicUrl: value.HOLDFAST_PUBLIC_URL ?? `http://${value.HOLDFAST_HOST}:${value.HOLDFAST_PORT}`,
    webDir: value.HOLDFAST_WEB_DIR,
    signingKey: value.HOLDFAST_SIGNING_KEY,
    secret: value.HOLDFAST_SECRET,
    registration: value.HOLDFAST_REGISTRATION === 'on',
    institution: value.HOLDFAST_INSTITUTION,
    version: readVersion(),
    metricsToken: value.HOLDFAST_METRICS_TOKEN,
    corsOrigins: value.HOLDFAST_CORS_ORIGINS.split(',').map((origin) => origin.trim()).filter((origin) => origin !== ''),
    trustProxy: value.HOLDFAST_TRUST_PROXY === 'on',
    databaseUrl: value.DATABASE_URL,
    temporalAddress: value.TEMPORAL_ADDRESS,
    temporalNamespace: value.TEMPORAL_NAMESPACE,
    natsUrl: value.NATS_URL,
    logLevel: value.LOG_LEVEL,
    processName: `api-${hostname()}-${process.pid}`,
  };
}

function readVersion(): string {
  const file = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  return file.version;
}
