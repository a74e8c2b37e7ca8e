/** Checks that several question types share: ratios, points, options, the keys of short texts and numbers. */
import { compare, type DecimalLimits, type Fraction, ONE, parseDecimal, ZERO } from '#domain/decimal.ts';
import type { ErrorList } from './error-list.ts';
import { parseKeyNumber } from './number-text.ts';
import { isPattern, MAX_PATTERN_LENGTH } from './pattern.ts';
import type { NumericKey, RichText, ShortTextKey, VisibleOption } from './types.ts';

/** Digits of a ratio or weight: ten places keep the sum of three thirds within the rounding of a mark. */
export const RATIO_LIMITS: DecimalLimits = { digits: 12, places: 10 };

/** The number -1, the lowest ratio that can take points away. */
export const MINUS_ONE: Fraction = { num: -1n, den: 1n };

/** Checks a decimal ratio within bounds; `undefined` is fine. */
export function checkRatio(errors: ErrorList, ratio: string | undefined, lowest: Fraction, pointer: string): void {
  if (ratio === undefined) return;
  const value = parseDecimal(ratio, RATIO_LIMITS);
  const inside = value !== undefined && compare(value, lowest) >= 0 && compare(value, ONE) <= 0;
  errors.unless(inside, pointer, `must be a decimal from ${lowest.num} to 1 with at most ${RATIO_LIMITS.places} places`);
}

/** Checks a points value: a decimal of 0 or more. */
export function checkPoints(errors: ErrorList, points: string, pointer: string): void {
  const value = parseDecimal(points);
  errors.unless(value !== undefined && value.num >= 0n, pointer, 'must be a decimal of 0 or more with at most 10 digits and 4 places');
}

/** Checks a list of options: enough of them, ids given and different, texts not empty. */
export function checkOptions(errors: ErrorList, options: readonly VisibleOption[], fewest: number, pointer: string): void {
  errors.unless(options.length >= fewest, pointer, `must have at least ${fewest} entries`);
  const seen = new Set<string>();
  options.forEach((option, index) => {
    errors.unless(option.id !== '' && !seen.has(option.id), `${pointer}/${index}/id`, 'must be an id that no other entry has');
    errors.unless(!isBlank(option.text), `${pointer}/${index}/text`, 'must not be empty');
    seen.add(option.id);
  });
}

/** Tells whether a text has nothing but white space. */
export function isBlank(text: RichText): boolean {
  return text.value.trim() === '';
}

/** Tells whether one of the options has this id. */
export function includesId(options: readonly VisibleOption[], id: string): boolean {
  return options.some((option) => option.id === id);
}

/** Checks the key of a short text or of a text gap; `at` is where the key stands. */
export function checkShortTextKey(errors: ErrorList, key: ShortTextKey, at: string): void {
  errors.unless(key.accepted.length > 0 || key.pattern !== undefined, `${at}/accepted`, 'must name at least one text, or the key a pattern');
  key.accepted.forEach((accepted, index) => {
    errors.unless(accepted.text.trim() !== '', `${at}/accepted/${index}/text`, 'must not be empty');
    checkRatio(errors, accepted.ratio, ZERO, `${at}/accepted/${index}/ratio`);
  });
  if (key.pattern !== undefined) {
    const fine = key.pattern !== '' && isPattern(key.pattern);
    errors.unless(fine, `${at}/pattern`, `must be a pattern in RE2 syntax of at most ${MAX_PATTERN_LENGTH} characters`);
  }
}

/** Checks the key of a number or of a number gap; `at` is where the key stands. */
export function checkNumericKey(errors: ErrorList, key: NumericKey, at: string): void {
  errors.unless(key.accepted.length > 0, `${at}/accepted`, 'must name at least one number or range');
  key.accepted.forEach((accepted, index) => {
    const pointer = `${at}/accepted/${index}`;
    checkRatio(errors, accepted.ratio, ZERO, `${pointer}/ratio`);
    if ('value' in accepted) {
      errors.unless(parseKeyNumber(accepted.value) !== undefined, `${pointer}/value`, 'must be a number with a decimal point');
      const tolerance = parseKeyNumber(accepted.tolerance ?? '0');
      errors.unless(tolerance !== undefined && tolerance.num >= 0n, `${pointer}/tolerance`, 'must be a number of 0 or more');
      return;
    }
    const lowest = parseKeyNumber(accepted.min);
    const highest = parseKeyNumber(accepted.max);
    errors.unless(lowest !== undefined, `${pointer}/min`, 'must be a number with a decimal point');
    errors.unless(highest !== undefined, `${pointer}/max`, 'must be a number with a decimal point');
    if (lowest !== undefined && highest !== undefined) errors.unless(compare(lowest, highest) <= 0, `${pointer}/max`, 'must not be below min');
  });
  key.units?.forEach((unit, index) => {
    const first = key.units?.findIndex((other) => other.name === unit.name) === index;
    errors.unless(unit.name.trim() !== '' && first, `${at}/units/${index}/name`, 'must be a name that no other unit has');
    const factor = parseKeyNumber(unit.factor);
    errors.unless(factor !== undefined && factor.num > 0n, `${at}/units/${index}/factor`, 'must be a number above 0');
  });
}

/** Checks that every unit offered to the student is one the key knows. */
export function checkOfferedUnits(errors: ErrorList, offered: readonly string[] | undefined, key: NumericKey, pointer: string): void {
  offered?.forEach((name, index) => {
    errors.unless(key.units?.some((unit) => unit.name === name) === true, `${pointer}/${index}`, 'must be a unit of the key');
  });
}

