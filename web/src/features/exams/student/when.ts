import { formatDate, formatDay, formatTime, localZone } from '#web/lib/format.ts';

const HALF_YEAR_MS = 183 * 86_400_000;

/** A time as somebody says it now: "10:15" today, "Fri 19 June, 10:15" on another day, with the year when it is far. */
export function whenText(atMs: number, nowMs: number, { weekday = 'short' }: { weekday?: 'long' | 'short' } = {}): string {
  if (formatDate(atMs) === formatDate(nowMs)) return formatTime(atMs);
  const day = Math.abs(atMs - nowMs) > HALF_YEAR_MS ? formatDate(atMs, { weekday }) : formatDay(atMs, { weekday });
  return `${day}, ${formatTime(atMs)}`;
}

/** Start and end: the end only with its time when both are on one day. */
export function spanText(startMs: number, endMs: number, nowMs: number): { readonly start: string; readonly end: string; readonly isOneDay: boolean } {
  const isOneDay = formatDate(startMs) === formatDate(endMs);
  if (isOneDay) return { start: formatTime(startMs), end: formatTime(endMs), isOneDay };
  return { start: `${formatDay(startMs, { weekday: 'short' })}, ${formatTime(startMs)}`, end: whenText(endMs, nowMs), isOneDay };
}

/** The place that names a zone: "Europe/Berlin" is "Berlin". Undefined for zones without one, such as UTC. */
export function placeOfZone(zone: string): string | undefined {
  return zone.includes('/') && !zone.startsWith('Etc/') ? zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ') : undefined;
}

/** Whether clocks in a zone show another time than this device at an instant. */
export function isElsewhere(atMs: number, zone: string): boolean {
  const print = (timeZone: string): string => `${formatDate(atMs, { zone: timeZone })} ${formatTime(atMs, { zone: timeZone })}`;
  return print(zone) !== print(localZone());
}
