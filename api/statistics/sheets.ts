import type { Cell } from '#domain/csv.ts';
import type { ResultRow } from '#db/results/rows.ts';
import { DEFINITIONS } from '#domain/statistics/definitions.ts';
import type { ExamStatistics } from '#domain/statistics/exam-statistics.ts';

/** A value with its kind, where the kind does not show: an instant, or a share of 1. */
export type TypedCell = Cell | Date | { readonly share: number };

/** A table of an export. */
export interface Sheet {
  readonly name: 'summary' | 'items' | 'distractors' | 'students' | 'batches' | 'definitions';
  readonly head: readonly string[];
  readonly rows: readonly (readonly TypedCell[])[];
}

/** The statistics of an exam as tables. */
export function sheetsOf(title: string, computedAtMs: number, statistics: ExamStatistics, results: readonly ResultRow[]): Sheet[] {
  return [
    { name: 'summary', head: ['figure', 'value', 'definition'], rows: summaryRows(title, computedAtMs, statistics) },
    { name: 'items', head: ITEM_HEAD, rows: statistics.itemStatistics.map(itemRow) },
    { name: 'distractors', head: DISTRACTOR_HEAD, rows: statistics.itemStatistics.flatMap(distractorRows) },
    { name: 'students', head: STUDENT_HEAD, rows: results.map(studentRow) },
    { name: 'batches', head: BATCH_HEAD, rows: statistics.byBatch.map(batchRow) },
    { name: 'definitions', head: ['about', 'figure', 'definition'], rows: Object.entries(DEFINITIONS).flatMap(([about, figures]) => Object.entries(figures).map(([figure, definition]) => [about, figure, definition])) },
  ];
}

/** A value as a CSV file holds it: instants by RFC 3339, shares as numbers of 1. */
export function plainCell(cell: TypedCell): Cell {
  if (cell instanceof Date) return cell.toISOString();
  return typeof cell === 'object' && cell !== null ? cell.share : cell;
}

type Item = ExamStatistics['itemStatistics'][number];

const ITEM_HEAD = [
  'number', 'itemId', 'questionId', 'section', 'type', 'text', 'maxPoints', 'n', 'omitted', 'meanPoints', 'facility', 'sd', 'upperLower27', 'itemRest', 'itemTotal',
  'pointBiserial', 'discriminativeEfficiency', 'intendedWeight', 'effectiveWeight', 'alphaIfDeleted', 'medianSeconds', 'raschDifficulty', 'raschSe',
  'twoPlDifficulty', 'twoPlDiscrimination', 'flags', 'upperLowerCut27', 'twoPlDifficultySe', 'twoPlDiscriminationSe', 'facilityAnswered',
];
const DISTRACTOR_HEAD = ['number', 'itemId', 'optionId', 'text', 'isKey', 'count', 'share', 'lower27', 'middle46', 'upper27', 'correlation'];
const STUDENT_HEAD = ['studentId', 'externalId', 'name', 'sessionId', 'attempt', 'points', 'maxPoints', 'percent', 'passed', 'grade', 'pointsBeforeModeration'];
const BATCH_HEAD = ['batchId', 'name', 'n', 'mean', 'sd', 'min', 'q1', 'median', 'q3', 'max', 'passRate', 'effectSize'];

