import ArrowDownUp from 'lucide-solid/icons/arrow-down-up';
import Paperclip from 'lucide-solid/icons/paperclip';
import { createMemo, createSignal, For, Match, Show, Switch, type JSX } from 'solid-js';

import type { ClozeGap, PaperItem, RichText as Text, VisibleOption } from '#domain/questions/types.ts';
import { formatBytes } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { RichText } from '#web/ui/RichText.tsx';

import { mediaAddress } from '../api.ts';
import { letterOf } from '../editor/letters.ts';
import { messages } from './messages.ts';

import './paper-item-view.css';

type ItemOf<Type extends PaperItem['type']> = Extract<PaperItem, { type: Type }>;

/** A question as it stands in an exam, to look at only. */
export function PaperItemView(props: { item: PaperItem; number?: number }): JSX.Element {
  const t = useMessages(messages);
  const as = <Type extends PaperItem['type']>(type: Type): ItemOf<Type> | undefined => (props.item.type === type ? (props.item as ItemOf<Type>) : undefined);
  const choice = (): ItemOf<'single-choice'> | ItemOf<'multiple-choice'> | undefined => as('single-choice') ?? as('multiple-choice');
  return (
    <article class="PaperItem">
      <p class="PaperItem__head"><Show when={props.number}>{(number) => <b>{number()}.</b>}</Show> {props.item.points === '1' ? t('point') : t('points', { points: props.item.points })}</p>
      <Show when={as('cloze')} fallback={<RichText text={props.item.text} inert class="PaperItem__text" />}>{(item) => <Cloze item={item()} />}</Show>
      <Show when={props.item.type !== 'hot-spot'}><Media item={props.item} /></Show>
      <Switch>
        <Match when={choice()}>
          {(item) => (
            <ul class="PaperItem__options">
              <For each={item().options}>{(option, index) => <li class="PaperItem__option" data-many={item().type === 'multiple-choice' ? '' : undefined}><i /><b>{letterOf(index())}</b><RichText text={option.text} inert inline /></li>}</For>
            </ul>
          )}
        </Match>
        <Match when={as('true-false')}>
          <ul class="PaperItem__options"><For each={[t('true'), t('false')]}>{(word) => <li class="PaperItem__option"><i />{word}</li>}</For></ul>
        </Match>
        <Match when={as('short-text')}><span class="PaperItem__line">{t('yourAnswer')}</span></Match>
        <Match when={as('numeric')}>
          {(item) => (
            <span class="PaperItem__row">
              <span class="PaperItem__line">{t('number')}</span>
              <Show when={item().options?.units}>{(units) => <span class="PaperItem__select">{units()[0] ?? t('unit')}</span>}</Show>
            </span>
          )}
        </Match>
        <Match when={as('essay')}>
          {(item) => <span class="PaperItem__line PaperItem__area">{t('yourAnswer')}<small>{limitsOf(item().options ?? {}, t as never)}</small></span>}
        </Match>
        <Match when={as('matching')}>
          {(item) => (
            <ul class="PaperItem__pairs">
              <For each={item().options.left}>{(row) => <li><RichText text={row.text} inert inline /><span class="PaperItem__select">{t('choose')}</span></li>}</For>
            </ul>
          )}
        </Match>
        <Match when={as('ordering')}>
          {(item) => <ol class="PaperItem__options"><For each={byText(item().options)}>{(option) => <li class="PaperItem__option"><ArrowDownUp /><RichText text={option.text} inert inline /></li>}</For></ol>}
        </Match>
        <Match when={as('hot-spot')}>
          {(item) => (
            <>
              <p class="soft">{(item().options?.maxPoints ?? 1) === 1 ? t('mark') : t('marks', { count: item().options!.maxPoints })}</p>
              <Media item={props.item} />
            </>
          )}
        </Match>
        <Match when={as('file-upload')}>
          {(item) => (
            <span class="PaperItem__line PaperItem__drop"><Paperclip />
              {t('files', { count: item().options?.maxFiles ?? 1, size: formatBytes(item().options?.maxBytes ?? 10_000_000), kinds: (item().options?.extensions ?? []).join(', ') || t('anyKind') })}
            </span>
          )}
        </Match>
        <Match when={as('code')}>
          {(item) => (
            <div class="PaperItem__code">
              <Show when={(item().options?.languages.length ?? 0) > 0}><span class="PaperItem__select">{item().options!.languages[0]}</span></Show>
              <pre>{item().options?.template ?? ' '}</pre>
            </div>
          )}
        </Match>
      </Switch>
    </article>
  );
}

function limitsOf({ minWords, maxWords }: { minWords?: number; maxWords?: number }, t: (key: keyof typeof messages.en, values?: object) => string): string {
  if (minWords !== undefined && maxWords !== undefined) return t('wordsBetween', { min: minWords, max: maxWords });
  return minWords !== undefined ? t('wordsMin', { min: minWords }) : maxWords !== undefined ? t('wordsMax', { max: maxWords }) : '';
}

/** Another order than the key: by the texts. */
function byText(options: readonly VisibleOption[]): readonly VisibleOption[] {
  return [...options].sort((one, other) => one.text.value.localeCompare(other.text.value));
}

function Media(props: { item: PaperItem }): JSX.Element {
  return <For each={props.item.media ?? []}>{(medium) => <Medium id={medium.id} alt={medium.alt} />}</For>;
}

function Medium(props: { id: string; alt: string | undefined }): JSX.Element {
  const t = useMessages(messages);
  const [kind, setKind] = createSignal<'image' | 'sound' | 'file'>('image');
  return (
    <Switch fallback={<img class="PaperItem__image" src={mediaAddress(props.id)} alt={props.alt ?? t('image')} onError={() => setKind('sound')} />}>
      <Match when={kind() === 'sound'}><video class="PaperItem__film" controls preload="metadata" src={mediaAddress(props.id)} aria-label={props.alt} onError={() => setKind('file')} /></Match>
      <Match when={kind() === 'file'}><a href={mediaAddress(props.id)} target="_blank" rel="noreferrer">{(props.alt ?? '') === '' ? t('openFile') : props.alt}</a></Match>
    </Switch>
  );
}

function Cloze(props: { item: ItemOf<'cloze'> }): JSX.Element {
  const parts = createMemo(() => props.item.text.value.split(/(\[\[[^[\]]{1,100}\]\])/));
  const gapOf = (part: string): ClozeGap | undefined => props.item.options.gaps[part.slice(2, -2)];
  const textOf = (value: string): Text => ({ format: props.item.text.format, value });
  return (
    <div class="PaperItem__text PaperItem__cloze" dir="auto">
      <For each={parts()}>
        {(part) => <Show when={/^\[\[.+\]\]$/.test(part)} fallback={props.item.text.format === 'plain' ? part : <RichText text={textOf(part)} inert inline />}><Gap gap={gapOf(part)} /></Show>}
      </For>
    </div>
  );
}

function Gap(props: { gap: ClozeGap | undefined }): JSX.Element {
  const t = useMessages(messages);
  return <Show when={props.gap?.kind === 'choice'} fallback={<span class="PaperItem__gap" />}><span class="PaperItem__select">{t('choose')}</span></Show>;
}
