import { createRoot, createSignal } from 'solid-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createQuiet } from './create-quiet.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('createQuiet', () => {
  it('shows something new 2 s after the last key, and takes away at once', async () => {
    const [source, setSource] = createSignal<readonly { id: string }[]>([]);
    let typedMs = performance.now();
    const shown = createRoot(() => createQuiet(source, () => typedMs));
    setSource([{ id: 'a' }]);
    await vi.advanceTimersByTimeAsync(1_500);
    typedMs = performance.now();
    await vi.advanceTimersByTimeAsync(1_900);
    expect(shown()).toEqual([]);
    await vi.advanceTimersByTimeAsync(500);
    expect(shown()).toEqual([{ id: 'a' }]);
    typedMs = performance.now();
    setSource([]);
    expect(shown()).toEqual([]);
  });

  it('shows at once what comes while nobody types', () => {
    const [source, setSource] = createSignal<readonly { id: string }[]>([]);
    const shown = createRoot(() => createQuiet(source, () => Number.NEGATIVE_INFINITY));
    setSource([{ id: 'a' }]);
    expect(shown()).toEqual([{ id: 'a' }]);
  });
});
