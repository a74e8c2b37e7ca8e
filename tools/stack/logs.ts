import { copyFileSync, existsSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

const LARGEST_BYTES = 20 * 1024 * 1024;
const LOOK_EVERY_MS = 30_000;

/**
 * Keeps each log of a folder below 20 MB and one older part of it beside it. The processes write into the files by
 * themselves, so a full one is copied aside and emptied.
 * @returns ends the watch
 */
export function boundLogs(folder: string): () => void {
  const timer = setInterval(() => rotateLogs(folder, LARGEST_BYTES), LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Moves the content of every log larger than `largestBytes` to `<name>.log.1`. */
export function rotateLogs(folder: string, largestBytes: number): void {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const file = join(folder, name);
    if (!name.endsWith('.log') || statSync(file).size <= largestBytes) continue;
    try {
      copyFileSync(file, `${file}.1`);
    } catch {
      // on a full disk the older part is given up, not the server
    }
    truncateSync(file);
  }
}
