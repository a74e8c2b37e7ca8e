import ArrowDown from 'lucide-solid/icons/arrow-down';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import MessageSquare from 'lucide-solid/icons/message-square';
import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import { createSignal, Index, Show, type JSX } from 'solid-js';

import type { MultipleChoiceScoring } from '#domain/questions/types.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button, IconButton } from '#web/ui/Button.tsx';
import { RadioGroup } from '#web/ui/RadioGroup.tsx';
import { Switch } from '#web/ui/Switch.tsx';
import { TextArea } from '#web/ui/TextArea.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import type { AnswerProps } from './answer-props.ts';
import { type DraftOption, freshId } from './draft.ts';
import { ErrorLine, useErrorAt } from './errors-context.tsx';
import { letterOf } from './letters.ts';
import { messages } from './messages.ts';

/** Options of which one is right, and credit for others. */
export function SingleChoiceAnswer(props: AnswerProps<'single-choice'>): JSX.Element {
  const t = useMessages(messages);
  const hasWeights = (): boolean => props.draft.key.weights !== undefined;
  return (
    <>
      <p class="soft">{t('markRight')}</p>
      <ErrorLine pointer="/key/optionId" />
      <OptionRows
        options={props.draft.options}
        change={(work) => props.change((draft) => work(draft.options))}
        mark={(option, label) => (
          <input type="radio" class="Radio" name="right-option" aria-label={label} checked={props.draft.key.optionId === option.id} onChange={() => props.change((draft) => (draft.key.optionId = option.id))} />
        )}
        credit={(option) => (!hasWeights() ? undefined : props.draft.key.optionId === option.id ? '1' : (props.draft.key.weights?.[option.id] ?? ''))}
        setCredit={(option, ratio) => props.change((draft) => ((draft.key.weights ??= {})[option.id] = ratio))}
        isFixed={(option) => props.draft.key.optionId === option.id}
      />
      <Switch checked={hasWeights()} onChange={(on) => props.change((draft) => { if (on) draft.key.weights = {}; else delete draft.key.weights; })}>{t('partCredit')}</Switch>
    </>
  );
}

/** Options of which any number is right, and how they are scored. */
export function MultipleChoiceAnswer(props: AnswerProps<'multiple-choice'>): JSX.Element {
  const t = useMessages(messages);
  const errorAt = useErrorAt();
  const weighs = (): boolean => props.draft.key.scoring === 'weights';
  function toggle(id: string): void {
    props.change(({ options, key }) => {
      const chosen = new Set(key.optionIds);
      if (!chosen.delete(id)) chosen.add(id);
      key.optionIds = options.filter((option) => chosen.has(option.id)).map((option) => option.id);
    });
  }
  return (
    <>
      <Show when={!weighs()}><p class="soft">{t('markRightMany')}</p></Show>
      <ErrorLine pointer="/key/optionIds" />
      <ErrorLine pointer="/key/weights" />
      <OptionRows
        options={props.draft.options}
        change={(work) => props.change((draft) => work(draft.options))}
        mark={(option, label) => (
          <Show when={!weighs()}>
            <input type="checkbox" class="Check" aria-label={label} checked={props.draft.key.optionIds.includes(option.id)} onChange={() => toggle(option.id)} />
          </Show>
        )}
        credit={(option) => (weighs() ? (props.draft.key.weights?.[option.id] ?? '') : undefined)}
        setCredit={(option, ratio) => props.change((draft) => ((draft.key.weights ??= {})[option.id] = ratio))}
      />
      <RadioGroup
        label={t('scoring')}
        value={props.draft.key.scoring}
        onChange={(scoring: MultipleChoiceScoring) => props.change((draft) => (draft.key.scoring = scoring))}
        options={(['all-or-nothing', 'partial', 'weights'] as const).map((value) => ({ value, label: t(`scoring.${value}`), hint: t(`scoring.${value}.hint`) }))}
      />
      <Show when={weighs()}>
        <div class="EditorShort" data-pointer="/key/minRatio">
          <TextInput label={t('minRatio')} hint={t('minRatioHint')} inputmode="decimal" placeholder="0" error={errorAt('/key/minRatio')} value={props.draft.key.minRatio ?? ''} onChange={(value) => props.change((draft) => (draft.key.minRatio = value))} />
        </div>
      </Show>
    </>
  );
}

