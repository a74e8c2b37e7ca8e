import { For, type JSX, Show } from 'solid-js';

import { MAX_NUMBER_LENGTH } from '#domain/questions/check-response.ts';
import { useMessages } from '#web/lib/i18n.ts';

import { messages } from '../messages.ts';
import { BARE_FIELD, type ResponseProps } from './response-props.ts';

import '#web/ui/field.css';
import './typed.css';

/** A word or a phrase. */
export function ShortText(props: ResponseProps<'short-text'>): JSX.Element {
  return (
    <div class="Input TypedInput" data-disabled={props.readOnly ? '' : undefined}>
      <input
        {...BARE_FIELD} type="text" dir="auto" maxlength={10_000} aria-labelledby={props.labelledBy} readonly={props.readOnly} value={props.response?.text ?? ''}
        onInput={(event) => props.onType(event.currentTarget.value === '' ? null : { text: event.currentTarget.value })}
      />
    </div>
  );
}

/** A number, with its unit where the question offers some. */
export function Numeric(props: ResponseProps<'numeric'>): JSX.Element {
  const t = useMessages(messages);
  const value = (): string => props.response?.value ?? '';
  const unit = (): string => props.response?.unit ?? '';
  const build = (number: string, name: string): { value: string; unit?: string } | null => (number === '' && name === '' ? null : { value: number, ...(name === '' ? {} : { unit: name }) });
  return (
    <div class="NumberLine">
      <div class="Input TypedInput TypedInput--number" data-disabled={props.readOnly ? '' : undefined}>
        <input
          {...BARE_FIELD} type="text" inputmode="decimal" maxlength={MAX_NUMBER_LENGTH} aria-labelledby={props.labelledBy} readonly={props.readOnly} value={value()}
          onInput={(event) => props.onType(build(event.currentTarget.value, unit()))}
        />
      </div>
      <Show when={props.item.options?.units}>
        {(units) => (
          <NativeSelect
            label={t('unit')} disabled={props.readOnly} value={unit()} placeholder={t('unit')} options={units().map((name) => ({ value: name, label: name }))}
            onChange={(name) => props.onChoose(build(value(), name))}
          />
        )}
      </Show>
    </div>
  );
}

/** A list to choose from, by the browser itself: works with every keyboard, screen reader and phone. */
export function NativeSelect(props: { label: string; value: string; placeholder: string; disabled: boolean; options: readonly { value: string; label: string }[]; onChange: (value: string) => void; wide?: boolean }): JSX.Element {
  return (
    <div class="Input Select NativeSelect" data-wide={props.wide ? '' : undefined} data-disabled={props.disabled ? '' : undefined}>
      <select
        aria-label={props.label} disabled={props.disabled} autocomplete="off"
        onChange={(event) => {
          props.onChange(event.currentTarget.value);
          event.currentTarget.value = props.value;
        }}
      >
        <option value="" selected={props.value === ''}>{props.placeholder}</option>
        <For each={props.options}>{(option) => <option value={option.value} selected={props.value === option.value} dir="auto">{option.label}</option>}</For>
      </select>
    </div>
  );
}
