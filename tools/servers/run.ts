import { type ChildProcess, spawn } from 'node:child_process';

/** How a program ended and what it printed, output and errors together, at most the last 256 KiB. */
export interface Finished {
  code: number;
  output: string;
}

/** How to run a program to its end. */
export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Called with each line as it appears. */
  onLine?: (line: string) => void;
}

const running = new Set<ChildProcess>();

/** Ends every program that `run` is waiting for. */
export function endRunning(): void {
  for (const child of running) child.kill('SIGTERM');
}

/** Runs a program to its end. A program that is not there ends with code 127. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.cwd ? { cwd: options.cwd } : {}),
      ...(options.env ? { env: options.env } : {}),
    });
    running.add(child);
    let output = '';
    let rest = '';
    const take = (chunk: string): void => {
      output = (output + chunk).slice(-262_144);
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) options.onLine?.(line);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.once('error', (error) => resolve({ code: 127, output: error.message }));
    child.once('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}
