import ArrowDown from 'lucide-solid/icons/arrow-down';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import { For, Index, Match, Show, Switch, type JSX } from 'solid-js';

import type { MultipleChoiceScoring } from '#domain/questions/types.ts';
import type { Draft, DraftOf } from '#web/features/questions/editor/draft.ts';
import { ErrorLine } from '#web/features/questions/editor/errors-context.tsx';
import { HotSpotAnswer } from '#web/features/questions/editor/HotSpotAnswer.tsx';
import { NumericKeyFields, ShortTextKeyFields } from '#web/features/questions/editor/TypedAnswers.tsx';
import { plainLine } from '#web/features/questions/plain-line.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { IconButton } from '#web/ui/Button.tsx';
import { RadioGroup } from '#web/ui/RadioGroup.tsx';
import { RichText } from '#web/ui/RichText.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { Select } from '#web/ui/Select.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import { messages } from './messages.ts';

import '#web/features/questions/editor/question-editor.css';
import './key-editor.css';

type Change<Type extends Draft['type']> = (work: (draft: DraftOf<Type>) => void) => void;
interface Props<Type extends Draft['type']> {
  draft: DraftOf<Type>;
  change: Change<Type>;
}

/** The key of a question as it was published: what is right can be changed, the question itself can not. */
export function KeyEditor(props: { draft: Draft; change: (work: (draft: Draft) => void) => void }): JSX.Element {
  const t = useMessages(messages);
  const of = <Type extends Draft['type']>(type: Type): Props<Type> | undefined => (props.draft.type === type ? (props as unknown as Props<Type>) : undefined);
  return (
    <div class="KeyEditor" role="group" aria-label={t('key')}>
      <p class="EditorLabel">{t('key')}</p>
      <Switch>
        <Match when={of('single-choice')}>{(now) => <ChoiceKey draft={now().draft} change={now().change} />}</Match>
        <Match when={of('multiple-choice')}>{(now) => <ChoiceKey draft={now().draft} change={now().change} />}</Match>
        <Match when={of('true-false')}>{(now) => <Segmented name={t('key')} value={now().draft.key.value ? 'true' : 'false'} onChange={(value) => now().change((draft) => (draft.key.value = value === 'true'))} options={[{ value: 'true', label: t('true') }, { value: 'false', label: t('false') }]} />}</Match>
        <Match when={of('short-text')}>{(now) => <ShortTextKeyFields at="/key" value={now().draft.key} change={(work) => now().change((draft) => work(draft.key))} tries />}</Match>
        <Match when={of('numeric')}>{(now) => <NumericKeyFields at="/key" value={now().draft.key} change={(work) => now().change((draft) => work(draft.key))} tries />}</Match>
        <Match when={of('matching')}>{(now) => <MatchingKey draft={now().draft} change={now().change} />}</Match>
        <Match when={of('ordering')}>{(now) => <OrderKey draft={now().draft} change={now().change} />}</Match>
        <Match when={of('cloze')}>{(now) => <ClozeKey draft={now().draft} change={now().change} />}</Match>
        <Match when={of('hot-spot')}>{(now) => <HotSpotAnswer draft={now().draft} change={now().change} keyOnly />}</Match>
      </Switch>
    </div>
  );
}

