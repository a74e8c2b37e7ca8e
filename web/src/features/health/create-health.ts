import { type Accessor, createSignal, onCleanup } from 'solid-js';

import { serverNowMs } from '#web/lib/server-clock.ts';

import { type Health, type HealthPoint, loadHealth, loadHistory } from './api.ts';

const EVERY_MS = 5_000;
const HISTORY_EVERY_MS = 15_000;
/** Points kept for the small lines: an hour at one each 5 s. */
const MOST_POINTS = 720;

/** How the platform is, read each 5 s. */
export interface HealthWatch {
  readonly health: Accessor<Health | undefined>;
  /** What this page read itself, one each 5 s. */
  readonly points: Accessor<readonly HealthPoint[]>;
  /** The last hour as the API kept it, one each 15 s. */
  readonly history: Accessor<readonly HealthPoint[]>;
  /** What went wrong the last time; undefined when it worked. */
  readonly error: Accessor<unknown>;
  readonly isLoading: Accessor<boolean>;
  /** When it was read the last time, by the server's clock. */
  readonly readMs: Accessor<number | undefined>;
  readonly reload: () => void;
}

// points outlive the page, so that somebody who comes back sees more than a dot
let kept: readonly HealthPoint[] = [];

/** Reads how the platform is while the page is open and seen. */
export function createHealth(): HealthWatch {
  const [health, setHealth] = createSignal<Health>();
  const [points, setPoints] = createSignal<readonly HealthPoint[]>(kept);
  const [error, setError] = createSignal<unknown>();
  const [isLoading, setLoading] = createSignal(false);
  const [readMs, setReadMs] = createSignal<number>();
  const [history, setHistory] = createSignal<readonly HealthPoint[]>([]);
  const past = new AbortController();
  let running = new AbortController();

  async function load(): Promise<void> {
    running.abort();
    const { signal } = (running = new AbortController());
    setLoading(true);
    try {
      const found = await loadHealth(signal);
      if (signal.aborted) return;
      kept = [...kept, pointOf(found)].slice(-MOST_POINTS);
      setPoints(kept);
      setHealth(found);
      setReadMs(serverNowMs());
      setError(undefined);
    } catch (thrown) {
      if (!signal.aborted) setError(() => thrown);
    } finally {
      if (!signal.aborted) setLoading(false);
    }
  }
  const loadPast = (): void => void loadHistory(past.signal).then(setHistory, () => undefined);
  void load();
  loadPast();
  const timer = setInterval(() => document.visibilityState === 'visible' && !isLoading() && void load(), EVERY_MS);
  const slowTimer = setInterval(() => document.visibilityState === 'visible' && loadPast(), HISTORY_EVERY_MS);
  onCleanup(() => {
    clearInterval(timer);
    clearInterval(slowTimer);
    past.abort();
    running.abort();
  });
  return { health, points, history, error, isLoading, readMs, reload: () => void load() };
}

function pointOf(health: Health): HealthPoint {
  return {
    atMs: Date.parse(health.serverTime), postgresMs: health.postgres.latencyMs, temporalMs: health.temporal.latencyMs, natsMs: health.nats.latencyMs, savesPerMinute: null, saveP95Ms: null,
    activeSessions: health.sessions.active + health.sessions.paused, openStreams: health.streams.open, outboxWaiting: health.outbox.waiting, clockOffsetMs: clockOffsetOf(health),
  };
}

/** How far the clock that keeps the deadlines is from network time; where no time server is set, how far workers and database are apart; null where nobody could tell. */
export function clockOffsetOf(health: Pick<Health, 'clock' | 'processes'>): number | null {
  if (health.clock !== null) return health.clock.offsetMs;
  const measured = health.processes.map(({ data }) => data['clockOffsetMs']).filter((offset) => typeof offset === 'number');
  return measured.length === 0 ? null : measured.reduce((worst, offset) => (Math.abs(offset) > Math.abs(worst) ? offset : worst));
}
