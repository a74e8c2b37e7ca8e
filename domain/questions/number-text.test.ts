import { describe, expect, it } from 'vitest';
import { formatDecimal } from '#domain/decimal.ts';
import { parseKeyNumber, readTypedNumber, unitForm } from './number-text.ts';

function readings(text: string): string[] | undefined {
  return readTypedNumber(text)?.readings.map((value) => formatDecimal(value, 12));
}

describe('parseKeyNumber', () => {
  it.each([
    ['3.14', '3.14'],
    ['-2', '-2'],
    ['+2', '2'],
    ['1e3', '1000'],
    ['1.5E-3', '0.0015'],
    ['0.000001', '0.000001'],
  ])('reads %s as %s', (text, value) => {
    const parsed = parseKeyNumber(text);
    expect(parsed && formatDecimal(parsed, 12)).toBe(value);
  });

  it.each(['', '3,14', '1 000', '.5', '5.', 'e3', '1e1000', '1e', 'abc', '*', '3.14 '])('refuses %j', (text) => {
    expect(parseKeyNumber(text)).toBeUndefined();
  });
});

describe('readTypedNumber', () => {
  it.each([
    ['3.14', ['3.14']],
    ['3,14', ['3.14']],
    [' 42 ', ['42']],
    ['+7', ['7']],
    ['-7', ['-7']],
    ['−7', ['-7']],
    ['- 7', ['-7']],
    ['.5', ['0.5']],
    [',5', ['0.5']],
    ['5.', ['5']],
    ['5,', ['5']],
    ['1,234', ['1.234', '1234']],
    ['0,234', ['0.234']],
    ['1.234', ['1.234']],
    ['12,34', ['12.34']],
    ['1234,567', ['1234.567']],
    ['1,234.5', ['1234.5']],
    ['1.234,5', ['1234.5']],
    ['1,234,567', ['1234567']],
    ['1.234.567', ['1234567']],
    ['1,234,567.89', ['1234567.89']],
    ['1 234 567,8', ['1234567.8']],
    ['1 234 567', ['1234567']],
    ["1'234'567.5", ['1234567.5']],
    ['1’234', ['1234']],
    ['1.5e3', ['1500']],
    ['1,5E-3', ['0.0015']],
    ['1.5×10^3', ['1500']],
    ['1.5 x 10^-3', ['0.0015']],
    ['1.5*10**3', ['1500']],
    ['1.5·10³', ['1500']],
    ['2×10⁻²', ['0.02']],
    ['３', ['3']],
  ])('reads %j as %j', (text, expected) => {
    expect(readings(text)).toEqual(expected);
  });

  it.each(['', ' ', 'abc', '-', '.', '1,23,456', '12 34', '1.23.4', '1,2.3,4', '1.2.3,4', '--1', 'NaN', 'Infinity', "1'23"])(
    'takes %j for no number',
    (text) => {
      expect(readTypedNumber(text)?.readings).toBeUndefined();
    },
  );

  it.each([
    ['3 m', 'm'],
    ['3m', 'm'],
    ['3.5 m/s', 'm/s'],
    ['5eV', 'eV'],
    ['5e3 eV', 'eV'],
    ['20 °C', '°C'],
    ['50%', '%'],
    ['3', ''],
    ['1 234 cm', 'cm'],
  ])('finds the unit in %j', (text, unit) => {
    expect(readTypedNumber(text)?.unit).toBe(unit);
  });

  it('reads the longest hostile text in no time', () => {
    const started = performance.now();
    for (const part of ['1 ', '1,', "'1", '1e', '1x10^']) readTypedNumber(part.repeat(50).slice(0, 100) + '!');
    expect(performance.now() - started).toBeLessThan(200);
  });
});

describe('unitForm', () => {
  it('sees the micro sign and the Greek letter, and square signs, as the same', () => {
    expect(unitForm('\u00b5m')).toBe(unitForm('\u03bcm'));
    expect(unitForm('m / s²')).toBe('m/s2');
  });

  it('keeps upper and lower case apart', () => {
    expect(unitForm('mm')).not.toBe(unitForm('Mm'));
  });
});
