import { createMemo, For, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Checkbox } from './Checkbox.tsx';
import { createRowKeys, isOnControl, keepFocus } from './create-row-keys.ts';
import { messages } from './messages.ts';
import { ColumnHead } from './TableHead.tsx';
import type { TableProps } from './table.ts';

import './data-table.css';

/** A table of some hundred rows at most. Columns drop out where there is no room, rows become cards below 900 px, and rows keep their focus and selection while data change. For more rows see `VirtualTable`. */
export function DataTable<Row>(props: TableProps<Row>): JSX.Element {
  const t = useMessages(messages);
  let body: HTMLTableSectionElement | undefined;
  const byKey = createMemo(() => new Map(props.rows.map((row) => [props.rowKey(row), row])));
  const keys = createMemo(() => [...byKey().keys()]);
  const open = (key: string): void => {
    const row = byKey().get(key);
    if (row !== undefined) props.onOpen?.(row);
  };
  const rowKeys = createRowKeys({
    keys,
    selected: () => props.selected,
    onSelect: (next) => props.onSelect?.(next),
    onOpen: open,
    focus: (key) => {
      const row = body?.querySelector<HTMLElement>(`[data-row-key="${CSS.escape(key)}"]`);
      row?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: 'nearest' });
    },
  });
  keepFocus(keys, () => body);
  const isGrid = (): boolean => props.selected !== undefined || props.onOpen !== undefined;
  const columnCount = (): number => props.columns.length + (props.selected === undefined ? 0 : 1);
  const marked = (): number => keys().filter((key) => props.selected?.has(key)).length;
  return (
    <div class="DataTable" data-density={props.density} data-bare={props.bare ? '' : undefined}>
      <Show when={props.bar}><div class="DataTable__bar">{props.bar}</div></Show>
      <table role={isGrid() ? 'grid' : undefined} aria-label={props.label} aria-multiselectable={props.selected === undefined ? undefined : 'true'} aria-busy={props.loading ? 'true' : undefined}>
        <thead>
          <tr>
            <Show when={props.selected}>
              <th class="DataTable__check">
                <Checkbox aria-label={t('selectAll')} checked={keys().length > 0 && marked() === keys().length} indeterminate={marked() > 0 && marked() < keys().length} onChange={rowKeys.toggleAll} />
              </th>
            </Show>
            <For each={props.columns}>
              {(column) => (
                <th
                  scope="col"
                  data-align={column.align}
                  data-drop={column.dropBelow}
                  style={{ width: column.width }}
                  aria-sort={props.sort?.id === column.id ? props.sort.direction : undefined}
                >
                  <ColumnHead column={column} table={props} />
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={rowKeys.onKeyDown}>
          <For
            each={keys()}
            fallback={
              <Show when={props.loading} fallback={<Show when={props.empty}><tr class="DataTable__none"><td colspan={columnCount()}>{props.empty}</td></tr></Show>}>
                <For each={Array.from({ length: 6 })}>
                  {() => <tr class="DataTable__skeleton" aria-hidden="true"><For each={Array.from({ length: columnCount() })}>{(_, index) => <td data-drop={props.columns[index() - (props.selected ? 1 : 0)]?.dropBelow}><span /></td>}</For></tr>}
                </For>
              </Show>
            }
          >
            {(key, index) => {
              const row = createMemo<Row>((before) => byKey().get(key) ?? before!);
              const isSelected = (): boolean => props.selected?.has(key) === true;
              return (
                <tr
                  data-row-key={key}
                  data-open={props.openKey === key ? '' : undefined}
                  data-acts={props.onOpen === undefined ? undefined : ''}
                  aria-selected={props.selected === undefined ? undefined : isSelected()}
                  tabindex={isGrid() ? ((rowKeys.active() !== undefined && byKey().has(rowKeys.active()!) ? rowKeys.active() === key : index() === 0) ? 0 : -1) : undefined}
                  onFocusIn={() => rowKeys.setActive(key)}
                  onClick={(event) => {
                    if (event.shiftKey && props.selected !== undefined && !isOnControl(event)) rowKeys.toggle(key, true);
                    else if (!isOnControl(event)) open(key);
                  }}
                >
                  <Show when={props.selected}>
                    <td class="DataTable__check" onClick={(event) => event.stopPropagation()}>
                      <Checkbox
                        aria-label={t('select', { name: props.rowLabel?.(row()) ?? key })}
                        tabindex={-1}
                        checked={isSelected()}
                        onClick={(event) => rowKeys.toggle(key, event.shiftKey)}
                      />
                    </td>
                  </Show>
                  <For each={props.columns}>
                    {(column) => <td data-align={column.align} data-drop={column.dropBelow} data-card={column.card ?? 'start'}>{column.cell(row())}</td>}
                  </For>
                </tr>
              );
            }}
          </For>
        </tbody>
      </table>
      <Show when={props.foot}><div class="DataTable__foot">{props.foot}</div></Show>
    </div>
  );
}
