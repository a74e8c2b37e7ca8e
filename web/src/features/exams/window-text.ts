import { formatDate, formatDateTime, formatTime, formatZone, localZone } from '#web/lib/format.ts';

import type { ExamWindow } from './api.ts';

type Window = Pick<ExamWindow, 'opensAt' | 'closesAt' | 'timeZone'>;
type Say = (key: 'window' | 'windowDays' | 'yourTime', values: Record<string, string>) => string;

/** A window in words, in its own zone: "Tue 2 February 2027, 09:00 to 11:00 CET". */
export function windowText(window: Window, say: Say): string {
  const { opensAt, closesAt, timeZone: zone } = window;
  const sameDay = formatDate(opensAt, { zone }) === formatDate(closesAt, { zone });
  const name = formatZone(opensAt, zone);
  if (!sameDay) return say('windowDays', { start: formatDateTime(opensAt, { zone }), end: formatDateTime(closesAt, { zone }), zone: name });
  return say('window', { date: formatDate(opensAt, { zone, weekday: 'short' }), start: formatTime(opensAt, { zone }), end: formatTime(closesAt, { zone }), zone: name });
}

/** The same window on the clock of the reader, or undefined where that shows the same. */
export function readerWindowText(window: Window, say: Say): string | undefined {
  const { opensAt, closesAt, timeZone } = window;
  const here = localZone();
  if (formatDateTime(opensAt, { zone: here }) === formatDateTime(opensAt, { zone: timeZone })) return undefined;
  const sameDay = formatDate(opensAt, { zone: here }) === formatDate(opensAt, { zone: timeZone });
  const print = sameDay ? formatTime : formatDateTime;
  return say('yourTime', { start: print(opensAt, { zone: here }), end: print(closesAt, { zone: here }), zone: formatZone(opensAt, here) });
}
