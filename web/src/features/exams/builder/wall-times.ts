import { type ResolvedWallTime, resolveWallTime } from '#domain/schedule/wall-time.ts';

/** The offset of a zone from UTC at an instant, minutes. */
export function offsetIn(timeZone: string, atMs: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(new Date(atMs));
  const get = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const shown = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second'));
  return Math.round((shown - Math.floor(atMs / 1_000) * 1_000) / 60_000);
}

/** A wall time in a zone, undefined while it is not complete. The server decides; this is for sentences on the page. */
export function resolveLocal(local: string, timeZone: string): ResolvedWallTime | undefined {
  try {
    return resolveWallTime(local.slice(0, 16), (atMs) => offsetIn(timeZone, atMs)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** The instant of a wall time in a zone, epoch milliseconds. */
export function instantOf(local: string, timeZone: string): number | undefined {
  return resolveLocal(local, timeZone)?.epochMs;
}

/** Wall time of an instant on the reader's clock, for a date and time field. */
export function toWallTime(at: string | number, timeZone?: string): string {
  const instant = new Date(at);
  const zone = timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return new Date(instant.getTime() + offsetIn(zone, instant.getTime()) * 60_000).toISOString().slice(0, 16);
}

/** Instant of a wall time on the reader's clock. */
export function fromWallTime(local: string): string | undefined {
  const atMs = instantOf(local, Intl.DateTimeFormat().resolvedOptions().timeZone);
  return atMs === undefined ? undefined : new Date(atMs).toISOString();
}

/** A wall time some minutes later, by the calendar of no zone. */
export function addMinutes(local: string, minutes: number): string {
  return new Date(Date.parse(`${local.slice(0, 16)}Z`) + minutes * 60_000).toISOString().slice(0, 16);
}
