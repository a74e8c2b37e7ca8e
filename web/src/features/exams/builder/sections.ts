import { add, decimal, formatDecimal, fraction, multiply, parseDecimal, ZERO } from '#domain/decimal.ts';

import type { DraftSection } from './create-builder.ts';

/** Where an item stands. */
export interface Place {
  readonly section: number;
  readonly index: number;
}

type Sections = readonly DraftSection[];

/** Points of a section as text; what is no number counts nothing. */
export function pointsOf(section: DraftSection): string {
  const fixed = section.items.reduce((sum, item) => add(sum, parseDecimal(item.points) ?? ZERO), ZERO);
  const drawn = section.draw === undefined ? ZERO : multiply(parseDecimal(section.draw.points) ?? ZERO, fraction(BigInt(section.draw.count)));
  return formatDecimal(add(fixed, drawn));
}

/** Points of the whole exam. */
export function totalPoints(sections: Sections): string {
  return formatDecimal(sections.reduce((sum, section) => add(sum, decimal(pointsOf(section))), ZERO));
}

/** How many questions a student gets from a section. */
export function countOf(section: DraftSection): number {
  return section.items.length + (section.draw?.count ?? 0);
}

/** How many questions a student gets. */
export function totalCount(sections: Sections): number {
  return sections.reduce((sum, section) => sum + countOf(section), 0);
}

/** Number of the first item of a section on the paper, from 1. */
export function firstNumber(sections: Sections, section: number): number {
  return 1 + sections.slice(0, section).reduce((sum, before) => sum + countOf(before), 0);
}

/** The item moved to a place that is counted after it was taken out. */
export function moveItem(sections: Sections, from: Place, to: Place): DraftSection[] {
  const next = sections.map((section) => ({ ...section, items: [...section.items] }));
  const [item] = next[from.section]?.items.splice(from.index, 1) ?? [];
  if (item !== undefined) next[to.section]?.items.splice(to.index, 0, item);
  return next;
}

/** One place up or down; at the edge of a section into the one beside it. */
export function stepPlace(sections: Sections, from: Place, by: -1 | 1): Place | undefined {
  const index = from.index + by;
  if (index >= 0 && index < sections[from.section]!.items.length) return { section: from.section, index };
  const beside = sections[from.section + by];
  if (beside === undefined) return undefined;
  return { section: from.section + by, index: by === 1 ? 0 : beside.items.length };
}

/** A section changed. */
export function changeSection(sections: Sections, at: number, change: Partial<DraftSection>): DraftSection[] {
  return sections.map((section, index) => (index === at ? { ...section, ...change } : section));
}

/** A section moved up or down. */
export function moveSection(sections: Sections, at: number, by: -1 | 1): DraftSection[] {
  const next = [...sections];
  const [section] = next.splice(at, 1);
  if (section !== undefined) next.splice(at + by, 0, section);
  return next;
}

/** A question added at the end of a section; the first one makes the first section. */
export function addItem(sections: Sections, at: number, item: { questionId: string; points: string }): DraftSection[] {
  if (sections.length === 0) return [{ title: '', items: [item] }];
  return changeSection(sections, at, { items: [...sections[at]!.items, item] });
}
