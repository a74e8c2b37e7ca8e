import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absolute,
  add,
  ceiling,
  compare,
  decimal,
  divide,
  formatDecimal,
  fraction,
  max,
  min,
  multiply,
  ONE,
  parseDecimal,
  roundHalfUp,
  subtract,
  ZERO,
} from './decimal.ts';

describe('parseDecimal', () => {
  it.each([
    ['2.5', '2.5'],
    ['0', '0'],
    ['-0', '0'],
    ['-0.25', '-0.25'],
    ['007.5000', '7.5'],
    ['1234567890', '1234567890'],
    ['123456.7890', '123456.789'],
    [2.5, '2.5'],
    [0, '0'],
    [-1, '-1'],
    [0.1, '0.1'],
  ])('reads %s as %s', (input, canonical) => {
    expect(formatDecimal(decimal(input))).toBe(canonical);
  });

  it.each(['', ' 1', '1 ', '+1', '.5', '5.', '1e3', '1,5', '0x1', 'NaN', '--1', '12345678901', '0.00001', '1234567.8901', '١'])(
    'refuses %j',
    (input) => {
      expect(parseDecimal(input)).toBeUndefined();
      expect(() => decimal(input)).toThrow(RangeError);
    },
  );

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e21, 1e-7, 0.1 + 0.2])('refuses the number %d', (input) => {
    expect(parseDecimal(input)).toBeUndefined();
  });

  it('takes wider limits when asked', () => {
    expect(formatDecimal(decimal('0.000001', { digits: 30, places: 10 }), 10)).toBe('0.000001');
  });
});

describe('arithmetic', () => {
  it('adds 0.1 and 0.2 to exactly 0.3', () => {
    expect(compare(add(decimal('0.1'), decimal('0.2')), decimal('0.3'))).toBe(0);
  });

  it('gives three thirds of a point as exactly one point', () => {
    const third = divide(ONE, decimal('3'));
    expect(add(add(third, third), third)).toEqual(ONE);
  });

  it('subtracts, multiplies and divides exactly', () => {
    expect(formatDecimal(subtract(decimal('1'), decimal('1.25')))).toBe('-0.25');
    expect(formatDecimal(multiply(decimal('2.5'), fraction(2n, 3n)))).toBe('1.6667');
    expect(divide(decimal('1'), decimal('-3'))).toEqual({ num: -1n, den: 3n });
  });

  it('refuses a division by zero', () => {
    expect(() => divide(ONE, ZERO)).toThrow(RangeError);
  });

  it('orders numbers', () => {
    expect(compare(decimal('-1'), ZERO)).toBe(-1);
    expect(compare(fraction(1n, 3n), decimal('0.3333'))).toBe(1);
    expect(min(ONE, ZERO)).toBe(ZERO);
    expect(max(ONE, ZERO)).toBe(ONE);
    expect(absolute(decimal('-2'))).toEqual(decimal('2'));
  });

  it.each([
    ['2', 2n],
    ['2.0001', 3n],
    ['-2.5', -2n],
    ['0', 0n],
  ])('takes the ceiling of %s', (input, expected) => {
    expect(ceiling(decimal(input))).toBe(expected);
  });
});

describe('rounding', () => {
  it.each([
    [fraction(1n, 20_000n), '0.0001'],
    [fraction(-1n, 20_000n), '-0.0001'],
    [fraction(1n, 20_001n), '0'],
    [fraction(-1n, 20_001n), '0'],
    [fraction(2n, 3n), '0.6667'],
    [fraction(1n, 3n), '0.3333'],
    [fraction(99_999_5n, 100_000_0n), '1'],
  ])('rounds %o half up to four places: %s', (value, expected) => {
    expect(formatDecimal(value)).toBe(expected);
    expect(formatDecimal(roundHalfUp(value))).toBe(expected);
  });

  it('rounds to two places for percentages', () => {
    expect(formatDecimal(fraction(200n, 3n), 2)).toBe('66.67');
    expect(formatDecimal(fraction(5n, 1n), 0)).toBe('5');
  });
});

const points = fc.integer({ min: -9_999_999_999, max: 9_999_999_999 }).map((n) => fraction(BigInt(n), 10_000n));

describe('properties', () => {
  it('survives a round trip through text', () => {
    fc.assert(fc.property(points, (value) => compare(decimal(formatDecimal(value)), value) === 0));
  });

  it('does not care in which order marks are added', () => {
    fc.assert(
      fc.property(fc.array(points, { maxLength: 20 }), (values) => {
        const forwards = values.reduce(add, ZERO);
        const backwards = values.reduceRight((sum, value) => add(sum, value), ZERO);
        return compare(forwards, backwards) === 0;
      }),
    );
  });

  it('never rounds by more than half a unit of the last place', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 9n }), (num, den) => {
        const value = fraction(num, den);
        const error = absolute(subtract(roundHalfUp(value), value));
        return compare(error, fraction(1n, 20_000n)) <= 0;
      }),
    );
  });
});
