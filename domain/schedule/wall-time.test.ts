import fc from 'fast-check';
import { DateTime, IANAZone } from 'luxon';
import { describe, expect, it } from 'vitest';
import { isWallTime, type OffsetAt, resolveWallTime, wallTimeAt } from './wall-time.ts';

function zone(name: string): OffsetAt {
  const iana = IANAZone.create(name);
  return (epochMs) => iana.offset(epochMs);
}

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('.000Z', 'Z');
}

describe('resolveWallTime', () => {
  it.each<[string, string, string, string, string]>([
    ['UTC', '2026-12-01T09:00', '2026-12-01T09:00:00Z', 'exact', '2026-12-01T09:00'],
    ['Europe/Berlin', '2026-12-01T09:00', '2026-12-01T08:00:00Z', 'exact', '2026-12-01T09:00'],
    ['Europe/Berlin', '2026-07-01T09:00', '2026-07-01T07:00:00Z', 'exact', '2026-07-01T09:00'],
    ['Asia/Kolkata', '2026-07-01T09:00', '2026-07-01T03:30:00Z', 'exact', '2026-07-01T09:00'],
    ['Pacific/Kiritimati', '2026-01-01T00:00', '2025-12-31T10:00:00Z', 'exact', '2026-01-01T00:00'],
    ['Pacific/Niue', '2026-01-01T00:00', '2026-01-01T11:00:00Z', 'exact', '2026-01-01T00:00'],
    // spring 2026 in Berlin: 02:00 becomes 03:00 at 01:00 UTC
    ['Europe/Berlin', '2026-03-29T01:59', '2026-03-29T00:59:00Z', 'exact', '2026-03-29T01:59'],
    ['Europe/Berlin', '2026-03-29T02:00', '2026-03-29T01:00:00Z', 'gap', '2026-03-29T03:00'],
    ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:30:00Z', 'gap', '2026-03-29T03:30'],
    ['Europe/Berlin', '2026-03-29T02:59', '2026-03-29T01:59:00Z', 'gap', '2026-03-29T03:59'],
    ['Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00:00Z', 'exact', '2026-03-29T03:00'],
    // autumn 2026 in Berlin: 03:00 becomes 02:00 at 01:00 UTC
    ['Europe/Berlin', '2026-10-25T01:59', '2026-10-24T23:59:00Z', 'exact', '2026-10-25T01:59'],
    ['Europe/Berlin', '2026-10-25T02:00', '2026-10-25T00:00:00Z', 'overlap', '2026-10-25T02:00'],
    ['Europe/Berlin', '2026-10-25T02:59', '2026-10-25T00:59:00Z', 'overlap', '2026-10-25T02:59'],
    ['Europe/Berlin', '2026-10-25T03:00', '2026-10-25T02:00:00Z', 'exact', '2026-10-25T03:00'],
    // west of Greenwich, and a zone that moves by half an hour
    ['America/New_York', '2026-03-08T02:30', '2026-03-08T07:30:00Z', 'gap', '2026-03-08T03:30'],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30:00Z', 'overlap', '2026-11-01T01:30'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:45:00Z', 'gap', '2026-10-04T02:45'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45:00Z', 'overlap', '2026-04-05T01:45'],
    // Samoa left out a whole day
    ['Pacific/Apia', '2011-12-30T09:00', '2011-12-30T19:00:00Z', 'gap', '2011-12-31T09:00'],
    ['Pacific/Apia', '2011-12-31T09:00', '2011-12-30T19:00:00Z', 'exact', '2011-12-31T09:00'],
  ])('%s %s is %s (%s)', (name, localTime, instant, kind, shown) => {
    const result = resolveWallTime(localTime, zone(name));
    expect(result && [iso(result.epochMs), result.kind, result.localTime]).toEqual([instant, kind, shown]);
  });

  it('shows the resolved instant on the clocks of the zone', () => {
    const names = ['Europe/London', 'America/St_Johns', 'Asia/Kathmandu', 'Africa/Casablanca', 'Pacific/Chatham', 'America/Santiago'];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.integer({ min: 1_500_000_000, max: 2_000_000_000 }), (name, seconds) => {
        const offsetAt = zone(name);
        const minuteMs = Math.floor(seconds / 60) * 60_000;
        const shown = wallTimeAt(minuteMs, offsetAt(minuteMs));
        const result = resolveWallTime(shown, offsetAt);
        expect(shown).toBe(DateTime.fromMillis(minuteMs, { zone: name }).toFormat("yyyy-MM-dd'T'HH:mm"));
        expect(result?.localTime).toBe(shown);
        // a time on the clocks exists; of two instants the first is taken
        if (result?.kind === 'overlap') expect(result.epochMs).toBeLessThanOrEqual(minuteMs);
        else expect(result).toMatchObject({ kind: 'exact', epochMs: minuteMs });
      }),
      { numRuns: 500 },
    );
  });
});

describe('isWallTime', () => {
  it.each(['2026-12-01T09:00', '2024-02-29T00:00', '2000-02-29T23:59', '0001-01-01T00:00', '9999-12-31T23:59'])('takes %s', (text) => {
    expect(isWallTime(text)).toBe(true);
  });

  it.each(['', '2026-12-01', '2026-12-01T9:00', '2026-12-01T09:00:00', '2026-12-01T09:00Z', '2026-13-01T09:00', '2026-00-01T09:00', '2026-02-29T09:00', '1900-02-29T09:00', '2026-04-31T09:00', '2026-12-00T09:00', '2026-12-01T24:00', '2026-12-01T09:60'])(
    'refuses %j',
    (text) => {
      expect(isWallTime(text)).toBe(false);
      expect(resolveWallTime(text, () => 0)).toBeUndefined();
    },
  );

  it('knows every day of 800 years', () => {
    for (let day = Date.UTC(1800, 0, 1) / 86_400_000; day < Date.UTC(2600, 0, 1) / 86_400_000; day += 1) {
      const expected = new Date(day * 86_400_000).toISOString().slice(0, 16);
      if (wallTimeAt(day * 86_400_000, 0) !== expected) throw new Error(expected);
    }
  });
});
