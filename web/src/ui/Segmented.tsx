import { createUniqueId, For, Show, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { splitField, withField, type FieldProps } from './Field.tsx';
import type { Icon } from './icon.ts';

import './segmented.css';

/** One segment; with `iconOnly` the label is for screen readers and the tool tip. */
export interface Segment<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: Icon;
  readonly iconOnly?: boolean;
  readonly count?: number;
  readonly disabled?: boolean;
}

/** A few choices side by side, one of them taken. `name` names the group when there is no `label`. */
export function Segmented<Value extends string>(props: FieldProps & { options: readonly Segment<Value>[]; value: Value; onChange: (value: Value) => void; name?: string; wide?: boolean; disabled?: boolean }): JSX.Element {
  const [field, own] = splitField(props);
  const group = createUniqueId();
  return withField(
    field,
    (around) => (
      <div class="Segmented" data-wide={own.wide ? '' : undefined} role="radiogroup" aria-labelledby={around?.labelId} aria-label={around === undefined ? own.name : undefined}>
        <For each={own.options}>
          {(option) => (
            <label class="Segmented__part" title={option.iconOnly ? option.label : undefined}>
              <input type="radio" name={group} value={option.value} disabled={own.disabled || option.disabled} checked={own.value === option.value} onChange={() => own.onChange(option.value)} />
              <Show when={option.icon}>{(icon) => <Dynamic component={icon()} />}</Show>
              <span classList={{ 'visually-hidden': option.iconOnly }}>{option.label}</span>
              <Show when={option.count !== undefined}><span class="Segmented__count">{option.count}</span></Show>
            </label>
          )}
        </For>
      </div>
    ),
    { group: true },
  );
}
