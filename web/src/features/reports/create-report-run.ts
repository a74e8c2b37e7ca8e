import { type Accessor, createSignal, onCleanup, untrack } from 'solid-js';

import type { Stream, StreamEvents } from '#web/lib/stream.ts';

import { loadRun, type Run } from './api.ts';

/** The run that this page watches. */
export interface ReportRun {
  readonly run: Accessor<Run | undefined>;
  readonly take: (run: Run) => void;
  /** A live event of the exam. */
  readonly onProgress: (event: StreamEvents['run-progress']) => void;
}

const FINAL: ReadonlySet<string> = new Set(['completed', 'failed', 'cancelled']);
const LOOK_AGAIN_MS = 2_000;

/** Whether a run has come to its end. */
export function isOver(run: Pick<Run, 'state'>): boolean {
  return FINAL.has(run.state);
}

/** Follows the run that was asked for last, also before this page was opened: by live events, and by a look each 2 s while it is under way. @param onChange reports may have come */
export function createReportRun(stream: () => Stream | undefined, onChange: () => void): ReportRun {
  const [run, setRun] = createSignal<Run>();
  function take(next: Run): void {
    const before = untrack(run);
    setRun(next);
    if (before === undefined || before.id !== next.id || isOver(before) === isOver(next)) return;
    onChange();
  }
  const look = (): void => {
    const current = untrack(run);
    // a look that fails is followed by another
    if (current !== undefined && !isOver(current)) void loadRun(current.id).then(take, () => undefined);
  };
  const timer = setInterval(() => stream()?.state() !== 'offline' && look(), LOOK_AGAIN_MS);
  onCleanup(() => clearInterval(timer));
  return {
    run, take,
    onProgress({ runId, state, progress }) {
      const current = untrack(run);
      if (current?.id !== runId || isOver(current)) return;
      if (FINAL.has(state)) look();
      else take({ ...current, state: state as Run['state'], progress });
    },
  };
}
