import { describe, expect, it } from 'vitest';
import { nextSplitMixState, Random, splitMix64 } from './random.ts';

function take(count: number, next: () => number): number[] {
  return Array.from({ length: count }, next);
}

describe('the random source', () => {
  it('gives the reference output of xoshiro128** for the state 1, 2, 3, 4', () => {
    const random = new Random([1, 2, 3, 4]);
    expect(take(10, () => random.next())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('gives the reference output of SplitMix64 for the seed 1234567', () => {
    const output: bigint[] = [];
    let state = 1234567n;
    for (let step = 0; step < 5; step += 1) {
      state = nextSplitMixState(state);
      output.push(splitMix64(state));
    }
    expect(output).toEqual([
      6457827717110365317n,
      3203168211198807973n,
      9817491932198370423n,
      4593380528125082431n,
      16408922859458223821n,
    ]);
  });

  it('gives for the seed 42 what an independent program computed', () => {
    const random = Random.fromSeed(42);
    expect(take(5, () => random.next())).toEqual([1776835114, 4165204688, 17111135, 2317295270, 2792088233]);
  });

  it('reads signed, unsigned and textual seeds as the same 64 bits', () => {
    const first = (seed: string | number | bigint): number => Random.fromSeed(seed).next();
    expect(first('-1')).toBe(first('18446744073709551615'));
    expect(first(7)).toBe(first('7'));
    expect(first('9223372036854775807')).not.toBe(first('9223372036854775806'));
  });

  it.each(['', 'x', '1.5'])('has no source for the seed %j except zero for nothing', (seed) => {
    if (seed === '') expect(Random.fromSeed(seed).next()).toBe(Random.fromSeed(0).next());
    else expect(() => Random.fromSeed(seed)).toThrow(SyntaxError);
  });

  it('draws every number below a bound about as often', () => {
    const random = Random.fromSeed(1);
    const counts = new Array<number>(7).fill(0);
    for (let index = 0; index < 70_000; index += 1) {
      const drawn = random.below(7);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    // chi square with 6 degrees of freedom stays below 22.5 in 999 of 1,000 samples
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(22.5);
  });

  it('makes every order of three about as likely', () => {
    const random = Random.fromSeed(2);
    const counts = new Map<string, number>();
    for (let index = 0; index < 60_000; index += 1) {
      const order = random.shuffle(['a', 'b', 'c']).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(20.5);
  });

  it('leaves the shuffled list alone', () => {
    const list = [1, 2, 3];
    Random.fromSeed(3).shuffle(list);
    expect(list).toEqual([1, 2, 3]);
    expect(Random.fromSeed(3).shuffle([])).toEqual([]);
  });
});
