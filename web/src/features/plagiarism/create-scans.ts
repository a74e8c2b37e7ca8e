import { type Accessor, createEffect, on, onCleanup, untrack } from 'solid-js';

import { isOver } from '#web/features/results/staff/create-runs.ts';
import { createLoad, type Load } from '#web/lib/create-load.ts';
import { createStream } from '#web/lib/stream.ts';

import { loadScans, type Scan } from './api.ts';

const LOOK_AGAIN_MS = 2_000;

/** The scans of an exam, newest first; read again by live events, and each 2 s while one is under way. */
export function createScans(examId: Accessor<string>): Load<Scan[]> {
  const load = createLoad(examId, loadScans);
  createEffect(on(examId, (id) => void createStream({ topics: [`exam:${id}`], after: '', on: { 'run-progress': load.reload, reset: load.reload }, onReconnect: load.reload })));
  const timer = setInterval(() => {
    if (untrack(load.value)?.some((scan) => !isOver(scan)) === true && !untrack(load.isLoading)) load.reload();
  }, LOOK_AGAIN_MS);
  onCleanup(() => clearInterval(timer));
  return load;
}
