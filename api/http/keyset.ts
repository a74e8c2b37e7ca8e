import { decodeCursor, encodeCursor } from '#api/http/cursor.ts';
import { invalid } from '#api/http/problem.ts';
import { isPosition, type Page, type PageRequest, type Position, type SortKey } from '#db/keyset.ts';

/**
 * Reads sort, cursor and limit of a list.
 * @param sorts how each order is computed; a leading `-` of the query turns it round
 * @throws validation-failed for a cursor of another list or another order
 */
export function readPage<Sort extends string>(
  query: { readonly sort: Sort | `-${Sort}`; readonly cursor?: string | undefined; readonly limit: number },
  sorts: Readonly<Record<Sort, SortKey>>,
): PageRequest<Sort> {
  const descending = query.sort.startsWith('-');
  const sort = (descending ? query.sort.slice(1) : query.sort) as Sort;
  return { sort, descending, after: readPosition(query.cursor, sorts[sort].kind), limit: query.limit };
}

/** Reads the cursor of a list with one order. @throws validation-failed */
export function readPosition(cursor: string | undefined, kind: SortKey['kind']): Position | undefined {
  const parts = decodeCursor(cursor, 2);
  if (parts === undefined) return undefined;
  const [value, id] = parts;
  if (!isPosition(kind, value, id)) throw invalid([{ pointer: '/cursor', message: 'must be a nextCursor of this list in this order' }]);
  return { value: value as string | number, id: id as string };
}

/** The reply of a list. */
export function presentPage<Item, Out>(page: Page<Item>, present: (item: Item) => Out, total?: number): { items: Out[]; nextCursor: string | null; total?: number } {
  return {
    items: page.items.map(present),
    nextCursor: page.next === null ? null : encodeCursor([page.next.value, page.next.id]),
    ...(total === undefined ? {} : { total }),
  };
}
