import { For, Show, type JSX } from 'solid-js';

import { gapIds } from '#domain/questions/cloze-marks.ts';
import type { ClozeGap, ClozeGapKey, GapResponse } from '#domain/questions/types.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { RichText } from '#web/ui/RichText.tsx';
import type { ReleasedItem } from './api.ts';
import { numericKey, shortTextKey } from './key-text.ts';
import { messages } from './messages.ts';
import { useKeyWords } from './use-key-words.ts';
import { useWhose } from './whose.ts';

/** The text with its gaps numbered, and below it what was put in each and what belongs there. */
export function ClozeReview(props: { item: ReleasedItem }): JSX.Element {
  const t = useMessages(messages);
  const whose = useWhose();
  const words = useKeyWords();
  const ids = (): readonly string[] => [...new Set(gapIds(props.item.item?.text.value ?? ''))];
  const gaps = (): Readonly<Record<string, ClozeGap>> => (props.item.item?.options as { gaps?: Record<string, ClozeGap> } | undefined)?.gaps ?? {};
  const keys = (): Readonly<Record<string, ClozeGapKey>> | undefined => props.item.key?.['gaps'] as Record<string, ClozeGapKey> | undefined;
  const own = (): Readonly<Record<string, GapResponse | null>> => (props.item.response as { gaps?: Record<string, GapResponse | null> } | null)?.gaps ?? {};
  const text = () => {
    const { format, value } = props.item.item!.text;
    return { format, value: value.replaceAll(/\[\[([^[\]]+)\]\]/g, (_, id: string) => `(${ids().indexOf(id) + 1}) ____`) };
  };

  const optionText = (id: string, optionId: string): string => {
    const gap = gaps()[id];
    return gap?.kind === 'choice' ? (gap.options.find((option) => option.id === optionId)?.text.value ?? '') : '';
  };
  const ownText = (id: string): string => {
    const given = own()[id];
    if (given == null) return '';
    if ('optionId' in given) return optionText(id, given.optionId);
    return 'text' in given ? given.text : [given.value, given.unit].filter(Boolean).join(' ');
  };
  const keyText = (id: string): string => {
    const key = keys()?.[id];
    if (key === undefined) return '';
    if ('optionId' in key) return optionText(id, key.optionId);
    return 'matchCase' in key ? shortTextKey(key, words) : numericKey(key, words);
  };
  return (
    <>
      <Show when={props.item.item}><RichText class="ResultItem__q" text={text()} /></Show>
      <table class="OrderReview">
        <thead><tr><td /><th scope="col">{t(whose.answer)}</th><Show when={keys()}><th scope="col">{t('rightAnswer')}</th></Show></tr></thead>
        <tbody>
          <For each={ids()}>
            {(id, at) => (
              <tr>
                <th scope="row">{t('gap', { number: at() + 1 })}</th>
                <td><Show when={ownText(id)} fallback={<span class="soft">–</span>}>{ownText(id)}</Show></td>
                <Show when={keys()}><td>{keyText(id)}</td></Show>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </>
  );
}
