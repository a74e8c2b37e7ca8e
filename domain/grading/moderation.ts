/** Moderation: steps that are applied to the sum of the marks, which themselves stay as they were given. */
import { add, type DecimalLimits, decimal, type Fraction, formatDecimal, max, min, multiply, ZERO } from '#domain/decimal.ts';

const TOTAL_LIMITS: DecimalLimits = { digits: 18, places: 4 };

/** One step. `cap` is the most points that this step may lift somebody to; null: what can be earned. Decimal strings. */
export type ModerationStep =
  | { readonly kind: 'scale'; readonly factor: string; readonly cap: string | null }
  | { readonly kind: 'add'; readonly points: string; readonly cap: string | null };

/**
 * Applies steps to a sum, in the order in which they were decided. Each is exact, the result is rounded once, half up to four
 * places. A step never lifts anybody above its cap or above what can be earned, and never takes away from somebody who was above
 * the cap already; it never brings anybody below 0 who was not.
 * @returns decimal string
 */
export function moderate(points: string, maxPoints: string, steps: readonly ModerationStep[]): string {
  const most = decimal(maxPoints, TOTAL_LIMITS);
  return formatDecimal(steps.reduce((value, step) => applied(step, value, most), decimal(points, TOTAL_LIMITS)));
}

function applied(step: ModerationStep, value: Fraction, most: Fraction): Fraction {
  const wanted = step.kind === 'scale' ? multiply(value, decimal(step.factor)) : add(value, decimal(step.points));
  const cap = step.cap === null ? most : min(most, decimal(step.cap));
  return max(min(wanted, max(cap, value)), min(ZERO, value));
}
