import { LRUCache } from 'lru-cache';

import type { Deps } from '#api/deps.ts';
import { remembered } from '#api/statistics/cache.ts';
import { listExamFigures, selectCoursePrint } from '#db/gamification/course-results.ts';
import { type Leaderboard, type Period, selectLeaderboard } from '#db/gamification/leaderboard.ts';
import type { ExamFigures } from '#domain/gamification/facts.ts';

type Source = Pick<Deps, 'db' | 'clock'>;

/** Something with the instant at which it was computed. */
export type Computed<Value> = Value & { readonly computedAtMs: number };

const KEPT_MS = 60_000;
// by database as well: tests run several in one process
const kept = new WeakMap<Source['db'], { boards: LRUCache<string, Promise<Computed<Leaderboard>>>; figures: LRUCache<string, Promise<Computed<{ byExam: ReadonlyMap<string, ExamFigures> }>>> }>();

/** The order of a course, at most 60 s old; whoever opts out and whatever is unpublished or withheld is gone at once. */
export async function leaderboardOf({ clock, db }: Source, batchId: string, period: Period): Promise<Computed<Leaderboard>> {
  const key = `${batchId}/${period}@${await selectCoursePrint(db, batchId)}`;
  return remembered(cachesOf(db).boards, key, async () => ({ ...(await selectLeaderboard(db, batchId, period)), computedAtMs: clock.nowMs() }));
}

/** What the exams of a course are like, kept in the same way. */
export async function figuresOf({ clock, db }: Source, batchId: string): Promise<Computed<{ byExam: ReadonlyMap<string, ExamFigures> }>> {
  const key = `${batchId}@${await selectCoursePrint(db, batchId)}`;
  return remembered(cachesOf(db).figures, key, async () => ({
    byExam: new Map((await listExamFigures(db, batchId)).map((figures) => [figures.examId, figures])), computedAtMs: clock.nowMs(),
  }));
}

function cachesOf(db: Source['db']) {
  const known = kept.get(db);
  if (known !== undefined) return known;
  const made = {
    boards: new LRUCache<string, Promise<Computed<Leaderboard>>>({ max: 100, ttl: KEPT_MS }),
    figures: new LRUCache<string, Promise<Computed<{ byExam: ReadonlyMap<string, ExamFigures> }>>>({ max: 300, ttl: KEPT_MS }),
  };
  kept.set(db, made);
  return made;
}
