import RefreshCw from 'lucide-solid/icons/refresh-cw';
import Rows2 from 'lucide-solid/icons/rows-2';
import Rows4 from 'lucide-solid/icons/rows-4';
import { createSignal, Show, type Accessor, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Kbd } from '#web/ui/Kbd.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { Select } from '#web/ui/Select.tsx';
import type { Column } from '#web/ui/table.ts';
import { FilterChip, SearchBox, Toolbar } from '#web/ui/Toolbar.tsx';
import { VirtualTable } from '#web/ui/VirtualTable.tsx';

import { messages } from './messages.ts';
import { useDesk } from './monitor-context.ts';
import type { SortBy } from './roster-view.ts';
import { AnsweredCell, ConnectionCell, NameCell, NoticeCell, SaveCell, StateCell, TimeCell } from './StudentCells.tsx';
import type { Student } from './types.ts';

import './student-table.css';

type Density = 'comfortable' | 'compact';
const DENSITY = 'holdfast.monitor.density';

/** Everybody in the exam. Single letters act only while a row has the focus. */
export function StudentTable(props: { onHold: (held: boolean) => void }): JSX.Element {
  const t = useMessages(messages);
  const { monitor, view, selected, select, openKey, openStudent, ask } = useDesk();
  const [density, setDensity] = createSignal<Density>(keptDensity());
  const withStudent = (cell: (props: { student: Student }) => JSX.Element) => (key: string): JSX.Element => (
    <Show when={monitor.roster.student(key)}>{(student: Accessor<Student>) => cell({ get student() { return student(); } })}</Show>
  );
  const columns: readonly Column<string>[] = [
    { id: 'name', header: t('student'), cell: withStudent(NameCell), sortable: true },
    { id: 'state', header: t('stateHead'), cell: withStudent(StateCell), width: '122px', sortable: true },
    { id: 'answered', header: t('answered'), cell: withStudent(AnsweredCell), width: '146px', sortable: true, dropBelow: 520 },
    { id: 'left', header: t('timeLeft'), cell: withStudent(TimeCell), width: '122px', align: 'end', sortable: true, card: 'end' },
    { id: 'connection', header: t('connection'), cell: withStudent(ConnectionCell), width: '132px', sortable: true, dropBelow: 640, card: 'end' },
    { id: 'saved', header: t('lastSave'), cell: withStudent(SaveCell), width: '96px', align: 'end', sortable: true, dropBelow: 880, card: 'none' },
    { id: 'incidents', header: t('incidents'), cell: withStudent(NoticeCell), width: '148px', sortable: true, dropBelow: 760, card: 'end' },
  ];

  function onKeyDown(event: KeyboardEvent): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-row-key]');
    if (row === null || event.ctrlKey || event.metaKey || event.altKey || event.target !== row) return;
    const keys = selected().size > 0 ? [...selected()] : [row.dataset['rowKey']!];
    const scope = { kind: 'students', keys } as const;
    const acts: Readonly<Record<string, () => void>> = {
      e: () => ask({ type: 'time', act: 'extend', scope, seconds: 600 }),
      p: () => ask({ type: 'time', act: keys.every((key) => monitor.roster.peek(key)?.state === 'paused') ? 'resume' : 'pause', scope }),
      m: () => ask({ type: 'message', scope }),
    };
    const act = acts[event.key.toLowerCase()];
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  return (
    <section
      class="StudentTable"
      aria-label={t('tableLabel')}
      onKeyDown={onKeyDown}
      // the bar too: the way to "update" must not take it away
      onPointerEnter={(event) => event.pointerType === 'mouse' && props.onHold(true)}
      onPointerLeave={() => props.onHold(false)}
    >
      <VirtualTable
        label={t('tableLabel')}
        columns={columns}
        rows={view.keys()}
        rowKey={(key) => key}
        rowLabel={(key) => monitor.roster.peek(key)?.name ?? ''}
        density={density()}
        cardHeight={86}
        sort={{ id: view.sort().by, direction: view.sort().descending ? 'descending' : 'ascending' }}
        onSort={({ id }) => view.sortBy(id as SortBy)}
        selected={selected()}
        onSelect={select}
        onOpen={(key) => openStudent(key)}
        openKey={openKey()}
        bar={<Bar density={density()} onDensity={chooseDensity} />}
        empty={<NoOne />}
        foot={
          <>
            <span>{view.keys().length < monitor.roster.counts().all ? t('showing', { shown: view.keys().length, total: monitor.roster.counts().all }) : t('showingAll', { total: monitor.roster.counts().all })}</span>
            <span class="StudentTable__keys">
              <Kbd keys="X" /> {t('keySelect')} <Kbd keys="Shift X" /> {t('keyRange')} <Kbd keys="Enter" /> {t('keyOpen')} <Kbd keys="E" /> {t('keyExtend')} <Kbd keys="P" /> {t('keyPause')} <Kbd keys="M" /> {t('keyMessage')}
            </span>
          </>
        }
      />
    </section>
  );

  function chooseDensity(next: Density): void {
    setDensity(next);
    try {
      localStorage.setItem(DENSITY, next);
    } catch {
      // kept until the page is closed
    }
  }
}

