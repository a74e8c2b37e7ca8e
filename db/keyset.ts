import type { Model, QueryBuilder } from 'objection';

/** Orders in which a list can be read: SQL expressions that are never null. */
export interface SortKey {
  readonly expression: string;
  readonly kind: 'number' | 'text';
}

/** Where a page ended. */
export interface Position {
  readonly value: string | number;
  readonly id: string;
}

/** How a list is read: order, direction, where the last page ended, how many rows. */
export interface PageRequest<Sort extends string> {
  readonly sort: Sort;
  readonly descending: boolean;
  readonly after: Position | undefined;
  readonly limit: number;
}

/** One page, and where it ended when there is more. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: Position | null;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Tells whether the parts of a cursor can be compared with the values of an order. */
export function isPosition(kind: SortKey['kind'], value: unknown, id: unknown): boolean {
  const comparable = kind === 'text' ? typeof value === 'string' : Number.isSafeInteger(value);
  return comparable && typeof id === 'string' && UUID.test(id);
}

/** Epoch milliseconds of a timestamp as an order; absent ones come last. */
export function instantKey(column: string): SortKey {
  return { expression: `coalesce((extract(epoch from ${column}) * 1000)::bigint, 9007199254740991)`, kind: 'number' };
}

/** Adds order and limit to a query (one row more than asked tells whether there is a next page); selects `sortValue`. */
export function pageBy<M extends Model>(query: QueryBuilder<M, M[]>, key: SortKey, idColumn: string, page: PageRequest<string>): QueryBuilder<M, M[]> {
  const { expression } = key;
  const direction = page.descending ? 'desc' : 'asc';
  void query.select(query.modelClass().raw(`${expression} as sort_value`));
  if (page.after !== undefined) {
    const type = key.kind === 'text' ? 'text' : 'bigint';
    void query.whereRaw(`(${expression}, ${idColumn}) ${page.descending ? '<' : '>'} (?::${type}, ?::uuid)`, [page.after.value, page.after.id]);
  }
  return query.orderByRaw(`${expression} ${direction}, ${idColumn} ${direction}`).limit(page.limit + 1);
}

/** Cuts the extra row off and tells where the page ended. */
export function cutPage<Row extends { sortValue: string | number }, Item>(rows: readonly Row[], limit: number, idOf: (row: Row) => string, map: (row: Row) => Item): Page<Item> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: kept.map(map), next: more ? { value: last.sortValue, id: idOf(last) } : null };
}

/** Pattern for `ilike` that finds the text anywhere. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
