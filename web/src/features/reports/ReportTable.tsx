import Download from 'lucide-solid/icons/download';
import FileText from 'lucide-solid/icons/file-text';
import { Show, type JSX } from 'solid-js';

import { formatDateTime } from '#web/lib/format.ts';
import { address } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Menu } from '#web/ui/Menu.tsx';
import type { Column } from '#web/ui/table.ts';
import { VirtualTable } from '#web/ui/VirtualTable.tsx';

import type { Report, ReportChoice } from './api.ts';
import { messages } from './messages.ts';

/** The reports of an exam with what can be done with each. */
export function ReportTable(props: { reports: readonly Report[]; loading: boolean; onRemake: (report: Report) => void; onDelete: (report: Report) => void; bar: JSX.Element; foot: JSX.Element }): JSX.Element {
  const t = useMessages(messages);
  const choiceOf = ({ kind, audience }: Report): ReportChoice => (kind === 'student' ? `student-${audience}` : kind);
  const nameOf = (report: Report): string => `${t(`kind.${choiceOf(report)}`)}, ${report.student?.name ?? t('wholeExam')}`;
  const columns: Column<Report>[] = [
    { id: 'about', header: t('about'), card: 'start', cell: (row) => <span class="Person"><b dir="auto">{row.student?.name ?? t('wholeExam')}</b><span>{t(`kind.${choiceOf(row)}`)}</span></span> },
    { id: 'made', header: t('made'), width: '196px', dropBelow: 640, cell: (row) => formatDateTime(row.createdAt) },
    { id: 'kept', header: t('keptUntil'), width: '196px', dropBelow: 1000, card: 'none', cell: (row) => formatDateTime(row.expiresAt) },
    {
      id: 'size', header: t('size'), width: '130px', align: 'end', dropBelow: 760,
      cell: (row) => <span title={row.standard === 'ua-1' ? undefined : t('notAccessible')}>{t('pages', { count: row.pages })}, {t('kilobytes', { count: Math.ceil(row.size / 1_000) })}<Show when={row.standard !== 'ua-1'}> *</Show></span>,
    },
    {
      id: 'acts', header: t('report'), headerHidden: true, width: '170px', align: 'end', card: 'end',
      cell: (row) => (
        <span class="row">
          <Button size="small" icon={Download} href={address(`/reports/${row.id}`)} download="" aria-label={`${t('download')}: ${nameOf(row)}`}>{t('download')}</Button>
          <Menu size="small" label={t('actions', { name: nameOf(row) })} items={[{ label: t('remake'), onSelect: () => props.onRemake(row) }, { label: t('delete'), tone: 'act', onSelect: () => props.onDelete(row) }]} />
        </span>
      ),
    },
  ];
  return (
    <VirtualTable
      label={t('list')} columns={columns} rows={props.reports} rowKey={(row) => row.id} rowLabel={nameOf} loading={props.loading} bar={props.bar} foot={props.foot} cardHeight={124}
      empty={<EmptyState bare icon={FileText} title={t('nothing')}>{t('nothingHelp')}</EmptyState>}
    />
  );
}
