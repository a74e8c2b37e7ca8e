import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import { createSignal, Index, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button, IconButton } from '#web/ui/Button.tsx';
import { Checkbox } from '#web/ui/Checkbox.tsx';
import { Select } from '#web/ui/Select.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import type { AnswerProps } from './answer-props.ts';
import type { DraftOf } from './draft.ts';
import { ErrorLine, useErrorAt } from './errors-context.tsx';
import { messages } from './messages.ts';
import { percentOfTyped } from './try-answer.ts';

type TextKey = DraftOf<'short-text'>['key'];
type NumberKey = DraftOf<'numeric'>['key'];

/** Accepted texts, and what counts as the same. */
export function ShortTextAnswer(props: AnswerProps<'short-text'>): JSX.Element {
  return <ShortTextKeyFields at="/key" value={props.draft.key} change={(work) => props.change((draft) => work(draft.key))} tries />;
}

/** Accepted numbers and ranges, and units. */
export function NumericAnswer(props: AnswerProps<'numeric'>): JSX.Element {
  const t = useMessages(messages);
  return (
    <>
      <NumericKeyFields at="/key" value={props.draft.key} change={(work) => props.change((draft) => work(draft.key))} tries />
      <Show when={(props.draft.key.units?.length ?? 0) > 0}>
        <Checkbox checked={props.draft.options !== undefined} hint={t('unitsOfferHint')} onChange={(on) => props.change((draft) => { if (on) draft.options = { units: [] }; else delete draft.options; })}>{t('unitsOffer')}</Checkbox>
      </Show>
    </>
  );
}

/** Fields of the key of a short text or a text gap. */
export function ShortTextKeyFields(props: { at: string; value: TextKey; change: (work: (key: TextKey) => void) => void; tries?: boolean }): JSX.Element {
  const t = useMessages(messages);
  const errorAt = useErrorAt();
  return (
    <div class="KeyFields" data-pointer={`${props.at}/accepted`}>
      <p class="soft">{t('acceptedHint')}</p>
      <ErrorLine pointer={`${props.at}/accepted`} />
      <Index each={props.value.accepted}>
        {(accepted, index) => (
          <div class="KeyRow" data-pointer={`${props.at}/accepted/${index}`}>
            <div class="KeyRow__main">
              <TextInput aria-label={t('acceptedText', { number: index + 1 })} dir="auto" value={accepted().text} onChange={(text) => props.change((key) => (key.accepted[index]!.text = text))} />
              <FieldErrors pointers={[`${props.at}/accepted/${index}/text`, `${props.at}/accepted/${index}/ratio`]} />
            </div>
            <Credit number={index + 1} value={accepted().ratio} onChange={(ratio) => props.change((key) => (key.accepted[index]!.ratio = ratio))} />
            <IconButton size="small" icon={Trash} label={t('acceptedRemove', { number: index + 1 })} disabled={props.value.accepted.length === 1 && !props.value.pattern} onClick={() => props.change((key) => void key.accepted.splice(index, 1))} />
          </div>
        )}
      </Index>
      <div class="row wrap">
        <Button size="small" kind="quiet" icon={Plus} onClick={() => props.change((key) => void key.accepted.push({ text: '' }))}>{t('acceptedAdd')}</Button>
        <Show when={props.value.pattern === undefined}>
          <Button size="small" kind="quiet" icon={Plus} onClick={() => props.change((key) => (key.pattern = ''))}>{t('patternAdd')}</Button>
        </Show>
      </div>
      <Show when={props.value.pattern !== undefined}>
        <div data-pointer={`${props.at}/pattern`}>
          <TextInput class="mono" label={t('pattern')} hint={t('patternHint')} error={errorAt(`${props.at}/pattern`)} spellcheck={false} autocomplete="off" value={props.value.pattern ?? ''} onChange={(pattern) => props.change((key) => (key.pattern = pattern))} />
        </div>
      </Show>
      <Checkbox checked={props.value.matchCase} onChange={(on) => props.change((key) => (key.matchCase = on))}>{t('matchCase')}</Checkbox>
      <Checkbox checked={props.value.collapseSpaces} onChange={(on) => props.change((key) => (key.collapseSpaces = on))}>{t('collapseSpaces')}</Checkbox>
      <Show when={props.tries}><TryAnswer grade={(text) => percentOfTyped('short-text', props.value, text)} /></Show>
    </div>
  );
}

