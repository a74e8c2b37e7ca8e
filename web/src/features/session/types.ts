import type { z } from 'zod';

import type { answerBatchSavedSchema, answerSavedSchema, currentAnswerSchema } from '#contracts/answers.ts';
import type { studentExamSchema } from '#contracts/exams.ts';
import type {
  observationsSchema, paperSchema, placeReplySchema, placeSchema, refusedAnswerPageSchema, sessionFileSchema, sessionSchema, sittingSchema, storedAnswerSchema,
  submittedSchema,
} from '#contracts/sessions.ts';
import type { SESSION_EVENTS } from '#contracts/streams.ts';
import type { PaperItem } from '#domain/questions/types.ts';

export type Session = z.output<typeof sessionSchema>;
export type StoredAnswer = z.output<typeof storedAnswerSchema>;
export type CurrentAnswer = z.output<typeof currentAnswerSchema>;
export type Place = z.output<typeof placeSchema>;
export type SessionFile = z.output<typeof sessionFileSchema>;
export type Submitted = z.output<typeof submittedSchema>;
export type RefusedPage = z.output<typeof refusedAnswerPageSchema>;
export type StudentExam = z.output<typeof studentExamSchema>;
export type AnswerSaved = z.output<typeof answerSavedSchema>;
export type AnswerBatchSaved = z.output<typeof answerBatchSavedSchema>;
export type Observation = z.input<typeof observationsSchema>['observations'][number];

/** A paper whose items have the types of their questions. */
export interface Paper extends Omit<z.output<typeof paperSchema>, 'sections'> {
  readonly sections: readonly { readonly title: string; readonly items: readonly PaperItem[] }[];
}

/** Everything that a student needs to sit. */
export interface Sitting extends Omit<z.output<typeof sittingSchema>, 'paper'> {
  readonly paper: Paper;
}

/** The stored place, and the paper where an item was reached by it. */
export interface PlaceReply extends Omit<z.output<typeof placeReplySchema>, 'paper'> {
  readonly paper?: Paper;
}

/** Data of the events of a session stream by name. */
export type SessionEvents = { readonly [Name in keyof typeof SESSION_EVENTS]: z.output<(typeof SESSION_EVENTS)[Name]> };

/** One answer on its way to the platform. */
export interface OutgoingAnswer {
  readonly itemId: string;
  readonly response: unknown;
  readonly clientSeq: number;
  readonly baseRevision: number;
}

/** How a request is sent. */
export interface SendOptions {
  readonly signal?: AbortSignal;
  /** Outlives the page; all bodies on their way together may have 64 KiB. */
  readonly keepalive?: boolean;
}

/** The calls of the exam page. */
export interface SittingApi {
  readSitting(sessionId: string): Promise<Sitting>;
  readExam(examId: string): Promise<StudentExam>;
  saveAnswer(sessionId: string, clientId: string, answer: OutgoingAnswer, options?: SendOptions): Promise<AnswerSaved>;
  saveAnswers(sessionId: string, clientId: string, answers: readonly OutgoingAnswer[], options?: SendOptions): Promise<AnswerBatchSaved>;
  savePlace(sessionId: string, place: Place, options?: SendOptions): Promise<PlaceReply>;
  submit(sessionId: string, key: string, body: { readonly clientId?: string; readonly answers?: readonly OutgoingAnswer[] }): Promise<Submitted>;
  acknowledge(sessionId: string, sessionVersion: number): Promise<unknown>;
  askForHelp(sessionId: string, key: string, reason: string): Promise<unknown>;
  observe(sessionId: string, observations: readonly Observation[], options?: SendOptions): Promise<unknown>;
  listRefused(sessionId: string): Promise<RefusedPage>;
  /** Tells whether the platform can be reached. */
  probe(): Promise<unknown>;
}
