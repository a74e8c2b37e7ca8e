import { ApplicationFailure } from '@temporalio/common';

import type { GradingActivities } from '#activities/grading/grading-activities.ts';
import type { SessionActivities, SessionView } from '#activities/session/session-activities.ts';

import type { WorkflowServer } from './workflow-environment.ts';

/** A session row held in memory, on the clock of its Temporal server. */
export interface FakeSession {
  /** The row; tests change it like commands do. */
  row: { -readonly [Key in keyof Omit<SessionView, 'nowMs'>]: SessionView[Key] };
  /** Activities over the row, with the same names and shapes as the real ones. */
  readonly activities: SessionActivities & GradingActivities;
  /** Names of the activities in the order in which they ran. */
  readonly calls: string[];
  /** Closed versions that were graded. */
  readonly graded: number[];
  /** Changes the row and raises its version. @returns the new version */
  change(change: Partial<FakeSession['row']>): number;
  /** Set to hold the grading until the promise resolves. */
  gradingWaitsFor: Promise<void> | undefined;
  /** Errors that the next activities throw, one each. */
  readonly failures: Error[];
  completedVersion: number | null;
}

/**
 * @param env its clock is the clock of the row
 * @param startedAtMs epoch ms
 * @param durationMs own time of the student
 */
export function createFakeSession(env: Pick<WorkflowServer, 'currentTimeMs'>, startedAtMs: number, durationMs: number): FakeSession {
  const fake: FakeSession = {
    row: {
      state: 'active', version: 1, cutoffAtMs: startedAtMs + durationMs + 10_000, jitterMs: 400,
      pausedAtMs: null, pauseLimitAtMs: null, closedVersion: null, gradeInline: true,
    },
    calls: [],
    graded: [],
    failures: [],
    gradingWaitsFor: undefined,
    completedVersion: null,
    change(change) {
      Object.assign(fake.row, change, { version: fake.row.version + 1 });
      return fake.row.version;
    },
    activities: {
      loadSession: () => view('loadSession'),
      async closeSession() {
        const nowMs = await env.currentTimeMs();
        const { state, cutoffAtMs, pauseLimitAtMs } = fake.row;
        const isDue = (state === 'active' && nowMs >= cutoffAtMs) || (state === 'paused' && pauseLimitAtMs !== null && nowMs >= pauseLimitAtMs);
        if (isDue) fake.change({ state: 'expired', closedVersion: fake.row.version + 1, pausedAtMs: null });
        return await view('closeSession');
      },
      alertPause: () => view('alertPause'),
      async completeSession({ version }) {
        if (fake.row.version === version) fake.completedVersion = version;
        return await view('completeSession');
      },
      async gradeSession({ closedVersion }) {
        fake.calls.push('gradeSession');
        throwNext();
        await fake.gradingWaitsFor;
        fake.graded.push(closedVersion);
        return { gradedCount: 20, pendingCount: 0 };
      },
      async leaveToPerson({ closedVersion }) {
        fake.calls.push('leaveToPerson');
        fake.graded.push(closedVersion);
        await Promise.resolve();
      },
    },
  };

  function throwNext(): void {
    const failure = fake.failures.shift();
    if (failure !== undefined) throw failure;
  }
  async function view(name: string): Promise<SessionView> {
    fake.calls.push(name);
    throwNext();
    return { ...fake.row, nowMs: await env.currentTimeMs() };
  }
  return fake;
}

/** A failure that no retry is spent on. */
export function refusal(type: string): Error {
  return ApplicationFailure.create({ type, message: 'refused', nonRetryable: true });
}
