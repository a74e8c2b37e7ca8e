/** One event as an iCalendar file. @source RFC 5545 */

/** What a calendar needs to know about an exam. */
export interface CalendarEvent {
  /** The same for every version of the event. */
  readonly uid: string;
  /** Grows with each change, so that calendars replace what they have. */
  readonly sequence: number;
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly changedAtMs: number;
  readonly cancelled: boolean;
}

/** Longest line, bytes, without its end. */
const LINE_BYTES = 75;

/** Writes the file: UTC times, CRLF, long lines folded. */
export function calendarFile(event: CalendarEvent): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Holdfast//Exams//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${textValue(event.uid)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${utcTime(event.changedAtMs)}`,
    `LAST-MODIFIED:${utcTime(event.changedAtMs)}`,
    `DTSTART:${utcTime(event.startsAtMs)}`,
    `DTEND:${utcTime(event.endsAtMs)}`,
    `SUMMARY:${textValue(event.title)}`,
    ...(event.description === '' ? [] : [`DESCRIPTION:${textValue(event.description)}`]),
    `URL:${event.url}`,
    `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'TRANSP:OPAQUE',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}

/** Section 3.3.11: backslash, semicolon, comma and line ends are escaped, other control characters left out. */
function textValue(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}

/** Section 3.3.5, form 2; fractions of a second do not exist there. */
function utcTime(ms: number): string {
  return new Date(ms).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
}

/** Section 3.1: at most 75 bytes a line, and no character torn apart. */
function fold(line: string): string {
  const parts: string[] = [];
  let part = '';
  let bytes = 0;
  for (const character of line) {
    const size = byteLength(character);
    // the space at the beginning of a further line counts
    if (bytes + size > LINE_BYTES) {
      parts.push(part);
      part = '';
      bytes = 1;
    }
    part += character;
    bytes += size;
  }
  return [...parts, part].join('\r\n ');
}

function byteLength(character: string): number {
  const point = character.codePointAt(0)!;
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}
