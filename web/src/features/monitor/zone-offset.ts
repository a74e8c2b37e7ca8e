import type { OffsetAt } from '#domain/schedule/wall-time.ts';

/** Offsets of a zone from UTC by what this browser knows of it, in minutes. */
export function offsetsOf(timeZone: string): OffsetAt {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  return (epochMs) => {
    const parts = Object.fromEntries(format.formatToParts(epochMs).map(({ type, value }) => [type, Number(value)])) as Record<string, number>;
    const local = Date.UTC(parts['year']!, parts['month']! - 1, parts['day']!, parts['hour']!, parts['minute']!, parts['second']!);
    return Math.round((local - Math.floor(epochMs / 1_000) * 1_000) / 60_000);
  };
}
