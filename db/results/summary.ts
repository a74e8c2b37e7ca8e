import { histogramOf, meanOf, medianOf } from '#domain/grading/distribution.ts';
import { gradeNames } from '#domain/grading/scale.ts';

import type { Queryable } from '../connection.ts';
import { countExamMails, countRecipients, type ExamMails } from '../mail/announce.ts';
import { resolveRules, selectStoredRules } from '../scales/rules.ts';
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
  /** Students who would get a mail at the publication. */
  readonly recipients: number;
  readonly mails: ExamMails;
  /** Of the attempts that count and are graded. */
  readonly counted: number;
  readonly passed: number;
  readonly failed: number;
  readonly meanPercent: number | null;
  readonly medianPercent: number | null;
  /** Attempts in steps of 5 %; 100 % is in the last. */
  readonly histogram: readonly number[];
  /** Attempts per grade of the scale, best first; empty for points and percent. */
  readonly grades: readonly { readonly label: string; readonly count: number }[];
}

/** More sessions than any exam has. */
const ALL = 100_000;

/** Sums the results of an exam up. @throws not-found */
export async function summarizeResults(q: Queryable, examId: string): Promise<ResultsSummary> {
  const standing = await readStanding(q, examId);
  const { items } = await listResultRows(q, { examId, after: undefined, limit: ALL });
  const count = (matches: (row: ResultRow) => boolean): number => items.filter(matches).length;
  const ofState = (state: ResultRow['state']): number => count((row) => row.state === state && row.sessionState !== 'withdrawn');
  const counting = items.filter((row) => row.counted && row.state === 'graded');
  const percents = counting.flatMap((row) => (row.percent === null ? [] : [row.percent])).sort((a, b) => a - b);
  const { scale } = await resolveRules(q, await selectStoredRules(q, examId));
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
    recipients: await countRecipients(q, examId),
    mails: await countExamMails(q, examId),
    counted: counting.length,
    passed: counting.filter((row) => row.passed === true).length,
    failed: counting.filter((row) => row.passed === false).length,
    meanPercent: meanOf(percents),
    medianPercent: medianOf(percents),
    histogram: histogramOf(percents),
    grades: gradeNames(scale).map((label) => ({ label, count: counting.filter((row) => row.gradeLabel === label).length })),
  };
}
