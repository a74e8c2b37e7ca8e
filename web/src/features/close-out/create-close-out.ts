import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';

import { createLoad, type Load } from '#web/lib/create-load.ts';
import { serverNowMs } from '#web/lib/server-clock.ts';
import { createStream } from '#web/lib/stream.ts';

import { type CloseOut, loadCloseOut } from './api.ts';

const LOOK_AGAIN_MS = 15_000;
const SETTLE_MS = 1_000;

/** The certificate of an exam; while the exam is not closed it is drawn up again when sessions change, and each 15 s. */
export function createCloseOut(examId: Accessor<string | undefined>): Load<CloseOut> & { readonly checkedMs: Accessor<number | undefined> } {
  const [checkedMs, setCheckedMs] = createSignal<number>();
  const load = createLoad(examId, async (id, signal) => {
    const found = await loadCloseOut(id, signal);
    setCheckedMs(serverNowMs());
    return found;
  }, { forget: true });
  const isMoving = (): string | undefined => (load.value() !== undefined && load.value()!.state !== 'closed' ? examId() : undefined);
  createEffect(on(isMoving, (id) => {
    if (id === undefined) return;
    let settle: ReturnType<typeof setTimeout> | undefined;
    // a whole class may end at the same second
    const soon = (): void => {
      settle ??= setTimeout(() => {
        settle = undefined;
        load.reload();
      }, SETTLE_MS);
    };
    createStream({ topics: [`exam:${id}`], after: '', on: { 'session-changed': soon, 'window-changed': soon }, onReconnect: soon });
    const timer = setInterval(load.reload, LOOK_AGAIN_MS);
    onCleanup(() => {
      clearInterval(timer);
      clearTimeout(settle);
    });
  }));
  return { ...load, checkedMs };
}
