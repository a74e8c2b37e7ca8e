import { onCleanup } from 'solid-js';

import type { Observation, SittingApi } from './types.ts';

const SEND_EACH_MS = 5_000;
/** Most of one request, by the API, and what is kept while nothing gets through. */
const MOST = 100;
const MOST_KEPT = 500;

/** What observing needs. */
export interface ObservationsOptions {
  readonly sessionId: string;
  readonly api: Pick<SittingApi, 'observe'>;
  readonly serverNowMs: () => number;
  /** Whether the exam wants to know, and this window is the one that is sat in. */
  readonly isWanted: () => boolean;
}

/**
 * Notes what happens to the page, as evidence for a person: focus, visibility, fullscreen, clipboard, connection. Never what was
 * copied, and nothing of it stops or slows the exam.
 */
export function createObservations({ sessionId, api, serverNowMs, isWanted }: ObservationsOptions): void {
  let waiting: Observation[] = [];
  const since = new Map<string, number>();

  function note(kind: string, detail?: Record<string, unknown>): void {
    if (!isWanted()) return;
    waiting = [...waiting, { kind, at: new Date(serverNowMs()).toISOString(), ...(detail === undefined ? {} : { detail }) }].slice(-MOST_KEPT);
  }

  function begin(kind: string): void {
    if (since.has(kind)) return;
    since.set(kind, serverNowMs());
    note(kind);
  }

  function end(kind: string, after: string): void {
    const from = since.get(kind);
    if (from === undefined) return;
    since.delete(kind);
    note(after, { seconds: Math.round((serverNowMs() - from) / 1_000) });
  }

  async function send(keepalive: boolean): Promise<void> {
    if (waiting.length === 0 || !isWanted()) return;
    const part = waiting.slice(0, MOST);
    waiting = waiting.slice(part.length);
    try {
      await api.observe(sessionId, part, keepalive ? { keepalive } : {});
    } catch (error) {
      // the connection may come back; a refusal will not change
      if (!('code' in (error as object))) waiting = [...part, ...waiting].slice(-MOST_KEPT);
    }
  }

  const listeners: readonly (readonly [EventTarget, string, () => void])[] = [
    [window, 'blur', () => begin('focus-lost')],
    [window, 'focus', () => end('focus-lost', 'focus-returned')],
    [document, 'visibilitychange', () => {
      if (document.visibilityState === 'hidden') {
        begin('page-hidden');
        void send(true);
      } else {
        end('page-hidden', 'page-visible');
      }
    }],
    [document, 'fullscreenchange', () => document.fullscreenElement === null && note('fullscreen-left')],
    [document, 'copy', () => note('copied')],
    [document, 'cut', () => note('cut')],
    [document, 'paste', () => note('pasted')],
    [window, 'offline', () => begin('offline')],
    [window, 'online', () => end('offline', 'online')],
  ];
  for (const [target, name, work] of listeners) target.addEventListener(name, work);
  const timer = setInterval(() => void send(false), SEND_EACH_MS);
  onCleanup(() => {
    clearInterval(timer);
    for (const [target, name, work] of listeners) target.removeEventListener(name, work);
  });
}
