/** How far a student has come, for the board of staff. */
export interface Progress {
  readonly sessionId: string;
  readonly examId: string;
  readonly answered: number;
  readonly total: number;
}

/** A session is told at most this often, ms. */
export const PROGRESS_EVERY_MS = 5_000;

/** Collects progress in memory; noting costs one map entry, however often a student saves. */
export function createProgressBoard() {
  const waiting = new Map<string, Progress>();
  const toldAtMs = new Map<string, number>();

  return {
    note(progress: Progress): void {
      waiting.set(progress.sessionId, progress);
    },
    /** Takes what may be told now: the newest of each session that was not told within the last 5 s. */
    takeDue(nowMs: number): Progress[] {
      const due: Progress[] = [];
      for (const [sessionId, at] of toldAtMs) if (nowMs - at >= PROGRESS_EVERY_MS) toldAtMs.delete(sessionId);
      for (const progress of waiting.values()) {
        if (toldAtMs.has(progress.sessionId)) continue;
        due.push(progress);
        waiting.delete(progress.sessionId);
        toldAtMs.set(progress.sessionId, nowMs);
      }
      return due;
    },
  };
}
