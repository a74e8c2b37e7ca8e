import { Show, type JSX } from 'solid-js';

import { formatClock } from '#web/lib/format.ts';

import './countdown.css';

/** Time left in very large numerals. The owner gives the time; screen readers hear it only where the page announces it. */
export function Countdown(props: { ms: number; label?: JSX.Element; after?: JSX.Element }): JSX.Element {
  return (
    <div class="Countdown" role="timer" aria-live="off">
      <Show when={props.label}><span class="Countdown__label">{props.label}</span></Show>
      <span class="Countdown__time">{formatClock(props.ms)}</span>
      <Show when={props.after}><span class="Countdown__label">{props.after}</span></Show>
    </div>
  );
}
