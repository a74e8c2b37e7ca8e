import { useNavigate, useSearchParams } from '@solidjs/router';
import Download from 'lucide-solid/icons/download';
import Library from 'lucide-solid/icons/library';
import ListFilter from 'lucide-solid/icons/list-filter';
import Plus from 'lucide-solid/icons/plus';
import Rows2 from 'lucide-solid/icons/rows-2';
import Rows4 from 'lucide-solid/icons/rows-4';
import Upload from 'lucide-solid/icons/upload';
import X from 'lucide-solid/icons/x';
import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show, type JSX } from 'solid-js';

import type { QuestionType } from '#domain/questions/types.ts';
import { useShell } from '#web/features/shell/shell-context.ts';
import { hasRole, useUser } from '#web/lib/auth.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { createPages } from '#web/lib/create-pages.ts';
import { formatNumber } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { isProblem } from '#web/lib/problem.ts';
import { createTitle } from '#web/lib/title.ts';
import { Button } from '#web/ui/Button.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Pager } from '#web/ui/Pager.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';
import { FilterChip, isWriting, SearchBox, Toolbar } from '#web/ui/Toolbar.tsx';

import { exportAddress, listQuestions, type Question, type QuestionFilter, type QuestionPage, type QuestionSort, readFacets } from '../api.ts';
import { messages as bankMessages } from '../messages.ts';
import { plainLine } from '../plain-line.ts';
import { questionColumns } from '../QuestionTable.tsx';
import { BulkBar } from './BulkBar.tsx';
import { FacetColumn } from './FacetColumn.tsx';
import { messages } from './messages.ts';

import './question-list.css';

const FILTERS = ['subject', 'topic', 'type', 'difficulty', 'tag'] as const;
const DENSITY = 'holdfast.bank.density';

