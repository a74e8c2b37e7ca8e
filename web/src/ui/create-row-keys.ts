import { createComputed, createEffect, createSignal, on } from 'solid-js';

/** What the keys of a table work on. */
export interface RowKeysOptions {
  readonly keys: () => readonly string[];
  readonly selected: () => ReadonlySet<string> | undefined;
  readonly onSelect: (next: Set<string>) => void;
  readonly onOpen: (key: string) => void;
  /** Brings a row into view and moves the focus to it. */
  readonly focus: (key: string, index: number) => void;
}

/** Focus, selection and keys of the rows of a table. */
export interface RowKeys {
  /** The row that Tab comes to. */
  readonly active: () => string | undefined;
  readonly setActive: (key: string) => void;
  readonly toggle: (key: string, range: boolean) => void;
  readonly toggleAll: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Arrows, Home, End and page keys (also J and K) move, Space and X select, with Shift a range, Ctrl A all, Enter opens, Escape clears. They work only while a row has the focus. */
export function createRowKeys(options: RowKeysOptions): RowKeys {
  const [active, setActive] = createSignal<string>();
  let anchor: string | undefined;

  function toggle(key: string, range: boolean): void {
    const selected = options.selected();
    if (selected === undefined) return;
    const next = new Set(selected);
    const isOn = !selected.has(key);
    for (const entry of range && anchor !== undefined ? between(options.keys(), anchor, key) : [key]) {
      if (range || isOn) next.add(entry);
      else next.delete(entry);
    }
    anchor = key;
    options.onSelect(next);
  }
  function toggleAll(): void {
    const selected = options.selected();
    if (selected === undefined) return;
    const keys = options.keys();
    const next = new Set(selected);
    const isFull = keys.every((key) => selected.has(key));
    for (const key of keys) {
      if (isFull) next.delete(key);
      else next.add(key);
    }
    options.onSelect(next);
  }
  function move(from: string | undefined, step: number, extend: boolean): void {
    const keys = options.keys();
    if (keys.length === 0) return;
    const at = from === undefined ? -1 : keys.indexOf(from);
    const index = Math.min(keys.length - 1, Math.max(0, at + step));
    const key = keys[index]!;
    if (extend && options.selected() !== undefined) {
      anchor ??= from;
      options.onSelect(new Set([...options.selected()!, ...between(keys, from ?? key, key)]));
    }
    setActive(key);
    options.focus(key, index);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const row = event.target instanceof HTMLElement ? event.target.dataset['rowKey'] : undefined;
    if (row === undefined || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity }[event.key];
    if (event.ctrlKey || event.metaKey) {
      if (event.key !== 'a' || options.selected() === undefined) return;
      toggleAll();
    } else if (step !== undefined) {
      move(row, Number.isFinite(step) ? step : Math.sign(step) * options.keys().length, event.shiftKey);
    } else if (event.key === ' ' || event.key.toLowerCase() === 'x') {
      if (options.selected() === undefined) return;
      toggle(row, event.shiftKey);
    } else if (event.key === 'Enter') {
      options.onOpen(row);
    } else if (event.key === 'Escape' && (options.selected()?.size ?? 0) > 0) {
      options.onSelect(new Set());
    } else {
      return;
    }
    event.preventDefault();
  }
  return { active, setActive, toggle, toggleAll, onKeyDown };
}

/** The entries from one to another, both included, in the order of the list. */
export function between(keys: readonly string[], from: string, to: string): readonly string[] {
  const [start, end] = [keys.indexOf(from), keys.indexOf(to)];
  if (start === -1 || end === -1) return [to];
  return keys.slice(Math.min(start, end), Math.max(start, end) + 1);
}

/** Whether a click on a row was meant for something inside it. */
export function isOnControl(event: MouseEvent): boolean {
  const target = event.target instanceof Element ? event.target : undefined;
  return target?.closest('a, button, input, label, select, textarea, summary, [role="menuitem"]') != null || (getSelection()?.toString() ?? '') !== '';
}

/** Keeps the focus where it is when the rows change their order: a browser takes it away from an element that moves. */
export function keepFocus(changes: () => unknown, place: () => HTMLElement | undefined): void {
  let held: HTMLElement | undefined;
  createComputed(on(changes, () => {
    const focused = document.activeElement;
    held = focused instanceof HTMLElement && place()?.contains(focused) ? focused : undefined;
  }));
  createEffect(on(changes, () => {
    if (held?.isConnected && document.activeElement !== held) held.focus({ preventScroll: true });
  }));
}
