import type { z } from 'zod';

import type { ownResultPageSchema, ownResultSchema, releasedItemSchema, releasedResultSchema } from '#contracts/sessions.ts';
import type { studentStatisticsSchema } from '#contracts/statistics.ts';
import { request } from '#web/lib/http.ts';
import { isProblem } from '#web/lib/problem.ts';

/** A released result, as far as the exam shows it. */
export type ReleasedResult = z.output<typeof releasedResultSchema>;
/** One item of it. */
export type ReleasedItem = z.output<typeof releasedItemSchema>;

/** The results that are out, from exam to exam. */
export type OwnStatistics = z.output<typeof studentStatisticsSchema>;

/** An attempt of the student, with its result when it is out. */
export type OwnResult = z.output<typeof ownResultSchema>;

/** A result, or that there is none for the student yet. */
export type Outcome = { readonly state: 'released'; readonly result: ReleasedResult } | { readonly state: 'waiting' };

/** The result of a session, if it is out. @throws not-found, Offline */
export async function readOutcome(sessionId: string, signal?: AbortSignal): Promise<Outcome> {
  try {
    return { state: 'released', result: await request<ReleasedResult>('GET', `/sessions/${sessionId}/result`, signal === undefined ? {} : { signal }) };
  } catch (thrown) {
    // withheld or not graded yet looks the same to the student: nothing to see, and nothing to do
    if (isProblem(thrown, 'results-not-published', 'state-conflict')) return { state: 'waiting' };
    throw thrown;
  }
}

/** Every attempt of the student, newest first. @throws Offline, ApiProblem */
export async function listOwnResults(signal?: AbortSignal): Promise<readonly OwnResult[]> {
  const results: OwnResult[] = [];
  let cursor: string | null = null;
  do {
    const page: z.output<typeof ownResultPageSchema> = await request<z.output<typeof ownResultPageSchema>>('GET', '/results', { query: { limit: 200, cursor }, ...(signal === undefined ? {} : { signal }) });
    results.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return results;
}

/** The results that are out, from exam to exam, with the class where exams show it. @throws Offline, ApiProblem */
export function readOwnStatistics(signal: AbortSignal): Promise<OwnStatistics> {
  return request('GET', '/auth/me/statistics', { signal });
}
