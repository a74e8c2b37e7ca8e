import type { Logger } from 'pino';

import type { Db } from '#db/connection.ts';
import { refreshRecord } from '#db/gamification/achievements.ts';
import { listOpenCourses } from '#db/gamification/settings.ts';

import { createLoop, type Loop } from './loop.ts';

const EVERY_MS = 60_000;

/**
 * Keeps the record of badges: who earned which and when, and what was withdrawn with a result. Pages never wait for it: they work out
 * from published results what a student has.
 */
export function createAchievementsLoop(options: { db: Db; log: Logger }): Loop {
  const { db, log } = options;
  return createLoop({
    name: 'achievements',
    everyMs: EVERY_MS,
    log,
    async tick() {
      for (const batchId of await listOpenCourses(db)) {
        const changed = await refreshRecord(db, batchId);
        if (changed > 0) log.info({ batchId, changed }, 'badges changed with published results');
      }
      return false;
    },
  });
}
