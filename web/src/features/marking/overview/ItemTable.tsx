import Flag from 'lucide-solid/icons/flag';
import { type JSX, Show } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { StateMark } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import { Progress } from '#web/ui/Progress.tsx';
import type { Column } from '#web/ui/table.ts';

import type { Overview, OverviewItem } from '../api.ts';
import { messages } from '../messages.ts';
import { bare } from '../points-text.ts';
import { questionName } from '../question-name.ts';

/** The questions that need a person, with what is left of each. */
export function ItemTable(props: { overview: Overview }): JSX.Element {
  const t = useMessages(messages);
  const at = (item: OverviewItem): string => `/staff/exams/${props.overview.examId}/marking/items/${item.itemId}`;
  const name = (item: OverviewItem): string => questionName(t, item);
  const columns: Column<OverviewItem>[] = [
    { id: 'question', header: t('colQuestion'), cell: (item) => <span class="ItemTable__question"><b>{name(item)}</b><span dir="auto" title={item.text}>{item.text}</span></span> },
    { id: 'points', header: t('colPoints'), width: '72px', align: 'end', dropBelow: 760, cell: (item) => bare(item.maxPoints), card: 'none' },
    { id: 'progress', header: t('colProgress'), width: '150px', cell: (item) => <Progress short value={item.done} max={item.total} label={t('colProgress')} />, card: 'end' },
    {
      id: 'left', header: t('colLeft'), width: '190px', dropBelow: 640,
      cell: (item) => <span class="row wrap">{t('leftCell', item) || t('nothingLeft')}<Show when={item.flagged > 0}><StateMark tone="attention" icon={Flag}>{t('flaggedCell', { count: item.flagged })}</StateMark></Show></span>,
    },
    {
      id: 'rubric', header: t('colRubric'), width: '100px', dropBelow: 880, card: 'none',
      cell: (item) => <Show when={props.overview.owner} fallback={item.rubricVersion === 0 ? t('rubricNone') : t('rubricVersion', { version: item.rubricVersion })}><a class="Link" href={`${at(item)}/rubric`} aria-label={`${item.rubricVersion === 0 ? t('rubricMake') : t('rubricVersion', { version: item.rubricVersion })}: ${name(item)}`}>{item.rubricVersion === 0 ? t('rubricMake') : t('rubricVersion', { version: item.rubricVersion })}</a></Show>,
    },
    {
      id: 'acts', header: t('colActs'), headerHidden: true, width: '150px', align: 'end', card: 'end',
      cell: (item) => (
        <Show when={item.mine > 0} fallback={<Show when={item.mySecond > 0} fallback={<Show when={item.done > 0}><Button size="small" kind="quiet" href={`${at(item)}?show=all`} aria-label={`${t('lookItem')}: ${name(item)}`}>{t('lookItem')}</Button></Show>}><Button size="small" href={`${at(item)}?role=second`} aria-label={`${t('secondItem', { count: item.mySecond })}: ${name(item)}`}>{t('secondItem', { count: item.mySecond })}</Button></Show>}>
          <Button size="small" href={at(item)} aria-label={`${t('markItem', { count: item.mine })}: ${name(item)}`}>{t('markItem', { count: item.mine })}</Button>
        </Show>
      ),
    },
  ];
  return <DataTable label={t('questions')} columns={columns} rows={props.overview.items} rowKey={(item) => item.itemId} />;
}
