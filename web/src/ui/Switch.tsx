import { createUniqueId, Show, type JSX } from 'solid-js';

import './choice.css';

/** Turns something on or off at once. */
export function Switch(props: { checked: boolean; onChange: (checked: boolean) => void; children: JSX.Element; hint?: JSX.Element; disabled?: boolean; /** The switch stands at the end of its row. */ end?: boolean }): JSX.Element {
  const id = createUniqueId();
  return (
    <div class="Choice Choice--switch" data-end={props.end ? '' : undefined} data-disabled={props.disabled ? '' : undefined}>
      <input
        type="checkbox"
        role="switch"
        class="Switch"
        id={id}
        disabled={props.disabled}
        checked={props.checked}
        aria-describedby={props.hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => {
          props.onChange(event.currentTarget.checked);
          event.currentTarget.checked = props.checked;
        }}
      />
      <label class="Choice__text" for={id}>{props.children}</label>
      <Show when={props.hint !== undefined}><div class="Choice__hint" id={`${id}-hint`}>{props.hint}</div></Show>
    </div>
  );
}
