import { LRUCache } from 'lru-cache';

import type { Db } from '#db/connection.ts';
import { closeSessionIfDue } from '#db/session/close.ts';
import type { SessionRow } from '#db/session/rows.ts';
import { completeSessionWorkflow, loadSessionForWorkflow } from '#db/session/workflow-rows.ts';
import { alertLeftPaused, type ExamTraits, selectClockAndTraits } from '#db/workflows/session.ts';
import { requestNewCloseOut } from '#db/workflows/window.ts';
import type { SessionState } from '#domain/session/state.ts';
import { jitterMs } from '#domain/session/timing.ts';

import { withRefusals } from '../failure.ts';

/** The row of a session as its workflow may know it: no person, no answer. All instants are epoch ms. */
export interface SessionView {
  readonly state: SessionState;
  readonly version: number;
  /** The database clock when the row was read. */
  readonly nowMs: number;
  readonly cutoffAtMs: number;
  /** How long after the cut-off this session's timer wakes, ms. */
  readonly jitterMs: number;
  readonly pausedAtMs: number | null;
  readonly pauseLimitAtMs: number | null;
  readonly closedVersion: number | null;
  /** Whether the workflow has the answers marked itself; large exams are marked by a run. */
  readonly gradeInline: boolean;
}

/** A session and the run of its workflow that asks. */
export interface SessionOfRun {
  readonly sessionId: string;
  readonly runId: string;
}

/** Activities of `examSessionWorkflow`; each can be repeated without harm. */
export interface SessionActivities {
  /** Reads the row and records which run of which Temporal store has seen which version. */
  loadSession(input: SessionOfRun): Promise<SessionView>;
  /** Closes the session if the database clock says that it is due, and reads the row. */
  closeSession(input: SessionOfRun): Promise<SessionView>;
  /** Tells staff about a hold that nobody lifts, once for each hold, and reads the row. */
  alertPause(input: SessionOfRun): Promise<SessionView>;
  /** Records that the workflow is complete if the row is closed and still at `version`, and reads the row. */
  completeSession(input: SessionOfRun & { readonly version: number }): Promise<SessionView>;
}

/**
 * Exams with more students than this are marked by one run after the close-out instead of one activity per session,
 * unless students get their results at once.
 */
export const INLINE_GRADING_LIMIT = 500;

const TRAITS_KEPT_MS = 60_000;

/**
 * @param deps `namespaceId` of the Temporal store that the worker is connected to; `wake` tells the other processes
 *   that something was committed
 */
export function createSessionActivities(deps: { db: Db; namespaceId: () => string; wake: () => void }): SessionActivities {
  const { db, namespaceId, wake } = deps;
  const traitsOf = new LRUCache<string, ExamTraits>({ max: 1_000, ttl: TRAITS_KEPT_MS });

  async function view(row: SessionRow): Promise<SessionView> {
    const { nowMs, traits } = await selectClockAndTraits(db, row.examId, traitsOf.get(row.examId));
    traitsOf.set(row.examId, traits);
    return {
      state: row.state, version: row.version, nowMs, cutoffAtMs: row.cutoffAtMs, jitterMs: jitterMs(row.id, traits.students),
      pausedAtMs: row.pausedAtMs, pauseLimitAtMs: row.pauseLimitAtMs, closedVersion: row.closedVersion,
      gradeInline: row.state !== 'withdrawn' && (traits.students <= INLINE_GRADING_LIMIT || traits.answersAtOnce),
    };
  }
  const load = async ({ sessionId, runId }: SessionOfRun): Promise<SessionView> =>
    await view(await loadSessionForWorkflow(db, { sessionId, namespaceId: namespaceId(), runId }));

  return {
    loadSession: (input) => withRefusals(() => load(input)),
    closeSession: (input) => withRefusals(async () => {
      await closeSessionIfDue(db, input.sessionId);
      wake();
      return await load(input);
    }),
    alertPause: (input) => withRefusals(async () => {
      if (await alertLeftPaused(db, input.sessionId)) wake();
      return await load(input);
    }),
    completeSession: (input) => withRefusals(async () => {
      const { sessionId, runId, version } = input;
      const row = await completeSessionWorkflow(db, { sessionId, namespaceId: namespaceId(), runId, version });
      await requestNewCloseOut(db, row.examId);
      return await view(row);
    }),
  };
}
