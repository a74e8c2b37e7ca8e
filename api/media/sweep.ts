import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { Logger } from 'pino';

const EVERY_MS = 3_600_000;
/** A file that nothing was written to for as long belongs to an upload that is dead; other processes share the folder. */
const DEAD_MS = 3_600_000;

/** Removes what uploads left behind whose process was killed. Never throws. */
export async function sweepIncoming(folder: string, nowMs: number, log: Pick<Logger, 'info' | 'warn'>): Promise<number> {
  const incoming = join(folder, 'incoming');
  let removed = 0;
  try {
    for (const name of await readdir(incoming)) {
      const path = join(incoming, name);
      const found = await stat(path).catch(() => undefined);
      // moved into its place meanwhile, or alive
      if (found === undefined || nowMs - found.mtimeMs < DEAD_MS) continue;
      await rm(path, { force: true });
      removed += 1;
    }
  } catch (error) {
    // nobody has sent a file yet
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log.warn({ err: error, incoming }, 'the rests of uploads can not be removed');
  }
  if (removed > 0) log.info({ removed, incoming }, 'rests of uploads were removed');
  return removed;
}

/** Sweeps at the start and each hour. */
export function createIncomingSweep(dataDir: string, log: Pick<Logger, 'info' | 'warn'>): { start(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const sweep = (): void => {
    for (const folder of ['media', 'files']) void sweepIncoming(join(dataDir, folder), Date.now(), log);
  };
  return {
    start() {
      sweep();
      timer = setInterval(sweep, EVERY_MS).unref();
    },
    stop: () => clearInterval(timer),
  };
}
