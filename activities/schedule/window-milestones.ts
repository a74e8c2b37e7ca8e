import type { WindowPlan } from '#db/schedule/windows.ts';
import type { WindowFacts } from '#db/workflows/window.ts';
import { CLOSE_OUT_DELAY_MS, type Milestone, milestonesOf, type ReleaseRule } from '#domain/schedule/milestones.ts';

/** A milestone with what the plan says about it. */
export interface StandingMilestone extends Milestone {
  readonly reached: boolean;
}

/** Milestones that are about the sessions as they are, not about the schedule: a moved window asks for them again. */
const ABOUT_SESSIONS: ReadonlySet<string> = new Set(['close-out', 'publication']);

/** Least and longest time between two looks at something that people have to finish. */
const LOOK_AGAIN = { leastMs: 15_000, mostMs: 30 * 60_000 } as const;

/**
 * The milestones of an exam as it stands, in order of time. A cancelled exam has only its close-out, one that is not
 * published has none. Reminders are no milestones as long as nothing is sent. Who is on hold does not put off the
 * close-out: it is looked at from then on, because a person may end the hold at any time.
 */
export function milestonesOfPlan(plan: WindowPlan, facts: WindowFacts): StandingMilestone[] {
  return datesOf(plan, facts.lastActiveCutoffMs ?? 0).map((milestone) => ({ ...milestone, reached: isReached(milestone, plan, facts.closeOutOutdated) }));
}

function datesOf(plan: WindowPlan, lastActiveCutoffMs: number): Milestone[] {
  const { opensAtMs, closesAtMs, cancelledAtMs, lifecycle } = plan;
  if (lifecycle !== 'published' || opensAtMs === null || closesAtMs === null) return [];
  if (cancelledAtMs !== null) {
    return [{ key: 'close-out', atMs: Math.max(cancelledAtMs, lastActiveCutoffMs) + CLOSE_OUT_DELAY_MS, staleAfterMs: null }];
  }
  return milestonesOf({
    opensAtMs, closesAtMs,
    lateEntryMinutes: plan.lateEntryMinutes,
    reminderMinutes: [],
    lastCutoffMs: Math.max(lastActiveCutoffMs, plan.lastPossibleCutoffMs ?? 0),
    release: plan.release as ReleaseRule,
    releaseAtMs: plan.releaseAtMs,
  });
}

function isReached(milestone: Milestone, plan: WindowPlan, closeOutOutdated: boolean): boolean {
  if (milestone.key === 'close-out' && closeOutOutdated) return false;
  return plan.reached.some((reached) => reached.key === milestone.key
    && (reached.scheduleVersion === plan.scheduleVersion || (reached.dueAtMs === milestone.atMs && !ABOUT_SESSIONS.has(milestone.key))));
}

/**
 * When to look again at something that people have to finish: soon at first, then at a tenth of the time that it has
 * lasted, at most half an hour.
 * @param sinceMs when it could have been finished
 */
export function lookAgainAtMs(sinceMs: number, nowMs: number): number {
  const pauseMs = Math.min(LOOK_AGAIN.mostMs, Math.max(LOOK_AGAIN.leastMs, (nowMs - sinceMs) / 10));
  return Math.ceil(nowMs + pauseMs);
}
