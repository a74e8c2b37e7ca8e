import { expect, test } from 'vitest';

import { evidenceOf } from './evidence.ts';
import { hashText } from './hash.ts';
import { upperNormal } from './normal.ts';
import { compareTiming, learnTiming } from './timing.ts';
import type { SessionPrint } from './types.ts';

const ITEMS = 30;
const random = (text: string): number => (hashText(text) % 10_000) / 10_000;

/** Twenty sessions, each with a pace of its own; even questions take five times as long as odd ones. The second is slow and quick where the first is. */
function sessions(): SessionPrint[] {
  return Array.from({ length: 20 }, (_, session) => {
    let now = 1_000_000 + Math.round(3_000 * random(`start ${session}`));
    const keys = Array.from({ length: ITEMS }, (__, item) => item + 1);
    const savedAt = keys.map((item) => {
      const mood = random(`${session === 1 ? 0 : session} ${item}`);
      return (now += Math.round((item % 2 === 0 ? 100 : 20) * (1 + session / 10) * Math.exp(1.5 * mood)));
    });
    return { sessionId: String(session), studentId: String(session), keys, codes: keys.map(() => 1), right: keys.map(() => 1), savedAt, texts: [] };
  });
}

test('times that go together beyond questions and pace are unlikely by chance, and those that only follow the questions are not', () => {
  const prints = sessions();
  const model = learnTiming(prints);
  const together = compareTiming(model, prints[0]!, prints[1]!)!;
  expect(together.correlation).toBeGreaterThan(0.9);
  expect(together.p).toBeLessThan(1e-6);
  const apart = [2, 3, 4, 5, 6, 7].map((a) => compareTiming(model, prints[a]!, prints[a + 8]!)!.p!);
  expect(Math.min(...apart)).toBeGreaterThan(0.005);
  const says = (index: typeof together): string[] => evidenceOf({ answers: null, text: null, timing: index }, { answers: 0, text: 0 }).map(({ text }) => text);
  expect(says(together)).toContainEqual(expect.stringMatching(/^slow and quick at the same questions beyond what the questions cause \(correlation (0\.9\d|1\.00), chance 1 in \d+\)$/));
  expect(says(compareTiming(model, prints[2]!, prints[10]!)!)).toEqual(['answered in the same order (rank correlation 1.00)']);
});

test('saves at the same time in the same order are counted, and parts that were saved together are one answer', () => {
  const [a, b] = sessions();
  expect(compareTiming(learnTiming([a!]), a!, { ...b!, savedAt: a!.savedAt.map((time) => time + 20) })).toMatchObject({ orderCorrelation: expect.closeTo(1, 9) as number, items: ITEMS, within30s: ITEMS });
  const together = { ...a!, savedAt: a!.savedAt.map((_, at) => 1_000 + (Math.floor(at / 5) + 1) ** 3) };
  const index = compareTiming({ usual: new Map() }, together, together);
  expect(index).toMatchObject({ correlation: expect.closeTo(1, 9) as number, items: ITEMS });
  expect(index!.p).toBeUndefined();
});

test('the normal tail is that of tables', () => {
  expect(upperNormal(1.959964)).toBeCloseTo(0.025, 6);
  expect(upperNormal(-1.644854)).toBeCloseTo(0.95, 6);
  expect(upperNormal(4.753424) / 1e-6).toBeCloseTo(1, 4);
});
