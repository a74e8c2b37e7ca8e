import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { REPOSITORY } from '#bench/lib/paths.ts';
import { sleep } from '#bench/lib/sleep.ts';

/** A log-in of a stack. */
export interface Account {
  readonly role: string;
  readonly email: string;
  readonly password: string;
}

/** A running stack: the one whose address was given, or one of our own in a temporary folder. */
export interface BenchStack {
  readonly url: string;
  readonly accounts: readonly Account[];
  /** Where its data lie; undefined for a stack of which only the address is known. */
  readonly data: string | undefined;
  /** Process ids as they are now; empty for a stack of which only the address is known. */
  processes(): Promise<Readonly<Record<string, number>>>;
  /** Kills the supervisor and everything else at once, waits, starts again; undefined for a stack that is not ours. */
  readonly blackout?: (ms: number) => Promise<void>;
  stop(): Promise<void>;
}

interface ReadyLine {
  readonly ready: true;
  readonly urls: { readonly api: string };
  readonly accounts: readonly Account[];
  readonly data: string;
}

/**
 * Uses the stack at `url` (its accounts are read from `data`), or starts one of our own.
 * @param data data folder of the stack at `url`
 */
export async function openStack(url: string | undefined, data: string | undefined): Promise<BenchStack> {
  if (url === undefined) return startStack();
  if (data === undefined) throw new Error('--url needs --data, the data folder of that stack: it holds the accounts and the process ids');
  const { accounts } = JSON.parse(await readFile(join(data, 'demo.json'), 'utf8')) as { accounts: Account[] };
  return { url, accounts, data, processes: () => readProcesses(data), stop: () => Promise.resolve() };
}

async function startStack(): Promise<BenchStack> {
  const data = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
  const port = await freePort();
  const launch = (): ChildProcess =>
    spawn(process.execPath, [join(REPOSITORY, 'tools/stack/main.ts'), '--json', '--data', data, '--port', String(port)], {
      cwd: REPOSITORY,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  let supervisor = launch();
  process.once('exit', () => supervisor.kill('SIGTERM'));
  const ready = await readyLine(supervisor);
  return {
    url: ready.urls.api.replace(/\/api\/v1\/?$/, ''),
    accounts: ready.accounts,
    data,
    processes: () => readProcesses(data),
    async blackout(ms) {
      const everything = Object.values(await readProcesses(data));
      supervisor.kill('SIGKILL');
      everything.forEach(killHard);
      await sleep(ms);
      supervisor = launch();
      await readyLine(supervisor);
    },
    async stop() {
      if (supervisor.exitCode === null && supervisor.signalCode === null) {
        const ended = new Promise((resolve) => supervisor.once('exit', resolve));
        supervisor.kill('SIGTERM');
        await ended;
      }
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** SIGKILL; false when there is no such process any more. */
export function killHard(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

async function readyLine(child: ChildProcess): Promise<ReadyLine> {
  const lines = createInterface({ input: child.stdout! });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the stack ended with code ${code} before it was ready`)));
    lines.on('line', (line) => {
      if (line.startsWith('{"ready":true')) resolve(JSON.parse(line) as ReadyLine);
    });
  });
}

async function readProcesses(data: string): Promise<Record<string, number>> {
  const { processes } = JSON.parse(await readFile(join(data, 'run.json'), 'utf8')) as { processes: Record<string, number | { pid: number }> };
  return Object.fromEntries(Object.entries(processes).map(([name, value]) => [name, typeof value === 'number' ? value : value.pid]));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
