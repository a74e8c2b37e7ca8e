import type { z } from 'zod';

import type { appealDecisionSchema, appealPageSchema, appealSchema, sessionAppealsSchema } from '#contracts/appeals.ts';
import { request } from '#web/lib/http.ts';

/** An appeal as staff see it. */
export type Appeal = z.output<typeof appealSchema>;
/** A page of appeals. */
export type AppealPage = z.output<typeof appealPageSchema>;
/** A decision on an appeal. */
export type Decision = z.input<typeof appealDecisionSchema>;
/** The own appeals of a session. */
export type SessionAppeals = z.output<typeof sessionAppealsSchema>;

/** The appeals of an exam, oldest first. */
export function loadAppeals(examId: string, state: Appeal['state'] | undefined, cursor: string | undefined, signal: AbortSignal): Promise<AppealPage> {
  return request('GET', `/exams/${examId}/appeals`, { query: { limit: 50, cursor, state }, signal });
}

/** Decides an appeal. */
export function decideAppeal(appealId: string, body: Decision, key: string): Promise<unknown> {
  return request('POST', `/appeals/${appealId}/decide`, { body, key });
}

/** The appeals of a session, and whether there can be another. */
export function loadSessionAppeals(sessionId: string, signal: AbortSignal): Promise<SessionAppeals> {
  return request('GET', `/sessions/${sessionId}/appeals`, { signal });
}

/** Asks for a review of a result. */
export function appeal(sessionId: string, text: string, key: string): Promise<unknown> {
  return request('POST', `/sessions/${sessionId}/appeals`, { body: { text }, key });
}

/** Takes an own appeal back. */
export function withdrawAppeal(appealId: string, key: string): Promise<unknown> {
  return request('POST', `/appeals/${appealId}/withdraw`, { body: {}, key });
}
