import { createRoot } from 'solid-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Offline } from '#web/lib/problem.ts';

import { createObservations } from './create-observations.ts';
import { problem, T0 } from './testing.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function build({ isWanted = true } = {}) {
  const observe = vi.fn<(id: string, observations: readonly { kind: string; detail?: unknown }[]) => Promise<unknown>>(async () => undefined);
  let nowMs = T0;
  const dispose = createRoot((end) => {
    createObservations({ sessionId: 's', api: { observe }, serverNowMs: () => nowMs, isWanted: () => isWanted });
    return end;
  });
  return { observe, dispose, pass: (ms: number) => void (nowMs += ms) };
}

describe('createObservations', () => {
  it('tells together what happened, with how long it lasted', async () => {
    const { observe, pass, dispose } = build();
    dispatchEvent(new Event('blur'));
    pass(7_000);
    dispatchEvent(new Event('focus'));
    document.dispatchEvent(new Event('paste'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(observe).toHaveBeenCalledTimes(1);
    expect(observe.mock.calls[0]![1]).toMatchObject([
      { kind: 'focus-lost', at: '2026-12-01T09:00:00.000Z' },
      { kind: 'focus-returned', detail: { seconds: 7 } },
      { kind: 'pasted' },
    ]);
    dispose();
  });

  it('tells nothing where the exam does not ask for it', async () => {
    const { observe, dispose } = build({ isWanted: false });
    dispatchEvent(new Event('blur'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(observe).not.toHaveBeenCalled();
    dispose();
  });

  it('keeps what did not get through, and drops what was refused', async () => {
    const { observe, dispose } = build();
    observe.mockRejectedValueOnce(new Offline('no'));
    document.dispatchEvent(new Event('copy'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(observe).toHaveBeenCalledTimes(2);
    observe.mockRejectedValueOnce(problem('rate-limited', 429));
    document.dispatchEvent(new Event('copy'));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(observe).toHaveBeenCalledTimes(3);
    dispose();
  });
});
