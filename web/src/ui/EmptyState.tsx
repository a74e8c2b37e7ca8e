import { Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { createTitle } from '#web/lib/title.ts';
import type { Icon } from './icon.ts';

import './empty-state.css';

/** Says what belongs here and offers the first step. `bare` leaves out the frame, for inside a card; with `heads` it is all of its page, and its title is the page's. */
export function EmptyState(props: { icon?: Icon; title: string; children?: JSX.Element; action?: JSX.Element; bare?: boolean; heads?: boolean }): JSX.Element {
  if (props.heads) createTitle(() => props.title);
  return (
    <div class="EmptyState" data-bare={props.bare ? '' : undefined}>
      <Show when={props.icon}>{(icon) => <span class="EmptyState__icon"><Dynamic component={icon()} /></span>}</Show>
      <p class="EmptyState__title" role={props.heads ? 'heading' : undefined} aria-level={props.heads ? 1 : undefined}>{props.title}</p>
      <Show when={props.children}><div class="EmptyState__text">{props.children}</div></Show>
      <Show when={props.action}><div class="EmptyState__action">{props.action}</div></Show>
    </div>
  );
}
