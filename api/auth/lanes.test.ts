import { expect, it } from 'vitest';

import { createLanes, type Lanes, type Priority } from './lanes.ts';

/** Works that end when the test says so; `begun` lists them as they start. */
function bench(lanes: Lanes) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    begun,
    add: (name: string, priority: Priority) => lanes.run(() => new Promise<void>((resolve) => { begun.push(name); ends.set(name, resolve); }), priority),
    async end(name: string): Promise<void> {
      ends.get(name)!();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

it('log-ins go before bulk, staff before log-ins, and bulk never takes more than one lane', async () => {
  const { begun, add, end } = bench(createLanes(2, 10));
  for (const name of ['b1', 'b2']) void add(name, 'bulk');
  expect(begun).toEqual(['b1']);
  for (const name of ['l1', 'l2']) void add(name, 'login');
  void add('s1', 'staff');
  expect(begun).toEqual(['b1', 'l1']);
  await end('l1');
  await end('b1');
  expect(begun).toEqual(['b1', 'l1', 's1', 'l2']);
  await end('s1');
  expect(begun.at(-1)).toBe('b2');
});

it('a work that fails frees its lane and tells its caller alone', async () => {
  const lanes = createLanes(1, 10);
  const results = await Promise.allSettled([lanes.run(() => Promise.reject(new Error('no')), 'login'), lanes.run(() => Promise.resolve('yes'), 'login')]);
  expect(results.map((result) => result.status)).toEqual(['rejected', 'fulfilled']);
});

it('a log-in beyond the number that may wait is sent away for a few seconds, staff are not', async () => {
  const { add, begun, end } = bench(createLanes(1, 1));
  void add('l1', 'login');
  void add('l2', 'login');
  await expect(add('l3', 'login')).rejects.toMatchObject({ code: 'unavailable', extra: { retryAfterSeconds: 5 } });
  void add('s1', 'staff');
  await end('l1');
  expect(begun).toEqual(['l1', 's1']);
});
