import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Sentence } from '#web/ui/Sentence.tsx';
import type { Column, Sort } from '#web/ui/table.ts';
import { FilterChip, Toolbar } from '#web/ui/Toolbar.tsx';

import type { ItemStatistics } from './api.ts';
import { sortItems, tellingItems } from './figures.ts';
import { messages } from './messages.ts';
import { useWords } from './use-words.ts';

import './item-table.css';

/** Flags that somebody should act on; the others are said softly. */
const SERIOUS: ReadonlySet<ItemStatistics['flags'][number]> = new Set(['negative-discrimination', 'distractor-beats-key']);

/** The questions of an exam in figures, sortable; a row opens its details. */
export function ItemTable(props: { items: readonly ItemStatistics[]; loading: boolean; openId: string | undefined; onOpen: (itemId: string) => void; onShown: (items: readonly ItemStatistics[]) => void }): JSX.Element {
  const t = useMessages(messages);
  const words = useWords();
  const [sort, setSort] = createSignal<Sort>({ id: 'number', direction: 'ascending' });
  const [onlyFlagged, setOnlyFlagged] = createSignal(false);
  const flagged = (): number => props.items.filter(({ flags }) => flags.length > 0).length;
  const shown = createMemo(() => {
    const rows = sortItems(props.items.filter(({ flags }) => !onlyFlagged() || flags.length > 0), sort().id, sort().direction);
    props.onShown(rows);
    return rows;
  });
  const columns: Column<ItemStatistics>[] = [
    { id: 'number', header: t('colNumber'), width: '56px', sortable: true, card: 'none', cell: (item) => <span class="soft tabular">{item.number}</span> },
    { id: 'question', header: t('colQuestion'), cell: (item) => <span class="ItemTable__text" title={item.text}>{item.text}</span> },
    { id: 'facility', header: t('colFacility'), width: '132px', align: 'end', sortable: true, card: 'end', cell: (item) => <Facility value={item.facility} text={words.number(item.facility)} /> },
    { id: 'discrimination', header: t('colDiscrimination'), width: '148px', align: 'end', sortable: true, card: 'none', cell: (item) => <Discrimination value={item.discrimination.upperLower27} text={words.number(item.discrimination.upperLower27)} title={item.discrimination.upperLower27 === null ? words.reason(item.notes, 'discrimination.upperLower27') : undefined} /> },
    { id: 'rest', header: t('colRest'), width: '96px', align: 'end', sortable: true, dropBelow: 760, card: 'none', cell: (item) => <span class="soft tabular" title={item.discrimination.itemRest === null ? words.reason(item.notes, 'discrimination.itemRest') : undefined}>{words.number(item.discrimination.itemRest)}</span> },
    { id: 'omitted', header: t('colOmitted'), width: '88px', align: 'end', sortable: true, dropBelow: 880, card: 'none', cell: (item) => <span class="soft tabular">{item.omitted}</span> },
    { id: 'time', header: t('colTime'), width: '84px', align: 'end', sortable: true, dropBelow: 880, card: 'none', cell: (item) => <span class="soft tabular nowrap">{words.seconds(item.medianSeconds)}</span> },
    { id: 'note', header: t('colNote'), width: '180px', dropBelow: 640, cell: (item) => <Flags flags={item.flags} /> },
  ];
  return (
    <DataTable
      label={t('questions')}
      columns={columns}
      rows={shown()}
      rowKey={(item) => item.itemId}
      rowLabel={(item) => item.text}
      sort={sort()}
      onSort={setSort}
      onOpen={(item) => props.onOpen(item.itemId)}
      openKey={props.openId}
      loading={props.loading}
      bar={
        <Toolbar end={<FilterChip pressed={onlyFlagged()} onToggle={() => setOnlyFlagged(!onlyFlagged())} count={flagged()}>{t('toLook')}</FilterChip>}>
          <h2 class="strong small">{t('questions')}</h2> <span class="soft small">{t('shown', { shown: shown().length, total: props.items.length })}</span>
        </Toolbar>
      }
      empty={<EmptyState bare title={t('noItems')} action={<Button onClick={() => setOnlyFlagged(false)}>{t('showAll')}</Button>} />}
      foot={<p class="Chart__sentence"><Sentence text={t('itemsSentence', tellingItems(props.items))} /></p>}
    />
  );
}

function Facility(props: { value: number | null; text: string }): JSX.Element {
  return <span class="ItemTable__facility"><i aria-hidden="true"><u style={{ width: `${100 * Math.min(1, Math.max(0, props.value ?? 0))}%` }} /></i>{props.text}</span>;
}

function Discrimination(props: { value: number | null; text: string; title: string | undefined }): JSX.Element {
  const size = (): number => 50 * Math.min(1, Math.abs(props.value ?? 0));
  const tone = (): string => ((props.value ?? 0) < 0 ? 'negative' : (props.value ?? 0) < 0.2 ? 'low' : 'good');
  return (
    <span class="ItemTable__discrimination" title={props.title}>
      <i aria-hidden="true"><u data-tone={tone()} style={{ width: `${size()}%`, left: `${(props.value ?? 0) < 0 ? 50 - size() : 50}%` }} /></i>{props.text}
    </span>
  );
}

/** What is striking about a question. */
export function Flags(props: { flags: ItemStatistics['flags'] }): JSX.Element {
  const t = useMessages(messages);
  return (
    <span class="ItemTable__flags">
      <For each={props.flags}>
        {(flag) => <Show when={SERIOUS.has(flag)} fallback={<span class="soft">{t(`flag.${flag}`)}</span>}><Badge tone="attention" icon={TriangleAlert}>{t(`flag.${flag}`)}</Badge></Show>}
      </For>
    </span>
  );
}
