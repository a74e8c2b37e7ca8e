/** The state of an exam as everybody sees it: what was decided about it, and where the clock stands in its window. */

/** States of an exam. */
export const EXAM_STATES = ['draft', 'published', 'open', 'closed', 'archived'] as const;
/** State of an exam. */
export type ExamState = (typeof EXAM_STATES)[number];

/** What people decided about an exam; the clock plays no part in it. */
export type ExamLifecycle = 'draft' | 'published' | 'archived';

/** What the state follows from; instants are epoch milliseconds UTC. */
export interface ExamMoment {
  readonly lifecycle: ExamLifecycle;
  readonly cancelled: boolean;
  /** Null only for drafts and what was archived as one. */
  readonly window: { readonly opensAtMs: number; readonly closesAtMs: number } | null;
}

/** The state at an instant: open from `opensAt` on, closed from `closesAt` on; a cancelled exam is closed at once. */
export function examStateAt(exam: ExamMoment, nowMs: number): ExamState {
  if (exam.lifecycle !== 'published') return exam.lifecycle;
  if (exam.cancelled) return 'closed';
  if (exam.window === null || nowMs < exam.window.opensAtMs) return 'published';
  return nowMs < exam.window.closesAtMs ? 'open' : 'closed';
}

/** Why a student can not begin; each is a problem code of the API (409). */
export type EntryRefusal = 'exam-not-open' | 'exam-closed' | 'late-entry-closed';

/**
 * Judges whether a new session can begin at an instant; a session that has begun can be resumed whatever this says.
 * @param lateEntryMinutes for how long after the opening students are let in, that instant included; null: until the close.
 */
export function entryRefusalAt(exam: ExamMoment, lateEntryMinutes: number | null, nowMs: number): EntryRefusal | null {
  const state = examStateAt(exam, nowMs);
  if (state === 'draft' || state === 'published') return 'exam-not-open';
  if (state !== 'open' || exam.window === null) return 'exam-closed';
  const isLate = lateEntryMinutes !== null && nowMs > exam.window.opensAtMs + lateEntryMinutes * 60_000;
  return isLate ? 'late-entry-closed' : null;
}
