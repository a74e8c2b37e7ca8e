import { expect, test } from 'vitest';

import { drawPaper } from './draw.ts';
import { itemPlaces } from './places.ts';
import type { ExamContent } from './types.ts';

const EXAM = '018f6f3a-0000-7000-8000-000000000001';
const question = (text: string) => ({ version: 1, content: { type: 'essay', text: { format: 'plain', value: text }, points: '1', key: {} } }) as const;
const CONTENT = {
  algorithm: 1, examId: EXAM, instructions: '', navigation: 'free', display: 'one', shuffleItems: true, shuffleOptions: false,
  sections: [
    { title: 'Fixed', items: [{ id: 'one', questionId: 'a', points: '1' }] },
    { title: 'Drawn', items: [{ id: 'two', questionId: 'b', points: '1' }], draw: { tag: 'pool', count: 2, points: '1', pool: ['c', 'd', 'e'] } },
  ],
  questions: { a: question('a'), b: question('b'), c: question('c'), d: question('d'), e: question('e') },
} satisfies ExamContent;

test('every item of every paper has a place, fixed ones and drawn ones counted apart', () => {
  const places = itemPlaces(CONTENT);
  expect([places.get('one'), places.get('two')]).toEqual([{ number: 1, drawn: null }, { number: 2, drawn: null }]);
  const drawn = new Set<number | null>();
  for (let seed = 0; seed < 12; seed += 1) {
    for (const item of drawPaper(CONTENT, seed).sections[1]!.items) if (item.id !== 'two') drawn.add(places.get(item.id)!.drawn);
  }
  expect([...drawn].toSorted()).toEqual([1, 2, 3]);
});
