import { describe, expect, it } from 'vitest';

import { localPath, withNext } from './local-path.ts';

const ORIGIN = 'https://exams.example';

describe('localPath', () => {
  it.each([
    ['/exams', '/exams'],
    ['/exams/1?a=b#c', '/exams/1?a=b#c'],
    ['/staff/exams/../people', '/staff/people'],
    ['/logins', '/logins'],
  ])('keeps %s', (next, expected) => {
    expect(localPath(next, ORIGIN)).toBe(expected);
  });

  it.each([
    [undefined],
    [''],
    ['exams'],
    ['https://evil.example/'],
    ['//evil.example'],
    ['/\\evil.example'],
    ['/\t/evil.example'],
    ['/..//evil.example'],
    ['javascript:alert(1)'],
    ['/login'],
    ['/login?next=/login'],
    ['/register'],
  ])('refuses %s', (next) => {
    expect(localPath(next, ORIGIN)).toBeUndefined();
  });
});

describe('withNext', () => {
  it('carries the place on', () => {
    expect(withNext('/register', '/exams?a=1')).toBe('/register?next=%2Fexams%3Fa%3D1');
    expect(withNext('/register', undefined)).toBe('/register');
  });
});
