import type { StudentExam } from './api.ts';

/**
 * An exam as a calendar file.
 * @param page address of the exam here
 * @param nowMs when it is made
 * @source RFC 5545
 */
export function calendarFile({ id, title, window }: Pick<StudentExam, 'id' | 'title' | 'window'>, page: string, nowMs: number): string {
  if (window === null) throw new RangeError('an exam without a time has no place in a calendar');
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Holdfast//Exams//EN',
    'BEGIN:VEVENT',
    `UID:exam-${id}@holdfast`,
    `DTSTAMP:${utc(new Date(nowMs).toISOString())}`,
    `DTSTART:${utc(window.opensAt)}`,
    `DTEND:${utc(window.closesAt)}`,
    `SUMMARY:${escape(title)}`,
    `URL:${page}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}

/** Hands a calendar file to the device. */
export function saveCalendarFile(exam: StudentExam, nowMs: number): void {
  const file = new Blob([calendarFile(exam, `${location.origin}/exams/${exam.id}`, nowMs)], { type: 'text/calendar' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `${exam.title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '').slice(0, 60) || 'exam'}.ics`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function utc(instant: string): string {
  return instant.replaceAll(/[-:]|\.\d+/g, '');
}

function escape(text: string): string {
  return text.replaceAll(/[\\;,]/g, '\\$&').replaceAll(/\r?\n/g, '\\n');
}

// at most 75 octets a line; a character is never cut
function fold(line: string): string {
  const encoder = new TextEncoder();
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > 74) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}
