import ArrowDown from 'lucide-solid/icons/arrow-down';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import { Show, type JSX } from 'solid-js';

import { nextSort, type Column, type TableProps } from './table.ts';

/** Text of the head of a column; a button when it can be sorted by. */
export function ColumnHead<Row>(props: { column: Column<Row>; table: Pick<TableProps<Row>, 'sort' | 'onSort'> }): JSX.Element {
  const sorted = (): 'ascending' | 'descending' | undefined => (props.table.sort?.id === props.column.id ? props.table.sort.direction : undefined);
  return (
    <Show when={props.column.sortable && props.table.onSort !== undefined} fallback={<span classList={{ 'visually-hidden': props.column.headerHidden }}>{props.column.header}</span>}>
      <button type="button" class="DataTable__sort" onClick={() => props.table.onSort?.(nextSort(props.table.sort, props.column.id))}>
        {props.column.header}
        <Show when={sorted()} fallback={<ArrowUp class="DataTable__unsorted" />}>{(direction) => (direction() === 'ascending' ? <ArrowUp /> : <ArrowDown />)}</Show>
      </button>
    </Show>
  );
}
