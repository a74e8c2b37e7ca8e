import type { JSX } from 'solid-js';

import './sparkline.css';

/** A small line of values over time; `label` says in a sentence what it shows. */
export function Sparkline(props: { values: readonly number[]; label: string; tone?: 'accent' | 'attention' | 'quiet'; min?: number; max?: number; height?: number }): JSX.Element {
  const low = (): number => props.min ?? Math.min(0, ...props.values);
  const high = (): number => Math.max(props.max ?? 0, ...props.values, low() + 1e-9);
  const points = (): string => props.values.map((value, index) => `${(100 * index) / Math.max(1, props.values.length - 1)},${(30 - (28 * (value - low())) / (high() - low())).toFixed(2)}`).join(' ');
  return (
    <svg class="Sparkline" data-tone={props.tone ?? 'accent'} viewBox="0 0 100 32" preserveAspectRatio="none" role="img" aria-label={props.label} style={{ height: `${props.height ?? 32}px` }}>
      <polygon class="Sparkline__area" points={`0,32 ${points()} 100,32`} />
      <polyline class="Sparkline__line" points={points()} />
    </svg>
  );
}
