import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { createHold } from './hold.ts';
import { createLoop } from './loop.ts';
import { createPace } from './pace.ts';

const log = pino({ level: 'silent' });

async function during(ms: number, work: () => Promise<void> | void): Promise<void> {
  vi.useFakeTimers();
  try {
    await work();
    await vi.advanceTimersByTimeAsync(ms);
  } finally {
    vi.useRealTimers();
  }
}

describe('a loop', () => {
  test('works at once and then at its interval', async () => {
    let ticks = 0;
    const loop = createLoop({ name: 'test', everyMs: 1_000, log, tick: () => Promise.resolve((ticks += 1) < 0) });
    await during(3_500, () => loop.start());
    expect(ticks).toBe(4);
    await loop.stop();
  });

  test('goes on without a pause while there is more to do', async () => {
    let ticks = 0;
    const loop = createLoop({ name: 'test', everyMs: 1_000, log, tick: () => Promise.resolve((ticks += 1) < 5) });
    await during(10, () => loop.start());
    expect(ticks).toBe(5);
    await loop.stop();
  });

  test('that is woken many times works once more, soon', async () => {
    let ticks = 0;
    const loop = createLoop({ name: 'test', everyMs: 60_000, log, tick: () => Promise.resolve((ticks += 1) < 0) });
    await during(10, () => loop.start());
    await during(10, () => {
      for (let wake = 0; wake < 5; wake += 1) loop.wake();
    });
    expect(ticks).toBe(2);
    await loop.stop();
  });

  test('that fails goes on, with pauses that grow to two seconds, and wake-ups do not shorten them', async () => {
    let ticks = 0;
    const loop = createLoop({ name: 'test', everyMs: 100, log, tick: () => Promise.reject(new Error(String((ticks += 1)))) });
    await during(60_000, () => loop.start());
    expect(ticks).toBeGreaterThan(28);
    expect(ticks).toBeLessThan(40);
    const before = ticks;
    await during(10, () => loop.wake());
    expect(ticks - before).toBeLessThanOrEqual(1);
    await loop.stop();
  });

  test('that is stopped ends after the work in hand', async () => {
    const steps: string[] = [];
    const loop = createLoop({
      name: 'test', everyMs: 10, log,
      async tick() {
        await new Promise((resolve) => setTimeout(resolve, 30));
        steps.push('worked');
        return false;
      },
    });
    loop.start();
    await loop.stop();
    expect(steps).toEqual(['worked']);
  });
});

describe('a pace', () => {
  test('spreads calls evenly and does not save up for a burst', async () => {
    const pace = createPace(() => 100);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const began = performance.now();
    for (let call = 0; call < 11; call += 1) await pace.next();
    expect(performance.now() - began).toBeGreaterThanOrEqual(95);
  });

  test('that is raised lets a call go that waits already', async () => {
    let perSecond = 0.1;
    const pace = createPace(() => perSecond);
    await pace.next();
    const began = performance.now();
    const waiting = pace.next();
    perSecond = 1_000;
    await waiting;
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('a hold', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const open = () => createHold({ forMs: 1_000, fullMs: 30_000 });
  const ask = (hold: ReturnType<typeof open>, ms: number): void => {
    for (let passed = 0; passed < ms; passed += 100) {
      hold.ask();
      vi.advanceTimersByTime(100);
    }
  };

  test('lasts for a moment after the last request', () => {
    const hold = open();
    expect(hold.level()).toBe('none');
    ask(hold, 5_000);
    vi.advanceTimersByTime(899);
    expect(hold.level()).toBe('full');
    vi.advanceTimersByTime(1);
    expect(hold.level()).toBe('none');
  });

  test('is full through a spike and eases where nobody is ever idle, until the next gap', () => {
    const hold = open();
    ask(hold, 29_900);
    expect(hold.level()).toBe('full');
    ask(hold, 100);
    expect(hold.level()).toBe('eased');
    vi.advanceTimersByTime(1_000);
    expect(hold.level()).toBe('none');
    ask(hold, 100);
    expect(hold.level()).toBe('full');
  });
});
