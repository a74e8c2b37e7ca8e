import type { JournalAnswer } from './journal.ts';
import type { Sitting, StoredAnswer } from './types.ts';

/**
 * A sitting that this device kept, with what the platform has confirmed since then: else the confirmed answers would look
 * unknown to the platform, and be sent again as if they were on nothing.
 */
export function withSent(sitting: Sitting, entries: readonly JournalAnswer[]): Sitting {
  const known = new Map(sitting.answers.map((answer) => [answer.itemId, answer]));
  for (const { itemId, response, state, baseRevision, atMs } of entries) {
    if (state !== 'sent' || baseRevision <= (known.get(itemId)?.revision ?? 0)) continue;
    known.set(itemId, { itemId, revision: baseRevision, response, savedAt: new Date(atMs).toISOString() } as StoredAnswer);
  }
  return { ...sitting, answers: [...known.values()] };
}
