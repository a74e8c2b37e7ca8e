import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';

const QUIET_MS = 2_000;
const LOOK_EACH_MS = 250;

/** What is to be shown, held back while somebody types: it comes 2 s after the last key. What goes, goes at once. */
export function createQuiet<Item extends { readonly id: string }>(source: Accessor<readonly Item[]>, lastTypedMs: () => number): Accessor<readonly Item[]> {
  const [shown, setShown] = createSignal<readonly Item[]>([]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  function look(): void {
    clearTimeout(timer);
    const wanted = source();
    const known = new Set(shown().map(({ id }) => id));
    const isNew = wanted.some(({ id }) => !known.has(id));
    if (isNew && performance.now() - lastTypedMs() < QUIET_MS) {
      setShown(wanted.filter(({ id }) => known.has(id)));
      timer = setTimeout(look, LOOK_EACH_MS);
    } else {
      setShown(wanted);
    }
  }
  createEffect(on(source, look));
  onCleanup(() => clearTimeout(timer));
  return shown;
}
