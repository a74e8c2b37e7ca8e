import { createRoot } from 'solid-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createWindowRole, type WindowTools } from './create-window-role.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  localStorage.clear();
});

/** Locks and channels of one browser. */
function buildBrowser({ withLocks = true } = {}): WindowTools {
  let lose: ((error: Error) => void) | undefined;
  const channels: { onmessage: ((event: MessageEvent) => void) | null }[] = [];
  const locks = {
    request: (_name: string, _options: LockOptions, work: () => Promise<void>) => {
      lose?.(new DOMException('stolen', 'AbortError'));
      return new Promise<void>((resolve, reject) => {
        lose = reject;
        void work().then(resolve);
      });
    },
    query: async () => ({ held: lose === undefined ? [] : [{ name: 'holdfast-sitting-s' }] }),
  };
  return {
    locks: withLocks ? (locks as unknown as WindowTools['locks']) : undefined,
    openChannel: () => {
      const channel = {
        onmessage: null as ((event: MessageEvent) => void) | null,
        postMessage: (data: unknown): void => {
          for (const other of channels) if (other !== channel) queueMicrotask(() => other.onmessage?.({ data } as MessageEvent));
        },
        close: (): void => undefined,
      };
      channels.push(channel);
      return channel as never;
    },
  };
}

const open = (browser: WindowTools, finish: () => Promise<void> = async () => undefined) => createRoot(() => createWindowRole('s', finish, browser));

describe.each([['with locks', true], ['without locks', false]])('createWindowRole %s', (_name, withLocks) => {
  it('lets the newest window write and makes the older one read', async () => {
    const browser = buildBrowser({ withLocks });
    const finish = vi.fn(async () => undefined);
    const older = open(browser, finish);
    const taking = older.take();
    await vi.advanceTimersByTimeAsync(500);
    await taking;
    expect(older.role()).toBe('writer');
    const newer = open(browser);
    await newer.take();
    expect(newer.role()).toBe('writer');
    expect(older.role()).toBe('reader');
    expect(finish).toHaveBeenCalledTimes(1);
    await older.take();
    expect(older.role()).toBe('writer');
    expect(newer.role()).toBe('reader');
  });
});

describe('createWindowRole', () => {
  it('writes at once where no other window is open', async () => {
    const only = open(buildBrowser());
    await only.take();
    expect(only.role()).toBe('writer');
  });

  it('goes on writing when it takes what it has already', async () => {
    const only = open(buildBrowser());
    await only.take();
    const again = only.take();
    await vi.advanceTimersByTimeAsync(500);
    await again;
    expect(only.role()).toBe('writer');
  });

  it('waits until the older window has brought its text to the disk', async () => {
    const browser = buildBrowser();
    let finish = (): void => undefined;
    const older = open(browser, () => new Promise((resolve) => (finish = resolve)));
    await older.take();
    const newer = open(browser);
    const taking = newer.take();
    await vi.advanceTimersByTimeAsync(100);
    expect(newer.role()).toBe('asking');
    finish();
    await taking;
    expect(newer.role()).toBe('writer');
  });

  it('does not wait for a window that sleeps', async () => {
    const browser = buildBrowser();
    const older = open(browser, () => new Promise(() => undefined));
    await older.take();
    const newer = open(browser);
    const taking = newer.take();
    await vi.advanceTimersByTimeAsync(500);
    await taking;
    expect(newer.role()).toBe('writer');
    expect(older.role()).toBe('reader');
  });

  it('does not wait for a page that went away, and waits again for one that did not', async () => {
    const browser = buildBrowser();
    const gone = open(browser, () => new Promise(() => undefined));
    await gone.take();
    dispatchEvent(new Event('pagehide'));
    const next = open(browser, () => new Promise(() => undefined));
    await next.take();
    expect(next.role()).toBe('writer');
    expect(gone.role()).toBe('reader');
    const third = open(browser);
    void third.take();
    await vi.advanceTimersByTimeAsync(100);
    expect(third.role()).toBe('asking');
  });

  it('writes where the browser has neither locks nor channels', async () => {
    const only = open({ locks: undefined, openChannel: undefined });
    await only.take();
    expect(only.role()).toBe('writer');
  });
});
