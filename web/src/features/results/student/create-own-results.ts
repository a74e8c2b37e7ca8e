import { createEffect, createMemo, createRoot, on, onCleanup } from 'solid-js';

import { createLoad } from '#web/lib/create-load.ts';
import { createStream } from '#web/lib/stream.ts';
import { listOwnResults, type OwnResult } from './api.ts';

/** One connection hears at most so many things. */
const TOPIC_LIMIT = 50;
/** The results of a class come out in one moment; its pages do not all ask in the same one. */
const SPREAD_MS = 1_500;

/**
 * The attempts of the student with their results, read again whenever the page is looked at.
 * @param isLive also listens for results that come out; a page that listens already calls `reloadSoon` instead
 */
export function createOwnResults({ isLive }: { isLive: boolean }) {
  const load = createLoad<true, readonly OwnResult[]>(() => true, (_key, signal) => listOwnResults(signal));
  let later: ReturnType<typeof setTimeout> | undefined;
  const reloadSoon = (): void => {
    clearTimeout(later);
    later = setTimeout(load.reload, 200 + Math.random() * SPREAD_MS);
  };
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') load.reload();
  };
  document.addEventListener('visibilitychange', onVisible);
  addEventListener('online', load.reload);
  onCleanup(() => {
    clearTimeout(later);
    document.removeEventListener('visibilitychange', onVisible);
    removeEventListener('online', load.reload);
  });

  // what waits is heard first: it is what changes
  const topics = createMemo(() =>
    isLive ? (load.value() ?? []).toSorted((a, b) => Number(a.release === 'released') - Number(b.release === 'released')).slice(0, TOPIC_LIMIT).map(({ sessionId }) => `session:${sessionId}`).toSorted().join(',') : '');
  createEffect(on(topics, (text) => {
    if (text === '') return;
    const dispose = createRoot((disposeRoot) => {
      createStream({ topics: text.split(','), after: '', on: { hello: reloadSoon, reset: reloadSoon, closed: reloadSoon, reopened: reloadSoon, 'results-published': reloadSoon, 'results-unpublished': reloadSoon } });
      return disposeRoot;
    });
    onCleanup(dispose);
  }));

  const bySession = createMemo(() => new Map((load.value() ?? []).map((result) => [result.sessionId, result])));
  return {
    results: load.value,
    error: load.error,
    isLoading: load.isLoading,
    reload: load.reload,
    reloadSoon,
    of: (sessionId: string | undefined): OwnResult | undefined => (sessionId === undefined ? undefined : bySession().get(sessionId)),
  };
}
