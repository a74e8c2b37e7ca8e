/** Ratios of choices, matchings and orderings. */
import { add, compare, decimal, type Fraction, fraction, max, min, ONE, ZERO } from '#domain/decimal.ts';
import { RATIO_LIMITS } from '#domain/questions/check-keys.ts';
import type { MatchingQuestion, MultipleChoiceQuestion, OrderingQuestion, ResponseByType, SingleChoiceQuestion } from '#domain/questions/types.ts';

/** Reads a ratio of a key; 1 when absent. */
export function ratioOf(ratio: string | undefined): Fraction {
  return ratio === undefined ? ONE : decimal(ratio, RATIO_LIMITS);
}

function weightOf(weights: Readonly<Record<string, string>> | undefined, optionId: string): Fraction | undefined {
  const weight = weights !== undefined && Object.hasOwn(weights, optionId) ? weights[optionId] : undefined;
  return weight === undefined ? undefined : decimal(weight, RATIO_LIMITS);
}

/** Single choice: the weight of the option where it has one (below 0: negative marks), else 1 for the key and 0 for others. */
export function gradeSingleChoice(key: SingleChoiceQuestion['key'], response: ResponseByType['single-choice']): Fraction {
  return weightOf(key.weights, response.optionId) ?? (response.optionId === key.optionId ? ONE : ZERO);
}

/**
 * Multiple choice.
 * - all-or-nothing: 1 when exactly the right options are chosen.
 * - partial: max(0, (right chosen - wrong chosen) / right).
 * - weights: the sum of the weights of the chosen options, at most 1 and at least `minRatio` (0 unless set), so a negative
 *   weight takes back credit of this item and costs points of others only when the author allows it.
 */
export function gradeMultipleChoice(key: MultipleChoiceQuestion['key'], response: ResponseByType['multiple-choice']): Fraction {
  const chosen = new Set(response.optionIds);
  if (key.scoring === 'weights') {
    let sum = ZERO;
    for (const id of chosen) sum = add(sum, weightOf(key.weights, id) ?? ZERO);
    return max(min(sum, ONE), key.minRatio === undefined ? ZERO : decimal(key.minRatio, RATIO_LIMITS));
  }
  const right = key.optionIds.filter((id) => chosen.has(id)).length;
  const wrong = chosen.size - right;
  if (key.scoring === 'all-or-nothing') return right === key.optionIds.length && wrong === 0 ? ONE : ZERO;
  return right > wrong ? fraction(BigInt(right - wrong), BigInt(key.optionIds.length)) : ZERO;
}

/** Matching: the share of the pairs of the key that were joined; an unjoined row earns nothing. */
export function gradeMatching(key: MatchingQuestion['key'], response: ResponseByType['matching']): Fraction {
  const wanted = Object.entries(key.pairs);
  const right = wanted.filter(([left, partner]) => Object.hasOwn(response.pairs, left) && response.pairs[left] === partner).length;
  return wanted.length === 0 ? ZERO : fraction(BigInt(right), BigInt(wanted.length));
}

/** Ordering: the share of the neighbours of the key that stand next to each other, in that order, in the response. */
export function gradeOrdering(key: OrderingQuestion['key'], response: ResponseByType['ordering']): Fraction {
  const neighbours = key.order.length - 1;
  if (neighbours < 1) return ZERO;
  const follower = new Map<string, string | undefined>();
  response.order.forEach((id, index) => follower.set(id, response.order[index + 1]));
  let kept = 0;
  for (let index = 0; index < neighbours; index += 1) if (follower.get(key.order[index] ?? '') === key.order[index + 1]) kept += 1;
  return fraction(BigInt(kept), BigInt(neighbours));
}

/** Keeps the best ratio that was earned so far. */
export function better(best: Fraction, earned: Fraction): Fraction {
  return compare(earned, best) > 0 ? earned : best;
}
