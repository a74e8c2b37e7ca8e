import { createEffect, For, Match, Show, Switch, type JSX } from 'solid-js';

import { gapIds } from '#domain/questions/cloze-marks.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Segmented } from '#web/ui/Segmented.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import type { AnswerProps } from './answer-props.ts';
import { OptionRows } from './ChoiceAnswer.tsx';
import type { DraftOf, DraftOption } from './draft.ts';
import { ErrorLine } from './errors-context.tsx';
import { messages } from './messages.ts';
import { FieldErrors, NumericKeyFields, ShortTextKeyFields } from './TypedAnswers.tsx';

type Cloze = DraftOf<'cloze'>;
type Kind = 'text' | 'numeric' | 'choice';

/** The gaps that are marked in the text, in its order, each with its key. What belongs to a mark that was taken out stays until the question is saved. */
export function ClozeAnswer(props: AnswerProps<'cloze'>): JSX.Element {
  const t = useMessages(messages);
  const marked = (): string[] => [...new Set(gapIds(props.draft.text.value))];
  createEffect(() => {
    const missing = marked().filter((id) => props.draft.options.gaps[id] === undefined || props.draft.key.gaps[id] === undefined);
    if (missing.length > 0) props.change((draft) => missing.forEach((id) => setKind(draft, id, 'text')));
  });
  return (
    <>
      <ErrorLine pointer="/options/gaps" />
      <For each={marked()} fallback={<p class="soft">{t('gapsNone')}</p>}>
        {(id) => (
          <Show when={props.draft.options.gaps[id]}>
            <section class="GapCard" aria-label={`[[${id}]]`} data-pointer={`/key/gaps/${id}`}>
              <header class="GapCard__head">
                <code>[[{id}]]</code>
                <Segmented
                  name={t('gapKind', { id })}
                  value={props.draft.options.gaps[id]!.kind}
                  onChange={(kind: Kind) => props.change((draft) => setKind(draft, id, kind))}
                  options={(['text', 'numeric', 'choice'] as const).map((value) => ({ value, label: t(`gap.${value}`) }))}
                />
                <TextInput class="KeyRow__credit" before={t('gapPoints')} aria-label={t('gapPointsOf', { id })} inputmode="decimal" placeholder="1" value={props.draft.key.gaps[id]?.points ?? ''} onChange={(points) => props.change((draft) => (draft.key.gaps[id]!.points = points))} />
              </header>
              <FieldErrors pointers={[`/options/gaps/${id}`, `/key/gaps/${id}`, `/key/gaps/${id}/points`]} />
              <Switch>
                <Match when={props.draft.options.gaps[id]!.kind === 'text'}>
                  <ShortTextKeyFields at={`/key/gaps/${id}`} value={props.draft.key.gaps[id] as DraftOf<'short-text'>['key']} change={(work) => props.change((draft) => work(draft.key.gaps[id] as DraftOf<'short-text'>['key']))} tries />
                </Match>
                <Match when={props.draft.options.gaps[id]!.kind === 'numeric'}>
                  <NumericKeyFields at={`/key/gaps/${id}`} value={props.draft.key.gaps[id] as DraftOf<'numeric'>['key']} change={(work) => props.change((draft) => work(draft.key.gaps[id] as DraftOf<'numeric'>['key']))} tries />
                </Match>
                <Match when={props.draft.options.gaps[id]!.kind === 'choice'}>
                  <ErrorLine pointer={`/key/gaps/${id}/optionId`} />
                  <OptionRows
                    at={`/options/gaps/${id}/options`}
                    noFeedback
                    options={choicesOf(props.draft, id)}
                    change={(work) => props.change((draft) => work(choicesOf(draft, id)))}
                    mark={(option, label) => <input type="radio" class="Radio" name={`right-${id}`} aria-label={label} checked={(props.draft.key.gaps[id] as { optionId?: string }).optionId === option.id} onChange={() => props.change((draft) => ((draft.key.gaps[id] as { optionId: string }).optionId = option.id))} />}
                  />
                </Match>
              </Switch>
            </section>
          </Show>
        )}
      </For>
    </>
  );
}

function choicesOf(draft: Cloze, id: string): DraftOption[] {
  return (draft.options.gaps[id] as { options: DraftOption[] }).options;
}

function setKind(draft: Cloze, id: string, kind: Kind): void {
  const points = draft.key.gaps[id]?.points;
  const weight = points === undefined ? {} : { points };
  if (kind === 'text') {
    draft.options.gaps[id] = { kind };
    draft.key.gaps[id] = { accepted: [{ text: '' }], matchCase: false, collapseSpaces: true, ...weight };
  } else if (kind === 'numeric') {
    draft.options.gaps[id] = { kind };
    draft.key.gaps[id] = { accepted: [{ value: '', tolerance: '0' }], ...weight };
  } else {
    draft.options.gaps[id] = { kind, options: ['a', 'b'].map((optionId) => ({ id: optionId, text: { format: 'plain', value: '' } })) };
    draft.key.gaps[id] = { optionId: '', ...weight };
  }
}
