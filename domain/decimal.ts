/**
 * Exact numbers for points, marks, tolerances and time multipliers: fractions of two BigInts, so that no sum of marks ever
 * depends on binary floating point and thirds stay thirds until the one rounding at the end.
 * @source IEEE 754-2019 section 4.3.1 "roundTiesToAway" for the rounding rule; it is also what PostgreSQL `round(numeric)` does.
 */

/** An exact fraction in lowest terms; `den` is always positive. */
export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

/** Digits and places that a decimal text may have. */
export interface DecimalLimits {
  /** Most digits in all, leading zeros not counted. */
  readonly digits: number;
  /** Most digits after the point, trailing zeros not counted. */
  readonly places: number;
}

/** The limits of points and marks in the API: at most 10 digits, 4 places. */
export const POINTS_LIMITS: DecimalLimits = { digits: 10, places: 4 };

/** Places that a stored mark has. */
export const POINTS_PLACES = 4;

const POWERS: bigint[] = [1n];

function powerOfTen(exponent: number): bigint {
  const known = POWERS[exponent];
  if (known !== undefined) return known;
  const power = 10n ** BigInt(exponent);
  if (exponent < 64) POWERS[exponent] = power;
  return power;
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let a = left < 0n ? -left : left;
  let b = right;
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/**
 * Builds a fraction in lowest terms.
 * @throws RangeError when the denominator is 0.
 */
export function fraction(num: bigint, den: bigint = 1n): Fraction {
  if (den === 0n) throw new RangeError('a fraction needs a denominator other than 0');
  if (den === 1n) return { num, den };
  const sign = den < 0n ? -1n : 1n;
  const divisor = greatestCommonDivisor(num, den * sign);
  return { num: (sign * num) / divisor, den: (sign * den) / divisor };
}

/** The number 0. */
export const ZERO: Fraction = { num: 0n, den: 1n };
/** The number 1. */
export const ONE: Fraction = { num: 1n, den: 1n };

const DECIMAL = /^(-?)([0-9]{1,40})(?:\.([0-9]{1,40}))?$/;

/**
 * Reads a plain decimal ("2.5", "-0.25"; no exponent, no sign "+", no bare point), or a JavaScript number written that way.
 * @param limits the digits and places that are allowed, points by default.
 * @returns the exact value, or undefined when it is no such decimal or beyond the limits.
 */
export function parseDecimal(value: string | number, limits: DecimalLimits = POINTS_LIMITS): Fraction | undefined {
  const match = DECIMAL.exec(typeof value === 'number' ? String(value) : value);
  if (match === null) return undefined;
  const whole = (match[2] ?? '').replace(/^0+/, '');
  const places = (match[3] ?? '').replace(/0+$/, '');
  if (places.length > limits.places || whole.length + places.length > limits.digits) return undefined;
  const magnitude = BigInt(whole + places || '0');
  return fraction(match[1] === '-' ? -magnitude : magnitude, powerOfTen(places.length));
}

/**
 * Reads a decimal that was checked before (a stored mark, a contract field).
 * @throws RangeError when it is no decimal within the limits.
 */
export function decimal(value: string | number, limits: DecimalLimits = POINTS_LIMITS): Fraction {
  const parsed = parseDecimal(value, limits);
  if (parsed === undefined) throw new RangeError(`not a decimal of at most ${limits.digits} digits and ${limits.places} places`);
  return parsed;
}

/** The exact sum. */
export function add(left: Fraction, right: Fraction): Fraction {
  if (left.den === right.den) return fraction(left.num + right.num, left.den);
  return fraction(left.num * right.den + right.num * left.den, left.den * right.den);
}

/** The exact difference `left - right`. */
export function subtract(left: Fraction, right: Fraction): Fraction {
  return add(left, { num: -right.num, den: right.den });
}

/** The exact product. */
export function multiply(left: Fraction, right: Fraction): Fraction {
  return fraction(left.num * right.num, left.den * right.den);
}

/**
 * The exact quotient as a fraction.
 * @throws RangeError when `right` is 0.
 */
export function divide(left: Fraction, right: Fraction): Fraction {
  return fraction(left.num * right.den, left.den * right.num);
}

/** Orders two numbers: negative, 0 or positive, as a sort function wants it. */
export function compare(left: Fraction, right: Fraction): number {
  const a = left.num * right.den;
  const b = right.num * left.den;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The smaller of two numbers. */
export function min(left: Fraction, right: Fraction): Fraction {
  return compare(left, right) <= 0 ? left : right;
}

/** The larger of two numbers. */
export function max(left: Fraction, right: Fraction): Fraction {
  return compare(left, right) >= 0 ? left : right;
}

/** The distance from 0. */
export function absolute(value: Fraction): Fraction {
  return value.num < 0n ? { num: -value.num, den: value.den } : value;
}

/** The smallest integer that is not below the value. */
export function ceiling(value: Fraction): bigint {
  const quotient = value.num / value.den;
  return value.num > 0n && value.num % value.den !== 0n ? quotient + 1n : quotient;
}

/**
 * Rounds to so many places; a tie goes away from 0, so 0.00005 becomes 0.0001 and -0.00005 becomes -0.0001.
 * @param places digits after the point, 0 or more.
 */
export function roundHalfUp(value: Fraction, places: number = POINTS_PLACES): Fraction {
  return fraction(scaledHalfUp(value, places), powerOfTen(places));
}

function scaledHalfUp(value: Fraction, places: number): bigint {
  const scaled = (value.num < 0n ? -value.num : value.num) * powerOfTen(places);
  const rounded = (2n * scaled + value.den) / (2n * value.den);
  return value.num < 0n ? -rounded : rounded;
}

/**
 * Writes the canonical decimal text, rounded half up to so many places: "2.5", "0", "-0.25"; no trailing zeros, no "-0".
 * @param places most digits after the point.
 */
export function formatDecimal(value: Fraction, places: number = POINTS_PLACES): string {
  const scaled = scaledHalfUp(value, places);
  const sign = scaled < 0n ? '-' : '';
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const rest = digits.slice(digits.length - places).replace(/0+$/, '');
  return sign + whole + (rest === '' ? '' : `.${rest}`);
}
