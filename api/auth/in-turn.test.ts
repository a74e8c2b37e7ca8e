import { expect, it } from 'vitest';

import { inTurn } from './in-turn.ts';

it('works with one key run one after the other, also after one that fails', async () => {
  const log: string[] = [];
  const work = (name: string, fails = false) => async (): Promise<void> => {
    log.push(`${name} begins`);
    await Promise.resolve();
    log.push(`${name} ends`);
    if (fails) throw new Error(name);
  };
  const results = await Promise.allSettled([inTurn('a', work('1')), inTurn('a', work('2', true)), inTurn('a', work('3'))]);
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(log).toEqual(['1 begins', '1 ends', '2 begins', '2 ends', '3 begins', '3 ends']);
});

it('works with different keys do not wait for each other', async () => {
  let release: () => void = () => undefined;
  const slow = inTurn('slow', () => new Promise<void>((resolve) => (release = resolve)));
  expect(await inTurn('other', () => Promise.resolve('done'))).toBe('done');
  await Promise.resolve();
  release();
  await slow;
});
