import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLOSE_OUT_DELAY_MS, DEFAULT_REMINDER_MINUTES, isStale, type Milestone, milestonesOf, type WindowPlan } from './milestones.ts';

const HOUR = 3_600_000;
const OPEN = 1_800_000_000_000;
const CLOSE = OPEN + 2 * HOUR;
const plan: WindowPlan = {
  opensAtMs: OPEN,
  closesAtMs: CLOSE,
  lateEntryMinutes: 20,
  reminderMinutes: DEFAULT_REMINDER_MINUTES,
  lastCutoffMs: CLOSE + 10_000,
  release: 'after-close',
  releaseAtMs: null,
};
const CLOSE_OUT = CLOSE + 10_000 + CLOSE_OUT_DELAY_MS;

function outline(change: Partial<WindowPlan>): [string, number][] {
  return milestonesOf({ ...plan, ...change }).map(({ key, atMs }) => [key, atMs]);
}

describe('milestonesOf', () => {
  it('lists everything in order of time', () => {
    expect(outline({})).toEqual([
      ['reminder-1440', OPEN - 24 * HOUR],
      ['reminder-60', OPEN - HOUR],
      ['waiting-room', OPEN - HOUR / 4],
      ['open', OPEN],
      ['last-entry', OPEN + HOUR / 3],
      ['end', CLOSE],
      ['close-out', CLOSE_OUT],
      ['publication', CLOSE_OUT],
    ]);
  });

  it.each<[string, Partial<WindowPlan>, string[]]>([
    ['no late entry rule', { lateEntryMinutes: null }, ['waiting-room', 'open', 'end', 'close-out']],
    ['late entry up to the close', { lateEntryMinutes: 120 }, ['waiting-room', 'open', 'end', 'close-out']],
    ['late entry up to a minute before the close', { lateEntryMinutes: 119 }, ['waiting-room', 'open', 'last-entry', 'end', 'close-out']],
    ['no late entry at all', { lateEntryMinutes: 0 }, ['waiting-room', 'open', 'last-entry', 'end', 'close-out']],
    ['a reminder within the waiting room', { lateEntryMinutes: null, reminderMinutes: [5] }, ['waiting-room', 'reminder-5', 'open', 'end', 'close-out']],
    ['the same reminder twice', { lateEntryMinutes: null, reminderMinutes: [30, 30] }, ['reminder-30', 'waiting-room', 'open', 'end', 'close-out']],
    ['results by hand', { lateEntryMinutes: null, release: 'manual', releaseAtMs: OPEN }, ['waiting-room', 'open', 'end', 'close-out']],
    ['results at an instant that is not set', { lateEntryMinutes: null, release: 'at' }, ['waiting-room', 'open', 'end', 'close-out']],
  ])('with %s', (_name, change, keys) => {
    expect(outline({ reminderMinutes: [], release: 'immediate', ...change }).map(([key]) => key)).toEqual(keys);
  });

  it.each<[string, number, number]>([
    ['inside the window', OPEN + HOUR, CLOSE_OUT],
    ['one millisecond before the close-out', CLOSE_OUT - 1, CLOSE_OUT],
    ['one millisecond after the close-out', CLOSE_OUT + 1, CLOSE_OUT + 1],
  ])('publishes at the set instant, but never before the close-out: %s', (_name, releaseAtMs, expected) => {
    expect(outline({ release: 'at', releaseAtMs }).at(-1)).toEqual(['publication', expected]);
  });

  it('draws up the close-out after the last session, also when all end before the window', () => {
    expect(outline({ lastCutoffMs: CLOSE + HOUR })).toContainEqual(['close-out', CLOSE + HOUR + CLOSE_OUT_DELAY_MS]);
    expect(outline({ lastCutoffMs: OPEN })).toContainEqual(['close-out', CLOSE + CLOSE_OUT_DELAY_MS]);
  });

  it('moves every milestone with the window', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (shift) => {
        const moved = outline({ opensAtMs: OPEN + shift, closesAtMs: CLOSE + shift, lastCutoffMs: plan.lastCutoffMs + shift });
        expect(moved).toEqual(outline({}).map(([key, atMs]) => [key, atMs + shift]));
      }),
    );
  });
});

describe('isStale', () => {
  const find = (key: string): Milestone => milestonesOf(plan).find((milestone) => milestone.key === key) as Milestone;

  it.each([
    ['reminder-1440', 6 * HOUR],
    ['reminder-60', HOUR / 4],
    ['waiting-room', HOUR / 4],
  ])('skips %s when it is more than %d ms late', (key, lateMs) => {
    const milestone = find(key);
    expect(isStale(milestone, milestone.atMs + lateMs)).toBe(false);
    expect(isStale(milestone, milestone.atMs + lateMs + 1)).toBe(true);
  });

  it.each(['open', 'last-entry', 'end', 'close-out', 'publication'])('never skips %s', (key) => {
    expect(isStale(find(key), find(key).atMs + 365 * 24 * HOUR)).toBe(false);
  });
});
