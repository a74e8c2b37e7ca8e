import { expect, test } from 'vitest';

import type { ReleasedItem } from './api.ts';
import { annotatedText, markerNotes } from './marker-notes.ts';

const ITEM = {
  itemId: 'i', section: { index: 0, title: '' }, item: { id: 'i', type: 'essay', text: { format: 'plain', value: 'Why?' }, points: '1' }, response: { text: 'One two three.', format: 'plain' },
  feedback: {
    explanation: null, options: {}, comment: null,
    marking: {
      criteria: [], parts: [],
      annotations: [
        { kind: 'image', note: 'Third', fileId: 'f', x: 0.1, y: 0.1, width: 0, height: 0 }, { kind: 'text', note: 'Second', start: 8, end: 13, tone: 'bad' }, { kind: 'text', note: 'First', start: 0, end: 3 },
      ],
    },
  },
} as unknown as ReleasedItem;

test('notes have letters in the order of the text, those on images after them', () => {
  expect(markerNotes(ITEM).map(({ letter, annotation }) => [letter, annotation.note])).toEqual([['a', 'First'], ['b', 'Second'], ['c', 'Third']]);
});

test('notes lie over the own text, unless that is not shown', () => {
  expect(annotatedText(ITEM)).toMatchObject({ text: 'One two three.', notes: [{ start: 0, end: 3, tone: 'neutral' }, { start: 8, end: 13, tone: 'bad' }] });
  const { item, response, ...hidden } = ITEM;
  expect([annotatedText(hidden), markerNotes(hidden).length]).toEqual([undefined, 3]);
  expect([item?.type, response]).toEqual(['essay', { text: 'One two three.', format: 'plain' }]);
});
