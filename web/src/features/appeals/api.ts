import type { z } from 'zod';

import type { appealDecisionSchema, appealDetailSchema, appealPageSchema, appealSchema, examAppealPageSchema, sessionAppealsSchema } from '#contracts/appeals.ts';
import { request } from '#web/lib/http.ts';

/** An appeal as staff see it. */
export type Appeal = z.output<typeof appealSchema>;
/** A page of appeals. */
export type AppealPage = z.output<typeof appealPageSchema>;
/** A page of the appeals of an exam, with their deadline. */
export type ExamAppealPage = z.output<typeof examAppealPageSchema>;
/** An appeal with the question and the answer that it is about. */
export type AppealDetail = z.output<typeof appealDetailSchema>;
/** A decision on an appeal. */
export type Decision = z.input<typeof appealDecisionSchema>;
/** The own appeals of a session. */
export type SessionAppeals = z.output<typeof sessionAppealsSchema>;

/** The appeals of an exam, oldest first. */
export function loadAppeals(examId: string, state: Appeal['state'] | undefined, cursor: string | undefined, signal: AbortSignal): Promise<ExamAppealPage> {
  return request('GET', `/exams/${examId}/appeals`, { query: { limit: 50, cursor, state }, signal });
}

/** The appeals that the reader is to review, oldest first. */
export function loadOwnReviews(state: Appeal['state'] | undefined, cursor: string | undefined, signal: AbortSignal): Promise<AppealPage> {
  return request('GET', '/appeals', { query: { limit: 50, cursor, state }, signal });
}

/** An appeal with the question and the answer that it is about. */
export function loadAppeal(appealId: string, signal: AbortSignal): Promise<AppealDetail> {
  return request('GET', `/appeals/${appealId}`, { signal });
}

/** Gives an appeal to somebody who has marked nothing of it. */
export function assignAppeal(appealId: string, reviewerId: string, key: string): Promise<unknown> {
  return request('POST', `/appeals/${appealId}/assign`, { body: { reviewerId }, key });
}

/** Decides an appeal. */
export function decideAppeal(appealId: string, body: Decision, key: string): Promise<unknown> {
  return request('POST', `/appeals/${appealId}/decide`, { body, key });
}

/** The appeals of a session, and whether there can be another. */
export function loadSessionAppeals(sessionId: string, signal: AbortSignal): Promise<SessionAppeals> {
  return request('GET', `/sessions/${sessionId}/appeals`, { signal });
}

/** Asks for a review of a result, or of the mark of one question. */
export function appeal(sessionId: string, body: { text: string; itemId?: string }, key: string): Promise<unknown> {
  return request('POST', `/sessions/${sessionId}/appeals`, { body, key });
}

/** Takes an own appeal back. */
export function withdrawAppeal(appealId: string, key: string): Promise<unknown> {
  return request('POST', `/appeals/${appealId}/withdraw`, { body: {}, key });
}
