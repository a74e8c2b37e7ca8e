import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { inheritedEnv, ROOT } from '#tools/config.ts';

import type { Account } from './demo.ts';

/** The line that `npm start -- --json` prints when everything serves. */
export interface ReadyLine {
  ready: true;
  urls: { web: string; api: string };
  accounts: Account[];
  /** Process ids by name, as they were then. */
  processes: Record<string, number>;
  data: string;
}

/** What to start. */
export interface StartOptions {
  data: string;
  port?: number;
  demo?: boolean;
  /** False: progress and crashes go to this process's standard error. */
  quiet?: boolean;
  env?: Record<string, string>;
}

/** A whole stack that runs as a child of this process. */
export interface StartedStack extends ReadyLine {
  supervisor: ChildProcess;
  /** Process ids by name, as they are now. */
  pids(): Record<string, number>;
  /** Ends everything in order and settles when nothing is left. */
  stop(): Promise<void>;
}

/** A stack that could not be started. */
export class StackDidNotStart extends Error {
  override readonly name = 'StackDidNotStart';
  readonly exitCode: number | null;

  /** @param said what it printed for people */
  constructor(exitCode: number | null, said: string) {
    super(said.trim() || `the stack ended with code ${exitCode}`);
    this.exitCode = exitCode;
  }
}

/**
 * Starts a whole stack in a folder and settles when it serves.
 * @throws StackDidNotStart with what the stack said
 */
export async function startStack(options: StartOptions): Promise<StartedStack> {
  const args = ['--json', '--data', options.data];
  if (options.port !== undefined) args.push('--port', String(options.port));
  if (options.demo === false) args.push('--no-demo');
  // the channel lets the stack end by itself when this process is gone
  const supervisor = spawn(process.execPath, [join(ROOT, 'tools/stack/main.ts'), ...args], {
    cwd: ROOT,
    env: inheritedEnv(options.env),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  supervisor.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-65_536);
    if (options.quiet === false) process.stderr.write(text);
  });
  const exited = new Promise<number | null>((resolve) => supervisor.once('close', resolve));
  const ready = await Promise.race([readyLine(supervisor), exited.then((code) => new StackDidNotStart(code, said))]);
  if (ready instanceof StackDidNotStart) throw ready;
  return {
    ...ready,
    supervisor,
    pids: () => runningPids(ready.data),
    stop: async () => {
      supervisor.kill('SIGTERM');
      await exited;
    },
  };
}

/** The process ids that a data folder names now, the supervisor's included. */
export function runningPids(data: string): Record<string, number> {
  const { processes } = JSON.parse(readFileSync(join(data, 'run.json'), 'utf8')) as { processes: Record<string, { pid: number }> };
  return Object.fromEntries(Object.entries(processes).map(([name, { pid }]) => [name, pid]));
}

function readyLine(supervisor: ChildProcess): Promise<ReadyLine> {
  return new Promise((resolve) => {
    if (!supervisor.stdout) return;
    createInterface({ input: supervisor.stdout }).on('line', (line) => {
      if (line.startsWith('{"ready":true')) resolve(JSON.parse(line) as ReadyLine);
    });
  });
}
