import type { Accessor } from 'solid-js';

import type { Journal, JournalAnswer } from './journal.ts';
import type { LinkTrouble, SessionRefusal } from './save-errors.ts';
import type { CurrentAnswer, OutgoingAnswer, SittingApi, StoredAnswer, Submitted } from './types.ts';

/** Why nothing can be written, though the page is open. */
export type Hold = 'paused' | 'over' | 'closed' | 'elsewhere';

/** What was wrong with a text that was not taken. */
export interface AnswerProblem {
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly { readonly pointer: string; readonly message: string }[];
}

/** One answer as the page shows it. */
export interface AnswerView {
  /** null: no answer. */
  readonly response: unknown;
  /** `saved` only after the platform said so. */
  readonly status: 'saved' | 'unsent' | 'conflict' | 'refused';
  /** The revision that this window knows; 0 for none. */
  readonly revision: number;
  readonly savedAt: string | null;
  /** When the text on the screen was written, by the clock of the platform. */
  readonly changedAtMs: number;
  /** The other version, while there are two. */
  readonly theirs: CurrentAnswer | null;
  readonly problem: AnswerProblem | null;
}

/** How the connection to the platform is, as far as saves tell. */
export interface Link {
  /** null: works. */
  readonly trouble: LinkTrouble | null;
  /** When the next try is due, by the monotonic clock of the page. */
  readonly retryAtMs: number;
}

/** What there is to say about all answers together. */
export interface SaveSummary {
  /** Answers that the platform has not confirmed. */
  readonly unsent: number;
  /** Answers of which there are two versions. */
  readonly conflicts: number;
  /** Answers that the platform did not take. */
  readonly refused: number;
  /** The last confirmed save of this window or, at first, of the session. */
  readonly lastSavedAt: string | null;
}

/** Which of two versions counts. */
export type Choice = 'mine' | 'theirs' | 'both';

/** What the answers of a session need. */
export interface AnswersOptions {
  readonly sessionId: string;
  readonly api: Pick<SittingApi, 'saveAnswer' | 'saveAnswers' | 'probe'>;
  readonly journal: Pick<Journal, 'writeAnswer' | 'refuse'>;
  /** Now by the clock of the platform. */
  readonly serverNowMs: () => number;
  readonly random?: () => number;
  /** The platform confirmed something and told how the session stands. */
  readonly onTold?: (told: { readonly deadlineAt: string; readonly sessionVersion: number }) => void;
  /** The platform takes nothing for this session now. */
  readonly onSessionRefused?: (code: SessionRefusal) => void;
}

/** The answers of a session. */
export interface Answers {
  /** An answer as the page shows it, live. */
  view(itemId: string): AnswerView;
  readonly summary: Accessor<SaveSummary>;
  readonly link: Accessor<Link>;
  readonly hold: Accessor<Hold | null>;
  /** Items of which there are two versions. */
  readonly conflicts: Accessor<readonly string[]>;
  /** Takes what was typed or chosen. @returns false where nothing can be written now */
  change(itemId: string, response: unknown, how: 'typing' | 'choice'): boolean;
  /** Decides between two versions; `joined` is the text of `both`. */
  resolve(itemId: string, choice: Choice, joined?: unknown): void;
  /** Builds everything from what the platform and this device have. */
  restore(stored: readonly StoredAnswer[], entries: readonly JournalAnswer[]): void;
  /** Takes in what another device saved, where nothing was written here. */
  adopt(stored: readonly StoredAnswer[]): void;
  setHold(hold: Hold | null): void;
  /** Takes verdicts in that came another way, such as with a hand-in. */
  confirm(sent: readonly OutgoingAnswer[], results: NonNullable<Submitted['results']>): void;
  /** Sends what is unsent; resolves when it is decided or the connection is gone. */
  flush(): Promise<void>;
  /** Sends what is unsent in a way that outlives the page. */
  sayGoodbye(): void;
  /** Says that something else reached the platform, or did not. */
  noteLink(trouble: LinkTrouble | null): void;
  /** Tries again now. */
  retry(): void;
  /** What the platform has not confirmed, in the form of a request. */
  unsent(): { readonly clientId: string; readonly answers: readonly OutgoingAnswer[] };
}
