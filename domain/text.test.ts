import { describe, expect, it } from 'vitest';
import { hasIllFormedText, MAX_TEXT_DEPTH } from './text.ts';

function nested(depth: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

describe('hasIllFormedText', () => {
  it.each<[unknown, string]>([
    ['a\u0000b', 'a zero character'],
    ['\ud800', 'a lone high surrogate'],
    ['\udc00x', 'a lone low surrogate'],
    ['\udc00\ud800', 'surrogates in the wrong order'],
    [{ text: 'ok', more: [{ deep: 'x\u0000' }] }, 'a zero character deep inside'],
    [{ 'a\u0000': 1 }, 'a zero character in a property name'],
    [{ '\ud800': 1 }, 'a lone surrogate in a property name'],
    [['ok', ['\ud83d']], 'half an emoji in nested lists'],
    [nested(MAX_TEXT_DEPTH + 1), 'nesting beyond the limit'],
  ])('finds %#: %j (%s)', (value) => {
    expect(hasIllFormedText(value)).toBe(true);
  });

  it.each<[unknown]>([
    [''],
    ['Grüße, 世界, 😀, \u0001\uffff'],
    [null],
    [undefined],
    [true],
    [1.5],
    [{}],
    [{ pairs: { a: 'b' }, list: ['x', { y: null }] }],
    [nested(MAX_TEXT_DEPTH)],
  ])('lets %j through', (value) => {
    expect(hasIllFormedText(value)).toBe(false);
  });
});
