/** Badges that teachers make: a small language of conditions over published results. */
import { compare, decimal, subtract } from '#domain/decimal.ts';

import { counted } from './badges.ts';
import type { BadgeStanding, ExamFact } from './facts.ts';

/** What a condition looks at. */
export interface RuleScope {
  /** Empty: all exams of the course. */
  readonly examIds: readonly string[];
  /** Only items with this tag; null: the whole exam. */
  readonly tag: string | null;
}

/** One condition. Percentages 0..100 with at most two places. */
export type RuleCondition = RuleScope & (
  /** `exams` results of at least `minPercent`. */
  | { readonly kind: 'score'; readonly minPercent: number; readonly exams: number }
  /** So many in a row, in the order in which results came out. */
  | { readonly kind: 'streak'; readonly minPercent: number; readonly exams: number }
  /** From one result to the next by at least so many percentage points. */
  | { readonly kind: 'improvement'; readonly byPercent: number }
);

/** Where a student stands with a rule; all conditions have to hold. */
export function ruleStanding(conditions: readonly RuleCondition[], exams: readonly ExamFact[]): BadgeStanding {
  const standings = conditions.map((condition) => conditionStanding(condition, exams));
  const met = standings.filter(({ earnedAtMs }) => earnedAtMs !== null);
  const isEarned = standings.length > 0 && met.length === standings.length;
  return {
    earnedAtMs: isEarned ? Math.max(...met.map(({ earnedAtMs }) => earnedAtMs!)) : null,
    times: isEarned ? 1 : 0,
    progress: standings.length === 1 ? standings[0]!.progress : { value: met.length, target: standings.length },
  };
}

function conditionStanding(condition: RuleCondition, exams: readonly ExamFact[]): BadgeStanding {
  const scored = exams.flatMap((exam) => {
    const percent = scoreIn(condition, exam);
    return percent === undefined ? [] : [{ ...exam, percent }];
  });
  switch (condition.kind) {
    case 'score':
      return counted(scored.filter(({ percent }) => percent >= condition.minPercent), condition.exams);
    case 'streak':
      return streakStanding(scored, condition);
    case 'improvement':
      return improvementStanding(scored, condition.byPercent);
  }
}

function scoreIn({ examIds, tag }: RuleScope, exam: ExamFact): number | undefined {
  if (examIds.length > 0 && !examIds.includes(exam.examId)) return undefined;
  return tag === null ? exam.percent : exam.tagPercents[tag];
}

function streakStanding(scored: readonly ExamFact[], { exams, minPercent }: { exams: number; minPercent: number }): BadgeStanding {
  let run: ExamFact[] = [];
  for (const exam of scored) {
    run = exam.percent >= minPercent ? [...run, exam] : [];
    if (run.length === exams) return counted(run, exams);
  }
  return counted(run, exams);
}

function improvementStanding(scored: readonly ExamFact[], byPercent: number): BadgeStanding {
  const target = decimal(byPercent);
  // exact: 80.1 - 70.1 is below 10 in binary fractions
  const first = scored.find((exam, index) => index > 0 && compare(subtract(percentOf(exam), percentOf(scored[index - 1]!)), target) >= 0);
  return { earnedAtMs: first?.publishedAtMs ?? null, times: first === undefined ? 0 : 1, progress: null };
}

function percentOf({ percent }: ExamFact) {
  return decimal(percent.toFixed(6), { digits: 10, places: 6 });
}
