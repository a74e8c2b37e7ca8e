import type { Accessor } from 'solid-js';

import type { createStream, StreamState } from '#web/lib/stream.ts';

import type { Answers } from './answer-types.ts';
import type { PlaceKeeper } from './create-place.ts';
import type { SessionClock } from './create-session-clock.ts';
import type { WindowRole, WindowTools } from './create-window-role.ts';
import type { Journal, RefusedText } from './journal.ts';
import type { Paper, Session, SittingApi, StoredAnswer, StudentExam, Submitted } from './types.ts';

/** Where the page is: `ended` shows what was received, `missing` is nobody's session or somebody else's. */
export type SittingPhase = 'loading' | 'open' | 'ended' | 'missing' | 'signed-out' | 'failed';

/** Something that the student should know; it stays until it is dismissed. */
export type Notice = { readonly id: string; readonly at: string } & (
  | { readonly kind: 'time'; readonly deltaMs: number; readonly deadlineAt: string | null; readonly reason: string | null }
  | { readonly kind: 'resumed'; readonly deadlineAt: string | null; readonly pausedMs: number }
  | { readonly kind: 'reopened'; readonly deadlineAt: string | null; readonly reason: string | null }
  | { readonly kind: 'message'; readonly text: string; readonly from: string }
  | { readonly kind: 'warning'; readonly minutes: number }
  | { readonly kind: 'cancelled'; readonly reason: string | null }
);

/** What a sitting is made of; replaced in tests. */
export interface SittingOptions {
  readonly sessionId: string;
  readonly api: SittingApi;
  /** Who is logged in; null for nobody. @throws Offline */
  readonly loadAccountId: () => Promise<string | null>;
  /** Whose session this is, as far as this device knows. */
  readonly keptAccountOf: (sessionId: string) => Promise<string | null>;
  readonly openJournal: (accountId: string, sessionId: string, onTrouble: () => void) => Promise<Journal>;
  readonly openStream: typeof createStream;
  readonly serverNowMs: () => number;
  /** Calls back when the clock of the platform was measured anew. @returns how to stop */
  readonly onServerClock: (listener: () => void) => () => void;
  /** Minutes before the end at which this student wants to be told; the exam's own without it. */
  readonly warnMinutes?: Accessor<readonly number[]>;
  readonly random?: () => number;
  readonly windows?: WindowTools;
}

/** A sitting: everything that the exam page shows and does. */
export interface SittingKeeper {
  readonly phase: Accessor<SittingPhase>;
  readonly error: Accessor<unknown>;
  readonly session: Accessor<Session | null>;
  readonly exam: Accessor<StudentExam | null>;
  /** The paper; kept in memory after the end, so that the page can say what was received. */
  readonly paper: Accessor<Paper | null>;
  /** What the platform had when the session was read last. */
  readonly stored: Accessor<readonly StoredAnswer[]>;
  readonly answers: Answers;
  readonly place: PlaceKeeper;
  readonly clock: SessionClock;
  readonly role: Accessor<WindowRole>;
  readonly stream: Accessor<StreamState>;
  readonly notices: Accessor<readonly Notice[]>;
  /** Why the session is paused; null when nobody said so. */
  readonly pauseReason: Accessor<string | null>;
  /** Why somebody ended the session; null when nobody said so. */
  readonly endReason: Accessor<string | null>;
  /** Texts of this session that were not taken and that the student has not dealt with. */
  readonly refused: Accessor<readonly RefusedText[]>;
  readonly counts: Accessor<Submitted['counts'] | null>;
  /** Whether what is typed outlives the browser. */
  readonly isDurable: Accessor<boolean>;
  /** Whether the time is over and the session is not closed yet. */
  readonly isTimeUp: Accessor<boolean>;
  /** Whether the result was released while the page was open. */
  readonly isResultOut: Accessor<boolean>;
  /** Whether an answer can be changed now. */
  readonly mayWrite: Accessor<boolean>;
  dismiss(noticeId: string): void;
  forgetRefused(id: string): void;
  /** Makes this window the one that writes. */
  takeOver(): Promise<void>;
  reload(): Promise<void>;
  /** Hands in. @throws what the request threw */
  handIn(key: string): Promise<void>;
}
