import { type Accessor, createEffect, createSignal, on, onCleanup, untrack } from 'solid-js';

/** One page of a list of the API. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
  readonly total?: number | undefined;
}

/** A list that is loaded page by page. */
export interface Pages<Item> {
  readonly items: Accessor<readonly Item[]>;
  /** How many there are in all, where the API says so. */
  readonly total: Accessor<number | undefined>;
  /** Whether there are more. */
  readonly more: Accessor<boolean>;
  /** The first page is on its way: old items stay meanwhile. */
  readonly isLoading: Accessor<boolean>;
  readonly isLoadingMore: Accessor<boolean>;
  readonly isLoaded: Accessor<boolean>;
  readonly error: Accessor<unknown>;
  readonly loadMore: () => void;
  readonly reload: () => void;
  /** Changes what is shown, such as a row that a command answered. */
  readonly change: (work: (items: readonly Item[]) => readonly Item[]) => void;
}

/** Loads a list for a query, from its first page again whenever the query changes; the answer of an older query never wins. */
export function createPages<Query, Item>(query: Accessor<Query>, load: (query: Query, cursor: string | undefined, signal: AbortSignal) => Promise<Page<Item>>): Pages<Item> {
  const [items, setItems] = createSignal<readonly Item[]>([]);
  const [total, setTotal] = createSignal<number>();
  const [cursor, setCursor] = createSignal<string | null>(null);
  const [loading, setLoading] = createSignal<'first' | 'more'>();
  const [isLoaded, setLoaded] = createSignal(false);
  const [error, setError] = createSignal<unknown>();
  let running = new AbortController();
  onCleanup(() => running.abort());

  function run(what: 'first' | 'more'): void {
    running.abort();
    const { signal } = (running = new AbortController());
    setLoading(what);
    load(untrack(query), what === 'more' ? (untrack(cursor) ?? undefined) : undefined, signal).then(
      (page) => {
        if (signal.aborted) return;
        setError(undefined);
        setItems((before) => (what === 'more' ? [...before, ...page.items] : page.items));
        if (what === 'first' || page.total !== undefined) setTotal(page.total);
        setCursor(page.nextCursor);
        setLoaded(true);
        setLoading(undefined);
      },
      (thrown: unknown) => {
        if (signal.aborted) return;
        setError(thrown);
        setLoading(undefined);
      },
    );
  }
  createEffect(on(query, () => run('first')));
  return {
    items,
    total,
    more: () => cursor() !== null,
    isLoading: () => loading() === 'first',
    isLoadingMore: () => loading() === 'more',
    isLoaded,
    error,
    loadMore: () => cursor() !== null && loading() === undefined && run('more'),
    reload: () => run('first'),
    change: (work) => setItems(work),
  };
}
