import { Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import type { Icon } from './icon.ts';

import './empty-state.css';

/** Says what belongs here and offers the first step. `bare` leaves out the frame, for inside a card. */
export function EmptyState(props: { icon?: Icon; title: string; children?: JSX.Element; action?: JSX.Element; bare?: boolean }): JSX.Element {
  return (
    <div class="EmptyState" data-bare={props.bare ? '' : undefined}>
      <Show when={props.icon}>{(icon) => <span class="EmptyState__icon"><Dynamic component={icon()} /></span>}</Show>
      <p class="EmptyState__title">{props.title}</p>
      <Show when={props.children}><div class="EmptyState__text">{props.children}</div></Show>
      <Show when={props.action}><div class="EmptyState__action">{props.action}</div></Show>
    </div>
  );
}