/** Fields of the key of a number or a number gap. */
export function NumericKeyFields(props: { at: string; value: NumberKey; change: (work: (key: NumberKey) => void) => void; tries?: boolean }): JSX.Element {
  const t = useMessages(messages);
  return (
    <div class="KeyFields" data-pointer={`${props.at}/accepted`}>
      <ErrorLine pointer={`${props.at}/accepted`} />
      <Index each={props.value.accepted}>
        {(accepted, index) => {
          const at = `${props.at}/accepted/${index}`;
          const asValue = (): { value: string; tolerance?: string } | undefined => { const entry = accepted(); return 'value' in entry ? entry : undefined; };
          const asRange = (): { min: string; max: string } | undefined => { const entry = accepted(); return 'min' in entry ? entry : undefined; };
          const set = (name: 'value' | 'tolerance' | 'min' | 'max', value: string): void => props.change((key) => ((key.accepted[index] as Record<string, string>)[name] = value));
          return (
            <div class="KeyRow" data-pointer={at}>
              <Select
                class="KeyRow__kind"
                aria-label={t('kindOf', { number: index + 1 })}
                value={asValue() === undefined ? 'range' : 'number'}
                onChange={(kind: 'number' | 'range') => props.change((key) => (key.accepted[index] = kind === 'number' ? { value: asRange()?.min ?? '', tolerance: '0' } : { min: asValue()?.value ?? '', max: '' }))}
                options={[{ value: 'number', label: t('number') }, { value: 'range', label: t('range') }]}
              />
              <div class="KeyRow__main">
                <div class="row">
                  <Show
                    when={asValue()}
                    fallback={
                      <>
                        <TextInput aria-label={t('minOf', { number: index + 1 })} inputmode="decimal" value={asRange()?.min ?? ''} onChange={(value) => set('min', value)} />
                        <span class="soft">{t('to')}</span>
                        <TextInput aria-label={t('maxOf', { number: index + 1 })} inputmode="decimal" value={asRange()?.max ?? ''} onChange={(value) => set('max', value)} />
                      </>
                    }
                  >
                    {(entry) => (
                      <>
                        <TextInput aria-label={t('valueOf', { number: index + 1 })} inputmode="decimal" value={entry().value} onChange={(value) => set('value', value)} />
                        <TextInput before={t('tolerance')} aria-label={t('toleranceOf', { number: index + 1 })} inputmode="decimal" value={entry().tolerance ?? ''} onChange={(value) => set('tolerance', value)} />
                      </>
                    )}
                  </Show>
                </div>
                <FieldErrors pointers={['value', 'tolerance', 'min', 'max', 'ratio'].map((name) => `${at}/${name}`)} />
              </div>
              <Credit number={index + 1} value={accepted().ratio} onChange={(ratio) => props.change((key) => (key.accepted[index]!.ratio = ratio))} />
              <IconButton size="small" icon={Trash} label={t('acceptedRemove', { number: index + 1 })} disabled={props.value.accepted.length === 1} onClick={() => props.change((key) => void key.accepted.splice(index, 1))} />
            </div>
          );
        }}
      </Index>
      <Button size="small" kind="quiet" icon={Plus} onClick={() => props.change((key) => void key.accepted.push({ value: '', tolerance: '0' }))}>{t('numberAdd')}</Button>
      <Units at={props.at} value={props.value} change={props.change} />
      <Show when={props.tries}><TryAnswer grade={(text) => percentOfTyped('numeric', props.value, text)} /></Show>
    </div>
  );
}

function Units(props: { at: string; value: NumberKey; change: (work: (key: NumberKey) => void) => void }): JSX.Element {
  const t = useMessages(messages);
  return (
    <div class="KeyFields" data-pointer={`${props.at}/units`}>
      <p class="EditorLabel">{t('units')}</p>
      <p class="soft">{(props.value.units?.length ?? 0) === 0 ? t('unitsNone') : t('unitFactorHint')}</p>
      <Index each={props.value.units ?? []}>
        {(unit, index) => (
          <div class="KeyRow" data-pointer={`${props.at}/units/${index}`}>
            <div class="KeyRow__main">
              <div class="row">
                <TextInput aria-label={t('unitName', { number: index + 1 })} placeholder="mV" value={unit().name} onChange={(name) => props.change((key) => (key.units![index]!.name = name))} />
                <TextInput before="×" aria-label={t('unitFactor', { number: index + 1 })} inputmode="decimal" value={unit().factor} onChange={(factor) => props.change((key) => (key.units![index]!.factor = factor))} />
              </div>
              <FieldErrors pointers={[`${props.at}/units/${index}/name`, `${props.at}/units/${index}/factor`]} />
            </div>
            <IconButton size="small" icon={Trash} label={t('unitRemove', { number: index + 1 })} onClick={() => props.change((key) => { key.units!.splice(index, 1); if (key.units!.length === 0) delete key.units; })} />
          </div>
        )}
      </Index>
      <Button size="small" kind="quiet" icon={Plus} onClick={() => props.change((key) => void (key.units ??= []).push({ name: '', factor: '1' }))}>{t('unitsAdd')}</Button>
    </div>
  );
}

function Credit(props: { number: number; value: string | undefined; onChange: (ratio: string) => void }): JSX.Element {
  const t = useMessages(messages);
  return <TextInput class="KeyRow__credit" before={t('credit')} aria-label={`${t('credit')} ${props.number}`} inputmode="decimal" placeholder="1" value={props.value ?? ''} onChange={(value) => props.onChange(value)} />;
}

/** What is wrong with any of some fields, below them. */
export function FieldErrors(props: { pointers: readonly string[] }): JSX.Element {
  const errorAt = useErrorAt();
  return <Show when={props.pointers.map(errorAt).find((text) => text !== undefined)}>{(text) => <p class="EditorError">{text()}</p>}</Show>;
}

function TryAnswer(props: { grade: (text: string) => number | undefined }): JSX.Element {
  const t = useMessages(messages);
  const [text, setText] = createSignal('');
  const verdict = (): string => {
    const percent = props.grade(text());
    if (percent === undefined) return '';
    return percent >= 100 ? t('tryFull') : percent <= 0 ? t('tryNone') : t('tryPart', { percent: String(percent) });
  };
  return (
    <div class="TryAnswer">
      <TextInput label={t('tryIt')} dir="auto" autocomplete="off" value={text()} onChange={setText} />
      <output class="TryAnswer__verdict" aria-live="polite">{text().trim() === '' ? '' : verdict()}</output>
    </div>
  );
}
