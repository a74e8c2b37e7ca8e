import { createUniqueId, type JSX, Show } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';

import { laterMessages as messages } from '../later-messages.ts';
import { BARE_FIELD, type ResponseProps } from './response-props.ts';
import { NativeSelect } from './TypedResponse.tsx';

const INDENT = '    ';

/** Source code. Tab indents, and after Escape it leaves the field as everywhere else. */
export function CodeResponse(props: ResponseProps<'code'>): JSX.Element {
  const t = useMessages(messages);
  const hint = createUniqueId();
  let mayLeave = false;
  const languages = (): readonly string[] => props.item.options?.languages ?? [];
  const language = (): string => props.response?.language ?? (languages().length === 1 ? languages()[0]! : '');
  const text = (): string => props.response?.text ?? props.item.options?.template ?? '';
  const build = (code: string, name: string): { text: string; language?: string } => ({ text: code, ...(name === '' ? {} : { language: name }) });

  function onKeyDown(event: KeyboardEvent & { currentTarget: HTMLTextAreaElement }): void {
    if (event.key === 'Escape') mayLeave = true;
    else if (event.key !== 'Tab' && event.key !== 'Shift') mayLeave = false;
    if (event.key !== 'Tab' || mayLeave || props.readOnly) return;
    event.preventDefault();
    const field = event.currentTarget;
    if (event.shiftKey) outdent(field);
    // by the browser, so that its own undo knows of it
    else if (!document.execCommand('insertText', false, INDENT)) field.setRangeText(INDENT, field.selectionStart, field.selectionEnd, 'end');
    props.onType(build(field.value, language()));
  }

  return (
    <div class="CodeField">
      <Show when={languages().length > 1}>
        <NativeSelect label={t('language')} placeholder={t('language')} value={language()} disabled={props.readOnly} options={languages().map((name) => ({ value: name, label: name }))} onChange={(name) => props.onChoose(build(text(), name))} />
      </Show>
      <div class="Input CodeField__text" data-disabled={props.readOnly ? '' : undefined}>
        <textarea
          {...BARE_FIELD} wrap="off" dir="ltr" aria-labelledby={props.labelledBy} aria-describedby={hint} readonly={props.readOnly} value={text()}
          onInput={(event) => props.onType(event.currentTarget.value === '' && language() === '' ? null : build(event.currentTarget.value, language()))}
          onKeyDown={onKeyDown}
          onBlur={() => (mayLeave = false)}
        />
      </div>
      <p class="CodeField__hint" id={hint}>{languages().length === 1 ? `${languages()[0]}. ` : ''}{t('tabHint')}</p>
    </div>
  );
}

function outdent(field: HTMLTextAreaElement): void {
  const start = field.value.lastIndexOf('\n', field.selectionStart - 1) + 1;
  const spaces = /^( {1,4}|\t)/.exec(field.value.slice(start))?.[0].length ?? 0;
  if (spaces === 0) return;
  const caret = Math.max(start, field.selectionStart - spaces);
  field.setRangeText('', start, start + spaces);
  field.setSelectionRange(caret, caret);
}
