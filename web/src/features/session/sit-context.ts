import { type Accessor, createContext, createMemo, createSignal, useContext } from 'solid-js';

import { isAnswered } from '#domain/grading/answered.ts';
import type { PaperItem } from '#domain/questions/types.ts';

import type { SittingKeeper } from './sitting-types.ts';

/** A panel over the exam page. */
export type Panel = 'hand-in' | 'help' | 'reading' | 'navigator' | 'leave' | 'refused' | null;

/** How an item stands in the navigator. */
export type ItemState = 'answered' | 'seen' | 'new';

/** The exam page as its parts see it. */
export interface Sit extends SittingKeeper {
  readonly sessionId: string;
  readonly items: Accessor<readonly PaperItem[]>;
  /** Items of the whole paper, also the ones not reached yet. */
  readonly total: Accessor<number>;
  readonly isForward: Accessor<boolean>;
  readonly isOnePage: Accessor<boolean>;
  readonly current: Accessor<PaperItem | undefined>;
  /** Position of the current item, from 0. */
  readonly at: Accessor<number>;
  readonly hasNext: Accessor<boolean>;
  readonly hasPrevious: Accessor<boolean>;
  readonly panel: Accessor<Panel>;
  readonly areNotesOpen: Accessor<boolean>;
  /** What a screen reader is told, politely. */
  readonly spoken: Accessor<string>;
  numberOf(itemId: string): number;
  isAnswered(item: PaperItem): boolean;
  stateOf(item: PaperItem): ItemState;
  /** Shows an item and puts the focus on its heading. */
  go(itemId: string): void;
  next(): void;
  previous(): void;
  /** Takes what is being typed; what was chosen goes out at once. */
  type(itemId: string, response: unknown): void;
  choose(itemId: string, response: unknown): void;
  /** When something was typed last, monotonic ms. */
  lastTypedMs(): number;
  show(panel: Panel): void;
  toggleNotes(): void;
  say(text: string): void;
}

const SitContext = createContext<Sit>();

/** Gives the exam page to its parts. */
export const SitProvider = SitContext.Provider;

/** The exam page around a part. */
export function useSit(): Sit {
  return useContext(SitContext)!;
}

/** Adds to a sitting what belongs to the page: which item is shown, what is open over it, what is spoken. */
export function createSit(sessionId: string, sitting: SittingKeeper): Sit {
  const { paper, place, answers } = sitting;
  const [panel, show] = createSignal<Panel>(null);
  const [areNotesOpen, setNotesOpen] = createSignal(false);
  const [spoken, setSpoken] = createSignal('', { equals: false });
  let typedMs = Number.NEGATIVE_INFINITY;

  const items = createMemo<readonly PaperItem[]>(() => paper()?.sections.flatMap((section) => section.items) ?? []);
  const order = createMemo(() => new Map(items().map((item, index) => [item.id, index])));
  // one for each item: a key stroke asks about the item that is typed in, not about all of them
  const answered = createMemo(() => new Map(items().map((item) => [item.id, createMemo(() => isAnswered(item.type, answers.view(item.id).response))])));
  const hasAnswer = (item: PaperItem): boolean => answered().get(item.id)?.() ?? false;
  const isForward = createMemo(() => paper()?.navigation === 'forward');
  const isOnePage = createMemo(() => paper()?.display === 'all' && !isForward());
  const at = createMemo(() => order().get(place.currentItemId() ?? '') ?? 0);
  const current = createMemo(() => items()[at()]);
  const hasNext = createMemo(() => (isForward() ? paper()?.nextItemId != null : at() < items().length - 1));
  const hasPrevious = createMemo(() => !isForward() && at() > 0);

  function go(itemId: string): void {
    place.goTo(itemId);
    show(null);
    // after the item is drawn, and after a dialog gave the focus back
    requestAnimationFrame(() => {
      const heading = document.getElementById(`q-${itemId}`);
      heading?.focus({ preventScroll: true });
      if (isOnePage()) heading?.scrollIntoView({ block: 'start' });
      else scrollTo({ top: 0 });
    });
  }

  return {
    ...sitting,
    sessionId, items, isForward, isOnePage, current, at, hasNext, hasPrevious, panel, areNotesOpen, spoken, go,
    total: () => paper()?.itemCount ?? 0,
    numberOf: (itemId) => (order().get(itemId) ?? -1) + 1,
    isAnswered: hasAnswer,
    stateOf: (item) => (hasAnswer(item) ? 'answered' : place.seen().has(item.id) ? 'seen' : 'new'),
    next: () => {
      if (!hasNext()) return;
      if (isForward()) show('leave');
      else go(items()[at() + 1]!.id);
    },
    previous: () => {
      if (hasPrevious()) go(items()[at() - 1]!.id);
    },
    type: (itemId, response) => {
      typedMs = performance.now();
      answers.change(itemId, response, 'typing');
    },
    choose: (itemId, response) => void answers.change(itemId, response, 'choice'),
    lastTypedMs: () => typedMs,
    show: (next) => void show(next),
    toggleNotes: () => {
      setNotesOpen((open) => !open);
      show(null);
    },
    say: (text) => void setSpoken(text),
  };
}
