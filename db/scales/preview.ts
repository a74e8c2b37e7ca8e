import { histogramOf, meanOf } from '#domain/grading/distribution.ts';
import type { ModerationStep } from '#domain/grading/moderation.ts';
import { resultOf, type ResultRules } from '#domain/grading/result.ts';

import type { Queryable } from '../connection.ts';
import { cohortOf, type CohortTotal } from './cohort.ts';
import { listModerations } from './moderations.ts';
import { rulesFor, selectStoredRules } from './rules.ts';

/** The graded attempts that count, under some rules. */
export interface Spread {
  readonly meanPercent: number | null;
  /** Null without a pass mark. */
  readonly passed: number | null;
  /** In 20 steps of 5 %. */
  readonly histogram: readonly number[];
  /** From the best grade to the worst; empty for scales without bands. */
  readonly grades: readonly { readonly label: string; readonly count: number }[];
}

/** What a moderation would do. */
export interface ModerationPreview {
  readonly results: number;
  /** Results that would get more, or fewer, points. */
  readonly raised: number;
  readonly lowered: number;
  readonly before: Spread;
  readonly after: Spread;
}

/** Works out what one more step would do, or the loss of one, without changing anything. */
export async function previewModeration(q: Queryable, examId: string, change: { readonly step: ModerationStep } | { readonly without: string }): Promise<ModerationPreview> {
  const stored = await selectStoredRules(q, examId);
  const cohort = await cohortOf(q, examId);
  const steps = 'step' in change
    ? [...(stored.steps ?? []), change.step]
    : (await listModerations(q, examId)).filter(({ id, undoneAtMs }) => undoneAtMs === null && id !== change.without).map(({ step }) => step);
  const [before, after] = [stored, { ...stored, steps }].map((rules) => rulesFor(rules, cohort)) as [ResultRules, ResultRules];
  const moved = cohort.map((total) => Number(resultOf({ ...total, isFinal: true }, after).points) - Number(resultOf({ ...total, isFinal: true }, before).points));
  return {
    results: cohort.length, raised: moved.filter((by) => by > 0).length, lowered: moved.filter((by) => by < 0).length,
    before: spreadOf(cohort, before), after: spreadOf(cohort, after),
  };
}

function spreadOf(cohort: readonly CohortTotal[], rules: ResultRules): Spread {
  const results = cohort.map((total) => resultOf({ ...total, isFinal: true }, rules));
  const percents = results.flatMap(({ percent }) => (percent === null ? [] : [Number(percent)]));
  return {
    meanPercent: meanOf(percents), histogram: histogramOf(percents),
    passed: rules.passPercent === null ? null : results.filter(({ passed }) => passed === true).length,
    grades: rules.scale.cutOffs.map(({ label }) => ({ label, count: results.filter(({ gradeLabel }) => gradeLabel === label).length })),
  };
}
