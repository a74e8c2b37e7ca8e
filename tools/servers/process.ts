import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Why and how a process ended; both null when it was adopted and its end was only seen from outside. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A server process, started here or taken over from an earlier run. */
export interface ServerProcess {
  readonly name: string;
  readonly pid: number;
  /** What the operating system says about when the process started; tells a re-used pid apart. */
  readonly startMark: string;
  readonly adopted: boolean;
  /** Settles when the process is gone; never rejects. */
  readonly exited: Promise<Exit>;
}

/** Niceness of what yields: about a tenth of the share of the others when both want the processor. */
const YIELDING_NICENESS = 10;

/** What to run and where its output goes. */
export interface SpawnOptions {
  name: string;
  command: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  user?: { uid: number; gid: number } | undefined;
  /** It follows what others decide: when the processor is short, it waits for those that answer people. */
  yielding?: boolean;
  /** Standard output and error are appended here, so that they outlive the process that started the server. */
  logFile: string;
}

/**
 * Starts a program in a process group of its own (Ctrl-C in a terminal reaches the supervisor only).
 * @throws Error when the program can not be run at all
 */
export async function spawnServer(options: SpawnOptions): Promise<ServerProcess> {
  const log = openSync(options.logFile, 'a', 0o600);
  let child: ChildProcess;
  try {
    const line = [...(options.yielding ? ['nice', '-n', String(YIELDING_NICENESS)] : []), options.command, ...options.args];
    child = spawn(line[0] as string, line.slice(1), {
      stdio: ['ignore', log, log],
      detached: true,
      ...(options.env ? { env: options.env } : {}),
      ...(options.cwd ? { cwd: options.cwd } : {}),
      ...(options.user ? { uid: options.user.uid, gid: options.user.gid } : {}),
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error) => reject(new Error(`${options.name} can not be run: ${error.message}`)));
    });
    if (options.yielding) yieldGroup(child.pid!);
  } finally {
    closeSync(log);
  }
  const exited = new Promise<Exit>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  const pid = child.pid as number;
  return { name: options.name, pid, startMark: processStartMark(pid) ?? '', adopted: false, exited };
}

/** Takes over a process that an earlier run left behind; its end is noticed within half a second. */
export function adoptProcess(name: string, pid: number): ServerProcess {
  const startMark = processStartMark(pid) ?? '';
  const exited = (async (): Promise<Exit> => {
    while (isSameProcess(pid, startMark)) await sleep(500, undefined, { ref: false });
    return { code: null, signal: null };
  })();
  return { name, pid, startMark, adopted: true, exited };
}

/** Asks a process to end with `signal`; after `timeoutMs` it is killed. Settles when it is gone. */
export async function stopProcess(target: ServerProcess, signal: NodeJS.Signals, timeoutMs: number): Promise<void> {
  if (!isSameProcess(target.pid, target.startMark)) return;
  sendSignal(target.pid, signal);
  if (await settlesWithin(target.exited, timeoutMs)) return;
  sendSignal(target.pid, 'SIGKILL');
  await settlesWithin(target.exited, 5_000);
}

/**
 * Asks `ready` again and again until it says yes.
 * @returns false when the process ended first or `timeoutMs` went by
 */
export async function becomesReady(target: ServerProcess, ready: () => Promise<boolean> | boolean, timeoutMs: number): Promise<boolean> {
  let gone = false;
  void target.exited.then(() => (gone = true));
  const deadline = performance.now() + timeoutMs;
  while (!gone && performance.now() < deadline) {
    if (await ready()) return true;
    await settlesWithin(target.exited, 40);
  }
  return false;
}

/** True when `promise` settles within `ms`. */
export async function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const timer = new AbortController();
  const late = sleep(ms, false, { signal: timer.signal }).catch(() => false);
  const done = await Promise.race([promise.then(() => true), late]);
  timer.abort();
  return done;
}

/** Sends a signal; a process that is already gone is no error. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** True while the process with this pid is the one that `startMark` was taken from, and not a zombie. */
export function isSameProcess(pid: number, startMark: string): boolean {
  const now = processStartMark(pid);
  return now !== undefined && now === startMark;
}

/** When the process started, as the operating system tells it, or undefined when there is none. */
export function processStartMark(pid: number): string | undefined {
  if (existsSync('/proc/self/stat')) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // the name in brackets may hold anything: fields are counted behind the last bracket
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' || fields[0] === 'X' ? undefined : `${bootId()}:${fields[19]}`;
    } catch {
      return undefined;
    }
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** The command line of a process, or an empty string when it is gone or not ours to see. */
export function commandLine(pid: number): string {
  try {
    if (existsSync('/proc/self/stat')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

/** The size of a file in bytes, 0 when it is missing: the place from which `textSince` reads. */
export function fileSize(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}

/** What was written to a file after `offset` bytes, at most the last 64 KiB of it. */
export function textSince(file: string, offset: number): string {
  if (!existsSync(file)) return '';
  const size = statSync(file).size;
  // a log that was cut meanwhile is read from its beginning
  const from = Math.max(size < offset ? 0 : offset, size - 65_536);
  const buffer = Buffer.alloc(size - from);
  const descriptor = openSync(file, 'r');
  try {
    return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, buffer.length, from));
  } finally {
    closeSync(descriptor);
  }
}

let knownBootId: string | undefined;

function bootId(): string {
  knownBootId ??= existsSync('/proc/sys/kernel/random/boot_id') ? readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8) : '';
  return knownBootId;
}

// Linux shares the processor between sessions first, and ours are sessions of their own: without this the niceness would only
// count between threads of the same server. Elsewhere, or where it is switched off, there is nothing to write to.
function yieldGroup(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(YIELDING_NICENESS));
  } catch {
    // niceness alone then
  }
}
