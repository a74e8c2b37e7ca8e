import { createEffect, createSignal, on, splitProps, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { splitField, type FieldProps } from './Field.tsx';
import { messages } from './messages.ts';
import { TextInput, type TextInputProps } from './TextInput.tsx';

/** Props of a number. */
export interface NumberInputProps extends FieldProps, Omit<TextInputProps, 'value' | 'onChange' | 'min' | 'max' | 'step' | 'type'> {
  value: number | undefined;
  /** Undefined while the text is no number in the limits. */
  onChange?: (value: number | undefined) => void;
  min?: number;
  max?: number;
  /** Of the arrow keys; 1 also means whole numbers only. */
  step?: number;
}

/** A number, typed with a point or a comma; the arrow keys change it, the wheel does not. Without an `error` of its own it says what is wrong with the text. */
export function NumberInput(props: NumberInputProps): JSX.Element {
  const t = useMessages(messages);
  const [field, control] = splitField(props);
  const [own, rest] = splitProps(control, ['value', 'onChange', 'min', 'max', 'step', 'onKeyDown', 'onBlur', 'class']);
  const [text, setText] = createSignal(print(own.value));
  const [problem, setProblem] = createSignal<string>();
  createEffect(on(() => own.value, (value) => {
    if (value !== undefined && value !== parse(text())) setText(print(value));
    if (value === undefined && check(text()) === undefined && text() !== '') setText('');
  }, { defer: true }));

  function check(next: string): string | undefined {
    const value = parse(next);
    if (next.trim() === '') return undefined;
    if (value === undefined) return t('notANumber');
    if ((own.step ?? 1) === 1 && !Number.isInteger(value)) return t('notWhole');
    if (own.min !== undefined && value < own.min) return t('tooLow', { min: own.min });
    if (own.max !== undefined && value > own.max) return t('tooHigh', { max: own.max });
    return undefined;
  }
  function change(next: string): void {
    setText(next);
    const wrong = check(next);
    // while somebody types, only a text that can never become right is wrong
    setProblem(wrong === t('notANumber') ? wrong : undefined);
    own.onChange?.(wrong === undefined ? parse(next) : undefined);
  }
  function move(event: KeyboardEvent): void {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (direction === undefined || rest.disabled || rest.readonly) return;
    event.preventDefault();
    const step = own.step ?? 1;
    const next = Math.round(((parse(text()) ?? own.min ?? 0) + direction * step) / step) * step;
    change(print(Math.min(own.max ?? Infinity, Math.max(own.min ?? -Infinity, Number(next.toFixed(6))))));
  }
  const [ownError] = splitProps(field, ['error']);
  return (
    <TextInput
      {...rest}
      {...field}
      {...('error' in props || field.label !== undefined ? { reserve: 'error' in props, get error() { return ownError.error ?? problem(); } } : {})}
      class={`NumberInput ${own.class ?? ''}`}
      type="text"
      inputmode={(own.step ?? 1) === 1 ? 'numeric' : 'decimal'}
      autocomplete="off"
      role="spinbutton"
      aria-valuenow={own.value}
      aria-valuemin={own.min}
      aria-valuemax={own.max}
      value={text()}
      onChange={change}
      onKeyDown={move}
      onBlur={() => setProblem(check(text()))}
    />
  );
}

function parse(text: string): number | undefined {
  const plain = text.trim().replace(',', '.');
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : undefined;
}

function print(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}
