/** Numbers in keys and numbers as students type them, both read exactly. */
import { type Fraction, fraction } from '#domain/decimal.ts';

const EXACT = /^([+-]?)([0-9]{1,60})(?:\.([0-9]{1,60}))?(?:[eE]([+-]?[0-9]{1,3}))?$/;

function scaled(negative: boolean, whole: string, places: string, exponent: number): Fraction {
  const digits = BigInt((whole + places).slice(0, 200) || '0');
  const shift = exponent - places.length;
  const magnitude = shift >= 0 ? digits * 10n ** BigInt(shift) : digits;
  return fraction(negative ? -magnitude : magnitude, shift >= 0 ? 1n : 10n ** BigInt(-shift));
}

/**
 * Reads a number of a key: decimal point, no thousands marks, an exponent of at most three digits ("3.14", "-2", "6.022e23").
 * @returns the exact value, or undefined when it is no such number.
 */
export function parseKeyNumber(text: string): Fraction | undefined {
  const match = EXACT.exec(text);
  if (match === null) return undefined;
  return scaled(match[1] === '-', match[2] ?? '', match[3] ?? '', Number(match[4] ?? 0));
}

/** A number as it may have been meant, and the unit typed behind it ('' when none). */
export interface TypedNumber {
  /** One reading, or two for "1,234", which is 1234 in English and 1.234 in most of Europe. */
  readonly readings: readonly Fraction[];
  readonly unit: string;
}

const TYPED =
  /^([+-]?)\s*((?:[0-9][0-9.,\s'’]*)?[0-9][.,]?|[.,][0-9]+)(?:[eE]([+-]?[0-9]{1,3})(?![0-9])|\s*[x×*·]\s*10\s*(?:\^|\*\*)\s*\(?([+-]?[0-9]{1,3})\)?)?\s*([^0-9\s].*)?$/;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const GROUPED = /^[0-9]{1,3}(?:[.,\s'’][0-9]{3})+$/;
const ONE_MARK_GROUPED = /^[0-9]{1,3}(?:([.,\s'’])[0-9]{3})(?:\1[0-9]{3})*$/;

function plainText(text: string): string {
  const powers = text.replace(/10([⁺⁻]?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/gu, (_, sign: string, digits: string) => {
    const plain = [...digits].map((digit) => SUPERSCRIPTS.indexOf(digit)).join('');
    return `10^${sign === '⁻' ? '-' : ''}${plain}`;
  });
  return powers.normalize('NFKC').replace(/[−‒–]/gu, '-').replace(/\s+/gu, ' ').trim();
}

/** Splits "1.234,5" at the decimal mark and takes the thousands marks out; undefined when the groups make no sense. */
function splitMantissa(mantissa: string): (readonly [whole: string, places: string])[] {
  const marks = mantissa.replace(/[0-9\s'’]/gu, '');
  const last = Math.max(mantissa.lastIndexOf('.'), mantissa.lastIndexOf(','));
  const count = marks.length;
  const repeated = count > 1 && new Set(marks).size === 1;
  const splits: (readonly [string, string])[] = [];
  if (last === -1 || repeated) {
    if (/^[0-9]+$/.test(mantissa)) splits.push([mantissa, '']);
    else if (ONE_MARK_GROUPED.test(mantissa)) splits.push([mantissa.replace(/[^0-9]/gu, ''), '']);
    return splits;
  }
  const whole = mantissa.slice(0, last);
  const places = mantissa.slice(last + 1);
  if (!/^[0-9]*$/.test(places)) return splits;
  const thousandsAreClear = !whole.includes(mantissa[last] ?? '') && (/^[0-9]*$/.test(whole) || ONE_MARK_GROUPED.test(whole));
  if (thousandsAreClear) splits.push([whole.replace(/[^0-9]/gu, ''), places]);
  if (count === 1 && mantissa[last] === ',' && GROUPED.test(mantissa) && !whole.startsWith('0')) {
    splits.push([mantissa.replace(/[^0-9]/gu, ''), '']);
  }
  return splits;
}

/**
 * Reads what a student typed into a number field. Understood: decimal point or comma; thousands marks (comma, point, space,
 * apostrophe) in groups of three; any minus sign; exponents "1.5e3", "1.5×10^3", "1.5·10³"; a unit behind the number.
 * A single point is always the decimal mark; a single comma before three digits ("1,234") gives both readings.
 * @returns the readings and the unit, or undefined when it is no number.
 */
export function readTypedNumber(text: string): TypedNumber | undefined {
  const match = TYPED.exec(plainText(text));
  if (match === null) return undefined;
  const mantissa = match[2] ?? '';
  const exponent = Number(match[3] ?? match[4] ?? 0);
  const readings = splitMantissa(mantissa).map(([whole, places]) => scaled(match[1] === '-', whole, places, exponent));
  return readings.length === 0 ? undefined : { readings, unit: match[5] ?? '' };
}

/** The form in which unit names are compared: compatibility characters folded ("µ", "m²"), no spaces; case counts (mm, Mm). */
export function unitForm(name: string): string {
  return name.normalize('NFKC').replace(/\s+/gu, '');
}