function ChoiceKey(props: { draft: DraftOf<'single-choice'> | DraftOf<'multiple-choice'>; change: Change<'single-choice'> | Change<'multiple-choice'> }): JSX.Element {
  const t = useMessages(messages);
  const single = (): DraftOf<'single-choice'> | undefined => (props.draft.type === 'single-choice' ? props.draft : undefined);
  const many = (): DraftOf<'multiple-choice'> | undefined => (props.draft.type === 'multiple-choice' ? props.draft : undefined);
  const weighs = (): boolean => (many() === undefined ? props.draft.key.weights !== undefined : many()!.key.scoring === 'weights');
  const isRight = (id: string): boolean => single()?.key.optionId === id || many()?.key.optionIds.includes(id) === true;
  const changeAny = props.change as (work: (draft: DraftOf<'single-choice'> | DraftOf<'multiple-choice'>) => void) => void;
  const choose = (id: string): void => changeAny((draft) => {
    if (draft.type === 'single-choice') draft.key.optionId = id;
    else draft.key.optionIds = draft.options.map((option) => option.id).filter((one) => (one === id ? !draft.key.optionIds.includes(id) : draft.key.optionIds.includes(one)));
  });
  return (
    <>
      <ErrorLine pointer={single() === undefined ? '/key/optionIds' : '/key/optionId'} />
      <ErrorLine pointer="/key/weights" />
      <ul class="KeyChoices">
        <For each={props.draft.options}>
          {(option) => (
            <li>
              <label class="KeyChoices__option">
                <Show when={single() !== undefined || !weighs()}>
                  <input type={single() === undefined ? 'checkbox' : 'radio'} class={single() === undefined ? 'Check' : 'Radio'} name="corrected-key" checked={isRight(option.id)} onChange={() => choose(option.id)} />
                </Show>
                <RichText inline text={option.text} />
              </label>
              <Show when={weighs() && !(single() !== undefined && isRight(option.id))}>
                <TextInput class="KeyRow__credit" before={t('credit')} aria-label={t('creditOf', { option: plainLine(option.text) })} inputmode="decimal" placeholder="0" value={props.draft.key.weights?.[option.id] ?? ''} onChange={(ratio) => changeAny((draft) => ((draft.key.weights ??= {})[option.id] = ratio))} />
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={many()}>
        {(now) => <RadioGroup beside label={t('scoring')} value={now().key.scoring} onChange={(scoring: MultipleChoiceScoring) => (props.change as Change<'multiple-choice'>)((draft) => (draft.key.scoring = scoring))} options={(['all-or-nothing', 'partial', 'weights'] as const).map((value) => ({ value, label: t(`scoring.${value}`) }))} />}
      </Show>
    </>
  );
}

function MatchingKey(props: Props<'matching'>): JSX.Element {
  const t = useMessages(messages);
  return (
    <ul class="KeyChoices">
      <For each={props.draft.options.left}>
        {(left) => (
          <li class="KeyChoices__pair">
            <RichText inline text={left.text} />
            <Select aria-label={t('partnerOf', { row: plainLine(left.text) })} value={props.draft.key.pairs[left.id] ?? ''} onChange={(right) => props.change((draft) => (draft.key.pairs[left.id] = right))} options={props.draft.options.right.map(({ id, text }) => ({ value: id, label: plainLine(text) }))} />
          </li>
        )}
      </For>
    </ul>
  );
}

function OrderKey(props: Props<'ordering'>): JSX.Element {
  const t = useMessages(messages);
  const textOf = (id: string) => props.draft.options.find((option) => option.id === id)!.text;
  const move = (index: number, by: -1 | 1): void => props.change(({ key }) => {
    const [moved] = key.order.splice(index, 1);
    key.order.splice(index + by, 0, moved!);
  });
  return (
    <ol class="KeyChoices">
      <Index each={props.draft.key.order}>
        {(id, index) => (
          <li class="KeyChoices__step">
            <b class="num">{index + 1}</b>
            <RichText inline text={textOf(id())} />
            <IconButton size="small" icon={ArrowUp} label={t('stepUp', { step: plainLine(textOf(id())) })} disabled={index === 0} onClick={() => move(index, -1)} />
            <IconButton size="small" icon={ArrowDown} label={t('stepDown', { step: plainLine(textOf(id())) })} disabled={index === props.draft.key.order.length - 1} onClick={() => move(index, 1)} />
          </li>
        )}
      </Index>
    </ol>
  );
}

type TextKey = DraftOf<'short-text'>['key'];
type NumberKey = DraftOf<'numeric'>['key'];

function ClozeKey(props: Props<'cloze'>): JSX.Element {
  const t = useMessages(messages);
  const kindOf = (id: string): 'text' | 'numeric' | 'choice' => props.draft.options.gaps[id]!.kind;
  const choices = (id: string) => (props.draft.options.gaps[id] as unknown as DraftOf<'single-choice'>).options;
  return (
    <For each={Object.keys(props.draft.key.gaps)}>
      {(id) => (
        <section class="GapCard" aria-label={`[[${id}]]`}>
          <header class="GapCard__head"><code>[[{id}]]</code></header>
          <Switch>
            <Match when={kindOf(id) === 'text'}><ShortTextKeyFields at={`/key/gaps/${id}`} value={props.draft.key.gaps[id] as TextKey} change={(work) => props.change((draft) => work(draft.key.gaps[id] as TextKey))} tries /></Match>
            <Match when={kindOf(id) === 'numeric'}><NumericKeyFields at={`/key/gaps/${id}`} value={props.draft.key.gaps[id] as NumberKey} change={(work) => props.change((draft) => work(draft.key.gaps[id] as NumberKey))} tries /></Match>
            <Match when={kindOf(id) === 'choice'}>
              <RadioGroup label={t('rightChoice')} value={(props.draft.key.gaps[id] as { optionId: string }).optionId} onChange={(optionId: string) => props.change((draft) => ((draft.key.gaps[id] as { optionId: string }).optionId = optionId))} options={choices(id).map((option) => ({ value: option.id, label: plainLine(option.text) }))} />
            </Match>
          </Switch>
        </section>
      )}
    </For>
  );
}
