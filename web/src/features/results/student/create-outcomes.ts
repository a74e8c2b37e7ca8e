import { createEffect, createSignal, onCleanup } from 'solid-js';

import { type Outcome, readOutcome } from './api.ts';

/** Requests at a time: a list of results must not keep the pages of others waiting. */
const AT_ONCE = 3;

/**
 * Results of the sessions that a list shows, asked for as they come into it.
 * @returns the result of a session; undefined while it is not known
 */
export function createOutcomes(sessionIds: () => readonly string[]) {
  const [outcomes, setOutcomes] = createSignal<ReadonlyMap<string, Outcome>>(new Map());
  const asked = new Set<string>();
  const waiting: string[] = [];
  const abort = new AbortController();
  let running = 0;
  onCleanup(() => abort.abort());

  const next = (): void => {
    while (running < AT_ONCE && waiting.length > 0) {
      const id = waiting.shift()!;
      running += 1;
      readOutcome(id, abort.signal)
        .then(
          (outcome) => setOutcomes((before) => new Map(before).set(id, outcome)),
          // the row still leads to the result, which says what is wrong
          () => asked.delete(id),
        )
        .finally(() => {
          running -= 1;
          if (!abort.signal.aborted) next();
        });
    }
  };
  const ask = (ids: readonly string[]): void => {
    for (const id of ids) {
      if (asked.has(id)) continue;
      asked.add(id);
      waiting.push(id);
    }
    next();
  };
  createEffect(() => ask(sessionIds()));

  return {
    of: (sessionId: string | undefined): Outcome | undefined => (sessionId === undefined ? undefined : outcomes().get(sessionId)),
    /** Asks again, after results were published or taken back. */
    refresh(ids: readonly string[]): void {
      for (const id of ids) asked.delete(id);
      ask(ids);
    },
  };
}
