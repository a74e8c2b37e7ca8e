import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { inheritedEnv, ROOT } from '#tools/config.ts';
import { StartFailure } from '#tools/servers/failure.ts';
import { type Say, withProgress } from '#tools/servers/progress.ts';
import { run } from '#tools/servers/run.ts';

import { lastReason } from './node-service.ts';

/** A log-in of the demo data. */
export interface Account {
  role: string;
  email: string;
  password: string;
}

/** Loads demo exams and people into a database, once for a data folder. */
export function loadDemo(data: string, databaseUrl: string, say: Say): Promise<void> {
  return runLoader([], 'Loading demo data, three exams and the people in them', data, databaseUrl, say);
}

/** Makes one admin in a database that has none, so that an installation without demo data has a first log-in. */
export function makeFirstAdmin(data: string, databaseUrl: string, say: Say): Promise<void> {
  return runLoader(['--only-admin'], 'Making the first account, an admin', data, databaseUrl, say);
}

async function runLoader(args: readonly string[], what: string, data: string, databaseUrl: string, say: Say): Promise<void> {
  const env = inheritedEnv({ DATABASE_URL: databaseUrl, HOLDFAST_DATA: data });
  const { code, output } = await withProgress(say, what, () => run(process.execPath, [join(ROOT, 'tools/demo/main.ts'), ...args], { cwd: ROOT, env }));
  if (code !== 0) throw new StartFailure(`The first accounts could not be made: ${lastReason(output)}`);
  const file = join(data, 'demo.json');
  // it holds passwords
  if (existsSync(file)) chmodSync(file, 0o600);
}

/** The accounts that were made for a data folder, and whether they belong to demo data. */
export function accountsOf(file: string): { demo: boolean; accounts: Account[] } {
  if (!existsSync(file)) return { demo: false, accounts: [] };
  return JSON.parse(readFileSync(file, 'utf8')) as { demo: boolean; accounts: Account[] };
}
