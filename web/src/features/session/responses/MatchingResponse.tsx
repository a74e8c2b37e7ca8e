import { For, type JSX, Show } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { RichText } from '#web/ui/RichText.tsx';

import { laterMessages as messages } from '../later-messages.ts';
import { plainText } from './plain-text.ts';
import { letterOf, type ResponseProps } from './response-props.ts';
import { NativeSelect } from './TypedResponse.tsx';

import './matching.css';

/** Rows that are joined with one of several texts each. Where those hold more than words, they stand above with letters. */
export function Matching(props: ResponseProps<'matching'>): JSX.Element {
  const t = useMessages(messages);
  const isRich = (): boolean => props.item.options.right.some(({ text }) => text.format === 'html' && /<(img|sub|sup|table|code|pre)\b/i.test(text.value));
  const labelOf = (index: number): string => {
    const words = plainText(props.item.options.right[index]!.text).replace(/\s+/g, ' ');
    return isRich() ? `${letterOf(index)}: ${words}` : words;
  };
  function join(leftId: string, rightId: string): void {
    const { [leftId]: _before, ...others } = props.response?.pairs ?? {};
    const pairs = rightId === '' ? others : { ...others, [leftId]: rightId };
    props.onChoose(Object.keys(pairs).length === 0 ? null : { pairs });
  }
  return (
    <div class="Matching" role="group" aria-labelledby={props.labelledBy}>
      <Show when={isRich()}>
        <ol class="Matching__right"><For each={props.item.options.right}>{(option, index) => <li><b>{letterOf(index())}</b><RichText text={option.text} inert /></li>}</For></ol>
      </Show>
      <For each={props.item.options.left}>
        {(row) => (
          <div class="Matching__row" data-joined={props.response?.pairs[row.id] === undefined ? undefined : ''}>
            <RichText text={row.text} inert />
            <NativeSelect
              wide label={t('matchFor', { text: plainText(row.text) })} placeholder={t('choose')} disabled={props.readOnly} value={props.response?.pairs[row.id] ?? ''}
              options={props.item.options.right.map((option, index) => ({ value: option.id, label: labelOf(index) }))} onChange={(rightId) => join(row.id, rightId)}
            />
          </div>
        )}
      </For>
    </div>
  );
}
