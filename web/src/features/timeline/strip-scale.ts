import type { Happening } from './lanes.ts';

/** The time that a drawing covers, epoch ms. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

const MINUTE_MS = 60_000;
const STEPS_MS = [10_000, 30_000, MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS, 15 * MINUTE_MS, 30 * MINUTE_MS, 60 * MINUTE_MS, 120 * MINUTE_MS, 360 * MINUTE_MS, 1_440 * MINUTE_MS];
const MOST_TICKS = 8;
const TALLEST = 35;

const ENDS: ReadonlySet<string> = new Set(['submit', 'expire', 'end', 'terminate', 'withdraw', 'cancel']);

/** From the start to the last close, with some room behind it; to now while it runs. What comes days later is left out. */
export function spanOf(happenings: readonly Happening[], nowMs: number): Span {
  const startMs = (happenings.find(({ kind }) => kind === 'start') ?? happenings[0])?.atMs ?? nowMs - MINUTE_MS;
  const close = happenings.findLast(({ kind }) => ENDS.has(kind));
  const reopened = happenings.findLast(({ kind }) => kind === 'reopen');
  const isOpen = close === undefined || (reopened !== undefined && reopened.atMs > close.atMs);
  const endMs = isOpen ? Math.max(nowMs, startMs + 10_000) : close.atMs + Math.max(1_000, (close.atMs - startMs) * 0.012);
  return { startMs, endMs };
}

/** Saves of one minute, as a bar. */
export interface Bar {
  readonly fromMs: number;
  readonly toMs: number;
  readonly saves: number;
  /** Of the drawing, at most 35. */
  readonly height: number;
}

/** One bar for each minute in which answers were saved; for long sessions each stands for some minutes. */
export function readBars(happenings: readonly Happening[], { startMs, endMs }: Span): Bar[] {
  const step = Math.max(MINUTE_MS, Math.ceil((endMs - startMs) / 80 / MINUTE_MS) * MINUTE_MS);
  const saves = new Map<number, number>();
  for (const what of happenings) {
    if (what.kind !== 'answers-saved') continue;
    const from = Math.floor(what.atMs / step) * step;
    saves.set(from, (saves.get(from) ?? 0) + Number(what.entry?.detail['saves'] ?? 1));
  }
  const most = Math.max(5, ...saves.values());
  return [...saves].map(([from, count]) => ({
    fromMs: Math.max(from, startMs), toMs: Math.min(from + step, endMs), saves: count, height: Math.max(4, Math.round((count / most) * TALLEST)),
  }));
}

/** Where the axis is labelled: round times, at most eight. */
export function readTicks({ startMs, endMs }: Span): number[] {
  const step = STEPS_MS.find((each) => (endMs - startMs) / each <= MOST_TICKS) ?? STEPS_MS.at(-1)!;
  const ticks: number[] = [];
  for (let at = Math.ceil(startMs / step) * step; at <= endMs; at += step) ticks.push(at);
  return ticks;
}
