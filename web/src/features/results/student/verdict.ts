import { add, compare, decimal, formatDecimal, ZERO } from '#domain/decimal.ts';
import { isAnswered } from '#domain/grading/answered.ts';
import type { QuestionType } from '#domain/questions/types.ts';

import type { ReleasedItem } from './api.ts';

const LIMITS = { digits: 14, places: 4 };

/** How an answer came out; `hidden` when the exam shows no points. */
export type ItemVerdict = 'right' | 'partly' | 'wrong' | 'empty' | 'pending' | 'hidden';

/** Judges an item by its points; an answer that was not given is told apart from a wrong one. */
export function verdictOf(item: ReleasedItem): ItemVerdict {
  if (item.points === undefined) return 'hidden';
  if (item.item !== undefined && item.response !== undefined && !isAnswered(item.item.type as QuestionType, item.response)) return 'empty';
  if (item.points === null) return 'pending';
  const points = decimal(item.points, LIMITS);
  if (compare(points, decimal(item.maxPoints ?? '0', LIMITS)) >= 0) return 'right';
  return compare(points, ZERO) > 0 ? 'partly' : 'wrong';
}

/** A section of a result with its own sum. */
export interface ResultSection {
  readonly index: number;
  readonly title: string;
  readonly items: readonly { readonly number: number; readonly item: ReleasedItem }[];
  /** Decimal strings; undefined when the exam shows no points. */
  readonly points: string | undefined;
  readonly maxPoints: string | undefined;
}

/** Parts the items of a result into their sections, numbered through. */
export function sectionsOf(items: readonly ReleasedItem[]): readonly ResultSection[] {
  const numbered = items.map((item, at) => ({ number: at + 1, item }));
  return [...Map.groupBy(numbered, ({ item }) => item.section.index).values()].map((group) => {
    const { index, title } = group[0]!.item.section;
    return { index, title, items: group, points: sum(group.map(({ item }) => item.points)), maxPoints: sum(group.map(({ item }) => item.maxPoints)) };
  });
}

/** Exact; what waits for a mark counts nothing yet. */
function sum(points: readonly (string | null | undefined)[]): string | undefined {
  if (points.every((each) => each === undefined)) return undefined;
  return formatDecimal(points.reduce((total, each) => (each == null ? total : add(total, decimal(each, LIMITS))), ZERO));
}
