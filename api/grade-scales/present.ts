import { instant, maybeInstant } from '#api/session-commands/present.ts';
import type { ModerationRow } from '#db/scales/moderations.ts';
import type { ExamScale } from '#db/scales/scales.ts';

/** The scale of an exam for staff. */
export function presentScale(exam: ExamScale): Record<string, unknown> {
  const { scale, resolved, counts } = exam;
  return {
    examId: exam.examId,
    kind: scale.kind,
    places: scale.places,
    unit: resolved.unit,
    bands: resolved.cutOffs.map(({ label, from }, index) => ({
      label,
      from,
      ...(scale.kind === 'percentile' ? { topPercent: scale.bands[index]!.topPercent } : {}),
      count: counts.get(label) ?? 0,
    })),
    isDefault: exam.isDefault,
    cohort: exam.cohort,
    rounding: scale.kind === 'pass-fail'
      ? 'Pass and fail follow the pass mark of the exam, compared exactly, without rounding.'
      : `The ${resolved.unit === 'points' ? 'points' : 'share in percent'} is rounded half up to ${scale.places} places, then compared with the cut-offs.`,
    version: exam.version,
    updatedAt: maybeInstant(exam.updatedAtMs),
  };
}

/** One step of moderation for staff. */
export function presentModeration(row: ModerationRow): Record<string, unknown> {
  const { step } = row;
  return {
    id: row.id,
    examId: row.examId,
    number: row.number,
    kind: step.kind,
    factor: step.kind === 'scale' ? step.factor : null,
    points: step.kind === 'add' ? step.points : null,
    cap: step.cap,
    reason: row.reason,
    createdBy: row.createdBy,
    createdAt: instant(row.createdAtMs),
    undoneBy: row.undoneBy,
    undoneAt: maybeInstant(row.undoneAtMs),
    undoReason: row.undoReason,
    effect: row.effect,
  };
}
