/**
 * Wall times and instants. A time that the clocks skip is shifted forward by the skipped span, of a time that they show twice
 * the first is taken; both are told.
 * @source RFC 5545 section 3.3.5 (form 3: both rules); the same as disambiguation "compatible" of ECMAScript Temporal.
 */

/** The offset of a zone from UTC at an instant, in minutes, positive east of Greenwich. */
export type OffsetAt = (epochMs: number) => number;

/** A wall time as an instant. */
export interface ResolvedWallTime {
  readonly epochMs: number;
  /** `gap`: the time does not exist and was shifted forward; `overlap`: it comes twice and the first was taken. */
  readonly kind: 'exact' | 'gap' | 'overlap';
  /** What clocks show at the instant; differs from the wanted time in a gap. */
  readonly localTime: string;
  readonly offsetMinutes: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const LOCAL = /^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2})$/;

/**
 * Days from 1970-01-01 to a date of the Gregorian calendar.
 * @source Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
 */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

/** The date of a day number. @source Hinnant, the same paper, civil_from_days. */
function civilFromDays(days: number): readonly [year: number, month: number, day: number] {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9);
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day];
}

/** The wall time read as if it were UTC; undefined when there is no such date or time of day. */
function localAsUtc(localTime: string): number | undefined {
  const match = LOCAL.exec(localTime);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59) return undefined;
  const days = daysFromCivil(year, month, day);
  const [backYear, backMonth, backDay] = civilFromDays(days);
  if (backYear !== year || backMonth !== month || backDay !== day) return undefined;
  return days * DAY_MS + (hour * 60 + minute) * MINUTE_MS;
}

/** Tells whether a text is a wall time `YYYY-MM-DDTHH:MM` of an existing date. */
export function isWallTime(localTime: string): boolean {
  return localAsUtc(localTime) !== undefined;
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

/** What clocks with this offset show at an instant, `YYYY-MM-DDTHH:MM`, seconds cut off. */
export function wallTimeAt(epochMs: number, offsetMinutes: number): string {
  const localMs = epochMs + offsetMinutes * MINUTE_MS;
  const days = Math.floor(localMs / DAY_MS);
  const minutes = Math.floor((localMs - days * DAY_MS) / MINUTE_MS);
  const [year, month, day] = civilFromDays(days);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${pad(Math.floor(minutes / 60), 2)}:${pad(minutes % 60, 2)}`;
}

/** Instants, relative to the wall time read as UTC, at which the offsets around it are asked for: no zone is 27 h away. */
const PROBES_MS = [-27, -18, -9, 0, 9, 18, 27].map((hours) => hours * 60 * MINUTE_MS);

/**
 * Finds the instant of a wall time.
 * @param localTime `YYYY-MM-DDTHH:MM`.
 * @returns undefined when the text is no wall time of an existing date.
 */
export function resolveWallTime(localTime: string, offsetAt: OffsetAt): ResolvedWallTime | undefined {
  const localMs = localAsUtc(localTime);
  if (localMs === undefined) return undefined;
  const offsets = [...new Set(PROBES_MS.map((probe) => offsetAt(localMs + probe)))];
  const matches = offsets.filter((offset) => offsetAt(localMs - offset * MINUTE_MS) === offset);
  if (matches.length > 0) return resolved(localMs, Math.max(...matches), matches.length > 1 ? 'overlap' : 'exact');
  // in a gap the larger offset leads before it, where the offset of before is in force
  const before = offsetAt(localMs - Math.max(...offsets) * MINUTE_MS);
  const epochMs = localMs - before * MINUTE_MS;
  const offsetMinutes = offsetAt(epochMs);
  return { epochMs, kind: 'gap', localTime: wallTimeAt(epochMs, offsetMinutes), offsetMinutes };
}

function resolved(localMs: number, offsetMinutes: number, kind: 'exact' | 'overlap'): ResolvedWallTime {
  return { epochMs: localMs - offsetMinutes * MINUTE_MS, kind, localTime: wallTimeAt(localMs, 0), offsetMinutes };
}
