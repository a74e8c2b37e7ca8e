import { Show, splitProps, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { splitField, withField, type FieldProps } from './Field.tsx';
import type { Icon } from './icon.ts';

/** Props of a line of text. */
export interface TextInputProps extends FieldProps, Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'required' | 'label'> {
  value: string;
  /** Called with every key. */
  onChange?: (value: string) => void;
  icon?: Icon;
  /** Stands before or after the text, inside the frame. */
  before?: JSX.Element;
  unit?: string;
  after?: JSX.Element;
}

/** A line of text; with `label` it makes its own field. */
export function TextInput(props: TextInputProps): JSX.Element {
  const [field, control] = splitField(props);
  const [own, rest] = splitProps(control, ['value', 'onChange', 'icon', 'before', 'unit', 'after', 'class', 'id', 'onInput']);
  return withField(
    field,
    (around) => (
      <div class={`Input ${own.class ?? ''}`} data-invalid={around?.invalid ? '' : undefined} data-disabled={rest.disabled ? '' : undefined}>
        <Show when={own.icon}>{(icon) => <Dynamic component={icon()} />}</Show>
        <Show when={own.before}><span class="Input__before">{own.before}</span></Show>
        <input
          type="text"
          {...rest}
          id={around?.id ?? own.id}
          value={own.value}
          required={around?.required ?? field.required}
          aria-describedby={around?.describedBy}
          aria-invalid={around?.invalid ? 'true' : undefined}
          onInput={(event) => own.onChange?.(event.currentTarget.value)}
        />
        <Show when={own.unit}><span class="Input__unit">{own.unit}</span></Show>
        {own.after}
      </div>
    ),
    { id: own.id },
  );
}
