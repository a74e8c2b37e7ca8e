import { expect, it } from 'vitest';

import { judgeRefresh } from './refresh.ts';

const USED = 1_000_000;
const token = { usedAtMs: null, expiresAtMs: 9_000_000, ended: false };

it.each([
  ['a token is used for the first time', token, USED, 'rotate'],
  ['a token is used in its last millisecond', token, 8_999_999, 'rotate'],
  ['a token is used at its end', token, 9_000_000, 'over'],
  ['the log-in has ended', { ...token, ended: true }, USED, 'over'],
  ['a used token comes again at once', { ...token, usedAtMs: USED }, USED, 'repeat'],
  ['a used token comes again 30 s later', { ...token, usedAtMs: USED }, USED + 30_000, 'repeat'],
  ['a used token comes again a millisecond after that', { ...token, usedAtMs: USED }, USED + 30_001, 'reuse'],
  ['a used token of an ended log-in comes again', { ...token, usedAtMs: USED, ended: true }, USED + 30_001, 'over'],
] as const)('when %s', (_when, given, nowMs, verdict) => {
  expect(judgeRefresh(given, nowMs)).toBe(verdict);
});
