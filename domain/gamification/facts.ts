/** What badges and points are made from: published results of one student in one course, and figures of the course. */

/** The published result of one student in one exam of a course. */
export interface ExamFact {
  readonly examId: string;
  /** 0..100, of the attempts that count; cut, not rounded, so that nobody is lifted over a bar. */
  readonly percent: number;
  /** Null: the exam has no pass mark. */
  readonly passPercent: number | null;
  /** From start to end without pauses, divided by the time factor of the student. */
  readonly usedMs: number;
  /** When the student handed in; null when the deadline or somebody else ended the exam. */
  readonly handedInAtMs: number | null;
  /** When the result came out. */
  readonly publishedAtMs: number;
  /** Percent of the items with a tag; only where students may see single items. */
  readonly tagPercents: Readonly<Record<string, number>>;
}

/** What an exam of a course is like for everybody in it. */
export interface ExamFigures {
  readonly examId: string;
  /** Null without results. */
  readonly meanUsedMs: number | null;
  /** Until when the first tenth had handed in; null while that is nobody. */
  readonly earlyUntilMs: number | null;
}

/** Where a student stands with a badge. */
export interface BadgeStanding {
  /** When the result came out that completed it; null: not earned. */
  readonly earnedAtMs: number | null;
  /** How many exams earned it. */
  readonly times: number;
  /** The way there; null where a number would tell about others. */
  readonly progress: { readonly value: number; readonly target: number } | null;
}

/** A share below this is no success where an exam has no pass mark. */
const DEFAULT_PASS_PERCENT = 50;

/** Whether a result is a success: speed alone earns nothing. */
export function isSuccess({ passPercent, percent }: ExamFact): boolean {
  return percent >= (passPercent ?? DEFAULT_PASS_PERCENT);
}
