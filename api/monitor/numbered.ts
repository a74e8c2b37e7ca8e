import { decodeCursor, encodeCursor } from '#api/http/cursor.ts';
import { invalid } from '#api/http/problem.ts';

/**
 * Reads the cursor of a list that is ordered by a number of its rows, newest first.
 * @param max largest number that the column holds
 * @throws validation-failed for a cursor of another list
 */
export function readNumber(cursor: string | undefined, max = Number.MAX_SAFE_INTEGER): number | undefined {
  const [before] = decodeCursor(cursor, 1) ?? [];
  if (before === undefined) return undefined;
  if (typeof before !== 'number' || !Number.isInteger(before) || Math.abs(before) > max) throw invalid([{ pointer: '/cursor', message: 'must be a nextCursor of this list' }]);
  return before;
}

/** The reply of such a list. */
export function presentNumbered<Item, Out>(page: { items: readonly Item[]; more: boolean }, numberOf: (item: Item) => number, present: (item: Item) => Out) {
  const last = page.items.at(-1);
  return { items: page.items.map(present), nextCursor: page.more && last !== undefined ? encodeCursor([numberOf(last)]) : null };
}
