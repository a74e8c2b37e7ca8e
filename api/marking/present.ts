import type { z } from 'zod';

import { instant, maybeInstant } from '#api/session-commands/present.ts';
import type { leaseReplySchema, markerDraftSchema, markerMarkSchema, markingSettingsSchema, reusableCommentSchema } from '#contracts/marking.ts';
import type { rubricSchema } from '#contracts/rubrics.ts';
import type { MarkerDraft, MarkerMark } from '#db/marking/answers.ts';
import type { MarkingAnswer } from '#db/marking/answer-rows.ts';
import type { ReusableComment } from '#db/marking/notes.ts';
import type { RubricRow } from '#db/marking/rubrics.ts';
import type { MarkingSettings } from '#db/marking/settings.ts';
import { highestPoints } from '#domain/marking/points.ts';

/** How the answers of an exam are marked. */
export function presentSettings({ graders, ...settings }: MarkingSettings): z.input<typeof markingSettingsSchema> {
  const { examId, anonymous, secondMarking, samplePercent, differenceThreshold, leaseMinutes, version } = settings;
  return {
    examId, anonymous, secondMarking, samplePercent, differenceThreshold, leaseMinutes, version,
    graders: graders.map((grader) => ({ id: grader.id, name: grader.name, active: grader.active })),
  };
}

/** A rubric; version 0 is none. */
export function presentRubric(rubric: RubricRow, maxPoints: string | null): z.input<typeof rubricSchema> {
  return {
    itemId: rubric.itemId, version: rubric.version, kind: rubric.kind, highest: highestPoints(rubric), maxPoints,
    criteria: rubric.criteria.map((criterion) => ({
      id: criterion.id, label: criterion.label, description: criterion.description,
      ...(criterion.points === undefined ? {} : { points: criterion.points }),
      ...(criterion.levels === undefined ? {} : { levels: criterion.levels.map((level) => ({ id: level.id, label: level.label, description: level.description, points: level.points })) }),
    })),
    editedBy: rubric.editedBy === null ? null : { id: rubric.editedBy.id, name: rubric.editedBy.name }, editedAt: maybeInstant(rubric.editedAtMs), olderMarks: rubric.olderMarks,
  };
}

/** Who has an answer now. */
export function presentLease(answer: MarkingAnswer, actorId: string): z.input<typeof leaseReplySchema>['lease'] {
  const { lease } = answer;
  if (lease === null) return null;
  return { id: lease.id, role: lease.role, expiresAt: instant(lease.untilMs), holder: { id: lease.holderId, name: lease.holderName }, mine: lease.holderId === actorId };
}

/** Who wrote an answer, as far as graders may know. */
export function presentSubject(answer: MarkingAnswer, anonymous: boolean) {
  const { sessionId, itemId, closedVersion, code, number, student, state } = answer;
  return { sessionId, itemId, closedVersion, code, number, state, student: anonymous ? null : { id: student.id, externalId: student.externalId, name: student.name } };
}

/** The mark of a grader. */
export function presentMarkerMark(mark: MarkerMark, rubricVersion: number): z.input<typeof markerMarkSchema> {
  return {
    ...contentOf(mark), points: mark.points, role: mark.role, grader: { id: mark.graderId, name: mark.graderName }, version: mark.version,
    completedAt: instant(mark.completedAtMs), computedPoints: mark.computedPoints, olderRubric: mark.rubricVersion !== null && mark.rubricVersion < rubricVersion,
  };
}

/** What a grader has written and not given. */
export function presentDraft(draft: MarkerDraft): z.input<typeof markerDraftSchema> {
  return { ...contentOf(draft), points: draft.points, role: draft.role, closedVersion: draft.closedVersion, savedAt: instant(draft.savedAtMs), refused: draft.refused };
}

/** A reusable comment. */
export function presentComment(comment: ReusableComment): z.input<typeof reusableCommentSchema> {
  return {
    id: comment.id, itemId: comment.itemId, text: comment.text, createdBy: { id: comment.createdById, name: comment.createdByName },
    createdAt: instant(comment.createdAtMs), uses: comment.uses,
  };
}

function contentOf({ rubricVersion, selection, parts, comment, annotations }: MarkerMark | MarkerDraft) {
  return {
    rubricVersion, comment,
    selection: selection === null ? null : selection.map(({ criterionId, levelId, comment: words }) => ({ criterionId, levelId, comment: words })),
    parts: parts === null ? null : parts.map(({ label, points, comment: words }) => ({ label, points, comment: words })),
    annotations: annotations.map((annotation) => ({ ...annotation })),
  };
}
