import { createWindowVirtualizer, defaultRangeExtractor } from '@tanstack/solid-virtual';
import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Checkbox } from './Checkbox.tsx';
import { createRowKeys, isOnControl, keepFocus } from './create-row-keys.ts';
import { messages } from './messages.ts';
import { ColumnHead } from './TableHead.tsx';
import type { Column, TableProps } from './table.ts';

import './data-table.css';
import './virtual-table.css';

const ROW = { comfortable: 44, compact: 32 } as const;

/** A table of thousands of rows that scrolls with the page and draws only what is in view. Same columns and keys as `DataTable`; every row has the same height (44 or 32, `cardHeight` below 900 px), and the row with the focus stays alive when it scrolls away. */
export function VirtualTable<Row>(props: TableProps<Row> & { cardHeight?: number }): JSX.Element {
  const t = useMessages(messages);
  let list!: HTMLDivElement;
  const byKey = createMemo(() => new Map(props.rows.map((row) => [props.rowKey(row), row])));
  const keys = createMemo(() => [...byKey().keys()]);
  const indexOf = createMemo(() => new Map(keys().map((key, index) => [key, index])));
  const [isNarrow, setNarrow] = createSignal(false);
  const [isPrinted, setPrinted] = createSignal(false);
  const [top, setTop] = createSignal(0);
  const height = (): number => (isNarrow() ? (props.cardHeight ?? 92) : ROW[props.density ?? 'comfortable']);

  onMount(() => {
    const narrow = matchMedia('(max-width: 900px)');
    const note = (): void => void setNarrow(narrow.matches);
    const measure = (): void => void setTop(list.getBoundingClientRect().top + scrollY);
    // what stands above the table may grow while data arrive
    const observer = new ResizeObserver(measure);
    note();
    measure();
    const print = (): void => void setPrinted(true);
    const printed = (): void => void setPrinted(false);
    narrow.addEventListener('change', note);
    addEventListener('beforeprint', print);
    addEventListener('afterprint', printed);
    observer.observe(document.body);
    onCleanup(() => {
      narrow.removeEventListener('change', note);
      removeEventListener('beforeprint', print);
      removeEventListener('afterprint', printed);
      observer.disconnect();
    });
  });

  const rowKeys = createRowKeys({
    keys,
    selected: () => props.selected,
    onSelect: (next) => props.onSelect?.(next),
    onOpen: (key) => open(key),
    focus: (key, index) => {
      virtualizer.scrollToIndex(index, { align: 'auto' });
      queueMicrotask(() => rowElement(key)?.focus({ preventScroll: true }));
    },
  });
  const virtualizer = createWindowVirtualizer<HTMLDivElement>({
    get count() { return keys().length; },
    get scrollMargin() { return top(); },
    get getItemKey() { const now = keys(); return (index: number) => now[index] ?? index; },
    estimateSize: () => height(),
    overscan: 12,
    scrollPaddingStart: 96,
    scrollPaddingEnd: 72,
    get rangeExtractor() {
      const active = indexOf().get(rowKeys.active() ?? '');
      return (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        const shown = defaultRangeExtractor(range);
        return active === undefined || shown.includes(active) ? shown : [...shown, active].sort((a, b) => a - b);
      };
    },
  });
  createEffect(on(height, () => virtualizer.measure(), { defer: true }));

  // paper has no view to scroll: everything is on it
  const visible = createMemo(() => isPrinted() ? keys() : virtualizer.getVirtualItems().map(({ index }) => keys()[index]).filter((key) => key !== undefined));
  keepFocus(visible, () => list);
  const rowElement = (key: string): HTMLElement | null => list.querySelector<HTMLElement>(`[data-row-key="${CSS.escape(key)}"]`);
  const isGrid = (): boolean => props.selected !== undefined || props.onOpen !== undefined;
  const marked = (): number => keys().reduce((sum, key) => sum + (props.selected?.has(key) ? 1 : 0), 0);
  function open(key: string): void {
    const row = byKey().get(key);
    if (row !== undefined) props.onOpen?.(row);
  }
  const size = (column: Column<Row>): JSX.CSSProperties => (column.width === undefined ? { flex: '1 1 0' } : { flex: `0 0 ${column.width}` });

  return (
    <div class="DataTable VirtualTable" data-density={props.density} data-bare={props.bare ? '' : undefined}>
      <Show when={props.bar}><div class="DataTable__bar">{props.bar}</div></Show>
      <div role={isGrid() ? 'grid' : 'table'} aria-label={props.label} aria-rowcount={keys().length + 1} aria-multiselectable={props.selected === undefined ? undefined : 'true'} aria-busy={props.loading ? 'true' : undefined}>
        <div class="VirtualTable__head" role="rowgroup">
          <div class="VirtualTable__row" role="row" aria-rowindex={1}>
            <Show when={props.selected}>
              <span class="DataTable__check" role="columnheader">
                <Checkbox aria-label={t('selectAll')} checked={keys().length > 0 && marked() === keys().length} indeterminate={marked() > 0 && marked() < keys().length} onChange={rowKeys.toggleAll} />
              </span>
            </Show>
            <For each={props.columns}>
              {(column) => <span role="columnheader" data-align={column.align} data-drop={column.dropBelow} style={size(column)} aria-sort={props.sort?.id === column.id ? props.sort.direction : undefined}><ColumnHead column={column} table={props} /></span>}
            </For>
          </div>
        </div>
        <div class="VirtualTable__body" role="rowgroup" ref={list} style={{ height: `${virtualizer.getTotalSize()}px` }} onKeyDown={rowKeys.onKeyDown}>
          <For each={visible()}>
            {(key) => {
              const row = createMemo<Row>((before) => byKey().get(key) ?? before!);
              const index = (): number => indexOf().get(key) ?? 0;
              const isSelected = (): boolean => props.selected?.has(key) === true;
              return (
                <div
                  class="VirtualTable__row"
                  role="row"
                  aria-rowindex={index() + 2}
                  data-row-key={key}
                  data-open={props.openKey === key ? '' : undefined}
                  data-acts={props.onOpen === undefined ? undefined : ''}
                  aria-selected={props.selected === undefined ? undefined : isSelected()}
                  tabindex={isGrid() ? ((rowKeys.active() !== undefined && byKey().has(rowKeys.active()!) ? rowKeys.active() === key : index() === 0) ? 0 : -1) : undefined}
                  style={{ height: `${height()}px`, transform: `translateY(${index() * height()}px)` }}
                  onFocusIn={() => rowKeys.setActive(key)}
                  onClick={(event) => {
                    if (event.shiftKey && props.selected !== undefined && !isOnControl(event)) rowKeys.toggle(key, true);
                    else if (!isOnControl(event)) open(key);
                  }}
                >
                  <Show when={props.selected}>
                    <span class="DataTable__check" role="gridcell" onClick={(event) => event.stopPropagation()}>
                      <Checkbox aria-label={t('select', { name: props.rowLabel?.(row()) ?? key })} tabindex={-1} checked={isSelected()} onClick={(event) => rowKeys.toggle(key, event.shiftKey)} />
                    </span>
                  </Show>
                  <For each={props.columns}>
                    {(column) => <span role={isGrid() ? 'gridcell' : 'cell'} data-align={column.align} data-drop={column.dropBelow} data-card={column.card ?? 'start'} style={size(column)}>{column.cell(row())}</span>}
                  </For>
                </div>
              );
            }}
          </For>
        </div>
      </div>
      <Show when={keys().length === 0}>
        <Show when={props.loading} fallback={props.empty}>
          <For each={Array.from({ length: 8 })}>{() => <div class="DataTable__skeleton VirtualTable__wait" aria-hidden="true"><span /></div>}</For>
        </Show>
      </Show>
      <Show when={props.foot}><div class="DataTable__foot">{props.foot}</div></Show>
    </div>
  );
}