function Bar(props: { density: Density; onDensity: (density: Density) => void }): JSX.Element {
  const t = useMessages(messages);
  const { monitor, view } = useDesk();
  const counts = monitor.roster.counts;
  const filters = view.filters;
  return (
    <Toolbar
      end={
        <>
          <Show when={view.waiting() > 0}>
            <Button size="small" class="StudentTable__fresh" icon={RefreshCw} title={t('changesHint')} onClick={() => view.update()}>{t('changes', view.waiting())}</Button>
          </Show>
          <span class="StudentTable__density">
            <Segmented<Density>
              name={t('density')}
              value={props.density}
              onChange={(value) => props.onDensity(value)}
              options={[{ value: 'comfortable', label: t('comfortable'), icon: Rows2, iconOnly: true }, { value: 'compact', label: t('compact'), icon: Rows4, iconOnly: true }]}
            />
          </span>
        </>
      }
    >
      <SearchBox label={t('findLabel')} placeholder={t('find')} value={filters().text} onChange={(text) => view.filter({ text })} />
      <FilterChip pressed={!view.isFiltered()} count={counts().all} onToggle={() => view.clear()}>{t('all')}</FilterChip>
      <Show when={monitor.batches().length > 0 && batchesHere().length > 1}>
        <Select
          aria-label={t('batchFilter')}
          value={filters().batchId ?? ''}
          options={[{ value: '', label: t('everyBatch') }, ...batchesHere()]}
          onChange={(batchId) => view.filter({ batchId: batchId === '' ? null : batchId })}
        />
      </Show>
      <Show when={counts().extraTime > 0 || filters().extraTime}>
        <FilterChip pressed={filters().extraTime} count={counts().extraTime} onToggle={(extraTime) => view.filter({ extraTime })}>{t('extraTime')}</FilterChip>
      </Show>
      <FilterChip pressed={filters().incidents} count={counts().incidents} onToggle={(incidents) => view.filter({ incidents })}>{t('withIncidents')}</FilterChip>
      <Show when={counts().behind > 0 || filters().behind}>
        <FilterChip pressed={filters().behind} count={counts().behind} onToggle={(behind) => view.filter({ behind })}>{t('notAcknowledged')}</FilterChip>
      </Show>
      <Show when={filters().keys}>
        {(keys) => <FilterChip pressed count={keys().size} onToggle={() => view.filter({ keys: null })}>{t('chosenOnes')}</FilterChip>}
      </Show>
    </Toolbar>
  );

  function batchesHere(): { value: string; label: string }[] {
    monitor.roster.lines();
    const used = new Set([...monitor.roster.students()].map(({ batchId }) => batchId));
    return monitor.batches().filter(({ id }) => used.has(id)).map(({ id, name }) => ({ value: id, label: name }));
  }
}

function NoOne(): JSX.Element {
  const t = useMessages(messages);
  const { monitor, view } = useDesk();
  return (
    <Show
      when={monitor.roster.counts().all > 0}
      fallback={<EmptyState bare title={t('nobodyHere')} action={<Button href={`/staff/exams/${monitor.examId}/edit`}>{t('editPeople')}</Button>}>{t('nobodyHereText')}</EmptyState>}
    >
      <EmptyState bare title={t('noMatch')} action={<Button onClick={() => view.clear()}>{t('clearFilters')}</Button>}>{t('noMatchText')}</EmptyState>
    </Show>
  );
}

function keptDensity(): Density {
  try {
    return localStorage.getItem(DENSITY) === 'compact' ? 'compact' : 'comfortable';
  } catch {
    return 'comfortable';
  }
}
