import type { z } from 'zod';

import { presentMark } from '#api/results/present.ts';
import { instant, maybeInstant, multiplierText, presentStaffSession } from '#api/session-commands/present.ts';
import type { reviewAnswersSchema, reviewItemSchema, revisionSchema } from '#contracts/review.ts';
import type { ItemReview, Revision, SessionReview } from '#db/monitor/review.ts';
import type { MarkRow } from '#db/results/marks.ts';
import type { SessionRow } from '#db/session/rows.ts';
import { toPaperItem } from '#domain/paper/student-paper.ts';
import type { DrawnItem, DrawnPaper } from '#domain/paper/types.ts';
import { examSessionWorkflowId } from '#workflows/session/messages.ts';

type ItemOut = z.input<typeof reviewItemSchema>;
type AnswersOut = z.input<typeof reviewAnswersSchema>;
type RevisionOut = z.input<typeof revisionSchema>;

/** Everything there is to tell about the answers of a session. */
export interface AnswersSource {
  readonly session: Pick<SessionRow, 'id' | 'closedVersion'>;
  readonly paper: DrawnPaper;
  readonly items: readonly ItemReview[];
  readonly marks: readonly MarkRow[];
  readonly resultVersion: number | null;
}

/**
 * A session with everything around it, for those who watch over the exam.
 * @param total items of the paper
 * @param nowMs the clock of the database
 */
export function presentReviewForProctor(review: SessionReview, total: number, nowMs: number): Record<string, unknown> {
  const { session, exam, workflow } = review;
  const paused = session.state === 'paused';
  return {
    session: presentStaffSession(session, nowMs),
    student: { id: review.student.id, externalId: review.student.externalId, name: review.student.name },
    exam: { id: exam.id, title: exam.title, timeZone: exam.timeZone, resultsPublishedAt: maybeInstant(exam.resultsPublishedAtMs) },
    answered: review.answered,
    total,
    online: review.online,
    lastSavedAt: maybeInstant(review.lastSavedAtMs),
    lastSeenAt: maybeInstant(review.lastSeenAtMs),
    acknowledgedVersion: review.acknowledgedVersion,
    incidents: review.incidents,
    refusedAnswers: review.refusedAnswers,
    time: {
      startedAt: instant(session.startedAtMs),
      durationMs: session.durationMs,
      timeMultiplier: multiplierText(session.timeMultiplier),
      entitledMs: session.entitledMs,
      capAt: maybeInstant(session.capAtMs),
      extraMs: session.extraMs,
      pausedTotalMs: session.pausedTotalMs,
      graceMs: session.graceMs,
      deadlineAt: paused ? null : instant(session.deadlineAtMs),
      cutoffAt: paused ? null : instant(session.cutoffAtMs),
    },
    closedVersion: session.closedVersion,
    withheld: null,
    workflowId: examSessionWorkflowId(session.id),
    workflow: workflow === null ? null : {
      rowVersion: session.version, seenVersion: workflow.seenVersion, seenAt: instant(workflow.seenAtMs), completedAt: maybeInstant(workflow.completedAtMs),
    },
    otherAttempts: review.otherAttempts.map(({ sessionId, attempt, state }) => ({ sessionId, attempt, state })),
  };
}

/** The same for those who mark the exam: also whether the result is withheld. */
export function presentReviewForTeacher(review: SessionReview, total: number, nowMs: number): Record<string, unknown> {
  const { withheld } = review;
  return {
    ...presentReviewForProctor(review, total, nowMs),
    withheld: withheld === null ? null : { reason: withheld.reason, heldAt: instant(withheld.heldAtMs), by: { id: withheld.by.id, name: withheld.by.name } },
  };
}

/** Which items have an answer, and when it came: what those who watch over an exam may know. */
export function presentAnswersForProctor(source: AnswersSource): AnswersOut {
  const found = new Map(source.items.map((item) => [item.itemId, item]));
  return {
    sessionId: source.session.id,
    closedVersion: source.session.closedVersion,
    resultVersion: null,
    sections: source.paper.sections.map(({ title, items }) => ({ title, items: items.map((item) => visibleItem(item, found.get(item.id))) })),
  };
}

/** The same with keys, answers and marks, for those who mark the exam. */
export function presentAnswersForTeacher(source: AnswersSource): AnswersOut {
  const found = new Map(source.items.map((item) => [item.itemId, item]));
  const marks = new Map(source.marks.map((mark) => [mark.itemId, mark]));
  const wholeItem = (item: DrawnItem): ItemOut => {
    const answer = found.get(item.id)?.answer ?? null;
    const shown = visibleItem(item, found.get(item.id));
    return {
      ...shown,
      key: { ...item.question.key },
      explanation: item.question.explanation ?? null,
      answer: answer === null ? null : { ...shown.answer!, response: answer.response as RevisionOut['response'] },
      mark: markOf(marks.get(item.id)),
    };
  };
  return {
    ...presentAnswersForProctor(source),
    resultVersion: source.resultVersion,
    sections: source.paper.sections.map(({ title, items }) => ({ title, items: items.map(wholeItem) })),
  };
}

function visibleItem(item: DrawnItem, review: ItemReview | undefined): ItemOut {
  const { id, ...shown } = toPaperItem(item);
  const answer = review?.answer ?? null;
  return {
    itemId: id,
    questionId: item.questionId,
    questionVersion: item.questionVersion,
    ...(shown as Pick<ItemOut, 'type' | 'text' | 'points'>),
    answer: answer === null ? null : { revision: answer.revision, savedAt: instant(answer.savedAtMs), sessionVersion: answer.sessionVersion },
    revisions: review?.revisions ?? 0,
    refused: review?.refused ?? 0,
  };
}

function markOf(mark: MarkRow | undefined): ItemOut['mark'] {
  return mark === undefined ? null : (presentMark(mark) as NonNullable<ItemOut['mark']>);
}

/** One accepted save, as those who watch over an exam may see it. */
export function presentRevisionForProctor(row: Revision): RevisionOut {
  return { revision: row.revision, savedAt: instant(row.savedAtMs), clientId: row.clientId, clientSeq: row.clientSeq, sessionVersion: row.sessionVersion };
}

/** The same with what it said. */
export function presentRevisionForTeacher(row: Revision): RevisionOut {
  return { ...presentRevisionForProctor(row), response: row.response as RevisionOut['response'] };
}
