import ChartLine from 'lucide-solid/icons/chart-line';
import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleDashed from 'lucide-solid/icons/circle-dashed';
import EyeOff from 'lucide-solid/icons/eye-off';
import Eye from 'lucide-solid/icons/eye';
import ListTree from 'lucide-solid/icons/list-tree';
import PenLine from 'lucide-solid/icons/pen-line';
import { useNavigate } from '@solidjs/router';
import { createMemo, createSignal, Show, type JSX } from 'solid-js';

import { messages as analysis } from '#web/features/analytics/messages.ts';
import { formatNumber } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { StateMark } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import type { Icon, Tone } from '#web/ui/icon.ts';
import { Menu } from '#web/ui/Menu.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import type { Column, Sort } from '#web/ui/table.ts';
import { SearchBox, Toolbar } from '#web/ui/Toolbar.tsx';
import { VirtualTable } from '#web/ui/VirtualTable.tsx';

import type { ResultRow } from './api.ts';
import { messages } from './messages.ts';
import { FILTERS, type Filter, findRows, sortRows } from './rows-view.ts';

import './results-table.css';

const LOOKS: Readonly<Record<ResultRow['state'], { readonly tone: Tone; readonly icon: Icon }>> = {
  graded: { tone: 'done', icon: CircleCheck }, pending: { tone: 'attention', icon: PenLine }, 'needs-manual': { tone: 'attention', icon: PenLine }, ungraded: { tone: 'neutral', icon: CircleDashed },
};

/** Props of the table. */
export interface ResultsTableProps {
  rows: readonly ResultRow[];
  loading: boolean;
  withGrade: boolean;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  /** Told what is shown, for the export. */
  onShown: (rows: readonly ResultRow[]) => void;
  onHold: (row: ResultRow) => void;
}

/** The results of an exam by student. */
export function ResultsTable(props: ResultsTableProps): JSX.Element {
  const t = useMessages(messages);
  const say = useMessages(analysis);
  const navigate = useNavigate();
  const [text, setText] = createSignal('');
  const [sort, setSort] = createSignal<Sort>({ id: 'student', direction: 'ascending' });
  const shown = createMemo(() => {
    const rows = sortRows(findRows(props.rows, props.filter, text()), sort());
    props.onShown(rows);
    return rows;
  });
  const withAttempts = (): boolean => props.rows.some(({ attempt }) => attempt > 1);
  const href = (row: ResultRow): string => `/staff/sessions/${row.sessionId}?tab=answers`;
  const columns = (): Column<ResultRow>[] => [
    { id: 'student', header: t('colStudent'), sortable: true, cell: (row) => <span class="Person"><b dir="auto" title={row.student.name}>{row.student.name}</b><span>{[row.student.externalId, t(`session.${row.sessionState}`)].filter(Boolean).join(' · ')}</span></span> },
    ...(withAttempts() ? [{ id: 'attempt', header: t('colAttempt'), width: '116px', dropBelow: 760 as const, cell: (row: ResultRow) => <span classList={{ soft: !row.counted }}>{row.attempt}{row.counted ? '' : `, ${t('notCounted')}`}</span> }] : []),
    { id: 'points', header: t('colPoints'), align: 'end', width: '116px', sortable: true, card: 'end', cell: (row) => <Show when={row.points} fallback={<span class="soft">{t('none')}</span>}>{(points) => <span>{points()} <span class="soft">/ {row.maxPoints}</span></span>}</Show> },
    { id: 'percent', header: t('colPercent'), width: '148px', sortable: true, dropBelow: 520, card: 'none', cell: (row) => <Percent value={row.percent} grade={row.grade} /> },
    ...(props.withGrade ? [{ id: 'grade', header: t('colGrade'), width: '92px', sortable: true, dropBelow: 640 as const, card: 'end' as const, cell: (row: ResultRow) => <Show when={row.grade} fallback={<span class="soft">{t('none')}</span>}>{(grade) => <span classList={{ strong: grade() === 'pass' }}>{t(`grade.${grade()}`)}</span>}</Show> }] : []),
    { id: 'state', header: t('colState'), width: '170px', sortable: true, dropBelow: 640, cell: (row) => <State row={row} /> },
    {
      id: 'acts', header: t('colActs'), headerHidden: true, width: '52px', align: 'end', card: 'end', cell: (row) => (
        <Menu
          size="small" kind="quiet" label={t('actsOf', { name: row.student.name })}
          items={[
            { label: row.pendingCount > 0 ? t('mark') : t('open'), icon: PenLine, href: href(row) },
            { label: t('timeline'), icon: ListTree, href: `/staff/sessions/${row.sessionId}` },
            { label: say('progress'), icon: ChartLine, href: `/staff/students/${row.student.id}` },
            { separator: true },
            row.withheld ? { label: t('release'), icon: Eye, onSelect: () => props.onHold(row) } : { label: t('withhold'), icon: EyeOff, onSelect: () => props.onHold(row) },
          ]}
        />
      ),
    },
  ];
  const filters = createMemo(() => FILTERS.filter((name) => name !== 'failed' || props.withGrade).map((name) => ({ value: name, label: t(`filter.${name}`), count: findRows(props.rows, name, '').length })));
  return (
    <VirtualTable
      label={t('table')}
      columns={columns()}
      rows={shown()}
      rowKey={(row) => row.sessionId}
      rowLabel={(row) => row.student.name}
      sort={sort()}
      onSort={setSort}
      onOpen={(row) => navigate(href(row))}
      loading={props.loading}
      cardHeight={84}
      bar={
        <Toolbar end={<SearchBox value={text()} onChange={setText} label={t('search')} width="220px" />}>
          <span class="ResultsTable__filters"><Segmented name={t('filters')} value={props.filter} onChange={props.onFilter} options={filters()} /></span>
        </Toolbar>
      }
      empty={<EmptyState bare title={t('nothingFits')} action={<Button onClick={() => (setText(''), props.onFilter('all'))}>{t('showAll')}</Button>} />}
      foot={<span>{t('shown', { shown: shown().length, total: props.rows.length })}</span>}
    />
  );
}

function State(props: { row: ResultRow }): JSX.Element {
  const t = useMessages(messages);
  const text = (): string => (props.row.state === 'pending' ? t('state.pending', { count: props.row.pendingCount }) : t(`state.${props.row.state as 'graded'}`));
  return (
    <span class="row wrap">
      <Show when={props.row.sessionState !== 'withdrawn'} fallback={<span class="soft">{t('none')}</span>}><StateMark tone={LOOKS[props.row.state].tone} icon={LOOKS[props.row.state].icon}>{text()}</StateMark></Show>
      <Show when={props.row.withheld}><StateMark tone="attention" icon={EyeOff}>{t('withheld')}</StateMark></Show>
    </span>
  );
}

function Percent(props: { value: number | null; grade: ResultRow['grade'] }): JSX.Element {
  const t = useMessages(messages);
  return (
    <Show when={props.value !== null} fallback={<span class="soft">{t('none')}</span>}>
      <span class="ResultsTable__percent" data-grade={props.grade}>
        <i aria-hidden="true"><u style={{ width: `${Math.min(100, Math.max(0, props.value!))}%` }} /></i>
        {t('percent', { value: formatNumber(props.value!, { minimumFractionDigits: 1, maximumFractionDigits: 1 }) })}
      </span>
    </Show>
  );
}
