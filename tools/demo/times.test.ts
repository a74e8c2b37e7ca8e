import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';

import { DAY, demoTimes, HOUR, MINUTE } from './times.ts';

/** Every fifth hour of nine weeks around a change of the clocks. */
const INSTANTS = Array.from({ length: 300 }, (_, index) => Date.UTC(2026, 1, 20) + index * 5 * HOUR + 17_123);

describe.each(['UTC', 'Europe/Oslo', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Auckland'])('the times of the demo data in %s', (zone) => {
  it('put the past exam on the morning of a working day about a week ago', () => {
    for (const nowMs of INSTANTS) {
      const { past } = demoTimes(nowMs, zone);
      const opened = DateTime.fromMillis(past.opensAtMs, { zone });
      expect([opened.hour, opened.minute, past.closesAtMs - past.opensAtMs]).toEqual([9, 0, 2 * HOUR]);
      expect(opened.weekday).toBeLessThanOrEqual(5);
      expect(nowMs - past.closesAtMs).toBeGreaterThan(6 * DAY);
      expect(nowMs - past.closesAtMs).toBeLessThan(10 * DAY);
      expect(past.localStart).toBe(opened.toFormat("yyyy-MM-dd'T'09:00"));
    }
  });

  it('have one exam opened ten minutes ago and one that opens in five, both at a full minute', () => {
    for (const nowMs of INSTANTS) {
      const { open, upcoming } = demoTimes(nowMs, zone);
      expect(nowMs - open.opensAtMs).toBeGreaterThanOrEqual(10 * MINUTE);
      expect(nowMs - open.opensAtMs).toBeLessThan(11 * MINUTE);
      expect(upcoming.opensAtMs - nowMs).toBeGreaterThanOrEqual(5 * MINUTE);
      expect(upcoming.opensAtMs - nowMs).toBeLessThan(6 * MINUTE);
      expect([open.opensAtMs % MINUTE, upcoming.opensAtMs % MINUTE]).toEqual([0, 0]);
    }
  });
});
