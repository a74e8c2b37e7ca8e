import { describe, expect, it } from 'vitest';
import { isPattern, matchesWhole, MAX_PATTERN_LENGTH } from './pattern.ts';

describe('patterns', () => {
  it.each(['colou?r', '(?i)dna', '\\d{3}', 'a|b', '', '\\p{Greek}+'])('takes %j as RE2', (pattern) => {
    expect(isPattern(pattern)).toBe(true);
  });

  it.each(['(', 'a**', '[z-a]', '(?=x)', '(a)\\1', 'x{2,1}', 'a{1001}'])('refuses %j', (pattern) => {
    expect(isPattern(pattern)).toBe(false);
  });

  it('refuses a pattern beyond the length limit', () => {
    expect(isPattern('a'.repeat(MAX_PATTERN_LENGTH))).toBe(true);
    expect(isPattern('a'.repeat(MAX_PATTERN_LENGTH + 1))).toBe(false);
  });

  it.each<[string, string, boolean, boolean]>([
    ['colou?r', 'color', true, true],
    ['colou?r', 'my colour', true, false],
    ['a|ab', 'ab', true, true],
    ['dna', 'DNA', true, false],
    ['dna', 'DNA', false, true],
    ['a.c', 'a\nc', true, false],
    ['(', '(', true, false],
  ])('matches %j against the whole of %j (case counts: %s): %s', (pattern, text, matchCase, expected) => {
    expect(matchesWhole(pattern, text, matchCase)).toBe(expected);
  });

  it('takes linear time where backtracking engines hang', () => {
    expect(matchesWhole('(a+)+b', 'a'.repeat(20_000), true)).toBe(false);
  });

  it('still answers right after more patterns than it remembers', () => {
    for (let index = 0; index < 600; index += 1) expect(matchesWhole(`x${index}`, `x${index}`, true)).toBe(true);
    expect(matchesWhole('x1', 'x1', true)).toBe(true);
  });
});
