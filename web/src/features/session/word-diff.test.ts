import { describe, expect, it } from 'vitest';

import { wordDiff } from './word-diff.ts';

const show = (parts: readonly { text: string; isOwn: boolean }[]): string => parts.map(({ text, isOwn }) => (isOwn ? `{${text}}` : text)).join('');

describe('wordDiff', () => {
  it.each([
    ['same text', 'same text', 'same text', 'same text'],
    ['', 'new', '', '{new}'],
    ['a b c', 'a x c', 'a {b} c', 'a {x} c'],
    ['drugs, shorter courses', 'drugs, and screening', 'drugs, {shorter courses}', 'drugs, {and screening}'],
    ['one two three', 'one three', 'one {two }three', 'one three'],
  ])('of %j and %j', (left, right, leftShown, rightShown) => {
    const diff = wordDiff(left, right);
    expect([show(diff.left), show(diff.right)]).toEqual([leftShown, rightShown]);
  });

  it('gives both texts back whole, also when they are too long to be compared', () => {
    const left = Array.from({ length: 5_000 }, (_, at) => `l${at}`).join(' ');
    const right = Array.from({ length: 5_000 }, (_, at) => `r${at}`).join(' ');
    const diff = wordDiff(left, right);
    expect(diff.left.map(({ text }) => text).join('')).toBe(left);
    expect(diff.right.map(({ text }) => text).join('')).toBe(right);
  });
});
