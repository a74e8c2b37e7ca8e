import { Show, type JSX } from 'solid-js';

import './mark.css';

const ROOTS = 'M16 4V28M16 8.5C16 15.5 5.5 13 5.5 22V23.5C5.5 26.2 7.2 27.5 10 27.5M16 8.5C16 15.5 26.5 13 26.5 22V23.5C26.5 26.2 24.8 27.5 22 27.5';

/** The mark: three roots that grip a line. With `hangs` the line is the lower edge of the bar that it stands in, and a stem of `stem` units comes from above. */
export function Mark(props: { hangs?: boolean; stem?: number; label?: string; class?: string }): JSX.Element {
  const stem = (): number => props.stem ?? 18;
  return (
    <svg
      class={`Mark ${props.class ?? ''}`}
      viewBox={props.hangs ? `0 ${-stem()} 32 ${30 + stem()}` : '0 0 32 32'}
      role={props.label === undefined ? undefined : 'img'}
      aria-label={props.label}
      aria-hidden={props.label === undefined ? 'true' : undefined}
    >
      <Show when={!props.hangs} fallback={<path class="Mark__roots" d={`M16 ${10 - stem()}V5`} />}>
        <path class="Mark__line" d="M2 21.5H30" />
      </Show>
      <path class="Mark__roots" d={ROOTS} />
    </svg>
  );
}
