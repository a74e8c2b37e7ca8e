import { For, Show, type JSX } from 'solid-js';

import './facts.css';

/** Names and values of a thing. `wide` puts the value below its name. Entries whose value is null or undefined are left out. */
export function Facts(props: { items: readonly (readonly [name: string, value: JSX.Element | (() => JSX.Element)])[]; wide?: boolean }): JSX.Element {
  return (
    <dl class="Facts" data-wide={props.wide ? '' : undefined}>
      <For each={props.items}>
        {([name, value]) => (
          <Show when={value !== undefined && value !== null}>
            <div class="Facts__pair"><dt>{name}</dt><dd>{typeof value === 'function' ? (value as () => JSX.Element)() : value}</dd></div>
          </Show>
        )}
      </For>
    </dl>
  );
}
