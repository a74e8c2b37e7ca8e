import { type Accessor, createEffect, createSignal, on, onCleanup, untrack } from 'solid-js';

import type { Stream, StreamEvents } from '#web/lib/stream.ts';

import { loadRuns, type Run } from './api.ts';

/** Grading runs of an exam, newest first, kept up to date. */
export interface Runs {
  readonly latest: Accessor<Run | undefined>;
  readonly isLoaded: Accessor<boolean>;
  readonly error: Accessor<unknown>;
  readonly reload: () => void;
  readonly take: (run: Run) => void;
  /** A live event of the exam. */
  readonly onProgress: (event: StreamEvents['run-progress']) => void;
}

const FINAL: ReadonlySet<string> = new Set(['completed', 'failed', 'cancelled']);
const LOOK_AGAIN_MS = 5_000;

/** Whether a run has come to its end. */
export function isOver(run: Pick<Run, 'state'>): boolean {
  return FINAL.has(run.state);
}

/** Follows the grading runs of an exam: live events, and a look each 5 s while one is under way. @param onOver a run has ended */
export function createRuns(examId: Accessor<string>, stream: () => Stream | undefined, onOver: () => void): Runs {
  const [runs, setRuns] = createSignal<readonly Run[]>([]);
  const [isLoaded, setLoaded] = createSignal(false);
  const [error, setError] = createSignal<unknown>();
  const latest = (): Run | undefined => runs()[0];

  function take(run: Run): void {
    const before = untrack(runs).find(({ id }) => id === run.id);
    setRuns([run, ...untrack(runs).filter(({ id }) => id !== run.id)].sort((a, b) => b.createdAt.localeCompare(a.createdAt)));
    if (before !== undefined && !isOver(before) && isOver(run)) onOver();
  }
  const reload = (): void => void loadRuns(untrack(examId)).then(
    (found) => {
      setError(undefined);
      setLoaded(true);
      const before = untrack(latest);
      setRuns(found);
      if (before !== undefined && !isOver(before) && found.some(({ id, state }) => id === before.id && FINAL.has(state))) onOver();
    },
    (thrown: unknown) => setError(() => thrown),
  );
  createEffect(on(examId, reload));
  // events of a run come only as long as its worker works; the row has the last word
  const timer = setInterval(() => {
    const run = untrack(latest);
    if (run !== undefined && !isOver(run) && (run.state !== 'running' || stream()?.state() !== 'live')) reload();
  }, LOOK_AGAIN_MS);
  onCleanup(() => clearInterval(timer));
  return {
    latest, isLoaded, error, reload, take,
    onProgress({ runId, state, progress }) {
      const run = untrack(runs).find(({ id }) => id === runId);
      if (run === undefined || FINAL.has(state)) return reload();
      if (!isOver(run)) take({ ...run, state: state as Run['state'], progress });
    },
  };
}
