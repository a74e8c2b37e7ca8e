import type { ProblemCode } from '#domain/problem.ts';

/** One save as it reaches the database layer; the response has passed the contract. */
export interface AnswerInput {
  readonly sessionId: string;
  readonly itemId: string;
  /** A JSON value; null is a cleared answer. */
  readonly response: unknown;
  /** `response` as JSON text, where the caller has it already. */
  readonly responseJson?: string;
  /** One per open window of the student; null for clients that keep none. */
  readonly clientId: string | null;
  /** Grows within the window. */
  readonly clientSeq: number;
  /** The revision that the window last knew; 0 for none, null when the client does not say. */
  readonly baseRevision: number | null;
}

/** Why one save was refused. */
export type AnswerRefusal = Extract<
  ProblemCode,
  'stale-revision' | 'session-closed' | 'session-paused' | 'deadline-passed' | 'validation-failed' | 'unavailable' | 'not-found'
>;

/** What is stored instead of a refused answer. */
export interface CurrentAnswer {
  readonly revision: number;
  readonly response: unknown;
  readonly savedAtMs: number;
}

/** The verdict on one save; `ok` means committed. */
export type AnswerVerdict =
  | {
      readonly ok: true;
      readonly itemId: string;
      readonly revision: number;
      readonly savedAtMs: number;
      readonly deadlineAtMs: number;
      readonly sessionVersion: number;
    }
  | { readonly ok: false; readonly itemId: string; readonly code: AnswerRefusal; readonly current?: CurrentAnswer };
