import { histogramOf, meanOf, medianOf } from '#domain/grading/distribution.ts';
import { resultOf } from '#domain/grading/result.ts';

import type { Queryable } from '../connection.ts';
import { cohortOf, keptWith } from './cohort.ts';
import { resolveRules, selectStoredRules } from './rules.ts';

/** Fewer results than this tell about single people. */
const FEWEST = 5;

/** How the results of a class are spread. */
export interface Distribution {
  readonly results: number;
  readonly meanPercent: number | null;
  readonly medianPercent: number | null;
  /** In 20 steps of 5 %. */
  histogram: number[];
}

const kept = keptWith<Distribution | null>();

/** How the graded attempts that count are spread; null when they are so few that they would tell about single people. */
export async function distributionOf(q: Queryable, examId: string): Promise<Distribution | null> {
  const stored = await selectStoredRules(q, examId);
  const [rules, cohort] = [await resolveRules(q, stored), await cohortOf(q, examId)];
  return kept(cohort, JSON.stringify(stored), () => {
    const percents = cohort.flatMap((total) => {
      const { percent } = resultOf({ ...total, isFinal: true }, rules);
      return percent === null ? [] : [Number(percent)];
    }).sort((a, b) => a - b);
    if (percents.length < FEWEST) return null;
    return { results: percents.length, meanPercent: meanOf(percents), medianPercent: medianOf(percents), histogram: histogramOf(percents) };
  });
}
