import { createEffect, createMemo, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js';

/** Something that a page loads and can load again. */
export interface Load<Value> {
  /** The newest that came; stays while it is loaded again. */
  readonly value: Accessor<Value | undefined>;
  /** What went wrong the last time; undefined when it worked. */
  readonly error: Accessor<unknown>;
  readonly isLoading: Accessor<boolean>;
  readonly reload: () => void;
  /** Takes a newer one in, such as the reply of a command. */
  readonly take: (value: Value) => void;
}

/**
 * Loads for a key, again whenever the key changes; the answer of an older key never wins. Unlike a resource it suspends nothing:
 * the page decides what stands there meanwhile.
 * @param key undefined: nothing to load yet
 */
export function createLoad<Key, Value>(key: Accessor<Key | undefined>, load: (key: Key, signal: AbortSignal) => Promise<Value>, options: { forget?: boolean } = {}): Load<Value> {
  const [value, setValue] = createSignal<Value>();
  const [error, setError] = createSignal<unknown>();
  const [isLoading, setLoading] = createSignal(false);
  let running = new AbortController();
  onCleanup(() => running.abort());

  function run(wanted: Key | undefined): void {
    running.abort();
    const { signal } = (running = new AbortController());
    if (wanted === undefined) return void setLoading(false);
    setLoading(true);
    load(wanted, signal).then(
      (found) => {
        if (signal.aborted) return;
        setError(undefined);
        setValue(() => found);
        setLoading(false);
      },
      (thrown: unknown) => {
        if (signal.aborted) return;
        setError(thrown);
        setLoading(false);
      },
    );
  }
  // the same key again, out of a thing that was only read anew, is no reason to forget what somebody types
  createEffect(on(createMemo(key), (wanted) => {
    if (options.forget === true) {
      setValue(undefined);
      setError(undefined);
    }
    run(wanted);
  }));
  return { value, error, isLoading, reload: () => run(untrack(key)), take: (next) => setValue(() => next) };
}
