import type { Sort } from '#web/ui/table.ts';

import type { ResultRow } from './api.ts';

/** Which results are shown. */
export type Filter = 'all' | 'pending' | 'ungraded' | 'failed' | 'withheld';

/** All filters in the order in which they stand. */
export const FILTERS: readonly Filter[] = ['all', 'pending', 'ungraded', 'failed', 'withheld'];

const FITS: Readonly<Record<Filter, (row: ResultRow) => boolean>> = {
  all: () => true,
  pending: ({ state, sessionState }) => (state === 'pending' || state === 'needs-manual') && sessionState !== 'withdrawn',
  ungraded: ({ state, sessionState }) => state === 'ungraded' && sessionState !== 'withdrawn',
  failed: ({ state, grade }) => state === 'graded' && grade === 'fail',
  withheld: ({ withheld }) => withheld,
};

/** Rows that fit a filter and a text in the name or the number. */
export function findRows(rows: readonly ResultRow[], filter: Filter, text: string): ResultRow[] {
  const wanted = text.trim().toLocaleLowerCase();
  return rows.filter((row) => FITS[filter](row) && (wanted === '' || `${row.student.name}\n${row.student.externalId ?? ''}`.toLocaleLowerCase().includes(wanted)));
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const STATES: readonly ResultRow['state'][] = ['needs-manual', 'pending', 'ungraded', 'graded'];

const ORDERS: Readonly<Record<string, (a: ResultRow, b: ResultRow) => number>> = {
  student: (a, b) => collator.compare(a.student.name, b.student.name) || a.attempt - b.attempt,
  points: (a, b) => Number(a.points ?? -Infinity) - Number(b.points ?? -Infinity),
  percent: (a, b) => (a.percent ?? -Infinity) - (b.percent ?? -Infinity),
  grade: (a, b) => String(a.grade).localeCompare(String(b.grade)),
  state: (a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || b.pendingCount - a.pendingCount,
};

/** Rows in the order of a column; the same value by name. */
export function sortRows(rows: readonly ResultRow[], { id, direction }: Sort): ResultRow[] {
  const order = ORDERS[id] ?? ORDERS['student']!;
  const sign = direction === 'ascending' ? 1 : -1;
  // Infinity minus Infinity is no order
  return [...rows].sort((a, b) => sign * (order(a, b) || 0) || ORDERS['student']!(a, b));
}
