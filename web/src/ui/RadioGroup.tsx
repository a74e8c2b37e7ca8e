import { createUniqueId, For, Show, type JSX } from 'solid-js';

import { splitField, withField, type FieldProps } from './Field.tsx';

import './choice.css';

/** One of a few choices. */
export interface Choice<Value extends string = string> {
  readonly value: Value;
  readonly label: JSX.Element;
  readonly hint?: JSX.Element;
  readonly disabled?: boolean;
}

/** A few choices below or beside each other, one of them taken. */
export function RadioGroup<Value extends string>(props: FieldProps & { options: readonly Choice<Value>[]; value: Value | undefined; onChange: (value: Value) => void; beside?: boolean; disabled?: boolean; name?: string }): JSX.Element {
  const [field, own] = splitField(props);
  const name = own.name ?? createUniqueId();
  return withField(
    field,
    (around) => (
      <div class="RadioGroup" data-beside={own.beside ? '' : undefined} role="radiogroup" aria-labelledby={around?.labelId} aria-required={around?.required} aria-invalid={around?.invalid ? 'true' : undefined}>
        <For each={own.options}>
          {(option) => (
            <div class="Choice" data-disabled={own.disabled || option.disabled ? '' : undefined}>
              <input
                type="radio"
                class="Radio"
                id={`${name}-${option.value}`}
                name={name}
                value={option.value}
                disabled={own.disabled || option.disabled}
                checked={own.value === option.value}
                aria-describedby={option.hint === undefined ? undefined : `${name}-${option.value}-hint`}
                onChange={() => own.onChange(option.value)}
              />
              <label class="Choice__text" for={`${name}-${option.value}`}>{option.label}</label>
              <Show when={option.hint !== undefined}><div class="Choice__hint" id={`${name}-${option.value}-hint`}>{option.hint}</div></Show>
            </div>
          )}
        </For>
      </div>
    ),
    { group: true },
  );
}
