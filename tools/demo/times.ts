import type { ExamWindow } from '#db/exams/types.ts';
import { DateTime, IANAZone } from 'luxon';

/** A second in milliseconds. */
export const SECOND = 1_000;
/** A minute in milliseconds. */
export const MINUTE = 60 * SECOND;
/** An hour in milliseconds. */
export const HOUR = 60 * MINUTE;
/** A day of 24 hours in milliseconds. */
export const DAY = 24 * HOUR;

const WALL_TIME = "yyyy-MM-dd'T'HH:mm";

/** The instants of the demo data, epoch milliseconds, seen from the moment of loading. */
export interface DemoTimes {
  /** IANA zone of this machine: what the windows show is what the clock on the wall shows. */
  readonly timeZone: string;
  readonly accountsMs: number;
  readonly batchesMs: number;
  readonly questionsMs: number;
  /** The exam of a week ago. */
  readonly past: ExamWindow;
  /** Opened ten minutes ago, for two hours. */
  readonly open: ExamWindow;
  /** Opens in five minutes, for forty. */
  readonly upcoming: ExamWindow;
}

/** The IANA zone of this machine; UTC when it does not tell a valid one. */
export function zoneOfMachine(): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return IANAZone.isValidZone(timeZone) ? timeZone : 'UTC';
}

/** Lays the demo data out around an instant. */
export function demoTimes(nowMs: number, timeZone: string): DemoTimes {
  const morning = weekdayBefore(DateTime.fromMillis(nowMs, { zone: timeZone }).minus({ days: 7 })).set({ hour: 9, minute: 0, second: 0, millisecond: 0 });
  const past = windowOf(morning.toMillis(), 2 * HOUR, timeZone);
  const openedMs = wholeMinute(nowMs - 10 * MINUTE);
  const opensMs = wholeMinute(nowMs + 5 * MINUTE + (MINUTE - 1));
  return {
    timeZone,
    accountsMs: past.opensAtMs - 20 * DAY,
    batchesMs: past.opensAtMs - 20 * DAY + 2 * HOUR,
    questionsMs: past.opensAtMs - 16 * DAY,
    past,
    open: windowOf(openedMs, 2 * HOUR, timeZone),
    upcoming: windowOf(opensMs, 40 * MINUTE, timeZone),
  };
}

function windowOf(opensAtMs: number, lengthMs: number, timeZone: string): ExamWindow {
  const wall = (ms: number): string => DateTime.fromMillis(ms, { zone: timeZone }).toFormat(WALL_TIME);
  const closesAtMs = opensAtMs + lengthMs;
  return { localStart: wall(opensAtMs), localEnd: wall(closesAtMs), timeZone, opensAtMs, closesAtMs };
}

function weekdayBefore(day: DateTime): DateTime {
  return day.minus({ days: Math.max(0, day.weekday - 5) });
}

function wholeMinute(ms: number): number {
  return Math.floor(ms / MINUTE) * MINUTE;
}
