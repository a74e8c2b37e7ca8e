import { createRoot, createSignal } from 'solid-js';
import { expect, test } from 'vitest';

import type { Gamification, GamificationIn } from '../api.ts';
import { createSwitches } from './create-switches.ts';

const KEPT: Gamification = { batchId: 'b', enabled: false, points: true, leaderboard: true, badges: [], timeZone: 'UTC', termStartsOn: null, version: 1, exams: [] };

function setUp(reply: (body: GamificationIn, version: number) => Promise<Gamification>) {
  return createRoot(() => {
    const [kept, setKept] = createSignal(KEPT);
    return { kept, switches: createSwitches(kept, reply, setKept, () => undefined) };
  });
}

test('a switch shows at once, and what is set meanwhile goes with the next request', async () => {
  const sent: [boolean, readonly string[], number][] = [];
  let answer: () => void = () => undefined;
  const { kept, switches } = setUp((body, version) => new Promise((resolve) => {
    sent.push([body.enabled, body.badges, version]);
    answer = () => resolve({ ...KEPT, ...body, version: version + 1 });
  }));
  const done = switches.set({ enabled: true });
  expect([switches.value().enabled, switches.isBusy()]).toEqual([true, true]);
  void switches.set({ badges: ['clean'] });
  answer();
  await Promise.resolve().then(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 0));
  answer();
  await done;
  expect(sent).toEqual([[true, [], 1], [true, ['clean'], 2]]);
  expect([kept().version, switches.isBusy(), switches.problem()]).toEqual([3, false, undefined]);
});

test('a refusal brings back what was there, and is said', async () => {
  const { switches } = setUp(() => Promise.reject(new Error('no')));
  await switches.set({ enabled: true });
  expect([switches.value().enabled, switches.isBusy(), switches.problem()]).toEqual([false, false, new Error('no')]);
});
