/** What happens around an exam window, as one list of instants; whoever carries it out needs no calendar. */

/** When results come out by themselves. */
export type ReleaseRule = 'manual' | 'immediate' | 'after-close' | 'at';

/** Instants are epoch milliseconds UTC. */
export interface WindowPlan {
  readonly opensAtMs: number;
  readonly closesAtMs: number;
  /** For how long after the opening students are let in; null: until the close. */
  readonly lateEntryMinutes: number | null;
  /** Minutes before the opening at which students are reminded. */
  readonly reminderMinutes: readonly number[];
  /** The last cutoff that any session has or can still get, grace included. */
  readonly lastCutoffMs: number;
  readonly release: ReleaseRule;
  /** For the rule `at`. */
  readonly releaseAtMs: number | null;
}

/** Names of milestones; a reminder carries its minutes. */
export type MilestoneKey =
  | `reminder-${number}`
  | 'waiting-room'
  | 'open'
  | 'last-entry'
  | 'end'
  | 'close-out'
  | 'publication';

/** One instant at which something happens; carried out once for each (exam, key, version of the schedule). */
export interface Milestone {
  readonly key: MilestoneKey;
  readonly atMs: number;
  /** How many milliseconds late it may still be carried out; null: however late. */
  readonly staleAfterMs: number | null;
}

/** Minutes before the opening at which reminders go out unless set otherwise: a day and an hour. */
export const DEFAULT_REMINDER_MINUTES: readonly number[] = [1440, 60];
/** How long before the opening the waiting room opens. */
export const WAITING_ROOM_MS = 15 * 60_000;
/** How long after the last cutoff the close-out is drawn up, so that every session was closed before. */
export const CLOSE_OUT_DELAY_MS = 5000;

const MINUTE_MS = 60_000;

/** A reminder is worth sending while three quarters of the time that it announces are left. */
function reminder(minutes: number, opensAtMs: number): Milestone {
  const leadMs = minutes * MINUTE_MS;
  return { key: `reminder-${minutes}`, atMs: opensAtMs - leadMs, staleAfterMs: Math.floor(leadMs / 4) };
}

/**
 * The milestones of a window in order of time; at the same instant in the order in which they make sense.
 * A late entry that ends with the window or behind it is no milestone of its own, and results never come out before the
 * close-out, whatever instant was set: until then somebody may still be sitting the exam.
 */
export function milestonesOf(plan: WindowPlan): Milestone[] {
  const { opensAtMs, closesAtMs } = plan;
  const closeOutMs = Math.max(closesAtMs, plan.lastCutoffMs) + CLOSE_OUT_DELAY_MS;
  const milestones: Milestone[] = [...new Set(plan.reminderMinutes)].map((minutes) => reminder(minutes, opensAtMs));
  milestones.push({ key: 'waiting-room', atMs: opensAtMs - WAITING_ROOM_MS, staleAfterMs: WAITING_ROOM_MS });
  milestones.push({ key: 'open', atMs: opensAtMs, staleAfterMs: null });
  const lastEntryMs = plan.lateEntryMinutes === null ? closesAtMs : opensAtMs + plan.lateEntryMinutes * MINUTE_MS;
  if (lastEntryMs < closesAtMs) milestones.push({ key: 'last-entry', atMs: lastEntryMs, staleAfterMs: null });
  milestones.push({ key: 'end', atMs: closesAtMs, staleAfterMs: null });
  milestones.push({ key: 'close-out', atMs: closeOutMs, staleAfterMs: null });
  const publicationMs = publicationAt(plan, closeOutMs);
  if (publicationMs !== null) milestones.push({ key: 'publication', atMs: publicationMs, staleAfterMs: null });
  // stable: milestones of the same instant stay in the order above
  return milestones.sort((left, right) => left.atMs - right.atMs);
}

function publicationAt(plan: WindowPlan, closeOutMs: number): number | null {
  switch (plan.release) {
    case 'after-close':
      return closeOutMs;
    case 'at':
      return plan.releaseAtMs === null ? null : Math.max(plan.releaseAtMs, closeOutMs);
    case 'manual':
    case 'immediate':
      return null;
  }
}

/** Tells whether a milestone is too late to be carried out and is to be noted as skipped. */
export function isStale(milestone: Milestone, nowMs: number): boolean {
  return milestone.staleAfterMs !== null && nowMs > milestone.atMs + milestone.staleAfterMs;
}
