/** The marks of a whole session and their totals. */
import { add, compare, type DecimalLimits, decimal, divide, type Fraction, formatDecimal, fraction, multiply, ZERO } from '#domain/decimal.ts';
import type { ItemRule } from '#domain/paper/types.ts';
import type { QuestionContent } from '#domain/questions/types.ts';
import { isAnswered } from './answered.ts';
import { gradeItem, type ItemGrade } from './grade-item.ts';

/** Totals of marks can have more digits than one mark. */
const TOTAL_LIMITS: DecimalLimits = { digits: 18, places: 4 };
const HUNDRED = fraction(100n);

/** An item to grade; a drawn item of a paper has these fields. */
export interface GradableItem {
  readonly id: string;
  readonly question: QuestionContent;
  readonly points: string;
  readonly rule?: ItemRule;
  readonly corrected?: true;
}

/** The mark of an item of a session. */
export type SessionItemGrade = ItemGrade & {
  readonly itemId: string;
  /** The item counts otherwise than it was published. */
  readonly corrected?: true;
  /** A rule decided it: it holds instead of a mark that a person gave. */
  readonly decided?: true;
};

/** What the totals are computed from; `points` is null while a person has to decide. */
export interface Mark {
  readonly points: string | null;
  readonly maxPoints: string;
}

/** The totals of a session. */
export interface Totals {
  readonly state: 'graded' | 'pending';
  readonly points: string;
  readonly maxPoints: string;
  /** Points of the possible points in percent, two places; null when nothing can be earned. */
  readonly percent: string | null;
  readonly gradedCount: number;
  readonly pendingCount: number;
}

/** The grade of a session. */
export interface SessionGrade extends Totals {
  readonly items: readonly SessionItemGrade[];
}

/**
 * Adds marks up. The total is the exact sum of the marks as they are stored and shown, each already rounded to four places:
 * whoever adds up the marks by hand gets the total. So three items worth 1 point with a third earned on each give 0.9999,
 * while three thirds inside one item are added before rounding and give 1. Pending items count among the possible points.
 */
export function totalsOf(marks: readonly Mark[]): Totals {
  let points = ZERO;
  let maxPoints = ZERO;
  let pendingCount = 0;
  for (const mark of marks) {
    maxPoints = add(maxPoints, decimal(mark.maxPoints, TOTAL_LIMITS));
    if (mark.points === null) pendingCount += 1;
    else points = add(points, decimal(mark.points, TOTAL_LIMITS));
  }
  const share = shareOf(points, maxPoints);
  return {
    state: pendingCount === 0 ? 'graded' : 'pending',
    points: formatDecimal(points),
    maxPoints: formatDecimal(maxPoints),
    percent: share === null ? null : formatDecimal(share, 2),
    gradedCount: marks.length - pendingCount,
    pendingCount,
  };
}

function shareOf(points: Fraction, maxPoints: Fraction): Fraction | null {
  return maxPoints.num === 0n ? null : divide(multiply(points, HUNDRED), maxPoints);
}

/** Points of possible points in percent, two places, half up; null when nothing can be earned. */
export function percentOf(points: string, maxPoints: string): string | null {
  const share = shareOf(decimal(points, TOTAL_LIMITS), decimal(maxPoints, TOTAL_LIMITS));
  return share === null ? null : formatDecimal(share, 2);
}

/**
 * Tells whether a total passes, compared exactly: 49.996 % does not pass 50 %, although it is shown as 50.00 %.
 * @param passPercent percent with at most four places.
 */
export function isPassed(points: string, maxPoints: string, passPercent: string | number): boolean {
  const share = shareOf(decimal(points, TOTAL_LIMITS), decimal(maxPoints, TOTAL_LIMITS));
  return share !== null && compare(share, decimal(passPercent)) >= 0;
}

/**
 * Grades one response by the rule of its item, or by its key where there is none.
 * @throws TypeError or RangeError when response or key do not have the shape of their type.
 */
export function gradeByRule({ question, points, rule }: Omit<GradableItem, 'id'>, response: unknown): ItemGrade & { readonly decided?: true } {
  const answered = isAnswered(question.type, response);
  if (rule === 'drop') return { state: 'graded', points: '0', maxPoints: '0', ratio: '0', answered, decided: true };
  if (rule === undefined || (rule === 'answered-correct' && !answered)) return gradeItem(question, response, points);
  const maxPoints = formatDecimal(decimal(points));
  return { state: 'graded', points: maxPoints, maxPoints, ratio: '1', answered, decided: true };
}

/**
 * Grades a session.
 * @param items all items of its paper.
 * @param answers the last responses by item id; absent and null are unanswered; ids of other items are ignored.
 * @throws TypeError or RangeError when a response or key does not have the shape of its type.
 */
export function gradeSession(items: readonly GradableItem[], answers: ReadonlyMap<string, unknown>): SessionGrade {
  const graded = items.map((item) => ({
    itemId: item.id, ...gradeByRule(item, answers.get(item.id) ?? null), ...(item.corrected === true ? { corrected: item.corrected } : {}),
  }));
  return { items: graded, ...totalsOf(graded) };
}
