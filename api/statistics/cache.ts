import { LRUCache } from 'lru-cache';

import type { Deps } from '#api/deps.ts';
import type { ResultRow } from '#db/results/rows.ts';
import { selectPackedExam, selectStatisticsVersion } from '#db/statistics/facts.ts';
import { type ClassFigures, selectClassFigures } from '#db/statistics/trends.ts';
import { Refusal } from '#domain/problem.ts';
import type { ExamStatistics } from '#domain/statistics/exam-statistics.ts';

import { computeInThread } from './compute-in-thread.ts';

/** The statistics of an exam with the results that they were computed from. */
export interface ComputedStatistics {
  readonly computedAtMs: number;
  readonly statistics: ExamStatistics;
  readonly results: readonly ResultRow[];
}

type Source = Pick<Deps, 'db' | 'contents' | 'clock'>;

const KEPT_EXAMS = 30;
const KEPT_MS = 60_000;
// by database as well: tests run several in one process
const kept = new WeakMap<Source['db'], { exams: LRUCache<string, Promise<ComputedStatistics>>; classes: LRUCache<string, Promise<ClassFigures>> }>();

/** The statistics of an exam, at most 60 s old and never older than the last change of a mark. */
export async function statisticsOf(deps: Source, examId: string): Promise<ComputedStatistics> {
  const key = `${examId}@${await selectStatisticsVersion(deps.db, examId)}`;
  return remembered(cachesOf(deps.db).exams, key, () => compute(deps, examId));
}

/** Mean and size of the class of an exam, at most 60 s old and never older than the last change of a mark. */
export async function classFiguresOf(deps: Source, examId: string): Promise<ClassFigures> {
  const key = `${examId}@${await selectStatisticsVersion(deps.db, examId)}`;
  return remembered(cachesOf(deps.db).classes, key, () => selectClassFigures(deps.db, examId));
}

async function compute({ clock, contents, db }: Source, examId: string): Promise<ComputedStatistics> {
  const content = await contents.contentOf(examId).catch(absent);
  const { items, facts, results } = await selectPackedExam(db, examId, content);
  const computedAtMs = clock.nowMs();
  return { computedAtMs, results, statistics: await computeInThread({ items, facts }) };
}

/** A draft has no items that anybody could have answered. */
function absent(error: unknown): undefined {
  if (error instanceof Refusal && error.code === 'not-found') return undefined;
  throw error;
}

function cachesOf(db: Source['db']) {
  const known = kept.get(db);
  if (known !== undefined) return known;
  const made = {
    exams: new LRUCache<string, Promise<ComputedStatistics>>({ max: KEPT_EXAMS, ttl: KEPT_MS }),
    classes: new LRUCache<string, Promise<ClassFigures>>({ max: KEPT_EXAMS * 10, ttl: KEPT_MS }),
  };
  kept.set(db, made);
  return made;
}

/** What is kept under a key, or loads it; callers at the same time share one load, and a failed one is not kept. */
export function remembered<Value extends object>(cache: LRUCache<string, Promise<Value>>, key: string, load: () => Promise<Value>): Promise<Value> {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const loading = load();
  cache.set(key, loading);
  loading.catch(() => cache.delete(key));
  return loading;
}
