import { afterEach, expect, test } from 'vitest';

import { selectedPlace, trimPlace } from './text-selection.ts';

// "One base" | "changes" with the letter of a note between them, and a second paragraph
function page(): HTMLElement {
  document.body.innerHTML = '<h1>Title</h1><article><p><span data-start="0">One base</span><sup>a</sup><span data-start="8"> changes.</span></p><p><span data-start="19">The code</span></p></article>';
  return document.querySelector('article')!;
}

function select(from: Node, fromOffset: number, to: Node, toOffset: number): Selection {
  const selection = getSelection()!;
  selection.removeAllRanges();
  const range = document.createRange();
  range.setStart(from, fromOffset);
  range.setEnd(to, toOffset);
  selection.addRange(range);
  return selection;
}

const text = (root: HTMLElement, index: number): Node => root.querySelectorAll('[data-start]')[index]!.firstChild!;

afterEach(() => document.body.replaceChildren());

test('a selection over the letter of a note has the positions of the text alone', () => {
  const root = page();
  expect(selectedPlace(root, select(text(root, 0), 4, text(root, 1), 8))).toEqual({ start: 4, end: 16 });
});

test('a selection over two paragraphs, and one that begins before the text', () => {
  const root = page();
  expect(selectedPlace(root, select(text(root, 1), 1, text(root, 2), 3))).toEqual({ start: 9, end: 22 });
  expect(selectedPlace(root, select(document.querySelector('h1')!.firstChild!, 2, text(root, 0), 3))).toEqual({ start: 0, end: 3 });
});

test('nothing, a caret, and a selection elsewhere are no place', () => {
  const root = page();
  const title = document.querySelector('h1')!.firstChild!;
  expect(selectedPlace(root, null)).toBeUndefined();
  expect(selectedPlace(root, select(text(root, 0), 2, text(root, 0), 2))).toBeUndefined();
  expect(selectedPlace(root, select(title, 0, title, 3))).toBeUndefined();
});

test('white space at the ends of a place is not part of it', () => {
  expect(trimPlace('One base changes', { start: 3, end: 9 })).toEqual({ start: 4, end: 8 });
  expect(trimPlace('One base', { start: 3, end: 4 })).toBeUndefined();
});
