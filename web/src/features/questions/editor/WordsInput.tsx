import X from 'lucide-solid/icons/x';
import { createSignal, createUniqueId, For, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Field, useField, type FieldProps } from '#web/ui/Field.tsx';

import { messages } from './messages.ts';

import './words-input.css';

/** A few short words, such as tags: Enter or a comma adds one, Backspace in the empty field takes the last one back. */
export function WordsInput(props: FieldProps & { value: readonly string[]; onChange: (words: string[]) => void; placeholder?: string; suggestions?: readonly string[]; mono?: boolean; maxLength?: number }): JSX.Element {
  return (
    <Field label={props.label} hint={props.hint} optional={props.optional ?? false} {...(props.error === undefined ? {} : { error: props.error })}>
      <Words {...props} />
    </Field>
  );
}

function Words(props: Parameters<typeof WordsInput>[0]): JSX.Element {
  const t = useMessages(messages);
  const field = useField();
  const listId = createUniqueId();
  const [typed, setTyped] = createSignal('');
  function add(): void {
    const next = typed().split(',').map((word) => word.trim()).filter((word) => word !== '');
    setTyped('');
    if (next.length > 0) props.onChange([...new Set([...props.value, ...next])]);
  }
  return (
    <div class="Input WordsInput" data-invalid={field?.invalid ? '' : undefined}>
      <For each={props.value}>
        {(word) => (
          <span class="WordsInput__word" classList={{ mono: props.mono ?? false }}>
            <bdi>{word}</bdi>
            <button type="button" aria-label={t('tagRemove', { tag: word })} onClick={() => props.onChange(props.value.filter((other) => other !== word))}><X /></button>
          </span>
        )}
      </For>
      <input
        id={field?.id}
        list={listId}
        autocomplete="off"
        dir="auto"
        maxlength={props.maxLength ?? 60}
        aria-describedby={field?.describedBy}
        placeholder={props.value.length === 0 ? props.placeholder : ''}
        value={typed()}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          // a choice of the list comes without a key
          const chosen = event instanceof InputEvent && event.inputType !== 'insertReplacementText' ? undefined : props.suggestions?.includes(event.currentTarget.value);
          if (event.currentTarget.value.endsWith(',') || chosen === true) add();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && typed().trim() !== '') {
            event.preventDefault();
            add();
          } else if (event.key === 'Backspace' && typed() === '' && props.value.length > 0) {
            props.onChange(props.value.slice(0, -1));
          }
        }}
        onBlur={add}
      />
      <Show when={props.suggestions}>
        {(suggestions) => <datalist id={listId}><For each={suggestions().filter((word) => !props.value.includes(word))}>{(word) => <option value={word} />}</For></datalist>}
      </Show>
    </div>
  );
}