/** Rows of options: what is right at the start, the text, feedback, credit, order and removal. Enter in the last one adds another. */
export function OptionRows(props: {
  options: readonly DraftOption[];
  change: (work: (options: DraftOption[]) => void) => void;
  /** Where the options stand in the question. */
  at?: string;
  mark?: (option: DraftOption, label: string) => JSX.Element;
  credit?: (option: DraftOption) => string | undefined;
  setCredit?: (option: DraftOption, ratio: string) => void;
  isFixed?: (option: DraftOption) => boolean;
  noFeedback?: boolean;
}): JSX.Element {
  const t = useMessages(messages);
  const errorAt = useErrorAt();
  const [feedbackOpen, setFeedbackOpen] = createSignal<ReadonlySet<string>>(new Set());
  const at = (): string => props.at ?? '/options';
  let list!: HTMLOListElement;
  const focusRow = (index: number): void => queueMicrotask(() => list.querySelectorAll<HTMLElement>('.OptionRow__text textarea')[index]?.focus());
  function add(): void {
    props.change((options) => void options.push({ id: freshId(options), text: { format: options.at(-1)?.text.format ?? 'plain', value: '' } }));
    focusRow(props.options.length - 1);
  }
  function move(index: number, by: -1 | 1): void {
    props.change((options) => {
      const [moved] = options.splice(index, 1);
      if (moved !== undefined) options.splice(index + by, 0, moved);
    });
    focusRow(index + by);
  }
  return (
    <div class="OptionRows" data-pointer={at()}>
      <ErrorLine pointer={at()} />
      <ol ref={list} class="OptionRows__list">
        <Index each={props.options}>
          {(option, index) => {
            const letter = (): string => letterOf(index);
            const showsFeedback = (): boolean => !props.noFeedback && (feedbackOpen().has(option().id) || (option().feedback?.value ?? '') !== '');
            const wrong = (): string | undefined => errorAt(`${at()}/${index}/text`);
            return (
              <li class="OptionRow" data-pointer={`${at()}/${index}`}>
                <span class="OptionRow__mark">{props.mark?.(option(), t('optionRight', { letter: letter() }))}<b aria-hidden="true">{letter()}</b></span>
                <div class="OptionRow__text">
                  <TextArea
                    aria-label={t('optionText', { letter: letter() })}
                    aria-invalid={wrong() === undefined ? undefined : 'true'}
                    rows={1}
                    dir="auto"
                    value={option().text.value}
                    onChange={(value) => props.change((options) => (options[index]!.text = { format: options[index]!.text.format, value }))}
                    onKeyDown={(event) => {
                      if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
                        const by = event.key === 'ArrowUp' ? -1 : 1;
                        event.preventDefault();
                        if (index + by >= 0 && index + by < props.options.length) move(index, by);
                      } else if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
                        event.preventDefault();
                        if (index === props.options.length - 1) add();
                        else focusRow(index + 1);
                      }
                    }}
                  />
                  <Show when={wrong()}>{(text) => <p class="EditorError">{text()}</p>}</Show>
                  <Show when={showsFeedback()}>
                    <TextInput
                      class="OptionRow__feedback"
                      before={t('feedback')}
                      aria-label={t('optionFeedback', { letter: letter() })}
                      placeholder={t('feedbackHint')}
                      value={option().feedback?.value ?? ''}
                      onChange={(value) => props.change((options) => (options[index]!.feedback = { format: options[index]!.feedback?.format ?? 'plain', value }))}
                    />
                  </Show>
                </div>
                <Show when={props.credit?.(option()) !== undefined}>
                  <div class="OptionRow__credit">
                    <TextInput aria-label={t('creditOf', { letter: letter() })} inputmode="decimal" placeholder="0" disabled={props.isFixed?.(option()) ?? false} value={props.credit!(option())!} onChange={(ratio) => props.setCredit?.(option(), ratio)} />
                    <Show when={errorAt(`/key/weights/${option().id}`)}>{(text) => <p class="EditorError">{text()}</p>}</Show>
                  </div>
                </Show>
                <span class="OptionRow__acts">
                  <Show when={!props.noFeedback && !showsFeedback()}>
                    <IconButton size="small" icon={MessageSquare} label={t('optionFeedback', { letter: letter() })} onClick={() => setFeedbackOpen((open) => new Set(open).add(option().id))} />
                  </Show>
                  <IconButton size="small" icon={ArrowUp} label={t('optionUp', { letter: letter() })} disabled={index === 0} onClick={() => move(index, -1)} />
                  <IconButton size="small" icon={ArrowDown} label={t('optionDown', { letter: letter() })} disabled={index === props.options.length - 1} onClick={() => move(index, 1)} />
                  <IconButton size="small" icon={Trash} label={t('optionRemove', { letter: letter() })} disabled={props.options.length <= 2} onClick={() => props.change((options) => void options.splice(index, 1))} />
                </span>
              </li>
            );
          }}
        </Index>
      </ol>
      <Button size="small" kind="quiet" icon={Plus} keys="Enter" onClick={add}>{t('optionAdd')}</Button>
    </div>
  );
}
