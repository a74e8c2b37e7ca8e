import type { z } from 'zod';

import type { examPreviewSchema, examReadinessSchema } from '#contracts/exam-drafts.ts';
import type { assignedSchema, assignmentPageSchema, examPageSchema, examSchema, unassignedSchema, windowReplySchema } from '#contracts/exams.ts';
import { request } from '#web/lib/http.ts';

/** An exam as staff see it. */
export type Exam = z.output<typeof examSchema>;
/** State of an exam. */
export type ExamState = Exam['state'];
/** One section of an exam. */
export type ExamSection = Exam['sections'][number];
/** One fixed item of a section. */
export type ExamItem = ExamSection['items'][number];
/** Window of an exam. */
export type ExamWindow = NonNullable<Exam['window']>;
/** A page of exams. */
export type ExamPage = Omit<z.output<typeof examPageSchema>, 'items'> & { readonly items: readonly Exam[] };
/** One assigned student. */
export type Assignment = z.output<typeof assignmentPageSchema>['items'][number];
/** A page of assigned students. */
export type AssignmentPage = z.output<typeof assignmentPageSchema>;

/** Changes of an exam (RFC 7396). */
export type ExamPatch = Readonly<Record<string, unknown>>;

/** Orders of the list of exams. */
export type ExamSort = 'opensAt' | '-opensAt' | 'title' | '-title' | 'updatedAt' | '-updatedAt' | 'createdAt' | '-createdAt';

/** What the list of exams is asked for. */
export interface ExamQuery {
  readonly q?: string | undefined;
  readonly state?: ExamState | undefined;
  readonly sort?: ExamSort | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** Lists exams. */
export function listExams(query: ExamQuery, signal?: AbortSignal): Promise<ExamPage> {
  return request<ExamPage>('GET', '/exams', { query: { ...query }, ...(signal === undefined ? {} : { signal }) });
}

/** Reads an exam. */
export function readExam(examId: string): Promise<Exam> {
  return request<Exam>('GET', `/exams/${examId}`);
}

/** Makes a draft. */
export function createExam(body: Readonly<Record<string, unknown>>, key: string): Promise<Exam> {
  return request<Exam>('POST', '/exams', { body, key });
}

/** Changes an exam made on a version. @throws ApiProblem version-conflict, validation-failed, published-exam-is-frozen */
export function patchExam(examId: string, version: number, patch: ExamPatch, options: { keepalive?: boolean } = {}): Promise<Exam> {
  return request<Exam>('PATCH', `/exams/${examId}`, { body: patch, ifMatch: version, ...options });
}

/** Deletes a draft. */
export function deleteExam(examId: string, version: number): Promise<void> {
  return request('DELETE', `/exams/${examId}`, { ifMatch: version });
}

/** Publishes a draft. */
export function publishExam(examId: string, version: number, key: string): Promise<Exam> {
  return request<Exam>('POST', `/exams/${examId}/publish`, { ifMatch: version, key });
}

/** What a moved window did. */
export type WindowReply = z.output<typeof windowReplySchema>;

/** Moves the window of a published exam. */
export function moveWindow(examId: string, body: { localStart: string; localEnd: string; timeZone: string; reason: string }, key: string): Promise<WindowReply> {
  return request<WindowReply>('PUT', `/exams/${examId}/window`, { body, key });
}

/** Lists who is assigned. */
export function listAssignments(examId: string, query: { q?: string; cursor?: string; batchId?: string; limit?: number }): Promise<AssignmentPage> {
  return request<AssignmentPage>('GET', `/exams/${examId}/assignments`, { query });
}

/** Students and batches. */
export interface People {
  readonly studentIds?: readonly string[];
  readonly batchIds?: readonly string[];
}

/** Assigns students and batches. */
export function assign(examId: string, people: People, key: string): Promise<z.output<typeof assignedSchema>> {
  return request('POST', `/exams/${examId}/assignments`, { body: people, key });
}

/** Takes assignments back. */
export function unassign(examId: string, people: People, key: string): Promise<z.output<typeof unassignedSchema>> {
  return request('POST', `/exams/${examId}/assignments/remove`, { body: people, key });
}


/** What stands against publishing an exam, and what should be looked at. */
export type Readiness = z.output<typeof examReadinessSchema>;
/** One thing to mend. */
export type Finding = Readiness['errors'][number];
/** A paper that nobody sits. */
export type ExamPreview = z.output<typeof examPreviewSchema>;

/** Says what is missing before an exam can be published. */
export function readReadiness(examId: string, signal?: AbortSignal): Promise<Readiness> {
  return request<Readiness>('GET', `/exams/${examId}/readiness`, signal === undefined ? {} : { signal });
}

/** Draws a paper that nobody sits. */
export function readPreview(examId: string, seed: string | undefined): Promise<ExamPreview> {
  return request<ExamPreview>('GET', `/exams/${examId}/preview`, { query: { seed } });
}

/** Makes a draft with the settings and questions of an exam. */
export function copyExam(examId: string, title: string | undefined, key: string): Promise<Exam> {
  return request<Exam>('POST', `/exams/${examId}/copies`, { body: title === undefined ? {} : { title }, key });
}
