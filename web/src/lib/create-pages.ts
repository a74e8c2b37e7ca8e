import { createEffect, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
  readonly total?: number | undefined;
}

/** A list that comes in pages. */
export interface Pages<Item, Reply extends Page<Item>> {
  readonly items: Accessor<readonly Item[]>;
  readonly total: Accessor<number | undefined>;
  /** The newest first page, with whatever else it carries. */
  readonly first: Accessor<Reply | undefined>;
  readonly hasMore: Accessor<boolean>;
  /** Whether any page has come yet. */
  readonly isLoaded: Accessor<boolean>;
  readonly isLoading: Accessor<boolean>;
  readonly isLoadingMore: Accessor<boolean>;
  readonly error: Accessor<unknown>;
  readonly loadMore: () => void;
  readonly reload: () => void;
  /** Changes what is shown at once, such as after a deletion. */
  readonly mutate: (change: (items: readonly Item[]) => readonly Item[]) => void;
}

/** Loads the first page for a query, again whenever it changes (the old rows stay meanwhile), and further ones when asked. */
export function createPages<Query, Item, Reply extends Page<Item>>(query: Accessor<Query>, load: (query: Query, cursor: string | undefined, signal: AbortSignal) => Promise<Reply & Page<Item>>): Pages<Item, Reply> {
  const [items, setItems] = createSignal<readonly Item[]>([]);
  const [first, setFirst] = createSignal<Reply>();
  const [next, setNext] = createSignal<string | null>(null);
  const [isLoading, setLoading] = createSignal(false);
  const [isLoadingMore, setLoadingMore] = createSignal(false);
  const [error, setError] = createSignal<unknown>();
  let running = new AbortController();
  onCleanup(() => running.abort());

  function run(cursor?: string): void {
    running.abort();
    const { signal } = (running = new AbortController());
    setLoading(cursor === undefined);
    setLoadingMore(cursor !== undefined);
    const end = (): void => {
      setLoading(false);
      setLoadingMore(false);
    };
    load(untrack(query), cursor, signal).then(
      (page) => {
        if (signal.aborted) return;
        setError(undefined);
        if (cursor === undefined) setFirst(() => page);
        setItems((before) => (cursor === undefined ? page.items : [...before, ...page.items]));
        setNext(page.nextCursor);
        end();
      },
      (thrown: unknown) => {
        if (signal.aborted) return;
        setError(thrown);
        end();
      },
    );
  }
  createEffect(on(query, () => run()));
  return {
    items,
    total: () => first()?.total,
    first,
    hasMore: () => next() !== null,
    isLoaded: () => first() !== undefined,
    isLoading,
    isLoadingMore,
    error,
    loadMore() {
      const cursor = next();
      if (cursor !== null && !isLoadingMore()) run(cursor);
    },
    reload: () => run(),
    mutate: (change) => setItems(change),
  };
}
