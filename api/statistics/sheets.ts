import type { Cell } from '#api/http/csv.ts';
import type { ResultRow } from '#db/results/rows.ts';
import type { ExamStatistics } from '#domain/statistics/exam-statistics.ts';

/** Names of the sheets, in their order. */
export type SheetName = 'summary' | 'items' | 'distractors' | 'students';

/** A table of an export. */
export interface Sheet {
  readonly name: SheetName;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** The statistics of an exam as tables. */
export function sheetsOf(title: string, computedAt: string, statistics: ExamStatistics, results: readonly ResultRow[]): Sheet[] {
  return [
    { name: 'summary', head: ['figure', 'value', 'definition'], rows: summaryRows(title, computedAt, statistics) },
    { name: 'items', head: ITEM_HEAD, rows: statistics.itemStatistics.map(itemRow) },
    { name: 'distractors', head: DISTRACTOR_HEAD, rows: statistics.itemStatistics.flatMap(distractorRows) },
    { name: 'students', head: STUDENT_HEAD, rows: results.map(studentRow) },
  ];
}

type Item = ExamStatistics['itemStatistics'][number];

const ITEM_HEAD = [
  'number', 'itemId', 'questionId', 'section', 'type', 'text', 'maxPoints', 'n', 'omitted', 'meanPoints', 'facility', 'sd', 'upperLower27', 'itemRest', 'itemTotal',
  'pointBiserial', 'discriminativeEfficiency', 'intendedWeight', 'effectiveWeight', 'alphaIfDeleted', 'medianSeconds', 'raschDifficulty', 'raschSe',
  'twoPlDifficulty', 'twoPlDiscrimination', 'flags',
];
const DISTRACTOR_HEAD = ['number', 'itemId', 'optionId', 'text', 'isKey', 'count', 'share', 'lower27', 'middle46', 'upper27', 'correlation'];
const STUDENT_HEAD = ['studentId', 'externalId', 'name', 'sessionId', 'attempt', 'points', 'maxPoints', 'percent', 'passed', 'grade'];

function summaryRows(title: string, computedAt: string, { byBatch, completion, distribution, irt, items, passPercent, passRate, reliability, sessions }: ExamStatistics): Cell[][] {
  return [
    ['exam', title, ''],
    ['computedAt', computedAt, 'UTC'],
    ['sessions', sessions.graded, 'counted and completely marked'],
    ['items', items, 'that somebody had'],
    ['mean', distribution.mean, 'percent'],
    ['median', distribution.median, 'percent'],
    ['sd', distribution.sd, 'percent, divided by n - 1'],
    ['min', distribution.min, 'percent'],
    ['q1', distribution.quartiles.q1, distribution.quartiles.definition],
    ['q3', distribution.quartiles.q3, distribution.quartiles.definition],
    ['max', distribution.max, 'percent'],
    ['skewness', distribution.skewness.value, distribution.skewness.definition],
    ['kurtosis', distribution.kurtosis.value, distribution.kurtosis.definition],
    ['cronbachAlpha', reliability.cronbachAlpha, 'raw'],
    ['kr20', reliability.kr20, 'only where every item is right or wrong'],
    ['sem', reliability.sem, 'points, sd x sqrt(1 - alpha)'],
    ['semPercent', reliability.semPercent, 'percent'],
    ['passPercent', passPercent, 'percent'],
    ['passRate', passRate, '0..1'],
    ['assigned', completion.assigned, 'students'],
    ['started', completion.started, 'students'],
    ['finished', completion.finished, 'sessions'],
    ['meanMinutes', completion.meanMinutes, 'without pauses'],
    ['medianMinutes', completion.medianMinutes, 'without pauses'],
    ['raschAbilitySd', irt.rasch?.abilitySd ?? null, 'MML-EM, slopes of 1'],
    ...byBatch.map((batch): Cell[] => [`mean of batch ${batch.name}`, batch.mean, `percent, ${batch.n} sessions`]),
  ];
}

function itemRow(item: Item): Cell[] {
  const { discrimination: { upperLower27, itemRest, itemTotal, pointBiserial }, irt } = item;
  return [
    item.number, item.itemId, item.questionId, item.section, item.type, item.text, item.maxPoints, item.n, item.omitted, item.meanPoints, item.facility, item.sd,
    upperLower27, itemRest, itemTotal, pointBiserial, item.discriminativeEfficiency, item.intendedWeight, item.effectiveWeight, item.alphaIfDeleted, item.medianSeconds,
    irt?.rasch?.difficulty ?? null, irt?.rasch?.se ?? null, irt?.twoPl?.difficulty ?? null, irt?.twoPl?.discrimination ?? null, item.flags.join(' '),
  ];
}

function distractorRows(item: Item): Cell[][] {
  return (item.options ?? []).map((option) => [
    item.number, item.itemId, option.optionId, option.text, option.isKey, option.count, option.share, option.byGroup.lower, option.byGroup.middle, option.byGroup.upper, option.correlation,
  ]);
}

function studentRow({ student, ...row }: ResultRow): Cell[] {
  return [
    student.id, student.externalId, student.name, row.sessionId, row.attempt, row.points === null ? null : Number(row.points),
    row.maxPoints === null ? null : Number(row.maxPoints), row.percent, row.passed, row.gradeLabel,
  ];
}
