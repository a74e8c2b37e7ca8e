import type { z } from 'zod';

import { instant } from '#api/session-commands/present.ts';
import type { adminStatisticsSchema, examStatisticsSchema, itemsStatisticsSchema, studentStatisticsSchema } from '#contracts/statistics.ts';
import type { PeriodFigures } from '#db/statistics/overview.ts';
import type { TrendPoint } from '#db/statistics/trends.ts';
import { DEFINITIONS } from '#domain/statistics/definitions.ts';
import { mean } from '#domain/statistics/descriptive.ts';
import type { ItemStatistics } from '#domain/statistics/item-statistics.ts';

import type { ComputedStatistics } from './cache.ts';

/** The statistics of an exam without those of its items. */
export function presentExam(exam: { id: string; title: string }, { computedAtMs, statistics }: ComputedStatistics): z.input<typeof examStatisticsSchema> {
  const { byBatch, completion, distribution, irt, items, notes, passPercent, passRate, reliability, sessions } = statistics;
  return {
    examId: exam.id, title: exam.title, computedAt: instant(computedAtMs), sessions, items, distribution, reliability, completion, passPercent, passRate, byBatch, irt,
    notes: [...notes], definitions: DEFINITIONS.exam,
  };
}

/** The statistics of the items of an exam. */
export function presentItems(examId: string, { computedAtMs, statistics }: ComputedStatistics): z.input<typeof itemsStatisticsSchema> {
  return { examId, computedAt: instant(computedAtMs), sessions: statistics.sessions.graded, items: statistics.itemStatistics.map(presentItem), definitions: DEFINITIONS.item };
}

function presentItem(item: ItemStatistics): z.input<typeof itemsStatisticsSchema>['items'][number] {
  return {
    itemId: item.itemId, questionId: item.questionId, number: item.number, section: item.section, type: item.type, text: item.text,
    maxPoints: String(item.maxPoints), n: item.n, omitted: item.omitted, meanPoints: item.meanPoints, facility: item.facility, facilityAnswered: item.facilityAnswered, sd: item.sd,
    discrimination: item.discrimination, discriminativeEfficiency: item.discriminativeEfficiency, intendedWeight: item.intendedWeight,
    effectiveWeight: item.effectiveWeight, alphaIfDeleted: item.alphaIfDeleted, medianSeconds: item.medianSeconds, timedSessions: item.timedSessions,
    flags: [...item.flags], groups: item.groups,
    options: item.options === null ? null : item.options.map(({ optionId, text, isKey, count, share, byGroup, correlation }) => ({ optionId, text, isKey, count, share, byGroup, correlation })),
    irt: item.irt, notes: [...item.notes],
  };
}

/** How a student did over time. */
export function presentTrend(studentId: string, nowMs: number, points: readonly TrendPoint[]): z.input<typeof studentStatisticsSchema> {
  return {
    studentId, computedAt: instant(nowMs),
    exams: points.map(({ examId, title, atMs, percent, passed, classMean, classN }) => ({ examId, title, at: instant(atMs), percent, passed, classMean, classN })),
    meanPercent: mean(points.map((point) => point.percent)),
    meanDifference: mean(points.flatMap((point) => (point.classMean === null ? [] : [point.percent - point.classMean]))),
  };
}

/** The institution in numbers. */
export function presentOverview(nowMs: number, { totals, months }: { totals: PeriodFigures; months: readonly (PeriodFigures & { month: string })[] }): z.input<typeof adminStatisticsSchema> {
  return { computedAt: instant(nowMs), totals: presentFigures(totals), months: months.map((month) => ({ month: month.month, ...presentFigures(month) })) };
}

function presentFigures({ exams, sessions, students, graded, meanPercent, passRate }: PeriodFigures): PeriodFigures {
  return { exams, sessions, students, graded, meanPercent, passRate };
}
