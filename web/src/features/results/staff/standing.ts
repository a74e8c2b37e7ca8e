import type { Exam } from '#web/features/exams/api.ts';

import type { Figures } from './figures.ts';

/** Where the publication of an exam's results stands. */
export type Standing = 'cancelled' | 'published' | 'auto' | 'waiting' | 'ready';

/** Judges where the publication stands; the API has the last word when somebody publishes. @param open sessions that are not closed */
export function standingOf(exam: Pick<Exam, 'cancelledAt' | 'resultsPublishedAt' | 'results'>, figures: Figures, open: number): Standing {
  if (exam.cancelledAt !== null) return 'cancelled';
  if (exam.resultsPublishedAt !== null) return 'published';
  if (exam.results.release !== 'manual') return 'auto';
  return open + figures.ungraded + figures.pending + figures.needsManual > 0 ? 'waiting' : 'ready';
}

/** Parts of a result, in the order in which they are told. */
export const RESULT_PARTS = ['score', 'items', 'key', 'feedback'] as const;