function summaryRows(title: string, computedAtMs: number, { completion, distribution, irt, items, passPercent, passRate, reliability, sessions }: ExamStatistics): TypedCell[][] {
  const say = DEFINITIONS.exam;
  return [
    ['exam', title, ''],
    ['computedAt', new Date(computedAtMs), 'UTC'],
    ['sessions', sessions.graded, say['sessions.graded']],
    ['items', items, 'Items that somebody had.'],
    ['mean', distribution.mean, say['distribution.mean']],
    ['median', distribution.median, say['distribution.median']],
    ['sd', distribution.sd, say['distribution.sd']],
    ['sdPopulation', distribution.sdPopulation, say['distribution.sdPopulation']],
    ['min', distribution.min, 'Percent.'],
    ['q1', distribution.quartiles.q1, distribution.quartiles.definition],
    ['q3', distribution.quartiles.q3, distribution.quartiles.definition],
    ['max', distribution.max, 'Percent.'],
    ['skewness', distribution.skewness.value, say['distribution.skewness.value']],
    ['skewnessPopulation', distribution.skewness.g1, say['distribution.skewness.g1']],
    ['kurtosis', distribution.kurtosis.value, say['distribution.kurtosis.value']],
    ['kurtosisPopulation', distribution.kurtosis.g2, say['distribution.kurtosis.g2']],
    ['standardErrorOfMean', distribution.standardErrorOfMean, say['distribution.standardErrorOfMean']],
    ['cronbachAlpha', reliability.cronbachAlpha, say['reliability.cronbachAlpha']],
    ['standardizedAlpha', reliability.standardizedAlpha, say['reliability.standardizedAlpha']],
    ['kr20', reliability.kr20, say['reliability.kr20']],
    ['sem', reliability.sem, say['reliability.sem']],
    ['semPercent', reliability.semPercent, say['reliability.semPercent']],
    ['sdPoints', reliability.sdPoints, say['reliability.sdPoints']],
    ['meanInterItemCorrelation', reliability.meanInterItemCorrelation, say['reliability.meanInterItemCorrelation']],
    ['passPercent', passPercent, 'Percent.'],
    ['passRate', share(passRate), say.passRate],
    ['assigned', completion.assigned, 'Students.'],
    ['started', completion.started, 'Students with a session.'],
    ['finished', completion.finished, 'Closed sessions without the withdrawn ones.'],
    ['meanMinutes', completion.meanMinutes, say['completion.medianMinutes']],
    ['medianMinutes', completion.medianMinutes, say['completion.medianMinutes']],
    ['raschAbilitySd', irt.rasch?.abilitySd ?? null, say['irt.rasch']],
    ['raschLogLikelihood', irt.rasch?.logLikelihood ?? null, say['irt.rasch']],
    ['twoPlLogLikelihood', irt.twoPl?.logLikelihood ?? null, say['irt.twoPl']],
  ];
}

function itemRow(item: Item): TypedCell[] {
  const { discrimination: { upperLower27, upperLowerCut27, itemRest, itemTotal, pointBiserial }, irt } = item;
  return [
    item.number, item.itemId, item.questionId, item.section, item.type, item.text, item.maxPoints, item.n, item.omitted, item.meanPoints, share(item.facility), item.sd,
    upperLower27, itemRest, itemTotal, pointBiserial, share(item.discriminativeEfficiency), share(item.intendedWeight), share(item.effectiveWeight), item.alphaIfDeleted, item.medianSeconds,
    irt?.rasch?.difficulty ?? null, irt?.rasch?.se ?? null, irt?.twoPl?.difficulty ?? null, irt?.twoPl?.discrimination ?? null, item.flags.join(' '),
    upperLowerCut27, irt?.twoPl?.se ?? null, irt?.twoPl?.discriminationSe ?? null, share(item.facilityAnswered),
  ];
}

function distractorRows(item: Item): TypedCell[][] {
  return (item.options ?? []).map((option) => [
    item.number, item.itemId, option.optionId, option.text, option.isKey, option.count,
    share(option.share), share(option.byGroup.lower), share(option.byGroup.middle), share(option.byGroup.upper), option.correlation,
  ]);
}

function studentRow({ student, ...row }: ResultRow): TypedCell[] {
  return [
    student.id, student.externalId, student.name, row.sessionId, row.attempt, numberOf(row.points), numberOf(row.maxPoints), row.percent, row.passed, row.gradeLabel,
    numberOf(row.rawPoints),
  ];
}

function batchRow(batch: ExamStatistics['byBatch'][number]): TypedCell[] {
  const { max, mean, median, min, quartiles: { q1, q3 }, sd } = batch;
  return [batch.batchId, batch.name, batch.n, mean, sd, min, q1, median, q3, max, share(batch.passRate), batch.effectSize];
}

function share(value: number | null): TypedCell {
  return value === null ? null : { share: value };
}

function numberOf(points: string | null): number | null {
  return points === null ? null : Number(points);
}
