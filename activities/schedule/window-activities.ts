import { heartbeat } from '@temporalio/activity';
import { v7 as uuidv7 } from 'uuid';

import { insertAudit, PLATFORM } from '#db/audit.ts';
import { type Db, inTransaction } from '#db/connection.ts';
import { queueScanAtCloseOut } from '#db/plagiarism/scans.ts';
import { queueGradingRun } from '#db/results/grading-runs.ts';
import { publishResults } from '#db/results/publish.ts';
import { readCloseOut, storeCloseOut } from '#db/schedule/close-out.ts';
import { completeWindowWorkflow, loadWindowForWorkflow, recordMilestone, selectWindowPlan, type WindowPlan } from '#db/schedule/windows.ts';
import { closeDueSessions } from '#db/session/close.ts';
import { selectRemainder, selectWindowFacts, tellWindow } from '#db/workflows/window.ts';
import { Refusal } from '#domain/problem.ts';
import { isStale } from '#domain/schedule/milestones.ts';

import { withRefusals } from '../failure.ts';
import { INLINE_GRADING_LIMIT } from '../session/session-activities.ts';
import { lookAgainAtMs, milestonesOfPlan, type StandingMilestone } from './window-milestones.ts';

/** One instant of a window at which something happens. */
export interface WindowMilestone {
  readonly key: string;
  /** Epoch ms UTC; moved on while the milestone waits for sessions to end or to be marked. */
  readonly dueAtMs: number;
  readonly reached: boolean;
  /** Whether reaching it means work on all sessions of the exam. */
  readonly overSessions: boolean;
}

/** The window of an exam as its workflow may know it: instants, never a list of students. */
export interface WindowView {
  /** Version of the schedule. */
  readonly version: number;
  /** The database clock when the row was read, epoch ms. */
  readonly nowMs: number;
  /** In order of time. */
  readonly milestones: readonly WindowMilestone[];
}

/** An exam and the run of its workflow that asks. */
export interface WindowOfRun {
  readonly examId: string;
  readonly runId: string;
}

/** Activities of `examWindowWorkflow`; each can be repeated without harm. */
export interface WindowActivities {
  /** Reads the window and records which run of which Temporal store has seen which version. */
  loadWindow(input: WindowOfRun): Promise<WindowView>;
  /** Does what is due at a milestone, once for each (exam, key, version of the schedule), and reads the window. */
  reachMilestone(input: WindowOfRun & { readonly version: number; readonly key: string }): Promise<WindowView>;
  /** Records that the workflow is complete if the schedule is still at `version`, and reads the window. */
  completeWindow(input: WindowOfRun & { readonly version: number }): Promise<WindowView>;
}

const OVER_SESSIONS: ReadonlySet<string> = new Set(['close-out', 'publication']);
const ROWS_PER_PASS = 2_000;
/** Passes over rows that somebody holds before the next look, with a breath between them. */
const PASSES = 20;
const BREATH_MS = 100;

/** When to look at a milestone again; undefined when it was reached. */
type NextLookMs = number | undefined;

/**
 * @param deps `namespaceId` of the Temporal store that the worker is connected to; `wake` tells the other processes
 *   that something was committed
 */
