import { describe, expect, it } from 'vitest';

import { type KeyWords, numericKey, shortTextKey } from './key-text.ts';

const words: KeyWords = { or: 'or', between: (min, max) => `${min} to ${max}`, plusMinus: (value, tolerance) => `${value} ± ${tolerance}`, pattern: (pattern) => `like ${pattern}` };

describe('shortTextKey', () => {
  const rules = { matchCase: false, collapseSpaces: true };

  it('names what earns the full points only', () => {
    expect(shortTextKey({ ...rules, accepted: [{ text: 'tRNA' }, { text: 'transfer RNA', ratio: '1' }, { text: 'RNA', ratio: '0.5' }] }, words)).toBe('tRNA or transfer RNA');
  });

  it('falls back to the pattern', () => {
    expect(shortTextKey({ ...rules, accepted: [], pattern: 't?RNA' }, words)).toBe('like t?RNA');
    expect(shortTextKey({ ...rules, accepted: [] }, words)).toBe('');
  });
});

describe('numericKey', () => {
  it.each([
    ['a value with tolerance and unit', { accepted: [{ value: '60', tolerance: '0.5' }], units: [{ name: 'mm', factor: '1000' }, { name: 'µm', factor: '1' }] }, '60 ± 0.5 µm'],
    ['a value without tolerance', { accepted: [{ value: '3.14', tolerance: '0' }] }, '3.14'],
    ['a range beside a value', { accepted: [{ value: '1' }, { min: '2', max: '3' }, { value: '9', ratio: '0.5' }] }, '1 or 2 to 3'],
    ['nothing', { accepted: [] }, ''],
  ])('tells %s', (_name, key, expected) => {
    expect(numericKey(key, words)).toBe(expected);
  });
});