/** The question bank: search, filters with numbers, selection. */
export function QuestionListPage(): JSX.Element {
  const t = useMessages(messages);
  const b = useMessages(bankMessages);
  const navigate = useNavigate();
  const shell = useShell();
  const user = useUser();
  const mayWrite = (): boolean => hasRole(user(), 'teacher', 'admin');
  createTitle(() => t('title'));
  shell.setBreadcrumbs(() => [{ label: t('title') }]);
  shell.setShortcuts(() => [{ title: t('keys'), keys: [{ keys: 'N', does: t('keyNew') }, { keys: 'I', does: t('keyImport') }, { keys: '/', does: t('keySearch') }] }]);

  const [search, setSearch] = useSearchParams<Record<'q' | 'sort' | (typeof FILTERS)[number], string>>();
  const [typed, setTyped] = createSignal(search.q ?? '');
  // a narrow page shows them when asked
  const [showsFilters, setShowsFilters] = createSignal(false);
  const [selected, setSelected] = createSignal<ReadonlySet<string>>(new Set<string>());
  const [density, setDensity] = createSignal<'comfortable' | 'compact'>(localStorage.getItem(DENSITY) === 'compact' ? 'compact' : 'comfortable');
  createEffect(on(density, (chosen) => localStorage.setItem(DENSITY, chosen), { defer: true }));
  createEffect(on(typed, (words) => {
    const timer = setTimeout(() => setSearch({ q: words.trim() || undefined }, { replace: true }), 250);
    onCleanup(() => clearTimeout(timer));
  }, { defer: true }));

  const filter = createMemo((): QuestionFilter => ({ q: search.q, type: search.type as QuestionType | undefined, tag: search.tag, subject: search.subject, topic: search.topic, difficulty: search.difficulty as QuestionFilter['difficulty'] }), undefined, { equals: sameJson });
  const query = createMemo(() => ({ ...filter(), sort: (search.sort ?? '-updatedAt') as QuestionSort }), undefined, { equals: sameJson });
  const questions = createPages<ReturnType<typeof query>, Question, QuestionPage>(query, (wanted, cursor, signal) => listQuestions({ ...wanted, cursor }, signal));
  const facets = createLoad(filter, readFacets);
  const isFiltered = (): boolean => FILTERS.some((name) => search[name] !== undefined) || (search.q ?? '') !== '';
  const change = (next: Partial<QuestionFilter>): void => setSearch({ ...next });
  const nameOf = (name: (typeof FILTERS)[number]): string => {
    const value = search[name] ?? '';
    return name === 'type' ? b(`type.${value as QuestionType}`) : name === 'difficulty' ? b(`difficulty.${value as 'easy'}`) : value;
  };
  function reload(): void {
    questions.reload();
    facets.reload();
  }
  onMount(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!mayWrite() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isWriting(event.target) || document.querySelector('[role="dialog"]') !== null) return;
      const to = { n: '/staff/questions/new', i: '/staff/questions/import' }[event.key.toLowerCase()];
      if (to === undefined) return;
      event.preventDefault();
      navigate(to);
    };
    document.addEventListener('keydown', onKey);
    onCleanup(() => document.removeEventListener('keydown', onKey));
  });
  return (
    <>
      <PageHeader
        title={t('title')}
        sub={<Show when={questions.total() !== undefined} fallback={'\u00a0'}>{isFiltered() ? t('found', { count: formatNumber(questions.total()!) }) : questions.total() === 1 ? t('subOne') : t('sub', { count: formatNumber(questions.total()!) })}</Show>}
        actions={
          <Show when={mayWrite()}>
            <Button icon={Upload} keys="I" href="/staff/questions/import">{t('import')}</Button>
            <Button icon={Download} href={exportAddress(filter())} download="questions.gift" title={t('exportHint')}>{t('export')}</Button>
            <Button kind="primary" icon={Plus} keys="N" href="/staff/questions/new">{t('add')}</Button>
          </Show>
        }
      />
      <PageBody>
        <Show when={!isProblem(questions.error(), 'forbidden')} fallback={<ProblemView problem={questions.error()} />}>
          <div class="Bank">
            <FacetColumn isOpen={showsFilters()} facets={facets.value()} filter={filter()} onFilter={change} />
            <div class="Bank__list">
              <Show when={questions.error()}>{(problem) => <ProblemView problem={problem()} compact busy={questions.isLoading()} onRetry={reload} />}</Show>
              <DataTable
                label={t('title')}
                columns={questionColumns()}
                rows={questions.items()}
                rowKey={(question) => question.id}
                rowLabel={(question) => plainLine(question.text).slice(0, 80)}
                density={density()}
                loading={questions.isLoading()}
                selected={selected()}
                onSelect={setSelected}
                onOpen={(question) => navigate(`/staff/questions/${question.id}`)}
                sort={{ id: query().sort.replace('-', ''), direction: query().sort.startsWith('-') ? 'descending' : 'ascending' }}
                onSort={({ id, direction }) => setSearch({ sort: `${direction === 'descending' ? '-' : ''}${id}` }, { replace: true })}
                bar={
                  <Toolbar
                    end={
                      <Segmented
                        name={t('density')}
                        value={density()}
                        onChange={setDensity}
                        options={[{ value: 'comfortable', label: t('comfortable'), icon: Rows2, iconOnly: true }, { value: 'compact', label: t('compact'), icon: Rows4, iconOnly: true }]}
                      />
                    }
                  >
                    <span class="Bank__filters"><FilterChip icon={ListFilter} pressed={showsFilters()} onToggle={setShowsFilters}>{t('filters')}</FilterChip></span>
                    <SearchBox label={t('search')} placeholder={t('searchPlace')} width="280px" value={typed()} onChange={setTyped} />
                    <For each={FILTERS.filter((name) => search[name] !== undefined)}>
                      {(name) => <FilterChip pressed icon={X} onToggle={() => change({ [name]: undefined })}><span class="visually-hidden">{t('filterOff', { name: '' })}</span>{nameOf(name)}</FilterChip>}
                    </For>
                  </Toolbar>
                }
                empty={
                  <Show
                    when={isFiltered()}
                    fallback={
                      <Show when={questions.error() === undefined}>
                        <EmptyState bare icon={Library} title={t('noneTitle')} action={<span class="row wrap"><Button icon={Plus} href="/staff/questions/new">{t('add')}</Button><Button icon={Upload} href="/staff/questions/import">{t('import')}</Button></span>}>{t('noneText')}</EmptyState>
                      </Show>
                    }
                  >
                    <EmptyState bare icon={Library} title={t('noneFound')} action={<Button onClick={() => { setTyped(''); setSearch({ q: undefined, type: undefined, tag: undefined, subject: undefined, topic: undefined, difficulty: undefined }); }}>{t('clear')}</Button>}>{t('noneFoundText')}</EmptyState>
                  </Show>
                }
                foot={<Show when={questions.isLoaded()}><Pager shown={questions.items().length} total={questions.total()} more={questions.hasMore()} busy={questions.isLoadingMore()} onMore={questions.loadMore} /></Show>}
              />
            </div>
          </div>
        </Show>
      </PageBody>
      <BulkBar questions={questions.items().filter(({ id }) => selected().has(id))} onClear={() => setSelected(new Set<string>())} onGone={(ids) => { questions.mutate((items) => items.filter(({ id }) => !ids.has(id))); reload(); }} onChanged={reload} />
    </>
  );
}

function sameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
