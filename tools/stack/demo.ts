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

/** Loads demo exams and people into a database, once for a data folder, and tells the accounts. */
export async function loadDemo(data: string, databaseUrl: string, say: Say): Promise<void> {
  const env = inheritedEnv({ DATABASE_URL: databaseUrl, HOLDFAST_DATA: data });
  const { code, output } = await withProgress(say, 'Loading demo data, three exams and the people in them', () => run(process.execPath, [join(ROOT, 'tools/demo/main.ts')], { cwd: ROOT, env }));
  if (code !== 0) throw new StartFailure(`The demo data could not be loaded: ${lastReason(output)}`);
  const file = join(data, 'demo.json');
  if (!existsSync(file)) throw new StartFailure(`The demo data were loaded without their accounts: ${file} is missing.`);
  // it holds passwords
  chmodSync(file, 0o600);
}

/** The accounts of the demo data of a folder; none when it has no demo data. */
export function demoAccounts(file: string): Account[] {
  if (!existsSync(file)) return [];
  return (JSON.parse(readFileSync(file, 'utf8')) as { accounts: Account[] }).accounts;
}
