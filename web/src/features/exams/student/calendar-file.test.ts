import { describe, expect, it } from 'vitest';

import { calendarFile } from './calendar-file.ts';

const window = { localStart: '2026-06-19T09:00', localEnd: '2026-06-19T10:30', timeZone: 'Europe/London', opensAt: '2026-06-19T08:00:00.000Z', closesAt: '2026-06-19T09:30:00.000Z' };
const NOW = Date.parse('2026-06-16T10:02:00.000Z');

describe('calendarFile', () => {
  it('names the exam, its start and its end in UTC', () => {
    expect(calendarFile({ id: 'e1', title: 'Statistics, midterm; part 1', window }, 'https://x.example/exams/e1', NOW).split('\r\n')).toEqual([
      'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Holdfast//Exams//EN', 'BEGIN:VEVENT', 'UID:exam-e1@holdfast', 'DTSTAMP:20260616T100200Z',
      'DTSTART:20260619T080000Z', 'DTEND:20260619T093000Z', 'SUMMARY:Statistics\\, midterm\\; part 1', 'URL:https://x.example/exams/e1', 'END:VEVENT', 'END:VCALENDAR', '',
    ]);
  });

  it('folds long lines at 75 octets and cuts no character', () => {
    const file = calendarFile({ id: 'e1', title: 'Prüfung '.repeat(25), window }, 'https://x.example', NOW);
    const encoder = new TextEncoder();
    expect(file.split('\r\n').every((line) => encoder.encode(line).length <= 75)).toBe(true);
    expect(file.replaceAll('\r\n ', '')).toContain(`SUMMARY:${'Prüfung '.repeat(25)}`);
  });
});
