import type { Logger } from 'pino';

import type { Db } from '#db/connection.ts';
import { markStaleOffline, writePresence, type PresenceChange } from '#db/session/connections.ts';

/** A stream that comes back within this time was never gone: a page that reloads, a token that was renewed. */
const OFFLINE_AFTER_MS = 5_000;
/** How often the rows of connected sessions are refreshed, ms. */
const REFRESH_EVERY_MS = 15_000;

interface Connected {
  readonly examId: string;
  streams: number;
  /** Null while a stream is open. */
  goneAtMs: number | null;
}

/** Knows which sessions have an open stream in this process and writes it down once a second, never per event. */
export function createPresence(options: { db: Db; log: Logger; nowMs: () => number; onChange: (change: { sessionId: string; examId: string; online: boolean }) => void }) {
  const { db, log, nowMs, onChange } = options;
  const connected = new Map<string, Connected>();
  const changes = new Map<string, PresenceChange>();
  let writing = false;
  let refreshedAtMs = 0;

  function settleGone(now: number): void {
    for (const [sessionId, entry] of connected) {
      if (entry.goneAtMs === null || now - entry.goneAtMs < OFFLINE_AFTER_MS) continue;
      connected.delete(sessionId);
      changes.set(sessionId, { sessionId, examId: entry.examId, online: false, atMs: entry.goneAtMs, isNews: true });
    }
  }

  function addRefreshes(now: number): boolean {
    if (now - refreshedAtMs < REFRESH_EVERY_MS) return false;
    refreshedAtMs = now;
    for (const [sessionId, entry] of connected) {
      if (entry.goneAtMs === null && !changes.has(sessionId)) changes.set(sessionId, { sessionId, examId: entry.examId, online: true, atMs: now, isNews: false });
    }
    return true;
  }

  return {
    opened(sessionId: string, examId: string): void {
      const entry = connected.get(sessionId);
      if (entry !== undefined) {
        entry.streams += 1;
        entry.goneAtMs = null;
        return;
      }
      connected.set(sessionId, { examId, streams: 1, goneAtMs: null });
      changes.set(sessionId, { sessionId, examId, online: true, atMs: nowMs(), isNews: true });
    },
    closed(sessionId: string): void {
      const entry = connected.get(sessionId);
      if (entry === undefined) return;
      entry.streams -= 1;
      if (entry.streams === 0) entry.goneAtMs = nowMs();
    },
    /** Writes what changed since the last call in one statement; call it once a second. */
    async flush(): Promise<void> {
      if (writing) return;
      const now = nowMs();
      settleGone(now);
      const sweep = addRefreshes(now);
      if (changes.size === 0 && !sweep) return;
      writing = true;
      const batch = [...changes.values()];
      changes.clear();
      try {
        const news = batch.length > 0 ? await writePresence(db, batch) : [];
        news.forEach(onChange);
        const stale = sweep ? await markStaleOffline(db) : [];
        for (const { sessionId, examId } of stale) onChange({ sessionId, examId, online: false });
      } catch (error) {
        // told again with the next flush unless something newer is known
        for (const change of batch) if (!changes.has(change.sessionId)) changes.set(change.sessionId, change);
        log.debug({ err: error }, 'presence could not be written');
      } finally {
        writing = false;
      }
    },
  };
}

export type Presence = ReturnType<typeof createPresence>;
