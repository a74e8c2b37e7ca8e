/** What a published exam is frozen to, and the papers drawn from it. */
import type { PaperItem, QuestionContent } from '#domain/questions/types.ts';

/** Whether items can be visited in any order or only forwards. */
export type Navigation = 'free' | 'forward';
/** Whether items are shown one by one or all on one page. */
export type Display = 'one' | 'all';

/** An item that every paper has. */
export interface FixedItem {
  readonly id: string;
  readonly questionId: string;
  /** Decimal string. */
  readonly points: string;
}

/** Items drawn at random: `count` of the questions that had the tag when the exam was published. */
export interface FrozenDraw {
  readonly tag: string;
  readonly count: number;
  /** Decimal string: what each drawn item is worth. */
  readonly points: string;
  /** Ids of the questions in the pool, each a key of `questions`. */
  readonly pool: readonly string[];
}

/** A section of a published exam. */
export interface FrozenSection {
  readonly title: string;
  readonly items: readonly FixedItem[];
  readonly draw?: FrozenDraw;
}

/** A question as it was when the exam was published. */
export interface FrozenQuestion {
  readonly version: number;
  readonly content: QuestionContent;
}

/** Everything that papers are drawn from and graded with; stored once, when the exam is published. */
export interface ExamContent {
  /** How papers are drawn; a running exam keeps the number it was published with. */
  readonly algorithm: 1;
  readonly examId: string;
  readonly instructions: string;
  readonly navigation: Navigation;
  readonly display: Display;
  readonly shuffleItems: boolean;
  readonly shuffleOptions: boolean;
  readonly sections: readonly FrozenSection[];
  readonly questions: Readonly<Record<string, FrozenQuestion>>;
}

/** An item of one session with its question, options already in the order of this paper. */
export interface DrawnItem {
  readonly id: string;
  readonly questionId: string;
  readonly questionVersion: number;
  readonly points: string;
  readonly question: QuestionContent;
  /** The item counts otherwise than it was published. */
  readonly corrected?: true;
  /** What a correction decided about every mark of the item; absent: its key counts. */
  readonly rule?: ItemRule;
}

/**
 * A decision about every mark of an item, whatever was answered: it counts 0 of 0, everybody has all of its points, or everybody
 * who answered it has. It holds for marks given by a person too.
 */
export type ItemRule = 'drop' | 'all-correct' | 'answered-correct';

/** The paper of one session as the server knows it; keys included, never sent to a student. */
export interface DrawnPaper {
  readonly instructions: string;
  readonly navigation: Navigation;
  readonly display: Display;
  readonly sections: readonly { readonly title: string; readonly items: readonly DrawnItem[] }[];
}

/** The paper as a student sees it. */
export interface StudentPaper {
  readonly instructions: string;
  readonly navigation: Navigation;
  readonly display: Display;
  /** Items of the whole paper, also the ones not reached yet. */
  readonly itemCount: number;
  readonly sections: readonly { readonly title: string; readonly items: readonly PaperItem[] }[];
}
