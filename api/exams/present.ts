import type { z } from 'zod';

import { entryRefusal, momentOf } from '#api/exams/entry.ts';
import { presentSession } from '#api/sessions/present.ts';
import type { examSchema, studentExamSchema } from '#contracts/exams.ts';
import type { StaffExam } from '#db/exams/exams.ts';
import type { StudentExam, WindowMove } from '#db/exams/student-exams.ts';
import type { ExamSection, ExamWindow, StoredExam } from '#db/exams/types.ts';
import { examStateAt } from '#domain/exams/exam-state.ts';
import type { FieldError } from '#domain/problem.ts';
import { capAtMs, entitledMs } from '#domain/session/timing.ts';

/**
 * An exam as staff see it.
 * @param nowMs clock of the database
 * @param notes what was decided about times that do not exist or exist twice
 */
export function presentExam(exam: StaffExam, nowMs: number, notes: readonly FieldError[] = []): z.input<typeof examSchema> {
  return {
    id: exam.id,
    externalId: exam.externalId,
    title: exam.title,
    description: exam.description,
    instructions: exam.instructions,
    ownerId: exam.ownerId,
    durationMinutes: exam.durationMinutes,
    graceSeconds: exam.graceSeconds,
    passPercent: exam.passPercent,
    attempts: exam.attempts,
    attemptRule: exam.attemptRule,
    navigation: exam.navigation,
    display: exam.display,
    shuffleItems: exam.shuffleItems,
    shuffleOptions: exam.shuffleOptions,
    lateEntryMinutes: exam.lateEntryMinutes,
    endRule: exam.endRule,
    hasAccessCode: exam.accessCodeHash !== null,
    proctoring: exam.proctoring,
    results: {
      release: exam.results.release,
      releaseAt: exam.results.releaseAt,
      score: exam.results.score,
      items: exam.results.items,
      key: exam.results.key,
      feedback: exam.results.feedback,
      distribution: exam.results.distribution ?? false,
      appealDays: exam.results.appealDays ?? 14,
    },
    plagiarismScan: { automatic: exam.plagiarismScan.automatic, level: exam.plagiarismScan.level },
    warnMinutes: [...exam.warnMinutes],
    sections: exam.sections.map(presentSection),
    window: presentWindow(exam.window),
    state: examStateAt(momentOf(exam), nowMs),
    resultsPublishedAt: instant(exam.resultsPublishedAtMs),
    publishedAt: instant(exam.publishedAtMs),
    cancelledAt: instant(exam.cancelledAtMs),
    assignedCount: exam.assignedCount,
    ...(exam.sessions === undefined ? {} : { sessions: { started: exam.sessions.started, active: exam.sessions.active, paused: exam.sessions.paused } }),
    createdAt: new Date(exam.createdAtMs).toISOString(),
    updatedAt: new Date(exam.updatedAtMs).toISOString(),
    version: exam.version,
    ...(notes.length === 0 ? {} : { notes: notes.map(({ pointer, message }) => ({ pointer, message })) }),
  };
}

/**
 * An exam as an assigned student sees it: never sections, question ids, grace or the access code.
 * @param nowMs clock of the database
 * @param moved the last move of the window; undefined leaves it out
 */
export function presentStudentExam(student: StudentExam, nowMs: number, moved?: WindowMove | null): z.input<typeof studentExamSchema> {
  const { exam, session } = student;
  const refusal = entryRefusal(student, nowMs);
  return {
    id: exam.id,
    title: exam.title,
    description: exam.description,
    durationMinutes: exam.durationMinutes,
    window: presentWindow(exam.window),
    instructions: exam.instructions,
    itemCount: exam.sections.reduce((count, section) => count + section.items.length + (section.draw?.count ?? 0), 0),
    passPercent: exam.passPercent,
    rules: presentRules(student),
    state: examStateAt(momentOf(exam), nowMs),
    cancelledAt: instant(exam.cancelledAtMs),
    ...(moved === undefined ? {} : { moved: presentMove(moved) }),
    ...(session === null ? {} : { session: presentSession(session, nowMs) }),
    canStart: refusal === null,
    ...(refusal === null ? {} : { why: refusal }),
  };
}

function presentMove(moved: WindowMove | null): z.input<typeof studentExamSchema>['moved'] {
  if (moved === null) return null;
  return { at: new Date(moved.atMs).toISOString(), opensAtBefore: instant(moved.opensAtBeforeMs), closesAtBefore: instant(moved.closesAtBeforeMs), reason: moved.reason };
}

function presentRules(student: StudentExam): z.input<typeof studentExamSchema>['rules'] {
  const { exam } = student;
  const { score, items, key, feedback } = exam.results;
  return {
    attempts: exam.attempts,
    attemptsLeft: Math.max(0, exam.attempts - student.attemptsUsed),
    navigation: exam.navigation,
    display: exam.display,
    lateEntryMinutes: exam.lateEntryMinutes,
    endRule: exam.endRule,
    hasAccessCode: exam.accessCodeHash !== null,
    proctoring: exam.proctoring,
    warnMinutes: [...exam.warnMinutes],
    resultsShown: { score, items, key, feedback },
    ownMinutes: ownMs(student) / 60_000,
    addedMinutes: student.addedMs / 60_000,
    latestEndAt: instant(latestEndMs(student)),
  };
}

/** The student's own time; whole seconds. */
function ownMs({ exam, timeMultiplier, extraMinutes }: StudentExam): number {
  return entitledMs({ durationMinutes: exam.durationMinutes, timeMultiplier, extraMinutes });
}

/** When it ends for this student at the latest, as a start reckons it: the close that stood before extensions, and what was added. */
function latestEndMs(student: StudentExam): number | null {
  const { exam, addedMs, closeMovedMs } = student;
  if (exam.window === null) return null;
  const cap = capAtMs({ endRule: exam.endRule, closesAtMs: exam.window.closesAtMs - closeMovedMs, entitledMs: ownMs(student), durationMs: exam.durationMinutes * 60_000 });
  return cap === null ? null : cap + addedMs;
}

function presentSection(section: ExamSection): z.input<typeof examSchema>['sections'][number] {
  return {
    title: section.title,
    items: section.items.map(({ id, questionId, points }) => ({ id, questionId, points })),
    ...(section.draw === undefined ? {} : { draw: { tag: section.draw.tag, count: section.draw.count, points: section.draw.points } }),
  };
}

function presentWindow(window: ExamWindow | null): z.input<typeof examSchema>['window'] {
  if (window === null) return null;
  return {
    localStart: window.localStart,
    localEnd: window.localEnd,
    timeZone: window.timeZone,
    opensAt: new Date(window.opensAtMs).toISOString(),
    closesAt: new Date(window.closesAtMs).toISOString(),
  };
}

function instant(ms: StoredExam['publishedAtMs']): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
