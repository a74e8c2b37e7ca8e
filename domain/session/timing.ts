/** The time rules of a session; every value is a whole number of milliseconds, instants are epoch UTC. */
import { add, ceiling, decimal, fraction, multiply } from '#domain/decimal.ts';

/** Whether the end of the window or the student's own duration ends a session. */
export type EndRule = 'window' | 'duration';

/** How long after the end of the window a session may stay paused before it is due all the same. */
export const PAUSE_LIMIT_MS = 24 * 60 * 60 * 1000;

/** Session timers per second that are allowed to wake at the same deadline. */
export const TIMERS_PER_SECOND = 50;

const SECOND_MS = 1000n;
const MULTIPLIER_LIMITS = { digits: 8, places: 4 };

/** What a student may use: the duration of the exam and the accommodation of the student. */
export interface Entitlement {
  readonly durationMinutes: number;
  /** Decimal string, "1" without an accommodation. */
  readonly timeMultiplier: string;
  readonly extraMinutes: number;
}

/**
 * The student's own time: duration x multiplier + extra minutes, computed exactly and rounded up to a whole second.
 * @throws RangeError when the multiplier is no decimal or a number of minutes is not whole.
 */
export function entitledMs(entitlement: Entitlement): number {
  const minutes = add(
    multiply(fraction(BigInt(entitlement.durationMinutes)), decimal(entitlement.timeMultiplier, MULTIPLIER_LIMITS)),
    fraction(BigInt(entitlement.extraMinutes)),
  );
  return Number(ceiling(multiply(minutes, fraction(60n))) * SECOND_MS);
}

/** The parts of {@link capAtMs}. */
export interface CapParts {
  readonly endRule: EndRule;
  readonly closesAtMs: number;
  readonly entitledMs: number;
  readonly durationMs: number;
}

/**
 * The latest deadline before extensions and pauses: the end of the window plus what the student is entitled to beyond the
 * duration of the exam.
 * @returns null when only the duration counts.
 */
export function capAtMs(parts: CapParts): number | null {
  return parts.endRule === 'window' ? parts.closesAtMs + (parts.entitledMs - parts.durationMs) : null;
}

/** The parts of a deadline as they stand in the session row. */
export interface DeadlineParts {
  readonly startedAtMs: number;
  readonly entitledMs: number;
  readonly capAtMs: number | null;
  /** Extensions and credits less what was taken away. */
  readonly extraMs: number;
  readonly pausedTotalMs: number;
}

/** The instant a student sees as the end: the earlier of own time and cap, then extensions and paused time on top. */
export function deadlineMs(parts: DeadlineParts): number {
  const own = parts.startedAtMs + parts.entitledMs;
  const capped = parts.capAtMs === null ? own : Math.min(own, parts.capAtMs);
  return capped + parts.extraMs + parts.pausedTotalMs;
}

/** The instant from which nothing is accepted any more. */
export function cutoffMs(deadlineAtMs: number, graceMs: number): number {
  return deadlineAtMs + graceMs;
}

/** Tells whether a save that the database sees at `nowMs` is in time; the cutoff itself is too late. */
export function isBeforeCutoff(nowMs: number, cutoffAtMs: number): boolean {
  return nowMs < cutoffAtMs;
}

/**
 * The time left on the student's clock, never below 0.
 * @param pausedAtMs since when the session is paused, null while it runs: a paused clock stands still.
 */
export function remainingMs(deadlineAtMs: number, nowMs: number, pausedAtMs: number | null): number {
  return Math.max(0, deadlineAtMs - (pausedAtMs ?? nowMs));
}

/** The milliseconds that a pause gives back: exactly its length, never below 0. */
export function pauseCreditMs(pausedAtMs: number, resumedAtMs: number): number {
  return Math.max(0, resumedAtMs - pausedAtMs);
}

/**
 * The value of `extraMs` after the deadline was moved earlier: the wanted seconds are taken away, but the deadline never
 * comes to stand before `nowMs`, so no save accepted until now becomes late; a deadline already past stays where it is.
 * @param seconds how much to take away, above 0.
 */
export function shortenedExtraMs(parts: DeadlineParts, seconds: number, nowMs: number): number {
  const current = deadlineMs(parts);
  const wanted = Math.max(current - seconds * 1000, Math.min(nowMs, current));
  return parts.extraMs - (current - wanted);
}

/**
 * Seconds of an extension multiplied by the student's multiplier, rounded up to a whole second.
 * @throws RangeError when the multiplier is no decimal.
 */
export function scaledSeconds(seconds: number, timeMultiplier: string): number {
  return Number(ceiling(multiply(fraction(BigInt(seconds)), decimal(timeMultiplier, MULTIPLIER_LIMITS))));
}

/**
 * A 32-bit hash of a text that is the same on every machine and in every release.
 * @source Fowler, Noll, Vo: FNV-1a, 32 bit, isthe.com/chongo/tech/comp/fnv, over UTF-16 code units taken as two bytes, low byte first.
 */
export function stableHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * How long after the cutoff the timer of a session wakes, so that sessions that end together do not wake together.
 * @param sessions how many sessions end at about that time; they are spread over `sessions / 50` seconds.
 * @returns milliseconds, the same for the same session.
 */
export function jitterMs(sessionId: string, sessions: number): number {
  const spreadMs = Math.ceil((Math.max(1, sessions) * 1000) / TIMERS_PER_SECOND);
  return stableHash(sessionId) % spreadMs;
}
