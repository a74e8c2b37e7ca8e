import { type JSX, Show } from 'solid-js';

import { formatDuration } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Card } from '#web/ui/Card.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import type { Column } from '#web/ui/table.ts';

import type { Overview } from '../api.ts';
import { messages } from '../messages.ts';

type Grader = Overview['graders'][number];

/** Who marks, and how far they are. */
export function GraderTable(props: { graders: readonly Grader[] }): JSX.Element {
  const t = useMessages(messages);
  const columns: Column<Grader>[] = [
    { id: 'name', header: t('colName'), cell: (grader) => <span class="Person"><b dir="auto">{grader.user.name}</b><Show when={!grader.active}><span>{t('notActive')}</span></Show></span> },
    { id: 'first', header: t('colDone'), width: '92px', align: 'end', cell: ({ first }) => first, card: 'end' },
    { id: 'second', header: t('colSecond'), width: '112px', align: 'end', dropBelow: 520, cell: ({ second }) => second, card: 'none' },
    { id: 'dealt', header: t('colDealt'), width: '92px', align: 'end', dropBelow: 520, cell: ({ allocated }) => allocated, card: 'none' },
    { id: 'aside', header: t('colAside'), width: '84px', align: 'end', dropBelow: 640, cell: ({ flagged }) => flagged, card: 'none' },
    { id: 'pace', header: t('colPace'), width: '96px', align: 'end', dropBelow: 640, cell: ({ medianSeconds }) => (medianSeconds === null ? '–' : formatDuration(Math.max(1, Math.round(medianSeconds)) * 1_000)), card: 'none' },
  ];
  return <Card flush title={t('people')}><DataTable bare label={t('people')} columns={columns} rows={props.graders} rowKey={({ user }) => user.id} empty={t('nobodyYet')} /></Card>;
}
