import PenLine from 'lucide-solid/icons/pen-line';
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js';

import type { Load } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { Toolbar } from '#web/ui/Toolbar.tsx';

import type { MarkReply, Review, ReviewAnswers, ReviewItem } from '../api.ts';
import { messages } from '../messages.ts';
import { ItemCard } from './ItemCard.tsx';
import { addUpMarks } from './marks-sum.ts';
import { Refused } from './Refused.tsx';

import './answers-panel.css';

type Filter = 'all' | 'pending' | 'wrong' | 'changed';

const FITS: Readonly<Record<Filter, (item: ReviewItem) => boolean>> = {
  all: () => true,
  pending: ({ mark }) => mark?.state === 'pending',
  wrong: ({ mark }) => mark?.state === 'graded' && Number(mark.points) < Number(mark.maxPoints),
  changed: ({ revisions }) => revisions > 1,
};

/** The paper of a session in its own order, with answers, keys, marks, and what was refused. */
export function AnswersPanel(props: { review: Review; load: Load<ReviewAnswers>; onMarked: () => void }): JSX.Element {
  return (
    <Show
      when={props.load.value()}
      fallback={props.load.error() === undefined ? <Skeleton kind="block" count={4} height="150px" /> : <ProblemView problem={props.load.error()} onRetry={props.load.reload} busy={props.load.isLoading()} />}
    >
      {(answers) => <Paper review={props.review} answers={answers()} load={props.load} onMarked={props.onMarked} />}
    </Show>
  );
}

function Paper(props: { review: Review; answers: ReviewAnswers; load: Load<ReviewAnswers>; onMarked: () => void }): JSX.Element {
  const t = useMessages(messages);
  const [filter, setFilter] = createSignal<Filter>('all');
  const items = createMemo(() => props.answers.sections.flatMap((section) => section.items));
  const numbers = createMemo(() => new Map(items().map((item, index) => [item.itemId, index + 1])));
  const count = (name: Filter): number => items().filter(FITS[name]).length;
  const sum = createMemo(() => addUpMarks(items()));
  // proctors get no keys
  const withContent = (): boolean => items().length === 0 || items().some(({ key }) => key !== undefined);
  const answered = (): number => items().filter(({ answer }) => answer !== null && answer.response !== null).length;
  const isMarked = (): boolean => items().some(({ mark }) => mark !== null && mark !== undefined);

  function take(reply: MarkReply): void {
    const sections = props.answers.sections.map((section) => ({ ...section, items: section.items.map((item) => (item.itemId === reply.mark.itemId ? { ...item, mark: reply.mark } : item)) }));
    props.load.take({ ...props.answers, sections, resultVersion: reply.result.version });
    props.onMarked();
  }
  return (
    <div class="AnswersPanel">
      <Show when={!withContent()}><Banner tone="info" title={t('answersForbidden')} /></Show>
      <Show when={count('pending') > 0}>
        <Banner
          tone="attention"
          icon={PenLine}
          title={t('answersPending', { count: count('pending') })}
          actions={<Button size="small" onClick={() => setFilter('pending')}>{t('filterPending')}</Button>}
        />
      </Show>
      <Toolbar end={<span class="small soft">{isMarked() ? t('answersProgress', { answered: answered(), total: items().length, points: sum().points, max: sum().max }) : t('answersProgressOpen', { answered: answered(), total: items().length })}</span>}>
        <Segmented
          name={t('tabAnswers')}
          value={filter()}
          onChange={setFilter}
          options={[
            { value: 'all', label: t('filterAll'), count: items().length },
            ...(withContent() ? [{ value: 'pending' as const, label: t('filterPending'), count: count('pending') }, { value: 'wrong' as const, label: t('filterWrong'), count: count('wrong') }] : []),
            { value: 'changed', label: t('filterChanged'), count: count('changed') },
          ]}
        />
      </Toolbar>
      <Show when={items().length > 0} fallback={<EmptyState title={t('answersEmpty')} />}>
        <Show when={count(filter()) > 0} fallback={<EmptyState title={t('answersNone')} action={<Button onClick={() => setFilter('all')}>{t('showAll')}</Button>} />}>
          <For each={props.answers.sections}>
            {(section) => (
              <Show when={section.items.some(FITS[filter()])}>
                <section class="AnswersPanel__section" aria-label={section.title}>
                  <Show when={section.title}><h2 dir="auto">{section.title}</h2></Show>
                  <For each={section.items.filter(FITS[filter()])}>
                    {(item) => (
                      <ItemCard
                        sessionId={props.review.session.id}
                        item={item}
                        number={numbers().get(item.itemId)!}
                        resultVersion={props.answers.resultVersion}
                        withContent={withContent()}
                        onMarked={take}
                        onStale={props.load.reload}
                      />
                    )}
                  </For>
                </section>
              </Show>
            )}
          </For>
        </Show>
      </Show>
      <Refused sessionId={props.review.session.id} count={props.review.refusedAnswers} items={items()} numbers={numbers()} withContent={withContent()} />
    </div>
  );
}
