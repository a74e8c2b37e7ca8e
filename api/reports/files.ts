import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { Logger } from 'pino';

import { listKnownHashes } from '#db/reports/files.ts';
import type { Queryable } from '#db/connection.ts';
import { Refusal } from '#domain/problem.ts';

const EVERY_MS = 3_600_000;
/** A worker writes the bytes of a report before its row; older bytes without a row belong to none. */
const YOUNG_MS = 3_600_000;

/** Reads the bytes of a report. @throws unavailable when they are not on this disk */
export async function readReport(dataDir: string, sha256: string): Promise<Buffer> {
  try {
    return await readFile(placeOf(dataDir, sha256));
  } catch {
    throw new Refusal('unavailable', 'The file of this report is not on the disk of this server. Make the report again.');
  }
}

/** Removes bytes that belong to no report: of deleted ones, of those kept long enough, of a worker that was killed. Never throws. */
export async function sweepReports(dataDir: string, q: Queryable, nowMs: number, log: Pick<Logger, 'info' | 'warn'>): Promise<number> {
  const root = join(dataDir, 'reports');
  let removed = 0;
  try {
    for (const folder of await readdir(root)) {
      const names = await readdir(join(root, folder));
      const known = folder === 'incoming' ? new Set<string>() : await listKnownHashes(q, names);
      for (const name of names.filter((each) => !known.has(each))) {
        const path = join(root, folder, name);
        const found = await stat(path).catch(() => undefined);
        if (found === undefined || nowMs - found.mtimeMs < YOUNG_MS) continue;
        await rm(path, { force: true });
        removed += 1;
      }
    }
  } catch (error) {
    // no report was ever made
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log.warn({ err: error, root }, 'bytes of reports that are gone can not be removed');
  }
  if (removed > 0) log.info({ removed, root }, 'bytes of reports that are gone were removed');
  return removed;
}

/** Sweeps at the start and each hour. */
export function createReportSweep(dataDir: string, q: Queryable, log: Pick<Logger, 'info' | 'warn'>): { start(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const sweep = (): void => void sweepReports(dataDir, q, Date.now(), log);
  return {
    start() {
      sweep();
      timer = setInterval(sweep, EVERY_MS).unref();
    },
    stop: () => clearInterval(timer),
  };
}

/** Takes the bytes of a report away that no other one has. */
export async function discardReport(dataDir: string, q: Queryable, sha256: string): Promise<void> {
  if ((await listKnownHashes(q, [sha256])).size === 0) await rm(placeOf(dataDir, sha256), { force: true });
}

function placeOf(dataDir: string, sha256: string): string {
  return join(dataDir, 'reports', sha256.slice(0, 2), sha256);
}
