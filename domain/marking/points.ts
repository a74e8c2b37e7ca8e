import { absolute, add, compare, decimal, divide, type Fraction, formatDecimal, fraction, max, min, subtract, ZERO, type DecimalLimits } from '#domain/decimal.ts';
import type { FieldError } from '#domain/problem.ts';
import type { MarkPart, RubricChoice, RubricContent } from './types.ts';

/** What the columns of marks can hold. */
const STORED: DecimalLimits = { digits: 14, places: 4 };

/** Points of a rubric choice, or what is wrong with it. */
export type RubricVerdict = { readonly ok: true; readonly points: string } | { readonly ok: false; readonly errors: readonly FieldError[] };

/** Brings points into 0 up to what the item is worth. */
export function clampPoints(points: Fraction, maxPoints: Fraction): Fraction {
  return min(max(points, ZERO), maxPoints);
}

/**
 * The points of what was chosen in a rubric: the sum of the chosen criteria (additive) or of the chosen levels (level), brought into
 * 0 up to what the item is worth. Criteria without a choice give nothing.
 * @param maxPoints decimal string
 */
export function rubricPoints(rubric: RubricContent, selection: readonly RubricChoice[], maxPoints: string): RubricVerdict {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  let sum = ZERO;
  for (const [index, choice] of selection.entries()) {
    const criterion = rubric.criteria.find((each) => each.id === choice.criterionId);
    if (criterion === undefined || seen.has(choice.criterionId)) {
      errors.push({ pointer: `/selection/${index}/criterionId`, message: criterion === undefined ? 'is no criterion of this rubric' : 'is chosen twice' });
      continue;
    }
    seen.add(choice.criterionId);
    const points = rubric.kind === 'additive' ? criterion.points : criterion.levels?.find((level) => level.id === choice.levelId)?.points;
    if (points === undefined || (rubric.kind === 'additive' && choice.levelId !== null)) {
      errors.push({ pointer: `/selection/${index}/levelId`, message: rubric.kind === 'additive' ? 'must be null: this rubric has no levels' : 'is no level of this criterion' });
      continue;
    }
    sum = add(sum, decimal(points));
  }
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, points: formatDecimal(clampPoints(sum, decimal(maxPoints, STORED))) };
}

/** Most points that a rubric can give, before the limit of the item. */
export function highestPoints(rubric: RubricContent): string {
  let sum = ZERO;
  for (const criterion of rubric.criteria) {
    const best = rubric.kind === 'additive'
      ? max(decimal(criterion.points ?? '0'), ZERO)
      : (criterion.levels ?? []).map((level) => decimal(level.points)).reduce((left, right) => max(left, right), ZERO);
    sum = add(sum, best);
  }
  return formatDecimal(sum);
}

/** The sum of the parts, brought into 0 up to what the item is worth. */
export function partsPoints(parts: readonly MarkPart[], maxPoints: string): string {
  return formatDecimal(clampPoints(parts.map((part) => decimal(part.points)).reduce(add, ZERO), decimal(maxPoints, STORED)));
}

/** Two marks of one answer: settled by their mean, or too far apart. */
export type Settlement = { readonly agreed: true; readonly points: string } | { readonly agreed: false; readonly difference: string };

/**
 * The rule for two marks: as long as they differ by no more than the threshold, their mean counts, rounded half up to four places;
 * otherwise a person decides.
 * @param threshold points, decimal string
 */
export function settleMarks(first: string, second: string, threshold: string): Settlement {
  const left = decimal(first, STORED);
  const right = decimal(second, STORED);
  const difference = absolute(subtract(left, right));
  if (compare(difference, decimal(threshold, STORED)) > 0) return { agreed: false, difference: formatDecimal(difference) };
  return { agreed: true, points: formatDecimal(divide(add(left, right), fraction(2n))) };
}

/** Whether the same criterion or level stands twice in a rubric, or it gives no points at all. */
export function rubricErrors(rubric: RubricContent): FieldError[] {
  const errors: FieldError[] = [];
  const ids = new Set<string>();
  for (const [index, criterion] of rubric.criteria.entries()) {
    if (ids.has(criterion.id)) errors.push({ pointer: `/criteria/${index}/id`, message: 'is used twice' });
    ids.add(criterion.id);
    const levels = new Set<string>();
    for (const [place, level] of (criterion.levels ?? []).entries()) {
      if (levels.has(level.id)) errors.push({ pointer: `/criteria/${index}/levels/${place}/id`, message: 'is used twice' });
      levels.add(level.id);
    }
  }
  if (rubric.criteria.length > 0 && compare(decimal(highestPoints(rubric)), ZERO) <= 0) errors.push({ pointer: '/criteria', message: 'must be able to give more than 0 points' });
  return errors;
}
