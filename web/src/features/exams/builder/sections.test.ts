import { describe, expect, it } from 'vitest';

import type { DraftSection } from './create-builder.ts';
import { addItem, countOf, firstNumber, moveItem, pointsOf, stepPlace, totalPoints } from './sections.ts';

const item = (id: string, points = '1') => ({ id, questionId: id, points });
const sections: DraftSection[] = [
  { title: 'A', items: [item('a', '0.1'), item('b', '0.2')] },
  { title: 'B', items: [item('c', '2')], draw: { tag: 't', count: 3, points: '1.5' } },
];
const ids = (all: readonly DraftSection[]): string[][] => all.map((section) => section.items.map(({ questionId }) => questionId));

describe('sections of an exam', () => {
  it('adds points exactly, drawn ones included', () => {
    expect(pointsOf(sections[0]!)).toBe('0.3');
    expect(totalPoints(sections)).toBe('6.8');
    expect(countOf(sections[1]!)).toBe(4);
    expect(firstNumber(sections, 1)).toBe(3);
  });

  it('counts what is no number as nothing', () => {
    expect(pointsOf({ title: '', items: [item('a', 'x'), item('b', '2')] })).toBe('2');
  });

  it('moves an item within and between sections', () => {
    expect(ids(moveItem(sections, { section: 0, index: 0 }, { section: 0, index: 1 }))).toEqual([['b', 'a'], ['c']]);
    expect(ids(moveItem(sections, { section: 0, index: 1 }, { section: 1, index: 0 }))).toEqual([['a'], ['b', 'c']]);
  });

  it('steps over the edge of a section, and stops at the ends', () => {
    expect(stepPlace(sections, { section: 0, index: 1 }, 1)).toEqual({ section: 1, index: 0 });
    expect(stepPlace(sections, { section: 1, index: 0 }, -1)).toEqual({ section: 0, index: 2 });
    expect(stepPlace(sections, { section: 0, index: 0 }, -1)).toBeUndefined();
    expect(stepPlace(sections, { section: 1, index: 0 }, 1)).toBeUndefined();
  });

  it('makes the first section for the first question', () => {
    expect(addItem([], 0, { questionId: 'q', points: '1' })).toEqual([{ title: '', items: [{ questionId: 'q', points: '1' }] }]);
  });
});
