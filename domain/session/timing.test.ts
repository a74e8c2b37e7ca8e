import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  capAtMs,
  cutoffMs,
  type DeadlineParts,
  deadlineMs,
  entitledMs,
  isBeforeCutoff,
  jitterMs,
  pauseCreditMs,
  remainingMs,
  scaledSeconds,
  shortenedExtraMs,
  stableHash,
} from './timing.ts';

const MIN = 60_000;

describe('entitledMs', () => {
  it.each<[number, string, number, number]>([
    [60, '1', 0, 60 * MIN],
    [60, '1.25', 0, 75 * MIN],
    [90, '1.25', 10, 112.5 * MIN + 10 * MIN],
    [1, '1.1', 0, 66_000],
    [1, '1.01', 0, 61_000],
    [1, '1.0001', 0, 61_000],
    [7, '1.3333', 0, 560_000],
    [60, '0.5', 0, 30 * MIN],
    [600, '1.1', 0, 660 * MIN],
    [0, '1', 5, 5 * MIN],
  ])('%d min x %s + %d min = %d ms', (durationMinutes, timeMultiplier, extraMinutes, expected) => {
    expect(entitledMs({ durationMinutes, timeMultiplier, extraMinutes })).toBe(expected);
  });

  it.each([
    [{ durationMinutes: 60, timeMultiplier: 'x', extraMinutes: 0 }],
    [{ durationMinutes: 60.5, timeMultiplier: '1', extraMinutes: 0 }],
  ])('refuses %j', (entitlement) => {
    expect(() => entitledMs(entitlement)).toThrow(RangeError);
  });
});

describe('deadline', () => {
  const parts: DeadlineParts = { startedAtMs: 1_000_000, entitledMs: 60 * MIN, capAtMs: null, extraMs: 0, pausedTotalMs: 0 };
  const own = 1_000_000 + 60 * MIN;

  it.each<[string, Partial<DeadlineParts>, number]>([
    ['own time without a cap', {}, own],
    ['own time one millisecond before the cap', { capAtMs: own + 1 }, own],
    ['the cap one millisecond before own time', { capAtMs: own - 1 }, own - 1],
    ['extension on top of the cap', { capAtMs: own - MIN, extraMs: 5 * MIN }, own + 4 * MIN],
    ['paused time on top of the cap', { capAtMs: own - MIN, pausedTotalMs: 1234 }, own - MIN + 1234],
    ['everything together', { extraMs: -30_000, pausedTotalMs: 1000 }, own - 29_000],
  ])('is %s', (_name, change, expected) => {
    expect(deadlineMs({ ...parts, ...change })).toBe(expected);
  });

  it('is capped at the window end plus what the accommodation adds', () => {
    const cap = { closesAtMs: 10_000_000, entitledMs: 75 * MIN, durationMs: 60 * MIN };
    expect(capAtMs({ endRule: 'window', ...cap })).toBe(10_000_000 + 15 * MIN);
    expect(capAtMs({ endRule: 'duration', ...cap })).toBeNull();
  });

  it('lets a save in one millisecond before the cutoff and not at it', () => {
    const cutoff = cutoffMs(own, 10_000);
    expect(cutoff).toBe(own + 10_000);
    expect(isBeforeCutoff(cutoff - 1, cutoff)).toBe(true);
    expect(isBeforeCutoff(cutoff, cutoff)).toBe(false);
  });

  it('shows the time left, standing still while paused, never below 0', () => {
    expect(remainingMs(own, own - 1, null)).toBe(1);
    expect(remainingMs(own, own + 1, null)).toBe(0);
    expect(remainingMs(own, own + 99, own - 5000)).toBe(5000);
  });

  it('gives back exactly the paused time', () => {
    expect(pauseCreditMs(1000, 2001)).toBe(1001);
    expect(pauseCreditMs(2000, 1999)).toBe(0);
  });

  it.each<[string, number, number, number]>([
    ['takes the seconds away', 600, own - 30 * MIN, own - 10 * MIN],
    ['stops at the present', 3600, own - 5 * MIN, own - 5 * MIN],
    ['reaches the present exactly', 300, own - 5 * MIN, own - 5 * MIN],
    ['leaves a deadline that is past', 60, own + 1, own],
  ])('%s when shortened', (_name, seconds, nowMs, expected) => {
    const extraMs = shortenedExtraMs(parts, seconds, nowMs);
    expect(deadlineMs({ ...parts, extraMs })).toBe(expected);
  });
});

describe('properties', () => {
  const anyParts = fc.record({
    startedAtMs: fc.integer({ min: 0, max: 2e12 }),
    entitledMs: fc.integer({ min: 0, max: 1e8 }),
    capAtMs: fc.option(fc.integer({ min: 0, max: 2e12 }), { nil: null }),
    extraMs: fc.integer({ min: -1e8, max: 1e8 }),
    pausedTotalMs: fc.integer({ min: 0, max: 1e8 }),
  });

  it('moves the deadline by exactly the extension, whatever the other parts are', () => {
    fc.assert(
      fc.property(anyParts, fc.integer({ min: 1, max: 100_000 }), (parts, seconds) => {
        const later = deadlineMs({ ...parts, extraMs: parts.extraMs + seconds * 1000 });
        return later - deadlineMs(parts) === seconds * 1000;
      }),
    );
  });

  it('never shortens below the present and never lengthens by shortening', () => {
    fc.assert(
      fc.property(anyParts, fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 0, max: 2e12 }), (parts, seconds, nowMs) => {
        const before = deadlineMs(parts);
        const after = deadlineMs({ ...parts, extraMs: shortenedExtraMs(parts, seconds, nowMs) });
        return after <= before && after >= Math.min(before, nowMs);
      }),
    );
  });
});

describe('scaledSeconds', () => {
  it.each<[number, string, number]>([
    [600, '1', 600],
    [600, '1.25', 750],
    [10, '1.25', 13],
    [1, '1.0001', 2],
    [-10, '1.25', -12],
  ])('%d s x %s = %d s', (seconds, multiplier, expected) => {
    expect(scaledSeconds(seconds, multiplier)).toBe(expected);
  });
});

describe('jitterMs', () => {
  it('is the known FNV-1a hash of the UTF-16 bytes', () => {
    expect(stableHash('')).toBe(0x811c9dc5);
    expect(stableHash('a')).toBe(fnv([0x61, 0]));
    expect(stableHash('é☃')).toBe(fnv([0xe9, 0, 0x03, 0x26]));
  });

  it('is the same for the same session and below a 50th of a second per session', () => {
    for (let index = 0; index < 500; index += 1) {
      const id = `018f0000-0000-7000-8000-${String(index).padStart(12, '0')}`;
      const jitter = jitterMs(id, 2000);
      expect(jitter).toBe(jitterMs(id, 2000));
      expect(jitter).toBeGreaterThanOrEqual(0);
      expect(jitter).toBeLessThan(40_000);
      expect(jitterMs(id, 1)).toBeLessThan(20);
      expect(jitterMs(id, 0)).toBeLessThan(20);
    }
  });

  it('spreads 2,000 sessions so that no second gets more than twice its share', () => {
    const perSecond = new Map<number, number>();
    for (let index = 0; index < 2000; index += 1) {
      const second = Math.floor(jitterMs(`018f0000-0000-7000-8000-${String(index * 7919).padStart(12, '0')}`, 2000) / 1000);
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
    }
    expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(100);
  });
});

function fnv(bytes: number[]): number {
  return Number(bytes.reduce((hash, byte) => ((hash ^ BigInt(byte)) * 0x01000193n) & 0xffffffffn, 0x811c9dc5n));
}
