import CircleDot from 'lucide-solid/icons/circle-dot';
import Pause from 'lucide-solid/icons/pause';
import Wifi from 'lucide-solid/icons/wifi';
import WifiOff from 'lucide-solid/icons/wifi-off';
import { createMemo, createSignal, type JSX } from 'solid-js';

import { StateMark } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Pager } from '#web/ui/Pager.tsx';
import { Progress } from '#web/ui/Progress.tsx';
import type { Column, Sort } from '#web/ui/table.ts';
import { FilterChip, SearchBox, Toolbar } from '#web/ui/Toolbar.tsx';
import { VirtualTable } from '#web/ui/VirtualTable.tsx';
import { LONG_NAME, Sample } from './Sample.tsx';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly number: string;
  readonly answered: number;
  readonly state: 'active' | 'paused' | 'offline';
}

const NAMES = ['Adeyemi, Folake', 'Aaltonen, Väinö', 'Bakker, Joost', 'Lindqvist, Jonas', 'Berzins, Kristaps', 'Nwosu, Amara', 'Chaudhary, Priya', 'Marchetti, Sofia', 'Dąbrowska, Zofia'];
const rows = (count: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `s${index}`,
    name: index === 2 ? LONG_NAME : `${NAMES[index % NAMES.length]}${index >= NAMES.length ? ` ${Math.floor(index / NAMES.length)}` : ''}`,
    number: `20-${String(100 + (index % 900))}-${String(100 + ((index * 37) % 900))}, room ${101 + (index % 4)}`,
    answered: (index * 7) % 21,
    state: index % 17 === 3 ? 'offline' : index % 11 === 7 ? 'paused' : 'active',
  }));

const COLUMNS: readonly Column<Row>[] = [
  { id: 'name', header: 'Student', sortable: true, cell: (row) => <span class="Person"><b>{row.name}</b><span>{row.number}</span></span> },
  { id: 'state', header: 'State', width: '122px', cell: (row) => (row.state === 'paused' ? <StateMark icon={Pause} tone="attention">Paused</StateMark> : <StateMark icon={CircleDot} tone="accent">Active</StateMark>) },
  { id: 'answered', header: 'Answered', width: '160px', sortable: true, cell: (row) => <Progress label="Answered" value={row.answered} max={20} short /> },
  { id: 'left', header: 'Time left', width: '118px', align: 'end', card: 'end', cell: () => <><b>0:22:53</b><br /><span class="soft">ends 11:05</span></> },
  { id: 'connection', header: 'Connection', width: '140px', dropBelow: 640, card: 'end', cell: (row) => (row.state === 'offline' ? <StateMark icon={WifiOff} tone="act" strong>8 min 40 s</StateMark> : <StateMark icon={Wifi}>online</StateMark>) },
  { id: 'save', header: 'Last save', width: '96px', align: 'end', dropBelow: 760, card: 'none', cell: () => '10:41:44' },
];

/** Tables. */
export function TableSamples(): JSX.Element {
  const [selected, setSelected] = createSignal<ReadonlySet<string>>(new Set(['s1', 's3']));
  const [sort, setSort] = createSignal<Sort>({ id: 'name', direction: 'ascending' });
  const [open, setOpen] = createSignal<string>();
  const [many, setMany] = createSignal<ReadonlySet<string>>(new Set());
  const [search, setSearch] = createSignal('');
  const some = createMemo(() => rows(8).toSorted((a, b) => (sort().direction === 'ascending' ? 1 : -1) * (sort().id === 'name' ? a.name.localeCompare(b.name) : a.answered - b.answered)));
  const all = rows(2_400);
  const found = createMemo(() => all.filter(({ name }) => name.toLowerCase().includes(search().toLowerCase())));
  const common = { label: 'Students', columns: COLUMNS, rowKey: (row: Row) => row.id, rowLabel: (row: Row) => row.name };
  return (
    <>
      <Sample name="Data table" layout="plain">
        <DataTable {...common} rows={some()} sort={sort()} onSort={setSort} selected={selected()} onSelect={setSelected} onOpen={(row) => setOpen(row.id)} openKey={open()} bar={<Toolbar><FilterChip pressed count={8}>All</FilterChip></Toolbar>} foot={<Pager shown={8} total={412} more onMore={() => undefined} />} />
        <DataTable {...common} rows={rows(3)} density="compact" />
      </Sample>
      <Sample name="Data table loading and empty" layout="plain">
        <DataTable {...common} rows={[]} loading />
        <DataTable {...common} rows={[]} empty={<EmptyState title="Nobody has this filter" action={<Button>Show all 412</Button>} />} />
      </Sample>
      <Sample name="Virtual table" layout="plain">
        <VirtualTable {...common} rows={found()} sort={sort()} onSort={setSort} selected={many()} onSelect={setMany} onOpen={(row) => setOpen(row.id)} openKey={open()} density="comfortable" bar={<Toolbar><SearchBox value={search()} onChange={setSearch} label="Name" slash={false} /></Toolbar>} empty={<EmptyState bare title="Nobody has this name" />} foot={<span>{found().length} students, {many().size} selected</span>} />
      </Sample>
    </>
  );
}
