import type { Queryable } from '#db/connection.ts';
import { readStreamHead, type StreamHead } from '#db/stream/topics.ts';

interface Waiting {
  readonly sessionIds: readonly string[];
  resolve(head: StreamHead): void;
  reject(error: unknown): void;
}

/**
 * Reads where the stream stands, with one look for everybody who asked while the last one was under way: a class that connects at
 * once must not become a thousand looks. Each look begins after all its callers have asked.
 */
export function createHeadReader(q: Queryable): (sessionIds: readonly string[]) => Promise<StreamHead> {
  let waiting: Waiting[] = [];
  let running = false;

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        const head = await readStreamHead(q, group.flatMap(({ sessionIds }) => sessionIds));
        for (const { sessionIds, resolve } of group) resolve({ ...head, versions: only(head.versions, sessionIds) });
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    running = false;
  }

  return (sessionIds) => new Promise((resolve, reject) => {
    waiting.push({ sessionIds, resolve, reject });
    if (running) return;
    running = true;
    void run();
  });
}

function only(versions: StreamHead['versions'], ids: readonly string[]): Record<string, number> {
  return Object.fromEntries(ids.flatMap((id) => (versions[id] === undefined ? [] : [[id, versions[id]]])));
}
