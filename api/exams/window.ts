import { IANAZone } from 'luxon';

import type { ExamWindow } from '#db/exams/types.ts';
import type { FieldError } from '#domain/problem.ts';
import { resolveWallTime } from '#domain/schedule/wall-time.ts';

/** A window as a request gives it, perhaps in part. */
export interface WindowIn {
  readonly localStart?: string | undefined;
  readonly localEnd?: string | undefined;
  readonly timeZone?: string | undefined;
}

/** A resolved window, or what is wrong with it, and what was decided about times that do not exist or come twice. */
export interface ReadWindow {
  readonly window: ExamWindow | null;
  readonly errors: readonly FieldError[];
  readonly notes: readonly FieldError[];
}

const EARLIEST_MS = Date.UTC(1970, 0, 2);
const LATEST_MS = Date.UTC(3000, 0, 1);

/** Lays what a request gives over the window that is there (RFC 7396). */
export function mergeWindow(given: WindowIn, before: ExamWindow | null): WindowIn {
  return {
    localStart: given.localStart ?? before?.localStart,
    localEnd: given.localEnd ?? before?.localEnd,
    timeZone: given.timeZone ?? before?.timeZone,
  };
}

/**
 * Resolves the wall times of a window. What is stored is what clocks show at the resolved instants.
 * @param at JSON pointer to the window in the request
 */
export function readWindow(given: WindowIn, at: string): ReadWindow {
  const { localStart, localEnd, timeZone } = given;
  if (localStart === undefined || localEnd === undefined || timeZone === undefined) {
    const missing = Object.entries({ localStart, localEnd, timeZone }).filter(([, value]) => value === undefined);
    return { window: null, errors: missing.map(([name]) => ({ pointer: `${at}/${name}`, message: 'is needed' })), notes: [] };
  }
  const start = resolve(localStart, timeZone, `${at}/localStart`);
  const end = resolve(localEnd, timeZone, `${at}/localEnd`);
  const errors = [...start.errors, ...end.errors];
  if (errors.length === 0 && end.epochMs <= start.epochMs) errors.push({ pointer: `${at}/localEnd`, message: 'must be after localStart' });
  const notes = [...start.notes, ...end.notes];
  if (errors.length > 0) return { window: null, errors, notes };
  return { errors, notes, window: { localStart: start.local, localEnd: end.local, timeZone, opensAtMs: start.epochMs, closesAtMs: end.epochMs } };
}

interface Resolved {
  readonly epochMs: number;
  readonly local: string;
  readonly errors: readonly FieldError[];
  readonly notes: readonly FieldError[];
}

function resolve(localTime: string, timeZone: string, pointer: string): Resolved {
  const zone = IANAZone.create(timeZone);
  const seconds = Number(localTime.slice(17) || '0');
  const found = seconds > 59 ? undefined : resolveWallTime(localTime.slice(0, 16), (epochMs) => zone.offset(epochMs));
  if (found === undefined) return failed(pointer, 'is no existing date and time');
  const epochMs = found.epochMs + seconds * 1000;
  if (epochMs < EARLIEST_MS || epochMs >= LATEST_MS) return failed(pointer, 'must lie between 1970 and 2999');
  const local = found.localTime + (seconds === 0 ? '' : localTime.slice(16));
  return { epochMs, local, errors: [], notes: noteOf(found.kind, localTime, local, timeZone, pointer) };
}

function failed(pointer: string, message: string): Resolved {
  return { epochMs: 0, local: '', errors: [{ pointer, message }], notes: [] };
}

function noteOf(kind: 'exact' | 'gap' | 'overlap', wanted: string, local: string, timeZone: string, pointer: string): readonly FieldError[] {
  if (kind === 'exact') return [];
  const message = kind === 'gap'
    ? `${wanted} does not exist in ${timeZone}: the clocks are set forward. It was taken as ${local}.`
    : `${wanted} comes twice in ${timeZone}: the clocks are set back. The first was taken.`;
  return [{ pointer, message }];
}
