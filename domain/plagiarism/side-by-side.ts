import { isAnswered } from '#domain/grading/answered.ts';
import { gradeItem } from '#domain/grading/grade-item.ts';
import type { DrawnItem } from '#domain/paper/types.ts';

import { givenPassages, longTextOf, partsOf, type SavedAnswer } from './print-session.ts';
import { type MatchedRange, matchedRanges } from './text.ts';

/** One answer of a pair. */
export interface SideAnswer {
  readonly response: unknown;
  readonly savedAtMs: number | null;
  readonly right: boolean | null;
  /** Which answer it was in the order of saving, from 1. */
  readonly place: number | null;
}

/** One question of a pair with both answers. */
export interface SideItem {
  readonly item: DrawnItem;
  readonly match: 'identical-right' | 'identical-wrong' | 'different' | 'one-blank' | 'both-blank' | 'text';
  readonly a: SideAnswer;
  readonly b: SideAnswer;
  readonly ranges: readonly MatchedRange[];
}

/** Lays the answers of two sessions to their common questions side by side, in the order of the first paper. */
export function sideBySide(
  a: { readonly items: readonly DrawnItem[]; readonly answers: ReadonlyMap<string, SavedAnswer> },
  b: { readonly items: readonly DrawnItem[]; readonly answers: ReadonlyMap<string, SavedAnswer> },
): SideItem[] {
  const theirs = new Map(b.items.map((item) => [item.questionId, item]));
  const placesA = placesOf(a.answers);
  const placesB = placesOf(b.answers);
  return a.items.flatMap((item) => {
    const other = theirs.get(item.questionId);
    if (other === undefined) return [];
    const left = sideOf(item, a.answers.get(item.id), placesA);
    const right = sideOf(other, b.answers.get(other.id), placesB);
    return [{ item, match: matchOf(item, left, right), a: left, b: right, ranges: rangesOf(item, left, right) }];
  });
}

function placesOf(answers: ReadonlyMap<string, SavedAnswer>): ReadonlyMap<string, number> {
  return new Map([...answers].sort(([, x], [, y]) => x.savedAtMs - y.savedAtMs).map(([id], index) => [id, index + 1]));
}

function sideOf(item: DrawnItem, saved: SavedAnswer | undefined, places: ReadonlyMap<string, number>): SideAnswer {
  return {
    response: saved?.response ?? null, savedAtMs: saved?.savedAtMs ?? null, right: rightOf(item, saved?.response ?? null), place: places.get(item.id) ?? null,
  };
}

function rightOf(item: DrawnItem, response: unknown): boolean | null {
  try {
    const grade = gradeItem(item.question, response, '1');
    return grade.state === 'graded' && grade.answered ? Number(grade.ratio) >= 1 : null;
  } catch {
    return null;
  }
}

function matchOf(item: DrawnItem, a: SideAnswer, b: SideAnswer): SideItem['match'] {
  const { type } = item.question;
  const given = [a, b].filter(({ response }) => isAnswered(type, response)).length;
  if (given < 2) return given === 0 ? 'both-blank' : 'one-blank';
  const left = partsOf(item, a.response);
  const right = partsOf(item, b.response);
  if (left.length === 0 || right.length === 0) return longTextOf(item.question, a.response) === undefined ? 'different' : 'text';
  if (left.some(({ code }, at) => code !== right[at]?.code)) return 'different';
  return left.every((part) => part.right) ? 'identical-right' : 'identical-wrong';
}

function rangesOf(item: DrawnItem, a: SideAnswer, b: SideAnswer): readonly MatchedRange[] {
  const left = longTextOf(item.question, a.response);
  const right = longTextOf(item.question, b.response);
  if (left === undefined || right === undefined) return [];
  return matchedRanges(left.value, right.value, left.kind, givenPassages(item.question, left.kind));
}
