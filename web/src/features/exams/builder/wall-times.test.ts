import { describe, expect, it } from 'vitest';

import { addMinutes, instantOf, offsetIn, resolveLocal, toWallTime } from './wall-times.ts';

describe('wall times in a zone', () => {
  it('resolve by the offset of the zone on that day', () => {
    expect(offsetIn('Europe/Berlin', Date.UTC(2027, 0, 1))).toBe(60);
    expect(offsetIn('Europe/Berlin', Date.UTC(2027, 6, 1))).toBe(120);
    expect(offsetIn('Asia/Kolkata', Date.UTC(2027, 6, 1))).toBe(330);
    expect(instantOf('2027-02-02T09:00', 'Europe/Berlin')).toBe(Date.UTC(2027, 1, 2, 8));
  });

  it('tell what the change of clocks does to them', () => {
    expect(resolveLocal('2027-03-28T02:30', 'Europe/Berlin')).toMatchObject({ kind: 'gap', localTime: '2027-03-28T03:30' });
    expect(resolveLocal('2027-10-31T02:30', 'Europe/Berlin')).toMatchObject({ kind: 'overlap' });
  });

  it('are nothing while they are not complete', () => {
    expect(instantOf('', 'Europe/Berlin')).toBeUndefined();
    expect(instantOf('2027-02-02T09:00', 'Nowhere/Else')).toBeUndefined();
  });

  it('go on by the calendar', () => {
    expect(addMinutes('2027-12-31T23:30', 90)).toBe('2028-01-01T01:00');
    expect(toWallTime(Date.UTC(2027, 1, 2, 8), 'Europe/Berlin')).toBe('2027-02-02T09:00');
  });
});
