import { Show, splitProps, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { splitField, withField, type FieldProps } from './Field.tsx';
import { messages } from './messages.ts';

import './text-area.css';

/** Props of a text of several lines. */
export interface TextAreaProps extends FieldProps, Omit<JSX.TextareaHTMLAttributes<HTMLTextAreaElement>, 'value' | 'onChange' | 'required' | 'label'> {
  value: string;
  /** Called with every key. */
  onChange?: (value: string) => void;
  /** Lines at least; it grows with the text. */
  rows?: number;
  /** Says how many characters of `maxlength` there are. */
  count?: boolean;
}

/** A text of several lines that grows with what is written. */
export function TextArea(props: TextAreaProps): JSX.Element {
  const t = useMessages(messages);
  const [field, control] = splitField(props);
  const [own, rest] = splitProps(control, ['value', 'onChange', 'rows', 'count', 'class', 'id']);
  return withField(
    field,
    (around) => (
      <div class="TextArea">
        {/* the twin has the same text and makes the height */}
        <div class={`Input TextArea__frame ${own.class ?? ''}`} data-invalid={around?.invalid ? '' : undefined} data-disabled={rest.disabled ? '' : undefined} data-twin={`${own.value} `}>
          <textarea
            {...rest}
            id={around?.id ?? own.id}
            rows={own.rows ?? 3}
            value={own.value}
            required={around?.required ?? field.required}
            aria-describedby={around?.describedBy}
            aria-invalid={around?.invalid ? 'true' : undefined}
            onInput={(event) => own.onChange?.(event.currentTarget.value)}
          />
        </div>
        <Show when={own.count && rest.maxlength !== undefined}>
          <span class="TextArea__count">{t('countOf', { count: own.value.length, max: String(rest.maxlength) })}</span>
        </Show>
      </div>
    ),
    { id: own.id },
  );
}
