import { describe, expect, test } from 'vitest';

import { annotationErrors, fileIdsOf, quoteOf } from './annotations.ts';
import { answerText, countWords } from './answer-text.ts';
import type { Annotation } from './types.ts';

const essay = { text: 'A 🐟 swims.', format: 'plain' };
const words = (start: number, end: number): Annotation => ({ kind: 'text', start, end, note: '' });
const place = (x: number, y: number, width = 0, height = 0, fileId: string | null = 'f1'): Annotation => ({ kind: 'image', fileId, x, y, width, height, note: '' });
const upload = { fileIds: ['f1', 'f2'] };

describe('remarks', () => {
  test.each([
    ['the whole text', essay, words(0, 11)],
    ['a character of two units', essay, words(2, 4)],
    ['the whole of an image', upload, place(0, 0, 1, 1)],
    ['a box that ends at the edge, in floats', upload, place(0.7, 0.9, 0.3, 0.1)],
    ['a point of the image of the question', { points: [[0, 0]] }, place(1, 1, 0, 0, null)],
  ])('about %s are fine', (_name, response, annotation) => {
    expect(annotationErrors([annotation], response, true)).toEqual([]);
  });

  test.each([
    ['beyond the end', essay, words(0, 12), 'end'],
    ['about no words', essay, words(3, 3), 'end'],
    ['that end before they start', essay, words(4, 2), 'end'],
    ['that start within a character', essay, words(3, 6), 'start'],
    ['that end within a character', essay, words(0, 3), 'start'],
    ['about words of an answer without text', upload, words(0, 1), 'kind'],
    ['about no answer', null, words(0, 1), 'kind'],
    ['about a file of somebody else', upload, place(0, 0, 0, 0, 'f3'), 'fileId'],
    ['that leave the image to the right', upload, place(0.7, 0, 0.4), 'width'],
    ['that leave the image below', upload, place(0, 0.7, 0, 0.4), 'height'],
  ])('%s are refused', (_name, response, annotation, member) => {
    expect(annotationErrors([annotation], response, false).map((error) => error.pointer)).toEqual([`/annotations/0/${member}`]);
  });
  test('about the image of a question without one are refused', () => {
    expect(annotationErrors([place(0, 0, 0, 0, null)], { points: [] }, false)).toHaveLength(1);
  });

  test('carry the words they are about', () => {
    expect([quoteOf(words(2, 4), essay), quoteOf(place(0, 0), upload), quoteOf(words(0, 3), { text: '<p>One <b>two</b></p>', format: 'html' })]).toEqual(['🐟', null, 'One']);
    expect([fileIdsOf(upload), fileIdsOf({ fileIds: 'f1' }), fileIdsOf(null)]).toEqual([['f1', 'f2'], [], []]);
  });
});

test.each([
  [{ text: 'a <b>', format: 'plain' }, 'a <b>'],
  [{ text: 'if (a < b) {}', language: 'c' }, 'if (a < b) {}'],
  [{ text: '<p>One &amp; two</p><p>three<br>four</p>', format: 'html' }, 'One & two\n\nthree\nfour'],
  [{ text: '<ul><li>a</li><li>b</li></ul>', format: 'html' }, 'a\n\nb'],
  [{ text: 'x&lt;b&gt;&#65;&#x42;&bogus;', format: 'html' }, 'x<b>AB&bogus;'],
  [{ optionId: 'a' }, null],
  [null, null],
])('the text of %j', (response, text) => {
  expect(answerText(response)).toBe(text);
});

test.each([
  ['', 0],
  [' . – ', 0],
  ["It's a well-known fact, isn’t it?", 6],
  ['naïve Über 3.5', 4],
  ['मेरा नाम', 2],
])('%j has %i words', (text, count) => {
  expect(countWords(text)).toBe(count);
});
