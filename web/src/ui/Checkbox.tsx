import { createEffect, createUniqueId, Show, splitProps, type JSX } from 'solid-js';

import './choice.css';

/** Props of a box to tick. */
export interface CheckboxProps extends Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'type' | 'onChange' | 'checked'> {
  checked: boolean;
  /** Neither: some of a group are ticked. */
  indeterminate?: boolean;
  onChange?: (checked: boolean) => void;
  /** What is agreed to or chosen. Without it give `aria-label`. */
  children?: JSX.Element;
  hint?: JSX.Element;
  error?: string | undefined;
}

/** A box to tick, with its sentence. */
export function Checkbox(props: CheckboxProps): JSX.Element {
  const [own, rest] = splitProps(props, ['checked', 'indeterminate', 'onChange', 'children', 'hint', 'error', 'class', 'id']);
  const id = own.id ?? createUniqueId();
  const box = (): JSX.Element => (
    <input
      {...rest}
      type="checkbox"
      id={id}
      class="Check"
      checked={own.checked}
      ref={(element) => createEffect(() => (element.indeterminate = own.indeterminate ?? false))}
      aria-describedby={own.hint === undefined && own.error === undefined ? undefined : `${id}-hint`}
      aria-invalid={own.error === undefined ? undefined : 'true'}
      onChange={(event) => {
        const next = event.currentTarget.checked;
        own.onChange?.(next);
        // the owner of the state decides
        event.currentTarget.checked = own.checked;
      }}
    />
  );
  return (
    <Show when={own.children !== undefined} fallback={box()}>
      <div class={`Choice ${own.class ?? ''}`} data-disabled={rest.disabled ? '' : undefined}>
        {box()}
        <label class="Choice__text" for={id}>{own.children}</label>
        <Show when={own.hint !== undefined || own.error !== undefined}>
          <div class="Choice__hint" id={`${id}-hint`}>
            <Show when={own.error} fallback={own.hint}><span class="ink-act">{own.error}</span></Show>
          </div>
        </Show>
      </div>
    </Show>
  );
}
