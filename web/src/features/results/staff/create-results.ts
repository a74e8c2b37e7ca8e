import { type Accessor, createEffect, createSignal, on, onCleanup, untrack } from 'solid-js';

import { loadResults, type ResultRow } from './api.ts';

/** All results of an exam, with what the page knows of them so far. */
export interface Results {
  readonly rows: Accessor<readonly ResultRow[]>;
  /** Whether all pages are there; older rows stay while they are read again. */
  readonly isComplete: Accessor<boolean>;
  readonly isLoading: Accessor<boolean>;
  readonly error: Accessor<unknown>;
  readonly reload: () => void;
  /** Takes a changed row in. */
  readonly change: (sessionId: string, work: (row: ResultRow) => ResultRow) => void;
}

/** Reads all results of an exam; the first time rows show as they come, later the whole is exchanged at once. */
export function createResults(examId: Accessor<string>): Results {
  const [rows, setRows] = createSignal<readonly ResultRow[]>([]);
  const [isComplete, setComplete] = createSignal(false);
  const [isLoading, setLoading] = createSignal(true);
  const [error, setError] = createSignal<unknown>();
  let running = new AbortController();
  onCleanup(() => running.abort());

  function load(id: string): void {
    running.abort();
    const { signal } = (running = new AbortController());
    setLoading(true);
    const isFirst = !untrack(isComplete);
    loadResults(id, (found, complete) => {
      if (signal.aborted || (!isFirst && !complete)) return;
      setError(undefined);
      setRows(found);
      if (complete) setComplete(true);
    }, signal).catch((thrown: unknown) => {
      if (!signal.aborted) setError(thrown);
    }).finally(() => {
      if (!signal.aborted) setLoading(false);
    });
  }
  createEffect(on(examId, (id) => {
    setRows([]);
    setComplete(false);
    load(id);
  }));
  return {
    rows, isComplete, isLoading, error,
    reload: () => load(untrack(examId)),
    change: (sessionId, work) => setRows(rows().map((row) => (row.sessionId === sessionId ? work(row) : row))),
  };
}
