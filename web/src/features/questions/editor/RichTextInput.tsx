import type { JSX } from 'solid-js';

import type { RichText, TextFormat } from '#domain/questions/types.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Field } from '#web/ui/Field.tsx';
import { Select } from '#web/ui/Select.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';

import { useErrorAt } from './errors-context.tsx';
import { messages } from './messages.ts';

/** A text with its format. */
export function RichTextInput(props: {
  label: string;
  hint?: string;
  value: RichText;
  onChange: (value: RichText) => void;
  pointer: string;
  rows?: number;
  optional?: boolean;
  /** A title above says it already. */
  hideLabel?: boolean;
  ref?: (element: HTMLTextAreaElement) => void;
  onKeyDown?: (event: KeyboardEvent & { currentTarget: HTMLTextAreaElement }) => void;
  actions?: JSX.Element;
}): JSX.Element {
  const t = useMessages(messages);
  const errorAt = useErrorAt();
  return (
    <div class="RichTextInput" data-pointer={props.pointer}>
      <Field
        label={<span classList={{ 'visually-hidden': props.hideLabel ?? false }}>{props.label}</span>}
        hint={props.hint}
        optional={props.optional ?? false}
        {...(errorAt(props.pointer) === undefined ? {} : { error: errorAt(props.pointer) })}
        labelEnd={
          <span class="RichTextInput__end">
            {props.actions}
            <Select
              class="RichTextInput__format"
              aria-label={`${props.label}: ${t('format')}`}
              value={props.value.format}
              onChange={(format: TextFormat) => props.onChange({ format, value: props.value.value })}
              options={(['plain', 'markdown', 'html'] as const).map((value) => ({ value, label: t(`format.${value}`) }))}
            />
          </span>
        }
      >
        <TextArea
          ref={(element) => props.ref?.(element)}
          rows={props.rows ?? 3}
          dir="auto"
          class={props.value.format === 'html' ? 'RichTextInput--code' : ''}
          value={props.value.value}
          onChange={(value) => props.onChange({ format: props.value.format, value })}
          {...(props.onKeyDown === undefined ? {} : { onKeyDown: props.onKeyDown })}
        />
      </Field>
    </div>
  );
}
