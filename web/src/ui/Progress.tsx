import { Show, type JSX } from 'solid-js';

import './progress.css';

/** How much is done: "17 of 20". `text` replaces the numbers; `short` is the small bar of tables. */
export function Progress(props: { value: number; max: number; label: string; text?: JSX.Element; short?: boolean; tone?: 'accent' | 'neutral' | 'attention' }): JSX.Element {
  const percent = (): number => (props.max <= 0 ? 0 : Math.min(100, (100 * props.value) / props.max));
  return (
    <span class="Progress" data-short={props.short ? '' : undefined} data-tone={props.tone ?? (props.short ? 'neutral' : 'accent')}>
      <span class="Progress__bar" role="progressbar" aria-label={props.label} aria-valuemin={0} aria-valuemax={props.max} aria-valuenow={props.value} aria-valuetext={`${props.value} / ${props.max}`}>
        <i style={{ width: `${percent()}%` }} />
      </span>
      <span class="Progress__text">{props.text ?? `${props.value} of ${props.max}`}</span>
    </span>
  );
}

/** How long a text is against its limits: a bar with a mark at the minimum, and what is missing in words. */
export function Meter(props: { value: number; min?: number | undefined; max?: number | undefined; label: string; text?: JSX.Element }): JSX.Element {
  const scale = (): number => props.max ?? (props.min === undefined ? Math.max(1, props.value) : props.min * 1.5);
  const percent = (of: number): number => Math.min(100, (100 * of) / scale());
  const isOver = (): boolean => props.max !== undefined && props.value > props.max;
  return (
    <span class="Meter" data-over={isOver() ? '' : undefined} data-enough={props.min !== undefined && props.value >= props.min ? '' : undefined}>
      <span class="Meter__bar" role="meter" aria-label={props.label} aria-valuemin={0} aria-valuemax={scale()} aria-valuenow={Math.min(props.value, scale())}>
        <i style={{ width: `${percent(props.value)}%` }} />
        <Show when={props.min}>{(min) => <u style={{ 'inset-inline-start': `${percent(min())}%` }} />}</Show>
      </span>
      <Show when={props.text}><span class="Meter__text">{props.text}</span></Show>
    </span>
  );
}
