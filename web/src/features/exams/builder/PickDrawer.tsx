import Check from 'lucide-solid/icons/check';
import Plus from 'lucide-solid/icons/plus';
import { createEffect, createMemo, createSignal, For, on, onCleanup, Show, type JSX } from 'solid-js';

import { QUESTION_TYPES, type QuestionType } from '#domain/questions/types.ts';
import { listQuestions, type Question, type QuestionFilter, type QuestionPage, readFacets } from '#web/features/questions/api.ts';
import { messages as bankMessages } from '#web/features/questions/messages.ts';
import { plainLine } from '#web/features/questions/plain-line.ts';
import { TypeSign } from '#web/features/questions/QuestionTable.tsx';
import { createLoad } from '#web/lib/create-load.ts';
import { createPages } from '#web/lib/create-pages.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Drawer } from '#web/ui/Drawer.tsx';
import { Pager } from '#web/ui/Pager.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Select } from '#web/ui/Select.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { SearchBox } from '#web/ui/Toolbar.tsx';

import { messages } from './messages.ts';

/** The bank beside the exam: search, and add with one press. */
export function PickDrawer(props: { open: boolean; into: string; taken: ReadonlySet<string>; onClose: () => void; onAdd: (question: Question) => void }): JSX.Element {
  const t = useMessages(messages);
  return (
    <Drawer
      open={props.open}
      onClose={() => props.onClose()}
      takesFocus
      title={t('pickTitle')}
      sub={<bdi>{t('pickInto', { title: props.into })}</bdi>}
      footer={<><Button size="small" href="/staff/questions/import" target="_blank">{t('pickImport')}</Button><Button size="small" href="/staff/questions/new" target="_blank">{t('pickNew')}</Button></>}
    >
      <Picker taken={props.taken} onAdd={(question) => props.onAdd(question)} />
    </Drawer>
  );
}

function Picker(props: { taken: ReadonlySet<string>; onAdd: (question: Question) => void }): JSX.Element {
  const t = useMessages(messages);
  const b = useMessages(bankMessages);
  const [typed, setTyped] = createSignal('');
  const [filter, setFilter] = createSignal<QuestionFilter>({});
  createEffect(on(typed, (words) => {
    const timer = setTimeout(() => setFilter((before) => ({ ...before, q: words.trim() || undefined })), 250);
    onCleanup(() => clearTimeout(timer));
  }, { defer: true }));
  const facets = createLoad(() => 'all', (_, signal) => readFacets({}, signal));
  const questions = createPages<QuestionFilter, Question, QuestionPage>(filter, (wanted, cursor, signal) => listQuestions({ ...wanted, cursor, limit: 40 }, signal));
  // a question that was just written in another tab is there when one comes back
  const onShow = (): void => { if (document.visibilityState === 'visible') questions.reload(); };
  document.addEventListener('visibilitychange', onShow);
  onCleanup(() => document.removeEventListener('visibilitychange', onShow));
  const isFiltered = createMemo(() => Object.values(filter()).some((value) => value !== undefined));
  const names = (of: 'tags' | 'topics'): { value: string; label: string }[] => (facets.value()?.[of] ?? []).map(({ value, count }) => ({ value, label: `${value} (${count})` }));
  return (
    <div class="Picker">
      <SearchBox label={t('pickSearch')} slash={false} width="100%" value={typed()} onChange={setTyped} />
      <div class="Picker__filters">
        <Select aria-label={t('pickType')} placeholder={t('pickAllTypes')} value={filter().type ?? ('' as QuestionType)} onChange={(type) => setFilter((before) => ({ ...before, type: (type as string) === '' ? undefined : type }))} options={QUESTION_TYPES.map((value) => ({ value, label: b(`type.${value}`) }))} />
        <Select aria-label={t('pickTag')} placeholder={t('pickAllTags')} value={filter().tag ?? ''} onChange={(tag) => setFilter((before) => ({ ...before, tag: tag || undefined }))} options={names('tags')} />
        <Select aria-label={t('pickTopic')} placeholder={t('pickAllTopics')} value={filter().topic ?? ''} onChange={(topic) => setFilter((before) => ({ ...before, topic: topic || undefined }))} options={names('topics')} />
      </div>
      <Show when={questions.error()}>{(problem) => <ProblemView problem={problem()} compact onRetry={questions.reload} />}</Show>
      <Show when={questions.items().length > 0 || !questions.isLoading()} fallback={<Skeleton kind="row" count={6} />}>
        <ul class="Picker__list" aria-busy={questions.isLoading()}>
          <For each={questions.items()} fallback={<li class="soft">{isFiltered() ? t('pickNone') : t('pickEmpty')}</li>}>
            {(question) => {
              const name = (): string => plainLine(question.text) || b('noText');
              const isTaken = (): boolean => props.taken.has(question.id);
              return (
                <li class="Picker__item" data-taken={isTaken() ? '' : undefined}>
                  <TypeSign type={question.type} />
                  <span class="Picker__text">
                    <span class="Picker__clip" dir="auto">{name()}</span>
                    <span class="soft">{[b(`difficulty.${question.difficulty}`), question.points === '1' ? b('point') : b('points', { points: question.points }), ...question.tags.slice(0, 2)].join(' · ')}</span>
                  </span>
                  <Button size="small" icon={isTaken() ? Check : Plus} disabled={isTaken()} aria-label={isTaken() ? `${t('pickAdded')}: ${name()}` : t('pickAddName', { name: name().slice(0, 80) })} onClick={() => props.onAdd(question)}>{isTaken() ? t('pickAdded') : t('pickAdd')}</Button>
                </li>
              );
            }}
          </For>
        </ul>
        <Pager shown={questions.items().length} total={questions.total()} more={questions.hasMore()} busy={questions.isLoadingMore()} onMore={questions.loadMore} />
      </Show>
    </div>
  );
}
