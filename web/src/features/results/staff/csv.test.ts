import { describe, expect, test } from 'vitest';

import { fileNamePart, toCsv } from './csv.ts';

describe('a table as CSV', () => {
  test('a name that looks like a formula is made harmless, a negative number stays one', () => {
    expect(toCsv(['Name', 'Points'], [['=HYPERLINK("http://x")', '-2.5'], ['@sum', -3], ['+49 30 1', null]])).toBe(
      '\uFEFFName,Points\r\n"\'=HYPERLINK(""http://x"")",-2.5\r\n\'@sum,-3\r\n\'+49 30 1,\r\n',
    );
  });

  test('commas, quotes and line breaks are quoted', () => {
    expect(toCsv(['a'], [['x, "y"\nz']])).toBe('\uFEFFa\r\n"x, ""y""\nz"\r\n');
  });

  test('a file name has no sign that a system refuses', () => {
    expect([fileNamePart('Biology 1: mid/term?'), fileNamePart('***')]).toEqual(['biology-1-mid-term', 'exam']);
  });
});
