import { createUniqueId, Show, splitProps, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import './card.css';

/** A framed part of a page. With `title` it has a head and is a named region; `flush` takes away the padding, for tables and lists. */
export function Card(props: { title?: JSX.Element; level?: 2 | 3; badge?: JSX.Element; actions?: JSX.Element; footer?: JSX.Element; flush?: boolean; class?: string; children?: JSX.Element; accent?: boolean }): JSX.Element {
  const id = createUniqueId();
  const [own] = splitProps(props, ['title', 'children']);
  return (
    <Dynamic component={own.title === undefined ? 'div' : 'section'} class={`Card ${props.class ?? ''}`} data-accent={props.accent ? '' : undefined} aria-labelledby={own.title === undefined ? undefined : id}>
      <Show when={own.title !== undefined}>
        <header class="Card__head">
          <Dynamic component={props.level === 3 ? 'h3' : 'h2'} id={id}>{own.title}</Dynamic>
          {props.badge}
          <Show when={props.actions}><div class="Card__actions">{props.actions}</div></Show>
        </header>
      </Show>
      <div class="Card__body" data-flush={props.flush ? '' : undefined}>{own.children}</div>
      <Show when={props.footer}><footer class="Card__foot">{props.footer}</footer></Show>
    </Dynamic>
  );
}
