/** What corrections change in marks and results, before anything is changed. */
import { add, type DecimalLimits, decimal, divide, formatDecimal, multiply, subtract, ZERO } from '#domain/decimal.ts';
import { meanOf } from './distribution.ts';
import { type Mark, gradeByRule, type GradableItem } from './grade-session.ts';
import { type Result, resultOf, type ResultRules } from './result.ts';
import { gradeRank, type ResolvedScale } from './scale.ts';

const TOTAL_LIMITS: DecimalLimits = { digits: 18, places: 4 };

/** A mark as it stands, with what it was given for. */
export interface StandingMark extends Mark {
  readonly itemId: string;
  readonly source: 'auto' | 'manual';
  readonly response: unknown;
}

/** A graded session: its sum, and its marks of the items that are corrected. */
export interface StandingSession {
  readonly sessionId: string;
  /** The attempt counts. */
  readonly counted: boolean;
  /** The sum of all marks, before moderation. */
  readonly points: string;
  readonly maxPoints: string;
  /** Marks of the session that wait for a person. */
  readonly pendingCount: number;
  readonly marks: readonly StandingMark[];
}

/** One mark before and after. */
export interface MarkChange {
  readonly itemId: string;
  readonly source: 'auto' | 'manual';
  readonly before: Mark;
  readonly after: Mark;
}

/** A result as one side of a change. */
export type ResultSide = Result & { readonly maxPoints: string };

/** What changes in one session. */
export interface SessionChange {
  readonly sessionId: string;
  readonly counted: boolean;
  readonly before: ResultSide;
  readonly after: ResultSide;
  readonly crosses: { readonly grade: 'up' | 'down' | 'same'; readonly pass: 'gained' | 'lost' | 'same' };
  readonly marks: readonly MarkChange[];
}

/** The changes in numbers. */
export interface RegradeSummary {
  readonly sessions: number;
  readonly changedSessions: number;
  readonly changedMarks: number;
  readonly raised: number;
  readonly lowered: number;
  readonly gradeRaised: number;
  readonly gradeLowered: number;
  readonly passGained: number;
  readonly passLost: number;
  readonly keptManual: number;
  readonly meanPercentBefore: number | null;
  readonly meanPercentAfter: number | null;
}

/**
 * The mark that stands after a correction. What a person gave stays, in proportion where the item is worth more or less now (rounded
 * half up to four places); a rule about the whole item (dropped, all correct) holds for it too.
 * @throws TypeError or RangeError when response or key do not have the shape of their type.
 */
export function markAfter(mark: StandingMark, item: GradableItem): Mark {
  const { points, maxPoints, decided } = gradeByRule(item, mark.response);
  if (mark.source === 'auto' || decided === true) return { points, maxPoints };
  if (mark.points === null) return { points: null, maxPoints };
  const worth = decimal(mark.maxPoints, TOTAL_LIMITS);
  if (worth.num === 0n) return { points: '0', maxPoints };
  return { points: formatDecimal(divide(multiply(decimal(mark.points, TOTAL_LIMITS), decimal(maxPoints, TOTAL_LIMITS)), worth)), maxPoints };
}

function isSame(left: string | null, right: string | null): boolean {
  if (left === null || right === null) return left === right;
  return formatDecimal(decimal(left, TOTAL_LIMITS)) === formatDecimal(decimal(right, TOTAL_LIMITS));
}

/** A session with its marks and its sum after the corrections. */
export interface RegradedSession {
  readonly sessionId: string;
  readonly counted: boolean;
  readonly isFinal: boolean;
  readonly points: string;
  readonly maxPoints: string;
  readonly marks: readonly MarkChange[];
  readonly keptManual: number;
}

