import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import { createMemo, Index, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button, IconButton } from '#web/ui/Button.tsx';
import { Select } from '#web/ui/Select.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import type { AnswerProps } from './answer-props.ts';
import { type DraftOf, freshId } from './draft.ts';
import { ErrorLine } from './errors-context.tsx';
import { letterOf } from './letters.ts';
import { messages } from './messages.ts';
import { FieldErrors } from './TypedAnswers.tsx';

type Matching = DraftOf<'matching'>;

/** Rows with their partners, and partners that fit no row. A partner can serve several rows. */
export function MatchingAnswer(props: AnswerProps<'matching'>): JSX.Element {
  const t = useMessages(messages);
  const right = (): Matching['options']['right'] => props.draft.options.right;
  const partnerOf = (rowId: string): string => props.draft.key.pairs[rowId] ?? '';
  /** The first row that has this partner writes its text; others choose it. */
  const writes = (rowIndex: number): boolean => {
    const { left } = props.draft.options;
    const partner = partnerOf(left[rowIndex]!.id);
    return partner !== '' && left.findIndex((row) => partnerOf(row.id) === partner) === rowIndex;
  };
  const spare = createMemo(() => right().filter((option) => !Object.values(props.draft.key.pairs).includes(option.id)));
  const placeOf = (id: string): number => right().findIndex((option) => option.id === id);
  const setText = (side: 'left' | 'right', index: number, value: string): void => props.change((draft) => (draft.options[side][index]!.text = { format: draft.options[side][index]!.text.format, value }));

  function addPair(): void {
    props.change(({ options, key }) => {
      const left = freshId(options.left, 'l');
      const partner = freshId(options.right, 'r');
      options.left.push({ id: left, text: { format: 'plain', value: '' } });
      options.right.push({ id: partner, text: { format: 'plain', value: '' } });
      key.pairs[left] = partner;
    });
  }
  function removeRow(index: number): void {
    props.change(({ options, key }) => {
      const [row] = options.left.splice(index, 1);
      if (row === undefined) return;
      const partner = key.pairs[row.id];
      delete key.pairs[row.id];
      const place = options.right.findIndex((option) => option.id === partner);
      if (place !== -1 && options.right[place]!.text.value.trim() === '' && !Object.values(key.pairs).includes(partner!)) options.right.splice(place, 1);
    });
  }
  return (
    <>
      <p class="soft">{t('matchingHint')}</p>
      <ErrorLine pointer="/options/left" />
      <ErrorLine pointer="/options/right" />
      <ol class="PairRows">
        <Index each={props.draft.options.left}>
          {(row, index) => (
            <li class="PairRow" data-pointer={`/options/left/${index}`}>
              <div>
                <TextInput aria-label={t('rowText', { number: index + 1 })} dir="auto" value={row().text.value} onChange={(value) => setText('left', index, value)} />
                <FieldErrors pointers={[`/options/left/${index}/text`]} />
              </div>
              <span class="PairRow__arrow" aria-hidden="true">→</span>
              <div class="PairRow__partner" data-pointer={`/key/pairs/${row().id}`}>
                <Show when={writes(index)}>
                  <TextInput
                    aria-label={t('rowPartner', { number: index + 1 })}
                    dir="auto"
                    value={right()[placeOf(partnerOf(row().id))]?.text.value ?? ''}
                    onChange={(value) => setText('right', placeOf(partnerOf(row().id)), value)}
                  />
                </Show>
                <Select
                  class="PairRow__choose"
                  data-small={writes(index) ? '' : undefined}
                  aria-label={`${t('rowPartner', { number: index + 1 })}: ${t('choosePartner')}`}
                  value={partnerOf(row().id)}
                  placeholder={t('choosePartner')}
                  onChange={(id) => props.change((draft) => (draft.key.pairs[row().id] = id))}
                  options={right().map((option, place) => ({ value: option.id, label: `${letterOf(place)} ${option.text.value}`.trim() }))}
                />
                <FieldErrors pointers={[`/key/pairs/${row().id}`, `/options/right/${placeOf(partnerOf(row().id))}/text`]} />
              </div>
              <IconButton size="small" icon={Trash} label={t('pairRemove', { number: index + 1 })} disabled={props.draft.options.left.length <= 1} onClick={() => removeRow(index)} />
            </li>
          )}
        </Index>
      </ol>
      <Show when={spare().length > 0}>
        <p class="EditorLabel">{t('distractors')}</p>
        <ul class="PairRows">
          <Index each={spare()}>
            {(option) => (
              <li class="PairRow PairRow--spare" data-pointer={`/options/right/${placeOf(option().id)}`}>
                <div>
                  <TextInput aria-label={t('partnerText', { letter: letterOf(placeOf(option().id)) })} dir="auto" value={option().text.value} onChange={(value) => setText('right', placeOf(option().id), value)} />
                  <FieldErrors pointers={[`/options/right/${placeOf(option().id)}/text`]} />
                </div>
                <IconButton size="small" icon={Trash} label={t('partnerRemove', { letter: letterOf(placeOf(option().id)) })} onClick={() => props.change((draft) => void draft.options.right.splice(placeOf(option().id), 1))} />
              </li>
            )}
          </Index>
        </ul>
      </Show>
      <div class="row wrap">
        <Button size="small" kind="quiet" icon={Plus} onClick={addPair}>{t('pairAdd')}</Button>
        <Button size="small" kind="quiet" icon={Plus} onClick={() => props.change(({ options }) => void options.right.push({ id: freshId(options.right, 'r'), text: { format: 'plain', value: '' } }))}>{t('partnerAdd')}</Button>
      </div>
    </>
  );
}
