import { createEffect, createMemo, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js';

import type { Roster } from './create-roster.ts';
import { countChanges, NO_FILTERS, rankByName, selectKeys, type Filters, type Sort, type SortBy } from './roster-view.ts';

/** The lines that the table shows. */
export interface View {
  keys: Accessor<readonly string[]>;
  filters: Accessor<Filters>;
  sort: Accessor<Sort>;
  filter(change: Partial<Filters>): void;
  clear(): void;
  sortBy(by: SortBy): void;
  /** How many lines would appear, go or move by an update. */
  waiting: Accessor<number>;
  update(): void;
  isFiltered: Accessor<boolean>;
}

/** Lines move at most this often by themselves. */
const PACE_MS = 1_000;

/** Filters and sorts the roster. While it is held, lines change in place but none appears, goes or moves: nothing slips away under a pointer. */
export function createView(roster: Roster, isHeld: Accessor<boolean>): View {
  const [filters, setFilters] = createSignal<Filters>(NO_FILTERS);
  const [sort, setSort] = createSignal<Sort>({ by: 'name', descending: false });
  const [keys, setKeys] = createSignal<readonly string[]>([]);
  const [waiting, setWaiting] = createSignal(0);
  const ranks = createMemo(() => {
    roster.lines();
    return rankByName(roster.students());
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastMs = -PACE_MS;

  const select = (): string[] => untrack(() => selectKeys(roster.students(), filters(), sort(), ranks()));

  function update(): void {
    clearTimeout(timer);
    timer = undefined;
    lastMs = performance.now();
    const next = select();
    setWaiting(0);
    setKeys((shown) => (isSame(shown, next) ? shown : next));
  }

  function follow(): void {
    timer = undefined;
    if (!untrack(isHeld)) return update();
    lastMs = performance.now();
    setWaiting(countChanges(untrack(keys), select()));
  }

  createEffect(on([filters, sort], update));
  createEffect(on([roster.lines, roster.epoch, () => (MOVES_BY_SAVES.has(sort().by) ? roster.pulse() : 0)], () => {
    // an empty table has nothing that could slip away, and "nobody matches" would not be true
    if (untrack(keys).length === 0) return update();
    timer ??= setTimeout(follow, Math.max(0, PACE_MS - (performance.now() - lastMs)));
  }));
  createEffect(on(isHeld, (held, before) => {
    if (before === true && !held && untrack(waiting) > 0) update();
  }));
  onCleanup(() => clearTimeout(timer));

  return {
    keys,
    filters,
    sort,
    filter: (change) => setFilters((now) => ({ ...now, ...change })),
    clear: () => setFilters(NO_FILTERS),
    sortBy: (by) => setSort((now) => ({ by, descending: now.by === by ? !now.descending : DESCENDS_FIRST.has(by) })),
    waiting,
    update,
    isFiltered: () => !isSame(Object.values(filters()), Object.values(NO_FILTERS)),
  };
}

const MOVES_BY_SAVES: ReadonlySet<SortBy> = new Set(['answered', 'saved']);
const DESCENDS_FIRST: ReadonlySet<SortBy> = new Set(['incidents']);

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
