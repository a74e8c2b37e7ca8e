import type { Queryable } from '#db/connection.ts';
import { selectCurrentItem } from '#db/session/place.ts';
import { Refusal } from '#domain/problem.ts';

/** What decides about an item where the way leads forwards only. */
export interface ForwardPaper {
  readonly sessionId: string;
  /** The items in the order of the paper. */
  readonly items: ReadonlyMap<string, unknown>;
}

/**
 * With forward navigation exactly one item is open: the one the student is at.
 * @param place without a current item: the first one is open
 */
export function isItemOpen(place: { readonly currentItemId: string | null }, itemId: string, firstItemId: string | undefined): boolean {
  return itemId === (place.currentItemId ?? firstItemId);
}

/** Which of these items can not be answered now; ask for papers with forward navigation only. */
export async function lockedItems(q: Queryable, session: ForwardPaper, itemIds: readonly string[]): Promise<ReadonlySet<string>> {
  const place = { currentItemId: await selectCurrentItem(q, session.sessionId) };
  const [first] = session.items.keys();
  return new Set(itemIds.filter((itemId) => !isItemOpen(place, itemId, first)));
}

/**
 * How far a student is after moving to an item.
 * @param order the items in the order of the paper
 * @returns the number of reached items
 * @throws item-locked for going back
 */
export function reachedBy(order: readonly string[], place: { readonly currentItemId: string | null; readonly reached: number }, targetId: string | null): number {
  if (targetId === null) return place.reached;
  const target = order.indexOf(targetId);
  const current = place.currentItemId === null ? 0 : order.indexOf(place.currentItemId);
  if (target < current) throw new Refusal('item-locked', 'This exam goes forwards only; a question that was left stays closed.');
  return Math.max(place.reached, target + 1);
}
