import type { ExamModel } from '#db/models/exam.ts';

import type { ExamFields, ExamWindow, StoredExam } from './types.ts';

/** Columns for the fields that are given. */
export function examColumns(fields: Partial<ExamFields>): Partial<ExamModel> {
  const { window, passPercent, warnMinutes, sections, ...same } = fields;
  return {
    ...same,
    ...(passPercent === undefined ? {} : { passPercent: passPercent === null ? null : String(passPercent) }),
    ...(warnMinutes === undefined ? {} : { warnMinutes: [...warnMinutes] }),
    ...(sections === undefined ? {} : { sections: [...sections] }),
    ...(window === undefined ? {} : windowColumns(window)),
  };
}

/** An exam out of its row. */
export function toStoredExam(row: ExamModel): StoredExam {
  return {
    id: row.id,
    ownerId: row.ownerId,
    externalId: row.externalId,
    title: row.title,
    description: row.description,
    instructions: row.instructions,
    durationMinutes: row.durationMinutes,
    graceSeconds: row.graceSeconds,
    passPercent: row.passPercent === null ? null : Number(row.passPercent),
    attempts: row.attempts,
    attemptRule: row.attemptRule,
    navigation: row.navigation,
    display: row.display,
    shuffleItems: row.shuffleItems,
    shuffleOptions: row.shuffleOptions,
    lateEntryMinutes: row.lateEntryMinutes,
    endRule: row.endRule,
    accessCodeHash: row.accessCodeHash,
    proctoring: row.proctoring,
    results: row.results,
    plagiarismScan: row.plagiarismScan,
    warnMinutes: row.warnMinutes,
    sections: row.sections,
    window: windowOf(row),
    lifecycle: row.lifecycle,
    publishedAtMs: row.publishedAt?.getTime() ?? null,
    cancelledAtMs: row.cancelledAt?.getTime() ?? null,
    resultsPublishedAtMs: row.resultsPublishedAt?.getTime() ?? null,
    scheduleVersion: row.scheduleVersion,
    version: row.version,
    createdAtMs: row.createdAt.getTime(),
    updatedAtMs: row.updatedAt.getTime(),
  };
}

function windowColumns(window: ExamWindow | null): Partial<ExamModel> {
  if (window === null) return { localStart: null, localEnd: null, timeZone: null, opensAt: null, closesAt: null };
  return {
    localStart: window.localStart,
    localEnd: window.localEnd,
    timeZone: window.timeZone,
    opensAt: new Date(window.opensAtMs),
    closesAt: new Date(window.closesAtMs),
  };
}

function windowOf(row: ExamModel): ExamWindow | null {
  if (row.opensAt === null || row.closesAt === null) return null;
  return {
    localStart: row.localStart ?? '',
    localEnd: row.localEnd ?? '',
    timeZone: row.timeZone ?? 'UTC',
    opensAtMs: row.opensAt.getTime(),
    closesAtMs: row.closesAt.getTime(),
  };
}
