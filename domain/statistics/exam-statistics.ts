import { cohenD, histogram, kurtosis, mean, populationKurtosis, populationSd, populationSkewness, quantile, sampleSd, skewness, standardErrorOfMean } from './descriptive.ts';
import { columnsOf, type ExamFacts, type ItemColumn, type SessionFacts } from './facts.ts';
import { type ItemStatistics, itemStatisticsOf } from './item-statistics.ts';
import { type Models, modelsOf } from './models.ts';
import type { Note } from './reasons.ts';
import { cronbachAlpha, type ItemCovariances, itemCovariances, kr20, meanInterItemCorrelation, standardErrorOfMeasurement, standardizedAlpha } from './reliability.ts';

const STEPS = 20;

/** What there is to say about an exam as a whole, and about each of its items. */
export type ExamStatistics = ReturnType<typeof examStatistics>;

/** Computes everything about an exam. A value that is not defined is null, and `notes` says why. */
export function examStatistics(facts: ExamFacts) {
  const columns = columnsOf(facts);
  const used = columns.filter((column) => column.points.length > 0);
  const covariances = itemCovariances(matrixOf(facts, used), used.length);
  const models = modelsOf(facts, columns);
  const percents = percentsOf(facts.sessions);
  const notes: Note[] = [];
  return {
    sessions: { closed: facts.closed, counted: facts.counted, graded: facts.sessions.length, pending: facts.pending },
    items: used.length,
    distribution: distributionOf(percents, notes),
    reliability: reliabilityOf(facts, used, covariances, notes),
    completion: completionOf(facts),
    passPercent: facts.passPercent,
    passRate: passRateOf(facts.sessions, facts.passPercent, notes),
    byBatch: byBatch(facts),
    irt: summaryOf(models),
    notes: [...notes, ...models.notes],
    itemStatistics: itemStatisticsOf(facts, columns, { covariances, length: lengthOf(facts), models }) satisfies readonly ItemStatistics[],
  };
}

function percentsOf(sessions: readonly SessionFacts[]): number[] {
  return sessions.map((session) => session.percent).filter((percent) => percent !== null);
}

function distributionOf(percents: readonly number[], notes: Note[]) {
  const shape = { skewness: skewness(percents), kurtosis: kurtosis(percents) };
  const sd = sampleSd(percents);
  if (percents.length === 0) notes.push({ value: 'distribution', reason: 'no-data' });
  else if (sd === null) notes.push({ value: 'distribution.sd', reason: 'too-few-sessions' });
  if (shape.skewness === null && percents.length > 0) notes.push({ value: 'distribution.skewness', reason: percents.length < 3 ? 'too-few-sessions' : 'zero-variance' });
  if (shape.kurtosis === null && percents.length > 0) notes.push({ value: 'distribution.kurtosis', reason: percents.length < 4 ? 'too-few-sessions' : 'zero-variance' });
  const [min, q1, median, q3, max] = [0, 0.25, 0.5, 0.75, 1].map((p) => quantile(percents, p)) as [number | null, number | null, number | null, number | null, number | null];
  return {
    unit: 'percent' as const, n: percents.length, mean: mean(percents), median, sd, sdPopulation: populationSd(percents), min, max,
    quartiles: { definition: 'R type 7' as const, q1, q2: median, q3 },
    skewness: { definition: 'G1' as const, value: shape.skewness, g1: populationSkewness(percents) },
    kurtosis: { definition: 'G2 (excess)' as const, value: shape.kurtosis, g2: populationKurtosis(percents) },
    standardErrorOfMean: standardErrorOfMean(percents),
    histogram: histogram(percents, STEPS),
  };
}

/** Items of one paper: all of them, or the mean where papers are drawn. */
function lengthOf({ sessions }: ExamFacts): number {
  return mean(sessions.map((session) => session.cells.length)) ?? 0;
}

