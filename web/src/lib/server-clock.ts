// The clock of the server, measured: the offset of the best sample (shortest round trip) on the monotonic clock of this page.
// The clock of the device plays no part, so it may be hours wrong or be moved while the page is open.

interface Sample {
  /** Server time minus monotonic time, ms. */
  readonly offsetMs: number;
  readonly roundTripMs: number;
  readonly atMs: number;
}

/** A better sample is forgotten after this, so that a drifting monotonic clock is followed. */
const SAMPLE_LIFE_MS = 10 * 60_000;
/** A device that slept: its monotonic clock may have stood still. */
const SLEEP_MS = 2_000;
const WATCH_EVERY_MS = 5_000;

let best: Sample | undefined;
const listeners = new Set<() => void>();

/** Takes the time that came with a reply; `sentMs` and `receivedMs` are monotonic. */
export function noteServerTime(serverTime: string | null, sentMs: number, receivedMs: number): void {
  const serverMs = serverTime === null ? Number.NaN : Date.parse(serverTime);
  if (!Number.isFinite(serverMs)) return;
  const roundTripMs = receivedMs - sentMs;
  const sample = { offsetMs: serverMs + roundTripMs / 2 - receivedMs, roundTripMs, atMs: receivedMs };
  if (best !== undefined && best.roundTripMs < roundTripMs && receivedMs - best.atMs < SAMPLE_LIFE_MS && !contradicts(best, sample)) return;
  best = sample;
  for (const listener of listeners) listener();
}

// further apart than both errors allow: the monotonic clock stood still, or the server's clock was set
function contradicts(old: Sample, fresh: Sample): boolean {
  return Math.abs(old.offsetMs - fresh.offsetMs) > (old.roundTripMs + fresh.roundTripMs) / 2 + 250;
}

/** Now by the server's clock, epoch ms; by the device's clock until the first reply. */
export function serverNowMs(): number {
  return best === undefined ? Date.now() : performance.now() + best.offsetMs;
}

/** How far the clock of this device is ahead of the server's, ms; undefined until the first reply. */
export function deviceClockAheadMs(): number | undefined {
  return best === undefined ? undefined : Date.now() - serverNowMs();
}

/** Calls back after each better measurement. @returns how to stop */
export function onServerClock(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Notices that the device slept or that its clock was set, and has the time measured again.
 * @param measure asks the server for its time, such as `GET /time`
 * @returns how to stop
 */
export function watchDeviceClock(measure: () => Promise<unknown>): () => void {
  let last = { wallMs: Date.now(), monotonicMs: performance.now() };
  const look = (): void => {
    const now = { wallMs: Date.now(), monotonicMs: performance.now() };
    const apart = now.wallMs - last.wallMs - (now.monotonicMs - last.monotonicMs);
    const lateMs = now.monotonicMs - last.monotonicMs - WATCH_EVERY_MS;
    last = now;
    if (Math.abs(apart) < SLEEP_MS && lateMs < SLEEP_MS) return;
    // worth less than any fresh sample, and still better than the device's clock
    if (best !== undefined) best = { ...best, roundTripMs: Number.POSITIVE_INFINITY };
    measure().catch(() => undefined);
  };
  const timer = setInterval(look, WATCH_EVERY_MS);
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') look();
  };
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onVisible);
  };
}
