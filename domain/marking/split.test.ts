import { describe, expect, test } from 'vitest';

import { secondAfter, splitEvenly, type SplitUnit } from './split.ts';

const units = (count: number, current: (index: number) => string | null = () => null): SplitUnit[] => Array.from({ length: count }, (_, index) => ({ id: `u${index}`, current: current(index) }));
const sizes = (dealt: ReadonlyMap<string, string>, graders: readonly string[]): number[] => graders.map((grader) => [...dealt.values()].filter((each) => each === grader).length);

describe('dealing answers', () => {
  test.each([
    [0, ['a', 'b'], [0, 0]],
    [1, ['a', 'b', 'c'], [1, 0, 0]],
    [7, ['a', 'b', 'c'], [3, 2, 2]],
    [6, ['a', 'b', 'c'], [2, 2, 2]],
    [5, ['a'], [5]],
  ])('%i answers among %j give %j', (count, graders, expected) => {
    expect(sizes(splitEvenly(units(count), graders), graders)).toEqual(expected);
  });

  test('dealing what is dealt changes nothing', () => {
    const graders = ['a', 'b', 'c'];
    const once = splitEvenly(units(11), graders);
    expect(splitEvenly(units(11, (index) => once.get(`u${index}`)!), graders)).toEqual(once);
    expect(splitEvenly(units(11, (index) => once.get(`u${index}`)!), ['c', 'a', 'b'])).toEqual(once);
  });

  test('a new grader gets a fair share and nobody else swaps', () => {
    const before = units(9, (index) => (index < 5 ? 'a' : 'b'));
    const after = splitEvenly(before, ['a', 'b', 'c']);
    expect(sizes(after, ['a', 'b', 'c'])).toEqual([3, 3, 3]);
    expect(before.filter((unit) => after.get(unit.id) !== unit.current).every((unit) => after.get(unit.id) === 'c')).toBe(true);
  });

  test('what lies with somebody who left goes to the others', () => {
    expect(sizes(splitEvenly(units(4, (index) => (index < 2 ? 'gone' : 'a')), ['a', 'b']), ['a', 'b'])).toEqual([2, 2]);
  });
});

describe('the second marker', () => {
  test('is never the first, whatever the turn', () => {
    for (const graders of [['a', 'b'], ['a', 'b', 'c'], ['a', 'b', 'c', 'd']]) {
      for (const first of graders) for (let turn = 0; turn < 12; turn += 1) expect(secondAfter(first, graders, turn)).not.toBe(first);
    }
  });
  test('changes from turn to turn, evenly', () => {
    const got = Array.from({ length: 6 }, (_, turn) => secondAfter('b', ['a', 'b', 'c'], turn));
    expect([got.filter((each) => each === 'a').length, got.filter((each) => each === 'c').length]).toEqual([3, 3]);
  });
  test('is anybody for a first who is not on the list, and nobody when there is nobody else', () => {
    expect(secondAfter('z', ['a', 'b'], 1)).toBe('b');
    expect(secondAfter('a', ['a'], 0)).toBeNull();
  });
});
