import type { z } from 'zod';

import type {
  allocationSchema, answerFlagsSchema, answerPageSchema, answerRowSchema, draftReplySchema, leaseReplySchema, markerDraftInSchema, markerMarkInSchema, markerMarkSchema, markingAnswerSchema, markingExamsSchema, markingOverviewSchema,
  markingSettingsInSchema, markingSettingsSchema, nextInSchema, nextReplySchema, reusableCommentSchema, reusableCommentsSchema, sessionMarkingSchema,
} from '#contracts/marking.ts';
import type { rubricInSchema, rubricSchema } from '#contracts/rubrics.ts';
import { commandKey, request } from '#web/lib/http.ts';

/** Marking of an exam at one look. */
export type Overview = z.output<typeof markingOverviewSchema>;
/** One item of it. */
export type OverviewItem = Overview['items'][number];
/** How the answers of an exam are marked. */
export type Settings = z.output<typeof markingSettingsSchema>;
/** What may be set of it. */
export type SettingsInput = z.input<typeof markingSettingsInSchema>;
/** An answer with all that is needed to mark it. */
export type Answer = z.output<typeof markingAnswerSchema>;
/** One answer in the list of an item. */
export type AnswerRow = z.output<typeof answerRowSchema>;
/** How the reader has marked so far. */
export type Mine = z.output<typeof answerPageSchema>['mine'];
/** The mark of one grader. */
export type MarkerMark = z.output<typeof markerMarkSchema>;
/** A mark as it is sent. */
export type MarkInput = z.input<typeof markerMarkInSchema>;
/** The rubric of an item. */
export type Rubric = z.output<typeof rubricSchema>;
/** A rubric as it is sent. */
export type RubricInput = z.input<typeof rubricInSchema>;
/** Flags of an exam. */
export type Flags = z.output<typeof answerFlagsSchema>;
/** A comment that graders share. */
export type ReusableComment = z.output<typeof reusableCommentSchema>;
/** First mark, or second look. */
export type Role = MarkInput['role'];

type Next = z.output<typeof nextReplySchema>;

/** Which answer: of whom, to what. */
export interface AnswerRef {
  readonly sessionId: string;
  readonly itemId: string;
}

const itemPath = (examId: string, itemId: string): string => `/exams/${examId}/items/${itemId}`;
const answerPath = ({ sessionId, itemId }: AnswerRef): string => `/marking/answers/${sessionId}/${itemId}`;

/** An exam with answers that the reader may mark. */
export type MarkingExam = z.output<typeof markingExamsSchema>['items'][number];

/** Reads the exams with answers that the reader may mark. */
export async function loadExams(_key: true, signal: AbortSignal): Promise<MarkingExam[]> {
  return (await request<z.output<typeof markingExamsSchema>>('GET', '/marking/exams', { signal })).items;
}

/** Reads what is left to mark in an exam, and by whom. */
export function loadOverview(examId: string, signal: AbortSignal): Promise<Overview> {
  return request('GET', `/exams/${examId}/marking`, { signal });
}

/** Changes how an exam is marked. */
export function saveSettings(examId: string, input: SettingsInput, version: number): Promise<Settings> {
  return request('PUT', `/exams/${examId}/marking/settings`, { body: input, ifMatch: version });
}

/** Deals what waits to the graders, evenly. */
export function allocate(examId: string, by: 'item' | 'student', key: string): Promise<z.output<typeof allocationSchema>> {
  return request('POST', `/exams/${examId}/marking/allocate`, { body: { by }, key });
}

/** Takes the next answer that waits for the reader. */
export function takeNext(examId: string, input: z.input<typeof nextInSchema>): Promise<Next> {
  return request('POST', `/exams/${examId}/marking/next`, { body: input, key: commandKey() });
}

/** Reads one answer. */
export function loadAnswer(ref: AnswerRef, signal?: AbortSignal): Promise<Answer> {
  return request('GET', answerPath(ref), signal === undefined ? {} : { signal });
}

