import type { JSX } from 'solid-js';

/** A column of a table. */
export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => JSX.Element;
  /** A CSS length; columns without one share the rest. */
  readonly width?: string;
  readonly align?: 'end';
  readonly sortable?: boolean;
  /** Leaves the column out where the table (not the window) is narrower, in pixels. */
  readonly dropBelow?: 520 | 640 | 760 | 880 | 1000;
  /** Place in the card that a row becomes below 900 px: under each other at the start (the first one is the title), at the end, or not at all. */
  readonly card?: 'start' | 'end' | 'none';
  /** Keeps the header for screen readers only. */
  readonly headerHidden?: boolean;
}

/** What a table is sorted by. */
export interface Sort {
  readonly id: string;
  readonly direction: 'ascending' | 'descending';
}

/** What both tables take. */
export interface TableProps<Row> {
  /** Name of the table for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Name of a row, for its tick box. */
  rowLabel?: (row: Row) => string;
  sort?: Sort | undefined;
  onSort?: (sort: Sort) => void;
  /** Makes rows selectable, by tick box, Shift and click, Space, X and Shift with arrows. */
  selected?: ReadonlySet<string>;
  onSelect?: (selected: Set<string>) => void;
  /** Enter or a click on a row. */
  onOpen?: (row: Row) => void;
  /** The row whose details are open. */
  openKey?: string | undefined;
  density?: 'comfortable' | 'compact';
  /** Shows rows of the right size while nothing is there yet. */
  loading?: boolean;
  /** Shown instead of rows when there are none. */
  empty?: JSX.Element;
  /** Above and below the rows, inside the frame. */
  bar?: JSX.Element;
  foot?: JSX.Element;
  /** Draws it without a frame, for inside a card. */
  bare?: boolean;
}

/** The sort after a press on the header of a column. */
export function nextSort(now: Sort | undefined, id: string): Sort {
  return { id, direction: now?.id === id && now.direction === 'ascending' ? 'descending' : 'ascending' };
}
