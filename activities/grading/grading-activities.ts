import { withRefusals } from '../failure.ts';
import type { GradeCounts, Marker } from './mark-session.ts';

/** One closed state of a session. */
export interface ClosedSession {
  readonly sessionId: string;
  /** Version of the close: a re-open makes its grade worthless. */
  readonly closedVersion: number;
}

/** Marking of single sessions; each can be repeated without harm, one grade per session and closed version. */
export interface GradingActivities {
  /** Marks the answers of a closed session; what only a person can judge is left pending. */
  gradeSession(input: ClosedSession): Promise<GradeCounts>;
  /** Leaves a whole session to a person, because the machine could not mark it. */
  leaveToPerson(input: ClosedSession): Promise<void>;
}

/** @param deps `marker` marks one session; `wake` tells the other processes that something was committed */
export function createGradingActivities(deps: { marker: Marker; wake: () => void }): GradingActivities {
  const { marker, wake } = deps;
  return {
    gradeSession: (input) => withRefusals(async () => {
      const counts = await marker.mark(input);
      wake();
      return counts;
    }),
    leaveToPerson: (input) => withRefusals(async () => {
      await marker.leaveToPerson(input, 'the session could not be marked automatically');
      wake();
    }),
  };
}
