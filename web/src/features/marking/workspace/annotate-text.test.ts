import { expect, test } from 'vitest';

import { inOrder, letterOf, paragraphsOf } from './annotate-text.ts';

const TEXT = 'One base changes.\n\nThe code is redundant.';

test('a text without notes is one piece for each paragraph, at its own position', () => {
  expect(paragraphsOf(TEXT, [])).toEqual([
    { start: 0, pieces: [{ text: 'One base changes.', start: 0, notes: [], ends: [] }] },
    { start: 19, pieces: [{ text: 'The code is redundant.', start: 19, notes: [], ends: [] }] },
  ]);
});

test('pieces of all paragraphs give back every letter at its position', () => {
  const places = [{ id: 'x', start: 4, end: 27 }, { id: 'y', start: 23, end: 30 }];
  for (const { pieces } of paragraphsOf(TEXT, places)) for (const piece of pieces) expect(TEXT.slice(piece.start, piece.start + piece.text.length)).toBe(piece.text);
});

test('notes that overlap share a piece, and each ends where it ends', () => {
  const [, second] = paragraphsOf(TEXT, [{ id: 'x', start: 19, end: 27 }, { id: 'y', start: 23, end: 30 }]);
  expect(second!.pieces.map(({ text, notes, ends }) => [text, notes, ends])).toEqual([
    ['The ', ['x'], []],
    ['code', ['x', 'y'], ['x']],
    [' is', ['y'], ['y']],
    [' redundant.', [], []],
  ]);
});

test('a note over two paragraphs ends in the second; one that ends in the gap ends in the first', () => {
  const [first, second] = paragraphsOf(TEXT, [{ id: 'x', start: 4, end: 22 }, { id: 'gap', start: 9, end: 18 }]);
  expect(first!.pieces.at(-1)!.ends).toEqual(['gap']);
  expect(second!.pieces[0]!).toMatchObject({ text: 'The', ends: ['x'] });
});

test('places beyond the text are cut, empty ones are left out, a single line break stays inside a paragraph', () => {
  expect(paragraphsOf('a\nb', [{ id: 'x', start: 2, end: 99 }, { id: 'y', start: 5, end: 9 }, { id: 'z', start: 1, end: 1 }])).toEqual([
    { start: 0, pieces: [{ text: 'a\n', start: 0, notes: [], ends: [] }, { text: 'b', start: 2, notes: ['x'], ends: ['x'] }] },
  ]);
  expect(paragraphsOf('', [{ id: 'x', start: 0, end: 4 }])).toEqual([]);
});

test('letters follow the order of the text and go on after z', () => {
  expect([0, 25, 26, 53].map(letterOf)).toEqual(['a', 'z', 'a2', 'b3']);
  expect(inOrder([{ start: 9, end: 10 }, { start: 1, end: 8 }, { start: 1, end: 3 }])).toEqual([{ start: 1, end: 3 }, { start: 1, end: 8 }, { start: 9, end: 10 }]);
});
