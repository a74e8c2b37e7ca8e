import { type Accessor, createSignal, onCleanup } from 'solid-js';

const TYPING_MS = 250;

/** The text of a search box, and what of it is worth asking the server for. */
export function createSearch(first = ''): { text: Accessor<string>; settled: Accessor<string>; type: (text: string) => void } {
  const [text, setText] = createSignal(first);
  const [settled, setSettled] = createSignal(first.trim());
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  return {
    text,
    settled,
    type(next) {
      setText(next);
      clearTimeout(timer);
      timer = setTimeout(() => setSettled(next.trim()), next === '' ? 0 : TYPING_MS);
    },
  };
}
