import ChevronDown from 'lucide-solid/icons/chevron-down';
import { createEffect, For, Show, splitProps, type JSX } from 'solid-js';

import { splitField, withField, type FieldProps } from './Field.tsx';

import './select.css';

/** A choice of a list. */
export interface SelectOption<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  readonly disabled?: boolean;
}

/** Choices under a heading. */
export interface SelectGroup<Value extends string = string> {
  readonly label: string;
  readonly options: readonly SelectOption<Value>[];
}

/** Props of a list to choose from. */
export interface SelectProps<Value extends string> extends FieldProps, Omit<JSX.SelectHTMLAttributes<HTMLSelectElement>, 'value' | 'onChange' | 'required' | 'label'> {
  options: readonly (SelectOption<Value> | SelectGroup<Value>)[];
  value: Value | undefined;
  onChange: (value: Value) => void;
  /** First entry, when nothing is chosen yet. */
  placeholder?: string;
}

/** One of a list: the list of the browser, which works everywhere. */
export function Select<Value extends string>(props: SelectProps<Value>): JSX.Element {
  const [field, control] = splitField(props);
  const [own, rest] = splitProps(control as SelectProps<Value>, ['options', 'value', 'onChange', 'placeholder', 'class', 'id']);
  let select!: HTMLSelectElement;
  // after the options, which may come later than the value
  createEffect(() => {
    void own.options;
    select.value = own.value ?? '';
  });
  const entry = (option: SelectOption<Value>): JSX.Element => <option value={option.value} disabled={option.disabled}>{option.label}</option>;
  return withField(
    field,
    (around) => (
      <div class={`Input Select ${own.class ?? ''}`} data-invalid={around?.invalid ? '' : undefined} data-disabled={rest.disabled ? '' : undefined}>
        <select
          {...(rest as object)}
          ref={select}
          id={around?.id ?? own.id}
          required={around?.required ?? field.required}
          aria-describedby={around?.describedBy}
          aria-invalid={around?.invalid ? 'true' : undefined}
          onChange={(event) => {
            own.onChange(event.currentTarget.value as Value);
            event.currentTarget.value = own.value ?? '';
          }}
        >
          <Show when={own.placeholder !== undefined}><option value="" disabled={field.required}>{own.placeholder}</option></Show>
          <For each={own.options}>
            {(option) => 'options' in option ? <optgroup label={option.label}><For each={option.options}>{entry}</For></optgroup> : entry(option)}
          </For>
        </select>
        <ChevronDown />
      </div>
    ),
    { id: own.id },
  );
}
