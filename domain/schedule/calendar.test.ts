import { describe, expect, test } from 'vitest';

import { calendarFile, type CalendarEvent } from './calendar.ts';

const event = (more: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: 'exam-1@holdfast', sequence: 3, title: 'Genetics', description: '', url: 'https://exams.example.edu/exams/1', cancelled: false,
  startsAtMs: Date.parse('2026-12-01T09:00:00.000Z'), endsAtMs: Date.parse('2026-12-01T11:30:00.000Z'), changedAtMs: Date.parse('2026-11-20T08:15:30.250Z'), ...more,
});
const unfold = (file: string): string[] => file.replaceAll('\r\n ', '').split('\r\n');

describe('a calendar file', () => {
  test('names the event, its times in UTC and its version', () => {
    expect(calendarFile(event()).split('\r\n')).toEqual([
      'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Holdfast//Exams//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', 'BEGIN:VEVENT', 'UID:exam-1@holdfast', 'SEQUENCE:3',
      'DTSTAMP:20261120T081530Z', 'LAST-MODIFIED:20261120T081530Z', 'DTSTART:20261201T090000Z', 'DTEND:20261201T113000Z', 'SUMMARY:Genetics', 'URL:https://exams.example.edu/exams/1',
      'STATUS:CONFIRMED', 'TRANSP:OPAQUE', 'END:VEVENT', 'END:VCALENDAR', '',
    ]);
  });

  test.each([
    ['a;b,c\\d', 'a\\;b\\,c\\\\d'],
    ['two\r\nlines\nmore', 'two\\nlines\\nmore'],
    ['END:VEVENT\rBEGIN:VEVENT', 'END:VEVENT\\nBEGIN:VEVENT'],
    ['bell\u0007', 'bell'],
  ])('%j can not break out of its line', (title, escaped) => {
    expect(unfold(calendarFile(event({ title })))).toContain(`SUMMARY:${escaped}`);
  });

  test('lines of more than 75 bytes are folded between characters', () => {
    const title = 'Prüfung 🧬 '.repeat(20);
    const lines = calendarFile(event({ title })).split('\r\n');
    expect(Math.max(...lines.map((line) => new TextEncoder().encode(line).length))).toBeLessThanOrEqual(75);
    expect(unfold(calendarFile(event({ title })))).toContain(`SUMMARY:${title}`);
    expect(lines.join('')).not.toContain('\ufffd');
  });

  test('a cancelled exam says so', () => {
    expect(calendarFile(event({ cancelled: true }))).toContain('\r\nSTATUS:CANCELLED\r\n');
  });
});
