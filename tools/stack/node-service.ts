import { join } from 'node:path';

import { inheritedEnv, ROOT } from '#tools/config.ts';
import { StartFailure } from '#tools/servers/failure.ts';
import { becomesReady, fileSize, spawnServer, stopProcess, textSince } from '#tools/servers/process.ts';

import type { Service } from './supervisor.ts';

const READY = /^\{"ready":true/m;
const READY_WITHIN_MS = 120_000;

/** Describes one process of our own, which may yield to others: it prints a line `{"ready":true}` when it serves. */
export function nodeService(name: string, script: string, env: Record<string, string>, logFile: string, { yielding } = { yielding: false }): Service {
  return {
    name,
    logFile,
    start: async (onSpawn) => {
      const offset = fileSize(logFile);
      const server = await spawnServer({
        name,
        command: process.execPath,
        args: [join(ROOT, script)],
        env: inheritedEnv({ NODE_ENV: 'production', ...env }),
        cwd: ROOT,
        logFile,
        yielding,
      });
      onSpawn(server);
      if (await becomesReady(server, () => READY.test(textSince(logFile, offset)), READY_WITHIN_MS)) return server;
      await stopProcess(server, 'SIGKILL', 2_000);
      throw new StartFailure(`${name} did not start: ${lastReason(textSince(logFile, offset))} (log: ${logFile})`);
    },
  };
}

/** The most telling line of a log: the last error, as pino or Node.js writes it. */
export function lastReason(log: string): string {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  for (const line of lines.toReversed()) {
    const entry = asEntry(line);
    if (entry && entry.level >= 50) return entry.err?.message ? `${entry.msg ?? ''}: ${entry.err.message}` : (entry.msg ?? line);
    if (!entry && /^\w*Error\b.*: /.test(line)) return line;
  }
  return lines.at(-1)?.slice(0, 300) ?? 'it gave no reason';
}

function asEntry(line: string): { level: number; msg?: string; err?: { message?: string } } | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null && 'level' in entry ? (entry as { level: number }) : undefined;
  } catch {
    return undefined;
  }
}
