import { useNavigate } from '@solidjs/router';
import { createSignal, For, Show, type JSX } from 'solid-js';

import { createPages } from '#web/lib/create-pages.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Pager } from '#web/ui/Pager.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import type { Column } from '#web/ui/table.ts';
import { Toolbar } from '#web/ui/Toolbar.tsx';

import { loadPairs, type Pair, type PairPage } from './api.ts';
import { evidenceOf } from './evidence.ts';
import { messages } from './messages.ts';
import { oneDigit } from './numbers.ts';
import { PairStateMark } from './PairStateMark.tsx';

const FILTERS = ['flagged', 'open', 'confirmed', 'dismissed', 'all'] as const;
type Filter = (typeof FILTERS)[number];

/** Pairs of a scan, the strongest first, each with its evidence in words. */
export function PairTable(props: { examId: string; runId: string; flags: number }): JSX.Element {
  const t = useMessages(messages);
  const navigate = useNavigate();
  const [filter, setFilter] = createSignal<Filter>('flagged');
  const pages = createPages<Filter, Pair, PairPage>(filter, (which, cursor, signal) =>
    loadPairs(props.runId, which === 'all' ? {} : which === 'flagged' ? { flagged: true } : which === 'open' ? { state: which, flagged: true } : { state: which }, cursor, signal));
  const columns = (): Column<Pair>[] => [
    { id: 'pair', header: t('colPair'), width: '30%', cell: (pair) => <span class="PairTable__names"><b dir="auto" title={pair.a.student.name}>{pair.a.student.name}</b><span class="soft">{t('and')}</span><b dir="auto" title={pair.b.student.name}>{pair.b.student.name}</b></span> },
    { id: 'evidence', header: t('colEvidence'), card: 'start', cell: (pair) => <span class="PairTable__evidence"><For each={evidenceOf(pair, t).slice(0, 2)}>{(text) => <span>{text}</span>}</For></span> },
    { id: 'score', header: t('colScore'), width: '92px', align: 'end', card: 'end', dropBelow: 520, cell: (pair) => <span class="num" title={t('scoreHelp')}>{oneDigit(pair.score)}</span> },
    { id: 'state', header: t('colState'), width: '136px', card: 'end', cell: (pair) => <Show when={pair.flagged || pair.state !== 'open'} fallback={<span class="soft">{t('notFlagged')}</span>}><PairStateMark state={pair.state} /></Show> },
  ];
  return (
    <Show when={pages.error() === undefined || pages.isLoaded()} fallback={<ProblemView problem={pages.error()} onRetry={pages.reload} busy={pages.isLoading()} />}>
      <DataTable
        label={t('pairs')} columns={columns()} rows={pages.items()} rowKey={(pair) => pair.id} rowLabel={(pair) => t('pairName', { a: pair.a.student.name, b: pair.b.student.name })}
        onOpen={(pair) => navigate(`/staff/exams/${props.examId}/plagiarism/${pair.id}`)} loading={!pages.isLoaded()}
        bar={<Toolbar><span class="PairTable__filters"><Segmented name={t('filter')} value={filter()} onChange={setFilter} options={FILTERS.map((value) => ({ value, label: t(`filter.${value}`) }))} /></span></Toolbar>}
        empty={
          <Show when={filter() === 'flagged' || props.flags === 0} fallback={<EmptyState bare title={t('noneFits')} action={<Button onClick={() => setFilter('all')}>{t('showAll')}</Button>} />}>
            <EmptyState bare title={t('noFlagsTitle')}>{t('noFlagsHelp')}</EmptyState>
          </Show>
        }
        foot={<Pager shown={pages.items().length} total={pages.total()} more={pages.hasMore()} busy={pages.isLoadingMore()} onMore={pages.loadMore} />}
      />
    </Show>
  );
}
