/** The badges that every course can switch on. */
import { type BadgeStanding, type ExamFact, type ExamFigures, isSuccess } from './facts.ts';

/** Names of the badges that come with the platform, in the order in which pages show them. */
export const BUILT_IN_BADGES = ['perfect', 'fast', 'consistent', 'clean', 'early-bird'] as const;

/** Name of a badge that comes with the platform. */
export type BuiltInBadge = (typeof BUILT_IN_BADGES)[number];

/** One student in one course. */
export interface StudentFacts {
  /** In the order in which the results came out. */
  readonly exams: readonly ExamFact[];
  readonly figures: ReadonlyMap<string, ExamFigures>;
  /** Incidents of this student that a person has confirmed. */
  readonly confirmedIncidents: number;
}

/** Fast is less than this share of the mean time. */
const FAST_RATIO = 0.5;
/** Consistent are so many exams above so many percent. */
const CONSISTENT_EXAMS = 5;
const CONSISTENT_ABOVE_PERCENT = 80;

const NOT_EARNED: BadgeStanding = { earnedAtMs: null, times: 0, progress: null };

/** Where a student stands with a built-in badge; the bars are the ones of product.md section 5. */
export function builtInStanding(badge: BuiltInBadge, facts: StudentFacts): BadgeStanding {
  const { confirmedIncidents, exams, figures } = facts;
  switch (badge) {
    case 'perfect': {
      const best = exams.reduce((most, { percent }) => Math.max(most, percent), 0);
      return { ...perExam(exams, ({ percent }) => percent >= 100), progress: { value: best, target: 100 } };
    }
    case 'fast':
      return perExam(exams, (exam) => isSuccess(exam) && isFast(exam, figures.get(exam.examId)));
    case 'early-bird':
      return perExam(exams, (exam) => isSuccess(exam) && isEarly(exam, figures.get(exam.examId)));
    case 'consistent':
      return counted(exams.filter(({ percent }) => percent > CONSISTENT_ABOVE_PERCENT), CONSISTENT_EXAMS);
    case 'clean':
      return exams.length > 0 && confirmedIncidents === 0 ? { earnedAtMs: exams[0]!.publishedAtMs, times: 1, progress: null } : NOT_EARNED;
  }
}

/** The standing of "so many of these": complete with the `target`th. */
export function counted(exams: readonly ExamFact[], target: number): BadgeStanding {
  const last = exams[target - 1];
  return { earnedAtMs: last?.publishedAtMs ?? null, times: last === undefined ? 0 : 1, progress: { value: Math.min(exams.length, target), target } };
}

function perExam(exams: readonly ExamFact[], earns: (exam: ExamFact) => boolean): BadgeStanding {
  const earning = exams.filter(earns);
  return { earnedAtMs: earning[0]?.publishedAtMs ?? null, times: earning.length, progress: null };
}

function isFast({ usedMs }: ExamFact, figures: ExamFigures | undefined): boolean {
  return figures?.meanUsedMs != null && usedMs < FAST_RATIO * figures.meanUsedMs;
}

function isEarly({ handedInAtMs }: ExamFact, figures: ExamFigures | undefined): boolean {
  return figures?.earlyUntilMs != null && handedInAtMs !== null && handedInAtMs <= figures.earlyUntilMs;
}
