import type { SessionView } from '#activities/session/session-activities.ts';

/** A hold that nobody lifted for this long is brought to the attention of staff. */
export const PAUSE_ALERT_AFTER_MS = 30 * 60_000;

/** Distance between two looks at a row that should have been closed and was not; shorter timers are rounded up by the server anyway. */
export const LOOK_AGAIN_MS = 1_000;

/** The next thing to do by time; `inMs` undefined means only a signal can bring news. */
export interface Wake {
  readonly purpose: 'deadline' | 'pause-alert' | 'pause-limit';
  readonly inMs: number | undefined;
}

/**
 * What an open session waits for. All times are distances from the database clock at the moment of the read, so the
 * clock of the Temporal server may be wrong.
 * @param alertedPauseAtMs start of the hold that staff have been told about, null when none
 * @param notBeforeMs least distance in ms
 */
export function nextWake(view: SessionView, alertedPauseAtMs: number | null, notBeforeMs: number): Wake {
  const distance = (atMs: number): number => Math.max(notBeforeMs, atMs - view.nowMs);
  if (view.state !== 'paused' || view.pausedAtMs === null) {
    return { purpose: 'deadline', inMs: distance(view.cutoffAtMs + view.jitterMs) };
  }
  const limitMs = view.pauseLimitAtMs === null ? undefined : view.pauseLimitAtMs + view.jitterMs;
  const alertMs = view.pausedAtMs + PAUSE_ALERT_AFTER_MS;
  if (alertedPauseAtMs !== view.pausedAtMs && (limitMs === undefined || alertMs < limitMs)) {
    return { purpose: 'pause-alert', inMs: distance(alertMs) };
  }
  return { purpose: 'pause-limit', inMs: limitMs === undefined ? undefined : distance(limitMs) };
}

/** Whether the student may still work, now or after a hold. */
export function isOpen(view: Pick<SessionView, 'state'>): boolean {
  return view.state === 'active' || view.state === 'paused';
}
