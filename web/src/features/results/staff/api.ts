import type { z } from 'zod';

import type { sessionCountsSchema } from '#contracts/monitor.ts';
import type { publicationSchema, resultPageSchema, resultRowSchema, resultsSummarySchema } from '#contracts/results.ts';
import type { runPageSchema, runSchema } from '#contracts/runs.ts';
import { request } from '#web/lib/http.ts';

/** The result of one session. */
export type ResultRow = z.output<typeof resultRowSchema>;
/** Long work. */
export type Run = z.output<typeof runSchema>;

/**
 * Reads the results of an exam, page by page.
 * @param onPage called with all rows so far, so that a large exam shows something at once
 */
export async function loadResults(examId: string, onPage: (rows: readonly ResultRow[], complete: boolean) => void, signal: AbortSignal): Promise<void> {
  const rows: ResultRow[] = [];
  let cursor: string | null = null;
  do {
    const page: z.output<typeof resultPageSchema> = await request('GET', `/exams/${examId}/results`, { query: { limit: 200, cursor }, signal });
    rows.push(...page.items);
    cursor = page.nextCursor;
    onPage([...rows], cursor === null);
  } while (cursor !== null);
}

/** Publishes the results of an exam. @param notify whether students get a mail */
export function publish(examId: string, notify: boolean, key: string): Promise<z.output<typeof publicationSchema>> {
  return request('POST', `/exams/${examId}/results/publish`, { body: { notify }, key });
}

/** Takes the results of an exam back. */
export function unpublish(examId: string, key: string): Promise<z.output<typeof publicationSchema>> {
  return request('POST', `/exams/${examId}/results/unpublish`, { body: {}, key });
}

/** Who would get a mail at the publication, and how those that were queued stand. */
export type ResultMails = Pick<z.output<typeof resultsSummarySchema>, 'recipients' | 'mails'>;

/** Reads how the mails about the results of an exam stand. */
export function readMails(examId: string, signal: AbortSignal): Promise<ResultMails> {
  return request('GET', `/exams/${examId}/results/summary`, { signal });
}

/** Withholds the result of a session, or lets it go. */
export function holdResult(sessionId: string, act: 'withhold' | 'release', reason: string, key: string): Promise<unknown> {
  return request('POST', `/sessions/${sessionId}/result/${act}`, { body: { reason }, key });
}

/** The newest grading runs of an exam. */
export async function loadRuns(examId: string, signal?: AbortSignal): Promise<Run[]> {
  const page = await request<z.output<typeof runPageSchema>>('GET', `/exams/${examId}/grading-runs`, { query: { limit: 5 }, ...(signal === undefined ? {} : { signal }) });
  return page.items;
}

/** Has the closed sessions of an exam graded. */
export function startRun(examId: string, only: 'all' | 'ungraded', key: string): Promise<Run> {
  return request('POST', `/exams/${examId}/grading-runs`, { body: { only }, key });
}

/** What can be done with a run. */
export type RunAct = 'pause' | 'resume' | 'cancel' | 'retry';

/** Pauses, resumes, cancels or retries a run. */
export function actOnRun(runId: string, act: RunAct, key: string): Promise<Run> {
  return request('POST', `/runs/${runId}/${act}`, { body: {}, key });
}

/** How many sessions of an exam are open. */
export async function loadOpenCount(examId: string, signal: AbortSignal): Promise<number> {
  const { active, paused } = await request<z.output<typeof sessionCountsSchema>>('GET', `/exams/${examId}/session-counts`, { signal });
  return active + paused;
}
