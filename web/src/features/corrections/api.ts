import type { z } from 'zod';

import type { gradeScaleInSchema, gradeScaleSchema, moderationListSchema, moderationSchema } from '#contracts/grade-scales.ts';
import type { regradeChangePageSchema, regradeChangeSchema, regradeInSchema, regradePageSchema, regradeSchema } from '#contracts/regrades.ts';
import type { resultsSummarySchema } from '#contracts/results.ts';
import type { questionSchema } from '#contracts/questions.ts';
import { request } from '#web/lib/http.ts';

/** A regrade with what it changes in numbers. */
export type Regrade = z.output<typeof regradeSchema>;
/** What it changes in one session. */
export type RegradeChange = z.output<typeof regradeChangeSchema>;
/** A page of changes. */
export type RegradeChangePage = z.output<typeof regradeChangePageSchema>;
/** Corrections that are asked for. */
export type RegradeIn = z.input<typeof regradeInSchema>;
type Question = z.output<typeof questionSchema>;
/** How points become grades. */
export type GradeScale = z.output<typeof gradeScaleSchema>;
/** A scale to be set. */
export type GradeScaleIn = z.input<typeof gradeScaleInSchema>;
/** One step of moderation. */
export type Moderation = z.output<typeof moderationSchema>;

/** The regrades of an exam, newest first. */
export async function loadRegrades(examId: string, signal: AbortSignal): Promise<Regrade[]> {
  return (await request<z.output<typeof regradePageSchema>>('GET', `/exams/${examId}/regrades`, { query: { limit: 50 }, signal })).items;
}

/** Computes what corrections would change. */
export function previewRegrade(examId: string, body: RegradeIn, key: string): Promise<Regrade> {
  return request('POST', `/exams/${examId}/regrades`, { body, key });
}

/** Applies, discards or computes a preview anew. */
export function actOnRegrade(regradeId: string, act: 'apply' | 'discard' | 'recompute', key: string): Promise<unknown> {
  return request('POST', `/regrades/${regradeId}/${act}`, { body: {}, key });
}

/** What a regrade changes, by name. */
export function loadChanges(regradeId: string, grade: boolean, cursor: string | undefined, signal: AbortSignal): Promise<RegradeChangePage> {
  return request('GET', `/regrades/${regradeId}/changes`, { query: { limit: 50, cursor, ...(grade ? { grade } : {}) }, signal });
}

/** Reads a question with its key. */
export function loadQuestion(questionId: string, signal?: AbortSignal): Promise<Question> {
  return request('GET', `/questions/${questionId}`, signal === undefined ? {} : { signal });
}

/** The grade scale of an exam. */
export function loadScale(examId: string, signal: AbortSignal): Promise<GradeScale> {
  return request('GET', `/exams/${examId}/grade-scale`, { signal });
}

/** Graded attempts that count, in 20 steps of 5 %. */
export async function loadHistogram(examId: string, signal: AbortSignal): Promise<number[]> {
  return (await request<z.output<typeof resultsSummarySchema>>('GET', `/exams/${examId}/results/summary`, { signal })).histogram;
}

/** Sets the grade scale of an exam. */
export function saveScale(examId: string, version: number, body: GradeScaleIn): Promise<GradeScale> {
  return request('PUT', `/exams/${examId}/grade-scale`, { body, ifMatch: version });
}

/** The moderations of an exam in their order. */
export async function loadModerations(examId: string, signal: AbortSignal): Promise<Moderation[]> {
  return (await request<z.output<typeof moderationListSchema>>('GET', `/exams/${examId}/moderations`, { signal })).items;
}

/** Scales the results, or adds points to them. */
export function addModeration(examId: string, body: { kind: 'scale'; factor: number; reason: string } | { kind: 'add'; points: number; reason: string }, key: string): Promise<unknown> {
  return request('POST', `/exams/${examId}/moderations`, { body, key });
}

/** Undoes one moderation. */
export function undoModeration(examId: string, moderationId: string, reason: string, key: string): Promise<unknown> {
  return request('POST', `/exams/${examId}/moderations/${moderationId}/undo`, { body: { reason }, key });
}
