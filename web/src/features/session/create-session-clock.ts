import { type Accessor, createEffect, createSignal, on, onCleanup, untrack } from 'solid-js';

/** What decides about the time that is left. */
export interface SessionTime {
  /** `stands`: paused; `over`: closed. */
  readonly state: 'runs' | 'stands' | 'over';
  /** Epoch ms by the clock of the platform; null while paused. */
  readonly deadlineAtMs: number | null;
  /** What is left while the clock stands. */
  readonly remainingMs: number;
}

/** How the clock looks: `soon` from 5 minutes, `last` from 1 minute. */
export type ClockPhase = 'calm' | 'soon' | 'last' | 'stands' | 'over';

/** What a clock needs. */
export interface SessionClockOptions {
  readonly time: Accessor<SessionTime>;
  /** Minutes before the end at which the student is told. */
  readonly warnMinutes: Accessor<readonly number[]>;
  /** Now by the clock of the platform, on a monotonic clock. */
  readonly serverNowMs: () => number;
  readonly onWarning?: (minutes: number) => void;
  /** The deadline has come; once for each deadline. */
  readonly onTimeUp?: () => void;
}

/** The time that is left of a session. */
export interface SessionClock {
  /** Milliseconds, renewed each second. */
  readonly remainingMs: Accessor<number>;
  readonly phase: Accessor<ClockPhase>;
  /** Reads the time again, after the clock of the platform was measured anew. */
  update(): void;
}

const SOON_MS = 5 * 60_000;
const LAST_MS = 60_000;
/** The clock jumps to the next second a little after it began, never before. */
const AFTER_MS = 15;

/** Counts a session down by the clock of the platform; the clock of the device plays no part. */
export function createSessionClock(options: SessionClockOptions): SessionClock {
  const [remainingMs, setRemaining] = createSignal(read());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told: number | null = null;
  let warned = new Set<number>();
  let before = Number.NaN;

  function read(): number {
    const { state, deadlineAtMs, remainingMs: left } = untrack(options.time);
    if (state === 'over') return 0;
    return state === 'stands' || deadlineAtMs === null ? left : Math.max(0, deadlineAtMs - options.serverNowMs());
  }

  function update(): void {
    const { state, deadlineAtMs } = untrack(options.time);
    const left = read();
    setRemaining(left);
    clearTimeout(timer);
    if (state !== 'runs') return;
    warn(left);
    if (left > 0) {
      // browsers do not keep a timer to the millisecond
      timer = setTimeout(update, Math.min(1_000, (left % 1_000 || 1_000) + AFTER_MS));
    } else if (told !== deadlineAtMs) {
      told = deadlineAtMs;
      options.onTimeUp?.();
    }
  }

  function warn(left: number): void {
    const passed = untrack(options.warnMinutes).filter((minutes) => left <= minutes * 60_000);
    // more time was given: what lies ahead again is told again
    warned = new Set([...warned].filter((minutes) => passed.includes(minutes)));
    const fresh = passed.filter((minutes) => !warned.has(minutes));
    for (const minutes of fresh) warned.add(minutes);
    // whoever comes in the middle hears what is crossed from then on; of several at once the nearest counts
    if (fresh.length > 0 && !Number.isNaN(before) && left > 0) options.onWarning?.(Math.min(...fresh));
    before = left;
  }

  createEffect(on(options.time, update));
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') update();
  };
  document.addEventListener('visibilitychange', onVisible);
  onCleanup(() => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisible);
  });

  const phase = (): ClockPhase => {
    const { state } = options.time();
    if (state === 'stands') return 'stands';
    const left = remainingMs();
    if (state === 'over' || left <= 0) return 'over';
    return left <= LAST_MS ? 'last' : left <= SOON_MS ? 'soon' : 'calm';
  };
  return { remainingMs, phase, update };
}
