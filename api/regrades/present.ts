import { instant, maybeInstant } from '#api/session-commands/present.ts';
import type { RegradeChangeRow, RegradeCorrection, RegradeRow } from '#db/regrade/regrades.ts';
import type { ResultSide } from '#domain/grading/regrade.ts';
import type { ItemPlace } from '#domain/paper/places.ts';
import type { DrawnItem } from '#domain/paper/types.ts';

/** A regrade for staff. */
export function presentRegrade(regrade: RegradeRow): Record<string, unknown> {
  const { run, summary } = regrade;
  return {
    id: regrade.id,
    examId: regrade.examId,
    state: regrade.state,
    changes: regrade.corrections.map(presentCorrection),
    reason: regrade.reason,
    summary: { ...summary },
    stale: regrade.stale,
    run: run === null ? null : { id: run.id, state: run.state, progress: { done: run.done, failed: run.failed, total: run.total } },
    createdBy: regrade.createdBy,
    createdAt: instant(regrade.createdAtMs),
    computedAt: instant(regrade.computedAtMs),
    endedBy: regrade.endedBy,
    endedAt: maybeInstant(regrade.endedAtMs),
  };
}

function presentCorrection({ itemId, questionId, correction, before }: RegradeCorrection): Record<string, unknown> {
  return {
    itemId,
    questionId,
    ...correction,
    before: { key: before.key ?? {}, points: before.points, rule: before.rule === 'answered-correct' ? 'all-correct' : before.rule },
  };
}

/** An item as it counts now, for staff. */
export function presentCountingItem({ id, questionId, points, rule, corrected, question }: DrawnItem, place: ItemPlace) {
  return {
    itemId: id, questionId, ...place, points, rule: rule === undefined ? null : rule === 'drop' ? rule : ('all-correct' as const), corrected: corrected === true,
    question: {
      type: question.type, text: question.text, media: (question.media ?? []).map((media) => ({ ...media })), key: { ...question.key }, ...('options' in question ? { options: question.options } : {}),
    },
  };
}

/** What a regrade changes in one session, for staff. */
export function presentRegradeChange(change: RegradeChangeRow): Record<string, unknown> {
  return {
    sessionId: change.sessionId,
    student: change.student,
    attempt: change.attempt,
    counted: change.counted,
    before: presentSide(change.before),
    after: presentSide(change.after),
    crosses: change.crosses,
    marks: change.marks,
  };
}

function presentSide(side: ResultSide): Record<string, unknown> {
  return {
    points: side.points,
    maxPoints: side.maxPoints,
    percent: side.percent === null ? null : Number(side.percent),
    grade: side.passed === null ? null : side.passed ? 'pass' : 'fail',
    gradeLabel: side.gradeLabel,
  };
}
