import { drawnItemId } from './item-id.ts';
import type { ExamContent } from './types.ts';

/** Where an item stands in an exam as it was written, from 1: among the items that every paper has, or in the pools. */
export type ItemPlace = { readonly number: number; readonly drawn: null } | { readonly number: null; readonly drawn: number };

/** Places of all items of an exam, by id. Drawn items are counted on their own: on the papers they stand in any order. */
export function itemPlaces(content: ExamContent): ReadonlyMap<string, ItemPlace> {
  const places = new Map<string, ItemPlace>();
  let number = 0;
  let drawn = 0;
  content.sections.forEach((section, index) => {
    for (const { id } of section.items) places.set(id, { number: (number += 1), drawn: null });
    for (const questionId of section.draw?.pool ?? []) places.set(drawnItemId(content.examId, index, questionId), { number: null, drawn: (drawn += 1) });
  });
  return places;
}