function reliabilityOf(facts: ExamFacts, used: readonly ItemColumn[], covariances: ItemCovariances, notes: Note[]) {
  const n = facts.sessions.length;
  const alike = used.every((column) => column.points.length === n);
  const alpha = n < 2 ? null : cronbachAlpha(covariances, alike ? used.length : lengthOf(facts));
  const dichotomous = used.every((column) => column.dichotomous);
  const rights = alike && dichotomous ? matrixOf(facts, used).map((row) => row.map((points, item) => points! / used[item]!.maxPoints)) : null;
  const kr = rights === null ? null : kr20(rights);
  const sdPoints = sampleSd(facts.sessions.map((session) => session.points));
  const sem = standardErrorOfMeasurement(sdPoints, alpha);
  const semPercent = standardErrorOfMeasurement(sampleSd(facts.sessions.flatMap((session) => (session.maxPoints > 0 ? [(100 * session.points) / session.maxPoints] : []))), alpha);
  const few = n === 0 ? 'no-data' : n < 2 ? 'too-few-sessions' : used.length < 2 ? 'too-few-items' : undefined;
  const withoutAlpha = few ?? (covariances.incomplete ? 'items-never-together' : 'zero-variance');
  if (alpha === null) notes.push({ value: 'reliability.cronbachAlpha', reason: withoutAlpha });
  else if (alpha < 0) notes.push({ value: 'reliability.cronbachAlpha', reason: 'negative-reliability' });
  if (kr === null) notes.push({ value: 'reliability.kr20', reason: few ?? (alike ? (dichotomous ? 'zero-variance' : 'not-dichotomous') : 'different-items') });
  if (!alike && n > 0) notes.push({ value: 'reliability', reason: 'different-items' });
  const correlation = meanInterItemCorrelation(covariances);
  if (sdPoints === null) notes.push({ value: 'reliability.sdPoints', reason: few ?? 'no-data' });
  if (sem === null) notes.push({ value: 'reliability.sem', reason: withoutAlpha });
  if (correlation === null) notes.push({ value: 'reliability.meanInterItemCorrelation', reason: few ?? (covariances.incomplete ? 'items-never-together' : 'item-without-variance') });
  return {
    items: used.length, cronbachAlpha: alpha, standardizedAlpha: standardizedAlpha(correlation, alike ? used.length : lengthOf(facts)), kr20: kr, sem, semPercent, sdPoints,
    meanInterItemCorrelation: correlation,
  };
}

function matrixOf(facts: ExamFacts, used: readonly ItemColumn[]): (number | null)[][] {
  const places = new Map(used.map((column, place) => [facts.items.indexOf(column.item), place]));
  return facts.sessions.map((session) => {
    const row = new Array<number | null>(used.length).fill(null);
    for (const cell of session.cells) row[places.get(cell.item)!] = cell.points;
    return row;
  });
}

function completionOf({ completion, sessions }: ExamFacts) {
  const { minutes, ...counts } = completion;
  return {
    ...counts,
    finished: counts.submitted + counts.expired + counts.terminated,
    meanMinutes: mean(minutes),
    medianMinutes: quantile(minutes, 0.5),
    meanOmitted: mean(sessions.map((session) => session.cells.filter((cell) => !cell.answered).length)),
  };
}

function passRateOf(sessions: readonly SessionFacts[], passPercent: number | null, notes: Note[]): number | null {
  const rate = rateOf(sessions);
  if (rate === null) notes.push({ value: 'passRate', reason: passPercent === null ? 'no-pass-mark' : 'no-data' });
  return rate;
}

function rateOf(sessions: readonly SessionFacts[]): number | null {
  const judged = sessions.filter((session) => session.passed !== null);
  return judged.length === 0 ? null : judged.filter((session) => session.passed === true).length / judged.length;
}

function byBatch(facts: ExamFacts) {
  return facts.batches.map(({ batchId, name, studentIds }) => {
    const members = new Set(studentIds);
    const inside = facts.sessions.filter((session) => members.has(session.studentId));
    const percents = percentsOf(inside);
    const others = percentsOf(facts.sessions.filter((session) => !members.has(session.studentId)));
    const at = (p: number): number | null => quantile(percents, p);
    return {
      batchId, name, n: percents.length, mean: mean(percents), sd: sampleSd(percents), median: at(0.5), quartiles: { q1: at(0.25), q3: at(0.75) },
      min: at(0), max: at(1), passRate: rateOf(inside), effectSize: cohenD(percents, others),
    };
  });
}

function summaryOf({ rasch, twoPl }: Models) {
  return {
    rasch: rasch === null ? null : { method: 'MML-EM' as const, n: rasch.n, items: rasch.items, iterations: rasch.iterations, nodes: rasch.nodes, logLikelihood: rasch.logLikelihood, abilitySd: rasch.abilitySd },
    twoPl: twoPl === null ? null : { method: 'MML-EM' as const, n: twoPl.n, items: twoPl.items, iterations: twoPl.iterations, nodes: twoPl.nodes, logLikelihood: twoPl.logLikelihood },
  };
}
