import type { z } from 'zod';

import type { workflowDetailSchema } from '#contracts/operations.ts';
import type { markReplySchema } from '#contracts/results.ts';
import type { reviewAnswersSchema, reviewItemSchema, revisionPageSchema, revisionSchema, sessionReviewSchema } from '#contracts/review.ts';
import type { refusedAnswerPageSchema, refusedAnswerSchema, timelineEntrySchema, timelinePageSchema } from '#contracts/sessions.ts';
import { request } from '#web/lib/http.ts';
import { isProblem } from '#web/lib/problem.ts';

/** One thing that happened in a session. */
export type TimelineEntry = z.output<typeof timelineEntrySchema>;
/** A session with everything around it. */
export type Review = z.output<typeof sessionReviewSchema>;
/** The paper of a session with keys, answers and marks. */
export type ReviewAnswers = z.output<typeof reviewAnswersSchema>;
/** One item of it. */
export type ReviewItem = z.output<typeof reviewItemSchema>;
/** One save that was accepted. */
export type Revision = z.output<typeof revisionSchema>;
/** A response that was not taken but kept. */
export type RefusedAnswer = z.output<typeof refusedAnswerSchema>;
/** A step of the workflow of the session. */
export type WorkflowStep = z.output<typeof workflowDetailSchema>['steps'][number];
/** Answer to a mark by hand. */
export type MarkReply = z.output<typeof markReplySchema>;

/** What the page about a session shows first. */
export interface SessionStory {
  readonly review: Review;
  readonly entries: readonly TimelineEntry[];
  /** What Temporal tells; undefined where the reader may not ask or it does not know the workflow any more. */
  readonly workflow: readonly WorkflowStep[] | undefined;
}

/** Reads a session and everything that happened in it. */
export async function loadStory(sessionId: string, isAdmin: boolean, signal: AbortSignal): Promise<SessionStory> {
  const [review, entries, workflow] = await Promise.all([
    request<Review>('GET', `/sessions/${sessionId}/review`, { signal }),
    loadTimeline(sessionId, signal),
    isAdmin ? loadWorkflowSteps(sessionId, signal) : Promise.resolve(undefined),
  ]);
  return { review, entries, workflow };
}

async function loadTimeline(sessionId: string, signal: AbortSignal): Promise<TimelineEntry[]> {
  const entries: TimelineEntry[] = [];
  let cursor: string | null = null;
  do {
    const page: z.output<typeof timelinePageSchema> = await request('GET', `/sessions/${sessionId}/timeline`, { query: { limit: 200, cursor }, signal });
    entries.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return entries;
}

async function loadWorkflowSteps(sessionId: string, signal: AbortSignal): Promise<WorkflowStep[] | undefined> {
  try {
    const { temporal, steps } = await request<z.output<typeof workflowDetailSchema>>('GET', `/admin/workflows/exam-session-${sessionId}`, { signal });
    return temporal === null ? undefined : steps.filter(({ source }) => source === 'workflow');
  } catch (error) {
    // the story is worth reading without it
    if (isProblem(error)) return undefined;
    throw error;
  }
}

/** The answers of a session. */
export function loadAnswers(sessionId: string, signal: AbortSignal): Promise<ReviewAnswers> {
  return request('GET', `/sessions/${sessionId}/answers`, { signal });
}

/** Every accepted save of an item, oldest first. */
export async function loadRevisions(sessionId: string, itemId: string, signal: AbortSignal): Promise<Revision[]> {
  const revisions: Revision[] = [];
  let cursor: string | null = null;
  do {
    const page: z.output<typeof revisionPageSchema> = await request('GET', `/sessions/${sessionId}/answers/${itemId}/revisions`, { query: { limit: 200, cursor }, signal });
    revisions.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return revisions;
}

/** Responses that were refused and kept. */
export async function loadRefused(sessionId: string, signal: AbortSignal): Promise<RefusedAnswer[]> {
  const page = await request<z.output<typeof refusedAnswerPageSchema>>('GET', `/sessions/${sessionId}/refused-answers`, { query: { limit: 200 }, signal });
  return page.items;
}

/** Gives a mark by hand. @throws ApiProblem version-conflict when somebody else marked meanwhile */
export function giveMark(sessionId: string, itemId: string, mark: { points: string; comment: string | null; version: number }): Promise<MarkReply> {
  return request('PUT', `/sessions/${sessionId}/marks/${itemId}`, { body: mark });
}

/** Opens a closed session again. */
export function reopenSession(sessionId: string, body: { seconds: number; reason: string }, key: string): Promise<unknown> {
  return request('POST', `/sessions/${sessionId}/reopen`, { body, key });
}

/** Withholds the result of a session, or lets it go. */
export function holdResult(sessionId: string, act: 'withhold' | 'release', reason: string, key: string): Promise<unknown> {
  return request('POST', `/sessions/${sessionId}/result/${act}`, { body: { reason }, key });
}