/** Reads all answers of an item in the order of their codes, page by page. */
export async function loadRows(examId: string, itemId: string, signal: AbortSignal, filter: 'all' | 'reconcile' = 'all'): Promise<{ rows: AnswerRow[]; mine: Mine }> {
  const rows: AnswerRow[] = [];
  let cursor: string | null = null;
  let mine!: Mine;
  do {
    const page: z.output<typeof answerPageSchema> = await request('GET', `/exams/${examId}/marking/items/${itemId}/answers`, { query: { limit: 200, cursor, filter }, signal });
    rows.push(...page.items);
    mine = page.mine;
    cursor = page.nextCursor;
  } while (cursor !== null);
  return { rows, mine };
}

/** Reads the answers of a session that need a person. */
export function loadSession(sessionId: string, signal: AbortSignal): Promise<z.output<typeof sessionMarkingSchema>> {
  return request('GET', `/sessions/${sessionId}/marking`, { signal });
}

/** Gives a mark. */
export function saveMark(ref: AnswerRef, mark: MarkInput, key: string): Promise<Answer> {
  return request('PUT', answerPath(ref), { body: mark, key });
}

/** Keeps what was written and is no mark yet; holds the answer for the writer. */
export function saveDraft(ref: AnswerRef, draft: z.input<typeof markerDraftInSchema>): Promise<z.output<typeof draftReplySchema>> {
  return request('PUT', `${answerPath(ref)}/draft`, { body: draft });
}

/** Holds an answer that is free, or holds it longer. */
export async function holdAnswer(ref: AnswerRef, role: Role): Promise<z.output<typeof leaseReplySchema>['lease']> {
  return (await request<z.output<typeof leaseReplySchema>>('POST', `${answerPath(ref)}/lease`, { body: { role }, key: commandKey() })).lease;
}

/** Gives an answer back that was not marked. */
export function releaseLease(leaseId: string): Promise<unknown> {
  return request('POST', `/marking/leases/${leaseId}/release`, { body: {}, key: commandKey(), keepalive: true });
}

/** Agrees on one of two marks, or on another. */
export function reconcile(ref: AnswerRef, input: { points: string; comment: string | null; closedVersion: number }, key: string): Promise<Answer> {
  return request('POST', `${answerPath(ref)}/reconcile`, { body: input, key });
}

/** Sets an answer aside for discussion, or takes that back with null. */
export function setFlag(ref: AnswerRef, note: string | null): Promise<Answer> {
  return note === null ? request('DELETE', `${answerPath(ref)}/flag`) : request('PUT', `${answerPath(ref)}/flag`, { body: { note } });
}

/** Reads what is set aside in an exam. */
export function loadFlags(examId: string, signal: AbortSignal): Promise<Flags> {
  return request('GET', `/exams/${examId}/marking/flags`, { signal });
}

/** Reads the comments that graders share for an item. */
export async function loadComments(examId: string, itemId: string, signal: AbortSignal): Promise<ReusableComment[]> {
  return (await request<z.output<typeof reusableCommentsSchema>>('GET', `${itemPath(examId, itemId)}/comments`, { signal })).items;
}

/** Keeps a comment for the other answers too. */
export function keepComment(examId: string, itemId: string, text: string): Promise<ReusableComment> {
  return request('POST', `${itemPath(examId, itemId)}/comments`, { body: { text }, key: commandKey() });
}

/** Reads the rubric of an item. */
export function loadRubric(examId: string, itemId: string, signal?: AbortSignal): Promise<Rubric> {
  return request('GET', `${itemPath(examId, itemId)}/rubric`, signal === undefined ? {} : { signal });
}

/** Writes the rubric of an item. */
export function saveRubric(examId: string, itemId: string, rubric: RubricInput, version: number): Promise<Rubric> {
  return request('PUT', `${itemPath(examId, itemId)}/rubric`, { body: rubric, ifMatch: version });
}

/** Teachers by name or e-mail, as a form offers them. */
export async function findTeachers(q: string, signal: AbortSignal): Promise<{ value: string; label: string; detail: string }[]> {
  const page = await request<{ items: { id: string; name: string; email: string }[] }>('GET', '/users', { query: { q, role: 'teacher', limit: 20 }, signal });
  return page.items.map(({ id, name, email }) => ({ value: id, label: name, detail: email }));
}
