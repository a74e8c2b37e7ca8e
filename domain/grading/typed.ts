/** Ratios of what was typed: short texts and numbers. */
import { absolute, compare, type Fraction, multiply, ONE, subtract, ZERO } from '#domain/decimal.ts';
import { parseKeyNumber, readTypedNumber, unitForm } from '#domain/questions/number-text.ts';
import { matchesWhole } from '#domain/questions/pattern.ts';
import type { AcceptedNumber, NumericKey, ResponseByType, ShortTextKey } from '#domain/questions/types.ts';
import { better, ratioOf } from './choice.ts';

/**
 * The form of a text in which spaces are compared: composed characters, no white space at the ends, and inside each run of
 * white space one space when the key says so.
 * @source Unicode Standard Annex 15, normalization form C.
 */
function spaceForm(text: string, collapseSpaces: boolean): string {
  const composed = text.normalize('NFC').trim();
  return collapseSpaces ? composed.replace(/\s+/gu, ' ') : composed;
}

/**
 * The form in which case does not count; upper before lower case makes "Straße" equal "STRASSE" and all sigmas equal.
 * @source Unicode Standard 16.0, section 3.13, default caseless matching (D144), by the full case mappings.
 */
function caselessForm(text: string): string {
  return text.toUpperCase().toLowerCase().normalize('NFC');
}

/**
 * Short text: the best ratio of the accepted texts that it equals; 1 when it matches the pattern as a whole.
 * `*` and other signs in accepted texts stand for themselves.
 */
export function gradeShortText(key: ShortTextKey, response: ResponseByType['short-text']): Fraction {
  const typed = spaceForm(response.text, key.collapseSpaces);
  if (key.pattern !== undefined && matchesWhole(key.pattern, typed, key.matchCase)) return ONE;
  const wanted = key.matchCase ? typed : caselessForm(typed);
  let best = ZERO;
  for (const accepted of key.accepted) {
    const text = spaceForm(accepted.text, key.collapseSpaces);
    if ((key.matchCase ? text : caselessForm(text)) === wanted) best = better(best, ratioOf(accepted.ratio));
  }
  return best;
}

function isInside(accepted: AcceptedNumber, value: Fraction): boolean {
  if ('value' in accepted) {
    const distance = absolute(subtract(value, keyNumber(accepted.value)));
    return compare(distance, keyNumber(accepted.tolerance ?? '0')) <= 0;
  }
  return compare(value, keyNumber(accepted.min)) >= 0 && compare(value, keyNumber(accepted.max)) <= 0;
}

function keyNumber(text: string): Fraction {
  const value = parseKeyNumber(text);
  if (value === undefined) throw new TypeError('a number of the key can not be read');
  return value;
}

/** The factor of the unit that goes with a number; undefined when the unit is unknown to the key or named twice differently. */
function unitFactor(key: NumericKey, typed: string, chosen: string): Fraction | undefined {
  if (typed !== '' && chosen !== '' && typed !== chosen) return undefined;
  const name = chosen === '' ? typed : chosen;
  if (name === '') return ONE;
  const unit = key.units?.find((known) => unitForm(known.name) === name);
  return unit === undefined ? undefined : keyNumber(unit.factor);
}

/**
 * Number: the best ratio of the accepted values and ranges it lies in, both ends included, compared exactly. A number without
 * unit is in the unit of the key; a unit the key does not know earns nothing. Where a text has two readings ("1,234"), the
 * better one counts.
 * @throws TypeError when the key holds no numbers.
 */
export function gradeNumeric(key: NumericKey, response: ResponseByType['numeric']): Fraction {
  const typed = readTypedNumber(response.value);
  if (typed === undefined) return ZERO;
  const factor = unitFactor(key, unitForm(typed.unit), unitForm(response.unit ?? ''));
  if (factor === undefined) return ZERO;
  let best = ZERO;
  for (const reading of typed.readings) {
    const value = multiply(reading, factor);
    for (const accepted of key.accepted) if (isInside(accepted, value)) best = better(best, ratioOf(accepted.ratio));
  }
  return best;
}
