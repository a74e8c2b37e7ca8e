/** What the statistics of an exam are computed from: plain values that can cross into a thread. */
import type { QuestionType } from '#domain/questions/types.ts';

/** A choice that an item offers. */
export interface ChoiceFacts {
  readonly id: string;
  readonly text: string;
  readonly isKey: boolean;
}

/** An item as the exam was published with it. */
export interface ItemFacts {
  readonly itemId: string;
  readonly questionId: string;
  readonly number: number;
  readonly section: string;
  readonly type: QuestionType;
  readonly text: string;
  /** Null for items without a fixed list of choices. */
  readonly choices: readonly ChoiceFacts[] | null;
}

/** What one student did with one item. */
export interface CellFacts {
  /** Index of the item in the list of items. */
  readonly item: number;
  readonly points: number;
  readonly maxPoints: number;
  readonly answered: boolean;
  /** Ids of the choices that were taken. */
  readonly chosen: readonly string[];
}

/** A session that counts and is completely marked. */
export interface SessionFacts {
  readonly studentId: string;
  /** The plain sum of the marks; what items and reliability are about. */
  readonly points: number;
  readonly maxPoints: number;
  /** The result after moderation; null when nothing could be earned. */
  readonly percent: number | null;
  /** Null without a pass mark. */
  readonly passed: boolean | null;
  readonly cells: readonly CellFacts[];
}

/** Who came and who finished. */
export interface CompletionFacts {
  readonly assigned: number;
  readonly started: number;
  readonly submitted: number;
  readonly expired: number;
  readonly terminated: number;
  readonly withdrawn: number;
  /** Of every finished session, without pauses. */
  readonly minutes: readonly number[];
}

/** Everything about one exam. */
export interface ExamFacts {
  readonly passPercent: number | null;
  readonly items: readonly ItemFacts[];
  readonly sessions: readonly SessionFacts[];
  readonly closed: number;
  readonly counted: number;
  readonly pending: number;
  readonly completion: CompletionFacts;
  readonly batches: readonly { readonly batchId: string; readonly name: string; readonly studentIds: readonly string[] }[];
  /** By index of the item. */
  readonly times: readonly { readonly item: number; readonly medianSeconds: number; readonly sessions: number }[];
}

/** One item with the students who had it, side by side. */
export interface ItemColumn {
  readonly item: ItemFacts;
  readonly maxPoints: number;
  readonly points: readonly number[];
  /** Points of the whole session. */
  readonly totals: readonly number[];
  readonly cells: readonly CellFacts[];
  readonly omitted: number;
  /** Everybody got all or nothing, and there is something to get. */
  readonly dichotomous: boolean;
}

/** Sorts the cells by item. The most points of an item are the highest that any session shows, should a mark have been changed on the way. */
export function columnsOf(facts: ExamFacts): ItemColumn[] {
  const cells = facts.items.map((): { cell: CellFacts; total: number }[] => []);
  for (const session of facts.sessions) for (const cell of session.cells) cells[cell.item]?.push({ cell, total: session.points });
  return facts.items.map((item, index) => {
    const column = cells[index]!;
    const maxPoints = column.reduce((most, { cell }) => Math.max(most, cell.maxPoints), 0);
    return {
      item,
      maxPoints,
      points: column.map(({ cell }) => cell.points),
      totals: column.map(({ total }) => total),
      cells: column.map(({ cell }) => cell),
      omitted: column.filter(({ cell }) => !cell.answered).length,
      dichotomous: maxPoints > 0 && column.length > 0 && column.every(({ cell }) => cell.maxPoints === maxPoints && (cell.points === 0 || cell.points === maxPoints)),
    };
  });
}
