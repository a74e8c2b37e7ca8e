import { expect, it } from 'vitest';

import { appealDeadlineMs, canAppeal } from './appeal.ts';

const DAYS_14 = 14 * 86_400_000;

it.each([
  ['at the deadline', { open: true, sinceMs: 1000, appealDays: 14 }, 1000 + DAYS_14, true],
  ['one millisecond late', { open: true, sinceMs: 1000, appealDays: 14 }, 1001 + DAYS_14, false],
  ['while results are not out', { open: false, sinceMs: 1000, appealDays: 14 }, 1000, false],
  ['before they ever were', { open: true, sinceMs: null, appealDays: 14 }, 1000, false],
  ['where there are none', { open: true, sinceMs: 1000, appealDays: 0 }, 1000, false],
] as const)('an appeal %s is in time or not', (_name, facts, nowMs, expected) => {
  expect(canAppeal(facts, nowMs)).toBe(expected);
});

it('tells no deadline while results are not out', () => {
  expect(appealDeadlineMs({ open: false, sinceMs: 0, appealDays: 14 })).toBeNull();
  expect(appealDeadlineMs({ open: true, sinceMs: 0, appealDays: 14 })).toBe(DAYS_14);
});
