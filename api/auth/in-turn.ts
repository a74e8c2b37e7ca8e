const turns = new Map<string, Promise<unknown>>();

/**
 * Runs works with the same key one after the other in this process, so that many guesses sent at once are counted before the next
 * one is tried.
 */
export async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(key);
  const turn = (before ?? Promise.resolve()).then(work, work);
  turns.set(key, turn);
  try {
    return await turn;
  } finally {
    if (turns.get(key) === turn) turns.delete(key);
  }
}
