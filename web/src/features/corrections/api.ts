import type { z } from 'zod';

import type { gradeScaleInSchema, gradeScaleSchema, moderationListSchema, moderationPreviewSchema, moderationSchema } from '#contracts/grade-scales.ts';
import type { countingItemsSchema, regradeChangePageSchema, regradeChangeSchema, regradeInSchema, regradePageSchema, regradeSchema } from '#contracts/regrades.ts';
import type { resultsSummarySchema } from '#contracts/results.ts';
import { request } from '#web/lib/http.ts';

/** A regrade with what it changes in numbers. */
export type Regrade = z.output<typeof regradeSchema>;
/** What it changes in one session. */
export type RegradeChange = z.output<typeof regradeChangeSchema>;
/** A page of changes. */
export type RegradeChangePage = z.output<typeof regradeChangePageSchema>;
/** Corrections that are asked for. */
export type RegradeIn = z.input<typeof regradeInSchema>;
/** A question of an exam as it counts now. */
export type CountingItem = z.output<typeof countingItemsSchema>['items'][number];
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

/** The questions of an exam as they count now, with their keys. */
export async function loadItems(examId: string, signal: AbortSignal): Promise<CountingItem[]> {
  return (await request<z.output<typeof countingItemsSchema>>('GET', `/exams/${examId}/items`, { signal })).items;
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

/** What a moderation would do to the results. */
export type ModerationPreview = z.output<typeof moderationPreviewSchema>;
/** A step that is thought of, or the loss of one that counts. */
export type ModerationChange = { readonly kind: 'add' | 'scale'; readonly amount: number; readonly cap: number | undefined } | { readonly without: string };

/** Works out what a moderation would do. */
export function previewModeration(examId: string, change: ModerationChange, signal: AbortSignal): Promise<ModerationPreview> {
  return request('GET', `/exams/${examId}/moderations/preview`, { query: { ...change }, signal });
}

/** Scales the results, or adds points to them. */
export function addModeration(examId: string, body: ({ kind: 'scale'; factor: number } | { kind: 'add'; points: number }) & { cap: number | null; reason: string }, key: string): Promise<unknown> {
  return request('POST', `/exams/${examId}/moderations`, { body, key });
}

/** Undoes one moderation. */
export function undoModeration(examId: string, moderationId: string, reason: string, key: string): Promise<unknown> {
  return request('POST', `/exams/${examId}/moderations/${moderationId}/undo`, { body: { reason }, key });
}
