import { createRoot, createSignal } from 'solid-js';
import { describe, expect, it } from 'vitest';

import { between, createRowKeys } from './create-row-keys.ts';

function build(keys = ['a', 'b', 'c', 'd']) {
  return createRoot(() => {
    const [selected, setSelected] = createSignal<ReadonlySet<string>>(new Set());
    const opened: string[] = [];
    const focused: string[] = [];
    const rows = createRowKeys({ keys: () => keys, selected, onSelect: setSelected, onOpen: (key) => opened.push(key), focus: (key) => focused.push(key) });
    function press(row: string, key: string, more: KeyboardEventInit = {}): KeyboardEvent {
      const element = document.createElement('div');
      element.dataset['rowKey'] = row;
      const event = new KeyboardEvent('keydown', { key, cancelable: true, ...more });
      element.addEventListener('keydown', (sent) => rows.onKeyDown(sent));
      element.dispatchEvent(event);
      return event;
    }
    return { rows, press, opened, focused, selected: () => [...selected()].sort().join('') };
  });
}

describe('keys of a table', () => {
  it('move the focus and stop at both ends', () => {
    const { press, focused } = build();
    press('a', 'ArrowDown');
    press('d', 'ArrowDown');
    press('a', 'ArrowUp');
    press('b', 'End');
    press('c', 'Home');
    expect(focused).toEqual(['b', 'd', 'a', 'd', 'a']);
  });

  it('select with Space and X, open with Enter, clear with Escape', () => {
    const { press, opened, selected } = build();
    press('b', ' ');
    press('d', 'x');
    expect(selected()).toBe('bd');
    press('b', ' ');
    expect(selected()).toBe('d');
    press('c', 'Enter');
    expect(opened).toEqual(['c']);
    press('c', 'Escape');
    expect(selected()).toBe('');
  });

  it('select a range with Shift from the row that was chosen last', () => {
    const { press, selected } = build();
    press('a', ' ');
    press('c', ' ', { shiftKey: true });
    expect(selected()).toBe('abc');
  });

  it('extend the selection with Shift and an arrow', () => {
    const { press, selected } = build();
    press('b', 'ArrowDown', { shiftKey: true });
    expect(selected()).toBe('bc');
  });

  it('select all and none with Ctrl A', () => {
    const { press, selected } = build();
    press('b', 'a', { ctrlKey: true });
    expect(selected()).toBe('abcd');
    press('b', 'a', { ctrlKey: true });
    expect(selected()).toBe('');
  });

  it('leave other keys and Escape without a selection to the page', () => {
    const { press } = build();
    expect(press('a', 'm').defaultPrevented).toBe(false);
    expect(press('a', 'Escape').defaultPrevented).toBe(false);
  });
});

describe('between', () => {
  it('goes both ways', () => {
    expect(between(['a', 'b', 'c'], 'c', 'b')).toEqual(['b', 'c']);
  });

  it('is the second entry alone when the first one is gone', () => {
    expect(between(['a', 'b', 'c'], 'x', 'b')).toEqual(['b']);
  });
});
