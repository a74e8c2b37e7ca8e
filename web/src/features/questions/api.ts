import type { z } from 'zod';

import type { importCommittedSchema, importItemSchema, mediaSchema, questionImportSchema, questionPageSchema, questionSchema, questionVersionPageSchema } from '#contracts/questions.ts';
import type { Difficulty, QuestionType } from '#domain/questions/types.ts';
import { address, request } from '#web/lib/http.ts';

/** A question as its author sees it. */
export type Question = z.output<typeof questionSchema>;
/** A page of questions. */
export type QuestionPage = z.output<typeof questionPageSchema>;
/** One version of a question. */
export type QuestionVersion = z.output<typeof questionVersionPageSchema>['items'][number];
/** An upload under review. */
export type QuestionImport = z.output<typeof questionImportSchema>;
/** One question of an upload. */
export type ImportItem = z.output<typeof importItemSchema>;
/** A stored image, sound, film or document. */
export type Media = z.output<typeof mediaSchema>;

/** Orders of the bank. */
export type QuestionSort = 'updatedAt' | '-updatedAt' | 'createdAt' | '-createdAt' | 'type' | '-type' | 'difficulty' | '-difficulty';

/** What narrows the bank. */
export interface QuestionFilter {
  readonly q?: string | undefined;
  readonly type?: QuestionType | undefined;
  readonly tag?: string | undefined;
  readonly subject?: string | undefined;
  readonly topic?: string | undefined;
  readonly difficulty?: Difficulty | undefined;
}

/** What the bank is asked for. */
export interface QuestionQuery extends QuestionFilter {
  readonly sort?: QuestionSort | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** How many questions have one value. */
export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

/** What the bank can be narrowed by, with numbers. */
export interface Facets {
  readonly total: number;
  readonly types: readonly FacetCount[];
  readonly tags: readonly FacetCount[];
  readonly subjects: readonly FacetCount[];
  readonly topics: readonly FacetCount[];
  readonly difficulties: readonly FacetCount[];
}

/** Searches the bank. */
export function listQuestions(query: QuestionQuery, signal?: AbortSignal): Promise<QuestionPage> {
  return request<QuestionPage>('GET', '/questions', { query: { ...query }, ...(signal === undefined ? {} : { signal }) });
}

/** Counts what the bank can be narrowed by. */
export function readFacets(filter: QuestionFilter, signal?: AbortSignal): Promise<Facets> {
  return request<Facets>('GET', '/questions/facets', { query: { ...filter }, ...(signal === undefined ? {} : { signal }) });
}

/** Reads a question, the newest version unless one is named. */
export function readQuestion(questionId: string, version?: number): Promise<Question> {
  return request<Question>('GET', `/questions/${questionId}`, { query: { version } });
}

/** Adds a question. @throws ApiProblem validation-failed with pointers */
export function createQuestion(body: unknown, key: string): Promise<Question> {
  return request<Question>('POST', '/questions', { body, key });
}

/** Makes a new version on top of one. @throws ApiProblem version-conflict, validation-failed */
export function saveQuestion(questionId: string, version: number, body: unknown): Promise<Question> {
  return request<Question>('PUT', `/questions/${questionId}`, { body, ifMatch: version });
}

/** Takes a question out of the bank. */
export function deleteQuestion(questionId: string, options: { keepalive?: boolean } = {}): Promise<void> {
  return request('DELETE', `/questions/${questionId}`, options);
}

/** Puts a deleted question back. */
export function restoreQuestion(questionId: string): Promise<Question> {
  return request<Question>('POST', `/questions/${questionId}/restore`, { body: {} });
}

/** Lists the versions of a question, newest first. */
export function listVersions(questionId: string, cursor?: string): Promise<{ items: QuestionVersion[]; nextCursor: string | null }> {
  return request('GET', `/questions/${questionId}/versions`, { query: { cursor } });
}

/** Stores an image, sound, film or document. */
export function uploadMedia(file: File): Promise<Media> {
  const form = new FormData();
  form.append('file', file);
  return request<Media>('POST', '/media', { body: form });
}

/** Address of a stored medium. */
export function mediaAddress(mediaId: string): string {
  return address(`/media/${mediaId}`);
}

/** Sends a file of questions for review. */
export function startImport(file: File, examId?: string): Promise<QuestionImport> {
  const form = new FormData();
  if (examId !== undefined) form.append('examId', examId);
  form.append('file', file);
  return request<QuestionImport>('POST', '/question-imports', { body: form });
}

/** Reads an upload with its items. */
export function readImport(importId: string, signal?: AbortSignal): Promise<QuestionImport> {
  return request<QuestionImport>('GET', `/question-imports/${importId}`, signal === undefined ? {} : { signal });
}

/** Takes reviewed questions into the bank. */
export function commitImport(importId: string, indexes: readonly number[], key: string): Promise<z.output<typeof importCommittedSchema>> {
  return request('POST', `/question-imports/${importId}/commit`, { body: { indexes }, key });
}

/** Address of the bank as a GIFT file. */
export function exportAddress(filter: QuestionFilter): string {
  return address('/questions/export', { format: 'gift', ...filter });
}
