import { instant, maybeInstant } from '#api/session-commands/present.ts';
import type { HoldState } from '#db/results/holds.ts';
import type { MarkRow } from '#db/results/marks.ts';
import type { Publication } from '#db/results/publish.ts';
import type { ResultRow } from '#db/results/rows.ts';

/** Where the results of an exam stand. */
export function presentPublication(publication: Publication): Record<string, unknown> {
  return {
    examId: publication.examId,
    resultsPublishedAt: maybeInstant(publication.resultsPublishedAtMs),
    sessions: publication.sessions,
    mails: publication.mails,
  };
}

/** Whether a result is withheld. */
export function presentHold(hold: HoldState): Record<string, unknown> {
  return { sessionId: hold.sessionId, withheld: hold.withheld, reason: hold.reason, heldAt: maybeInstant(hold.heldAtMs) };
}

/** A result for staff; with its marks when they were asked for. */
export function presentResult(row: ResultRow, marks?: readonly MarkRow[]): Record<string, unknown> {
  return {
    sessionId: row.sessionId,
    studentId: row.student.id,
    student: { id: row.student.id, externalId: row.student.externalId, name: row.student.name },
    attempt: row.attempt,
    counted: row.counted,
    points: row.points,
    rawPoints: row.rawPoints,
    maxPoints: row.maxPoints,
    percent: row.percent,
    grade: row.passed === null ? null : row.passed ? 'pass' : 'fail',
    gradeLabel: row.gradeLabel,
    gradedCount: row.gradedCount,
    pendingCount: row.pendingCount,
    state: row.state,
    sessionState: row.sessionState,
    withheld: row.withheld,
    version: row.version,
    ...(marks === undefined ? {} : { items: marks.map(presentMark) }),
  };
}

/** A mark for staff. */
export function presentMark(mark: MarkRow): Record<string, unknown> {
  return {
    itemId: mark.itemId,
    points: mark.points,
    maxPoints: mark.maxPoints,
    state: mark.state,
    source: mark.source,
    comment: mark.comment,
    rubric: mark.rubric,
    response: mark.response,
    markedBy: mark.markedBy,
    markedAt: instant(mark.markedAtMs),
    version: mark.version,
  };
}
