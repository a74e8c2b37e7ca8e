import type { ResultRow } from './api.ts';

/** Ten percent of the scale. */
export interface Bin {
  /** Lower end, percent; the last bin holds 100 too. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** What the results of an exam say together. */
export interface Figures {
  /** Attempts that count. */
  readonly counted: number;
  /** Of these, attempts with a percent. */
  readonly graded: number;
  readonly mean: number | null;
  readonly standardDeviation: number | null;
  readonly median: number | null;
  readonly passed: number;
  readonly failed: number;
  readonly pending: number;
  readonly ungraded: number;
  readonly needsManual: number;
  readonly withheld: number;
  readonly withdrawn: number;
  readonly bins: readonly Bin[];
}

const BINS = 10;

/** Adds the results of an exam up; only attempts that count, and of these only graded ones for mean and spread. */
export function figuresOf(rows: readonly ResultRow[]): Figures {
  const counting = rows.filter(({ counted, sessionState }) => counted && sessionState !== 'withdrawn');
  const percents = counting.filter(({ state }) => state === 'graded').map(({ percent }) => percent).filter((percent) => percent !== null).sort((a, b) => a - b);
  const mean = percents.length === 0 ? null : percents.reduce((sum, percent) => sum + percent, 0) / percents.length;
  const ofState = (state: ResultRow['state']): number => rows.filter((row) => row.state === state && row.sessionState !== 'withdrawn').length;
  return {
    counted: counting.length,
    graded: percents.length,
    mean,
    standardDeviation: mean === null || percents.length < 2 ? null : Math.sqrt(percents.reduce((sum, percent) => sum + (percent - mean) ** 2, 0) / (percents.length - 1)),
    median: medianOf(percents),
    passed: counting.filter(({ state, grade }) => state === 'graded' && grade === 'pass').length,
    failed: counting.filter(({ state, grade }) => state === 'graded' && grade === 'fail').length,
    pending: ofState('pending'),
    ungraded: ofState('ungraded'),
    needsManual: ofState('needs-manual'),
    withheld: rows.filter(({ withheld }) => withheld).length,
    withdrawn: rows.filter(({ sessionState }) => sessionState === 'withdrawn').length,
    bins: binsOf(percents),
  };
}

/** How many lie in each tenth of the scale. A negative percent, possible with negative marks, lies in the first. */
export function binsOf(percents: readonly number[]): Bin[] {
  const counts = Array.from({ length: BINS }, () => 0);
  for (const percent of percents) counts[Math.min(BINS - 1, Math.max(0, Math.floor(percent / (100 / BINS))))]! += 1;
  return counts.map((count, index) => ({ from: index * (100 / BINS), to: (index + 1) * (100 / BINS), count }));
}

function medianOf(sorted: readonly number[]): number | null {
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
