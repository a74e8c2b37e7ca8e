import { createRoot, createSignal } from 'solid-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { clockText } from './clock-text.ts';
import { createSessionClock, type SessionTime } from './create-session-clock.ts';
import { T0 } from './testing.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const MINUTE = 60_000;
const wait = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const runs = (leftMs: number): SessionTime => ({ state: 'runs', deadlineAtMs: T0 + leftMs, remainingMs: leftMs });

function buildClock(first: SessionTime, warnMinutes: readonly number[] = [10, 5, 1]) {
  const startMs = performance.now();
  const warnings: number[] = [];
  const onTimeUp = vi.fn();
  return createRoot((dispose) => {
    const [time, setTime] = createSignal(first);
    const clock = createSessionClock({
      time, warnMinutes: () => warnMinutes, serverNowMs: () => T0 + performance.now() - startMs, onWarning: (minutes) => warnings.push(minutes), onTimeUp,
    });
    return { clock, setTime, warnings, onTimeUp, dispose };
  });
}

describe('createSessionClock', () => {
  it.each([['two hours behind', -2], ['right', 0], ['two hours ahead', 2]])('shows the same on a device whose clock is %s', async (_name, hours) => {
    vi.setSystemTime(T0 + hours * 60 * MINUTE);
    const { clock } = buildClock(runs(90 * MINUTE));
    await wait(30 * MINUTE);
    expect(clock.remainingMs() / MINUTE).toBeCloseTo(60, 1);
    vi.setSystemTime(T0 + 77 * MINUTE);
    await wait(1_000);
    expect(clock.remainingMs() / MINUTE).toBeCloseTo(60, 1);
  });

  it('shows each second within its first moments', async () => {
    const { clock } = buildClock(runs(3_500));
    const seen: number[] = [];
    for (let step = 0; step < 4; step += 1) {
      await wait(step === 0 ? 520 : 1_000);
      seen.push(Math.ceil(clock.remainingMs() / 1_000));
    }
    expect(seen).toEqual([3, 2, 1, 0]);
  });

  it('stands still during a pause and goes on with what was left', async () => {
    const { clock, setTime } = buildClock(runs(20 * MINUTE));
    await wait(MINUTE);
    setTime({ state: 'stands', deadlineAtMs: null, remainingMs: 19 * MINUTE });
    await wait(10 * MINUTE);
    expect(clock.remainingMs()).toBe(19 * MINUTE);
    expect(clock.phase()).toBe('stands');
    setTime({ state: 'runs', deadlineAtMs: T0 + 30 * MINUTE, remainingMs: 19 * MINUTE });
    expect(clock.remainingMs() / MINUTE).toBeCloseTo(19, 1);
  });

  it('warns once at each of its minutes', async () => {
    const { warnings } = buildClock(runs(12 * MINUTE));
    await wait(3 * MINUTE);
    expect(warnings).toEqual([10]);
    await wait(9 * MINUTE);
    expect(warnings).toEqual([10, 5, 1]);
  });

  it('warns of nothing that was over before the page was opened', async () => {
    const { warnings } = buildClock(runs(3 * MINUTE));
    await wait(2.5 * MINUTE);
    expect(warnings).toEqual([1]);
  });

  it('warns again when time was given and the minutes come near once more', async () => {
    const { warnings, setTime } = buildClock(runs(6 * MINUTE));
    await wait(2 * MINUTE);
    setTime(runs(14 * MINUTE));
    await wait(3 * MINUTE);
    expect(warnings).toEqual([5, 10]);
    await wait(4 * MINUTE);
    expect(warnings).toEqual([5, 10, 5]);
  });

  it('says of several crossed at once only the nearest', async () => {
    const { warnings, setTime } = buildClock(runs(60 * MINUTE));
    await wait(1_000);
    setTime(runs(4 * MINUTE));
    await wait(1_000);
    expect(warnings).toEqual([5]);
  });

  it('tells that the time is over once for each deadline', async () => {
    const { clock, setTime, onTimeUp } = buildClock(runs(2_000));
    await wait(1_990);
    expect(onTimeUp).not.toHaveBeenCalled();
    await wait(100);
    expect(onTimeUp).toHaveBeenCalledTimes(1);
    expect(clock.phase()).toBe('over');
    setTime(runs(10_000));
    expect(clock.phase()).toBe('last');
    await wait(10_000);
    expect(onTimeUp).toHaveBeenCalledTimes(2);
  });

  it.each([[6 * MINUTE, 'calm'], [5 * MINUTE, 'soon'], [MINUTE + 1, 'soon'], [MINUTE, 'last'], [0, 'over']] as const)('with %i ms left looks %s', (left, phase) => {
    expect(buildClock(runs(left)).clock.phase()).toBe(phase);
  });
});

describe('clockText', () => {
  it.each([
    [90 * MINUTE, { kind: 'minutes', hours: 1, minutes: 30 }],
    [90 * MINUTE - 1, { kind: 'minutes', hours: 1, minutes: 30 }],
    [90 * MINUTE - 1_000, { kind: 'minutes', hours: 1, minutes: 29 }],
    [10 * MINUTE + 1, { kind: 'minutes', hours: 0, minutes: 10 }],
    [10 * MINUTE, { kind: 'seconds', text: '0:10:00' }],
    [47_000, { kind: 'seconds', text: '0:00:47' }],
    [1, { kind: 'seconds', text: '0:00:01' }],
    [0, { kind: 'seconds', text: '0:00:00' }],
  ])('of %i ms', (ms, text) => {
    expect(clockText(ms)).toEqual(text);
  });
});