/** Gives every mark of a session that is corrected anew, and takes it into the sum. */
export function regradeSession(session: StandingSession, items: ReadonlyMap<string, GradableItem>): RegradedSession {
  const marks = session.marks.flatMap((mark): MarkChange[] => {
    const item = items.get(mark.itemId);
    if (item === undefined) return [];
    const before = { points: mark.points, maxPoints: mark.maxPoints };
    return [{ itemId: mark.itemId, source: mark.source, before, after: markAfter(mark, item) }];
  });
  const changed = marks.filter(({ before, after }) => !isSame(before.points, after.points) || !isSame(before.maxPoints, after.maxPoints));
  const difference = (part: (mark: Mark) => string | null): string => formatDecimal(
    changed.reduce((sum, { before, after }) => add(sum, subtract(decimal(part(after) ?? '0', TOTAL_LIMITS), decimal(part(before) ?? '0', TOTAL_LIMITS))), ZERO),
  );
  const plus = (sum: string, more: string): string => formatDecimal(add(decimal(sum, TOTAL_LIMITS), decimal(more, TOTAL_LIMITS)));
  const settled = changed.reduce((count, { before, after }) => count + Number(before.points === null) - Number(after.points === null), 0);
  return {
    sessionId: session.sessionId,
    counted: session.counted,
    isFinal: session.pendingCount - settled === 0,
    points: plus(session.points, difference((mark) => mark.points)),
    maxPoints: plus(session.maxPoints, difference((mark) => mark.maxPoints)),
    marks: changed,
    keptManual: marks.filter((mark) => mark.source === 'manual' && !changed.includes(mark)).length,
  };
}

function crossedGrade(scale: ResolvedScale, before: string | null, after: string | null): 'up' | 'down' | 'same' {
  const [from, to] = [gradeRank(scale, before), gradeRank(scale, after)];
  if (from === null || to === null || from === to) return 'same';
  return to < from ? 'up' : 'down';
}

function crossedPass(before: boolean | null, after: boolean | null): 'gained' | 'lost' | 'same' {
  if (before === after || before === null || after === null) return 'same';
  return after ? 'gained' : 'lost';
}

/**
 * Compares the results before and after. Cut-offs by rank move with the class, so a session can change its grade although none of
 * its marks changes.
 * @param rules before and after
 * @returns sessions that change, and all of it in numbers
 */
export function compareResults(
  sessions: readonly StandingSession[], regraded: readonly RegradedSession[], rules: { readonly before: ResultRules; readonly after: ResultRules },
): { readonly changes: readonly SessionChange[]; readonly summary: RegradeSummary } {
  const compared = sessions.map((session, index) => {
    const fresh = regraded[index]!;
    const before = sideOf({ points: session.points, maxPoints: session.maxPoints, isFinal: session.pendingCount === 0 }, rules.before);
    const after = sideOf(fresh, rules.after);
    const crosses = { grade: crossedGrade(rules.after.scale, before.gradeLabel, after.gradeLabel), pass: crossedPass(before.passed, after.passed) };
    return { sessionId: session.sessionId, counted: session.counted, before, after, crosses, marks: fresh.marks };
  });
  const changes = compared.filter(({ before, after, crosses, marks }) =>
    marks.length > 0 || crosses.grade !== 'same' || crosses.pass !== 'same' || before.gradeLabel !== after.gradeLabel || !isSame(before.points, after.points));
  const count = (matches: (change: SessionChange) => boolean): number => changes.filter(matches).length;
  const moved = ({ before, after }: SessionChange): number => Number(after.percent ?? 0) - Number(before.percent ?? 0);
  const mean = (side: 'before' | 'after'): number | null =>
    meanOf(compared.flatMap((each) => (each.counted && each[side].percent !== null ? [Number(each[side].percent)] : [])));
  return {
    changes,
    summary: {
      sessions: sessions.length,
      changedSessions: changes.length,
      changedMarks: changes.reduce((sum, { marks }) => sum + marks.length, 0),
      raised: count((change) => moved(change) > 0),
      lowered: count((change) => moved(change) < 0),
      gradeRaised: count(({ crosses }) => crosses.grade === 'up'),
      gradeLowered: count(({ crosses }) => crosses.grade === 'down'),
      passGained: count(({ crosses }) => crosses.pass === 'gained'),
      passLost: count(({ crosses }) => crosses.pass === 'lost'),
      keptManual: regraded.reduce((sum, { keptManual }) => sum + keptManual, 0),
      meanPercentBefore: mean('before'),
      meanPercentAfter: mean('after'),
    },
  };
}

function sideOf(total: { points: string; maxPoints: string; isFinal: boolean }, rules: ResultRules): ResultSide {
  const canonical = (value: string): string => formatDecimal(decimal(value, TOTAL_LIMITS));
  const result = resultOf(total, rules);
  return { ...result, points: canonical(result.points), maxPoints: canonical(total.maxPoints) };
}
