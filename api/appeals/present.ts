import { instant, maybeInstant } from '#api/session-commands/present.ts';
import type { AppealRow } from '#db/appeals/appeals.ts';

/**
 * An appeal as its student sees it.
 * @param open the result is out: the decision tells about it
 */
export function presentOwnAppeal(appeal: AppealRow, open: boolean): Record<string, unknown> {
  return {
    id: appeal.id,
    sessionId: appeal.sessionId,
    itemId: appeal.itemId,
    text: appeal.text,
    state: appeal.state,
    outcome: open ? appeal.outcome : null,
    reason: open ? appeal.reason : null,
    createdAt: instant(appeal.createdAtMs),
    decidedAt: maybeInstant(appeal.decidedAtMs),
    version: appeal.version,
  };
}

/** An appeal for staff. */
export function presentAppeal(appeal: AppealRow): Record<string, unknown> {
  return {
    id: appeal.id,
    sessionId: appeal.sessionId,
    examId: appeal.examId,
    examTitle: appeal.examTitle,
    student: appeal.student,
    itemId: appeal.itemId,
    text: appeal.text,
    state: appeal.state,
    reviewer: appeal.reviewer,
    outcome: appeal.outcome,
    reason: appeal.reason,
    mark: appeal.mark === null ? null : { points: appeal.mark.points, maxPoints: appeal.mark.maxPoints },
    pointsBefore: appeal.pointsBefore,
    pointsAfter: appeal.pointsAfter,
    decidedBy: appeal.decidedBy,
    decidedAt: maybeInstant(appeal.decidedAtMs),
    createdAt: instant(appeal.createdAtMs),
    version: appeal.version,
  };
}
