import type { JSX } from 'solid-js';

import { formatClock, formatDuration } from '#web/lib/format.ts';

import '#web/ui/countdown.css';

const DAY_MS = 86_400_000;

/** Time left in very large numerals; in days while it is far. Screen readers hear it when they come to it. */
export function BigTime(props: { ms: number }): JSX.Element {
  return <p class="Countdown__time" role="timer" aria-live="off">{props.ms >= DAY_MS ? formatDuration(props.ms) : formatClock(props.ms)}</p>;
}
