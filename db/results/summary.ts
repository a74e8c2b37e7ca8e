import type { Queryable } from '../connection.ts';
import { readStanding } from './publish.ts';
import { listResultRows, type ResultRow } from './rows.ts';

/** The results of an exam in numbers. */
export interface ResultsSummary {
  readonly resultsPublishedAtMs: number | null;
  /** Nothing stands in the way of a publication. */
  readonly publishable: boolean;
  /** What stands in the way. */
  readonly blocking: { readonly open: number; readonly ungraded: number; readonly pending: number };
  readonly closed: number;
  readonly graded: number;
  /** Answers wait for a person, in a part of the items or in all. */
  readonly pending: number;
  readonly needsManual: number;
  readonly ungraded: number;
  readonly withheld: number;
  readonly withdrawn: number;
  /** Of the attempts that count and are graded. */
  readonly counted: number;
  readonly passed: number;
  readonly failed: number;
  readonly meanPercent: number | null;
  readonly medianPercent: number | null;
  /** Attempts in steps of 5 %; 100 % is in the last. */
  readonly histogram: readonly number[];
}

/** More sessions than any exam has. */
const ALL = 100_000;
const STEPS = 20;

/** Sums the results of an exam up. @throws not-found */
export async function summarizeResults(q: Queryable, examId: string): Promise<ResultsSummary> {
  const standing = await readStanding(q, examId);
  const { items } = await listResultRows(q, { examId, after: undefined, limit: ALL });
  const count = (matches: (row: ResultRow) => boolean): number => items.filter(matches).length;
  const ofState = (state: ResultRow['state']): number => count((row) => row.state === state && row.sessionState !== 'withdrawn');
  const counting = items.filter((row) => row.counted && row.state === 'graded');
  const percents = counting.flatMap((row) => (row.percent === null ? [] : [row.percent])).sort((a, b) => a - b);
  return {
    resultsPublishedAtMs: standing.resultsPublishedAtMs,
    publishable: standing.publishable,
    blocking: standing.blocking,
    closed: items.length,
    graded: ofState('graded'),
    pending: ofState('pending'),
    needsManual: ofState('needs-manual'),
    ungraded: ofState('ungraded'),
    withheld: count((row) => row.withheld),
    withdrawn: count((row) => row.sessionState === 'withdrawn'),
    counted: counting.length,
    passed: counting.filter((row) => row.passed === true).length,
    failed: counting.filter((row) => row.passed === false).length,
    meanPercent: percents.length === 0 ? null : rounded(percents.reduce((sum, percent) => sum + percent, 0) / percents.length),
    medianPercent: medianOf(percents),
    histogram: Array.from({ length: STEPS }, (_, step) => percents.filter((percent) => stepOf(percent) === step).length),
  };
}

function stepOf(percent: number): number {
  return Math.max(0, Math.min(STEPS - 1, Math.floor((percent * STEPS) / 100)));
}

function medianOf(sorted: readonly number[]): number | null {
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : rounded((low + high) / 2);
}

function rounded(percent: number): number {
  return Math.round(percent * 100) / 100;
}
