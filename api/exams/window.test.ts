import { describe, expect, it } from 'vitest';

import { mergeWindow, readWindow } from '#api/exams/window.ts';

const berlin = (localStart: string, localEnd: string) => readWindow({ localStart, localEnd, timeZone: 'Europe/Berlin' }, '/window');

describe('readWindow', () => {
  it('resolves wall times with the offset of their day', () => {
    const { window, notes } = berlin('2026-07-01T09:00', '2026-12-01T09:00');
    expect(new Date(window!.opensAtMs).toISOString()).toBe('2026-07-01T07:00:00.000Z');
    expect(new Date(window!.closesAtMs).toISOString()).toBe('2026-12-01T08:00:00.000Z');
    expect(notes).toEqual([]);
  });

  it('keeps seconds', () => {
    const { window } = berlin('2026-12-01T09:00:30', '2026-12-01T09:02:45');
    expect(window).toMatchObject({ localStart: '2026-12-01T09:00:30', localEnd: '2026-12-01T09:02:45' });
    expect(window!.closesAtMs - window!.opensAtMs).toBe(135_000);
  });

  it('shifts a time that the clocks skip forward, and tells', () => {
    const { window, notes } = berlin('2027-03-28T02:30', '2027-03-28T05:00');
    expect(window!.localStart).toBe('2027-03-28T03:30');
    expect(new Date(window!.opensAtMs).toISOString()).toBe('2027-03-28T01:30:00.000Z');
    expect(notes).toEqual([{ pointer: '/window/localStart', message: expect.stringContaining('taken as 2027-03-28T03:30') }]);
  });

  it('takes the first of two, and tells', () => {
    const { window, notes } = berlin('2027-10-31T01:00', '2027-10-31T02:30');
    expect(new Date(window!.closesAtMs).toISOString()).toBe('2027-10-31T00:30:00.000Z');
    expect(notes).toEqual([{ pointer: '/window/localEnd', message: expect.stringContaining('comes twice') }]);
  });

  it.each<[string, string, string, string]>([
    ['a day that does not exist', '2026-02-30T09:00', '2026-03-01T09:00', '/window/localStart'],
    ['an hour that does not exist', '2026-02-01T24:00', '2026-03-01T09:00', '/window/localStart'],
    ['a second that does not exist', '2026-02-01T09:00:60', '2026-03-01T09:00', '/window/localStart'],
    ['an end before the start', '2026-03-01T09:00', '2026-03-01T08:59', '/window/localEnd'],
    ['an end at the start', '2026-03-01T09:00', '2026-03-01T09:00', '/window/localEnd'],
    ['a year that the database does not hold', '0000-01-01T00:00', '2026-03-01T09:00', '/window/localStart'],
    ['a year far away', '2026-01-01T00:00', '9999-12-31T23:59', '/window/localEnd'],
  ])('refuses %s', (_title, start, end, pointer) => {
    const { window, errors } = berlin(start, end);
    expect(window).toBeNull();
    expect(errors.map((error) => error.pointer)).toEqual([pointer]);
  });

  it('names every part that is missing', () => {
    expect(readWindow({ localEnd: '2026-03-01T09:00' }, '/window').errors.map((error) => error.pointer)).toEqual(['/window/localStart', '/window/timeZone']);
  });
});

describe('mergeWindow', () => {
  it('keeps what a request does not give', () => {
    const before = { localStart: 'a', localEnd: 'b', timeZone: 'UTC', opensAtMs: 1, closesAtMs: 2 };
    expect(mergeWindow({ localEnd: 'c' }, before)).toEqual({ localStart: 'a', localEnd: 'c', timeZone: 'UTC' });
  });
});
