import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Files on disk that API and workers share, each under its hash. */
export interface ReportStore {
  /** Puts bytes into their place, complete and flushed or not at all. */
  keep(bytes: Buffer): Promise<{ readonly sha256: string }>;
  /** Bytes of a medium; undefined when they are gone. */
  medium(sha256: string): Promise<Buffer | undefined>;
}

/** @param dataDir the folder whose `reports` and `media` the API reads */
export function createReportStore(dataDir: string): ReportStore {
  const placeOf = (folder: string, sha256: string): string => join(dataDir, folder, sha256.slice(0, 2), sha256);
  return {
    async keep(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const place = placeOf('reports', sha256);
      const incoming = join(dataDir, 'reports', 'incoming');
      await Promise.all([mkdir(incoming, { recursive: true, mode: 0o700 }), mkdir(dirname(place), { recursive: true, mode: 0o700 })]);
      const path = join(incoming, randomUUID());
      const file = await open(path, 'wx', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(path, place);
      return { sha256 };
    },
    medium: (sha256) => readFile(placeOf('media', sha256)).catch(() => undefined),
  };
}
