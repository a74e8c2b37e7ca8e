import type { Answer, AnswerRow } from '../api.ts';

/** An answer as a line of a list. */
export function rowOf(answer: Answer): AnswerRow {
  const { sessionId, itemId, closedVersion, code, number, student, state, own, flags, draft, wordCount, lease, effective, role } = answer;
  return {
    sessionId, itemId, closedVersion, code, number, student, state, wordCount, lease,
    points: own?.points ?? effective?.points ?? null, mine: own !== null, allocated: role !== null, flagged: flags.length > 0, olderRubric: own?.olderRubric ?? false, draft: draft !== null,
  };
}