export function createWindowActivities(deps: { db: Db; namespaceId: () => string; wake: () => void }): WindowActivities {
  const { db, namespaceId, wake } = deps;

  async function view(plan: WindowPlan, waiting?: { key: string; untilMs: number }): Promise<WindowView> {
    const milestones = milestonesOfPlan(plan, await selectWindowFacts(db, plan.examId));
    return {
      version: plan.scheduleVersion,
      nowMs: plan.nowMs,
      milestones: milestones.map(({ key, atMs, reached }) => ({
        key, reached, dueAtMs: waiting?.key === key ? waiting.untilMs : atMs, overSessions: OVER_SESSIONS.has(key),
      })),
    };
  }

  async function note(plan: WindowPlan, milestone: StandingMilestone): Promise<void> {
    const { examId, scheduleVersion, nowMs } = plan;
    const outcome = isStale(milestone, nowMs) ? 'skipped' : 'done';
    await inTransaction(db, async (tx) => {
      const isFirst = await recordMilestone(tx, examId, { key: milestone.key, scheduleVersion, dueAtMs: milestone.atMs, outcome });
      if (!isFirst || outcome === 'skipped') return;
      if (milestone.key === 'open') await tellWindow(tx, examId, 'opened');
      if (milestone.key === 'end') await tellWindow(tx, examId, 'ended');
    });
  }

  /** Closes what is due in passes: rows that somebody holds follow, and nothing found is not yet nothing left. */
  async function closeAllDue(examId: string): Promise<void> {
    for (let pass = 1; pass <= PASSES; pass += 1) {
      if ((await closeDueSessions(db, ROWS_PER_PASS, examId)) > 0) wake();
      heartbeat({ pass });
      if ((await selectRemainder(db, examId)).due === 0) return;
      await new Promise((resolve) => setTimeout(resolve, BREATH_MS));
    }
  }

  async function closeOut(plan: WindowPlan, milestone: StandingMilestone): Promise<NextLookMs> {
    const { examId, scheduleVersion } = plan;
    await closeAllDue(examId);
    const certificate = await readCloseOut(db, examId);
    const now = await selectWindowPlan(db, examId);
    const left = await selectRemainder(db, examId);
    if (certificate.state !== 'closed') {
      // a hold ends when a person ends it; everything else ends by the clock
      const byClockMs = Math.max(now.lastDueAtMs ?? 0, now.nowMs + 1_000);
      return left.paused > 0 ? Math.min(byClockMs, lookAgainAtMs(milestone.atMs, now.nowMs)) : byClockMs;
    }
    await inTransaction(db, async (tx) => {
      await storeCloseOut(tx, examId, certificate);
      await recordMilestone(tx, examId, { key: milestone.key, scheduleVersion, dueAtMs: milestone.atMs, outcome: 'done' });
      await insertAudit(tx, PLATFORM, { action: 'exam.close-out', resourceType: 'exam', resourceId: examId, examId, after: certificate });
      await queueScanAtCloseOut(tx, examId, PLATFORM);
    });
    if (left.students > INLINE_GRADING_LIMIT && left.ungraded > 0 && plan.cancelledAtMs === null) await queueRun(examId);
    return undefined;
  }

  async function queueRun(examId: string): Promise<void> {
    try {
      await inTransaction(db, (tx) => queueGradingRun(tx, { runId: uuidv7(), examId, only: 'ungraded', origin: PLATFORM }));
    } catch (error) {
      // a person has started one meanwhile
      if (!(error instanceof Refusal)) throw error;
    }
  }

  async function publish(plan: WindowPlan, milestone: StandingMilestone): Promise<NextLookMs> {
    const { examId, scheduleVersion, nowMs } = plan;
    try {
      await inTransaction(db, async (tx) => {
        await publishResults(tx, { examId, origin: PLATFORM });
        await recordMilestone(tx, examId, { key: milestone.key, scheduleVersion, dueAtMs: milestone.atMs, outcome: 'done' });
      });
      return undefined;
    } catch (error) {
      // somebody has to be graded first, by a machine soon, by a person later
      if (!(error instanceof Refusal) || error.code !== 'state-conflict') throw error;
      return lookAgainAtMs(milestone.atMs, nowMs);
    }
  }

  async function reach(plan: WindowPlan, milestone: StandingMilestone): Promise<NextLookMs> {
    if (milestone.key === 'close-out') return await closeOut(plan, milestone);
    if (milestone.key === 'publication') return await publish(plan, milestone);
    await note(plan, milestone);
    return undefined;
  }

  return {
    loadWindow: ({ examId, runId }) => withRefusals(async () =>
      await view(await loadWindowForWorkflow(db, { examId, namespaceId: namespaceId(), runId }))),
    reachMilestone: ({ examId, runId, version, key }) => withRefusals(async () => {
      const plan = await loadWindowForWorkflow(db, { examId, namespaceId: namespaceId(), runId });
      const milestone = milestonesOfPlan(plan, await selectWindowFacts(db, examId)).find((candidate) => candidate.key === key);
      const isDue = milestone !== undefined && !milestone.reached && milestone.atMs <= plan.nowMs;
      // the schedule moved, or the milestone is not due after all: the workflow goes by what it reads now
      if (plan.scheduleVersion !== version || !isDue) return await view(plan);
      const untilMs = await reach(plan, milestone);
      wake();
      return await view(await selectWindowPlan(db, examId), untilMs === undefined ? undefined : { key, untilMs });
    }),
    completeWindow: ({ examId, runId, version }) => withRefusals(async () =>
      await view(await completeWindowWorkflow(db, { examId, namespaceId: namespaceId(), runId, version }))),
  };
}
