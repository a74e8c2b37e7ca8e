import CircleX from 'lucide-solid/icons/circle-x';
import Check from 'lucide-solid/icons/check';
import { For, Show, type JSX } from 'solid-js';

import { formatBytes, formatDateTime, formatDuration, formatNumber } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { StateMark } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { DataTable } from '#web/ui/DataTable.tsx';
import { Facts } from '#web/ui/Facts.tsx';
import type { Column } from '#web/ui/table.ts';

import type { Health } from './api.ts';
import { messages } from './messages.ts';

import './health-table.css';

type Process = Health['processes'][number];
interface KindRow { readonly kind: 'sessions' | 'windows'; readonly following: number; readonly behind: number; readonly missing: number }

/** How many workflows follow what they should. */
export function WorkflowsCard(props: { health: Health }): JSX.Element {
  const t = useMessages(messages);
  const rows = (): KindRow[] => (['sessions', 'windows'] as const).map((kind) => ({ kind, ...props.health.workflows[kind] }));
  const late = (): number => rows().reduce((sum, { behind, missing }) => sum + behind + missing, 0);
  return (
    <Card
      title={t('workflows')}
      flush
      actions={<Button size="small" kind="quiet" href={late() > 0 ? '/staff/workflows?behind=true' : '/staff/workflows'}>{late() > 0 ? t('showBehind') : t('openList')}</Button>}
      footer={<span>{late() > 0 ? t('workflowsLate') : t('workflowsWell')}</span>}
    >
      <table class="HealthTable" aria-label={t('workflows')}>
        <thead><tr><th scope="col">{t('colKind')}</th><th scope="col" class="num">{t('colFollowing')}</th><th scope="col" class="num">{t('colBehind')}</th><th scope="col" class="num">{t('colMissing')}</th></tr></thead>
        <tbody>
          <For each={rows()}>
            {(row) => (
              <tr>
                <th scope="row">{t(row.kind === 'sessions' ? 'kindSessions' : 'kindWindows')}</th>
                <td class="num">{formatNumber(row.following)}</td>
                <td class="num" classList={{ 'ink-attention strong': row.behind > 0 }}>{formatNumber(row.behind)}</td>
                <td class="num" classList={{ 'ink-attention strong': row.missing > 0 }}>{formatNumber(row.missing)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </Card>
  );
}

/** The processes that show a sign of life. */
export function ProcessesCard(props: { health: Health }): JSX.Element {
  const t = useMessages(messages);
  const columns: Column<Process>[] = [
    { id: 'name', header: t('colProcess'), cell: (row) => <span><b class="strong">{row.name}</b> <span class="soft">{typeof row.data['process'] === 'string' ? row.data['process'] : ''}</span></span> },
    { id: 'beat', header: t('colBeat'), width: '150px', cell: (row) => t('ago', { time: row.ageMs < 10_000 ? `${(row.ageMs / 1_000).toFixed(1)} s` : formatDuration(row.ageMs) }) },
    { id: 'alive', header: '', headerHidden: true, width: '92px', card: 'end', cell: (row) => <StateMark tone={row.alive ? 'done' : 'act'} icon={row.alive ? Check : CircleX} strong={!row.alive}>{t(row.alive ? 'alive' : 'gone')}</StateMark> },
  ];
  return <Card title={t('processes')} flush><DataTable bare label={t('processes')} columns={columns} rows={props.health.processes} rowKey={(row) => `${row.name} ${String(row.data['process'] ?? '')}`} /></Card>;
}

const UNDER_WAY: ReadonlySet<string> = new Set(['queued', 'running', 'paused']);

/** What students do now. */
export function ExamsCard(props: { health: Health }): JSX.Element {
  const t = useMessages(messages);
  const runs = (): string => Object.entries(props.health.runs).filter(([state, count]) => count > 0 && UNDER_WAY.has(state)).map(([state, count]) => `${count} ${state}`).join(', ');
  return (
    <Card title={t('exams')}>
      <Facts
        items={[
          [t('factOpenExams'), formatNumber(props.health.exams.open)],
          [t('factNext'), props.health.exams.next === null ? t('none') : formatDateTime(props.health.exams.next)],
          [t('factActive'), formatNumber(props.health.sessions.active)],
          [t('factPaused'), formatNumber(props.health.sessions.paused)],
          [t('factPast'), <Show when={props.health.sessions.pastCutoff > 0} fallback="0"><b class="ink-act">{props.health.sessions.pastCutoff}</b></Show>],
          [t('factTimeChanges'), formatNumber(props.health.timeChanges.open)],
          [t('factUnsequenced'), formatNumber(props.health.sequencer.unsequenced)],
          [t('runs'), runs() === '' ? t('noRuns') : runs()],
        ]}
      />
    </Card>
  );
}

/** The database and the room it has. */
export function DatabaseCard(props: { health: Health }): JSX.Element {
  const t = useMessages(messages);
  return (
    <Card title={t('database')}>
      <Facts
        items={[
          [t('factVersion'), props.health.database.version],
          [t('factSize'), formatBytes(props.health.database.sizeBytes)],
          [t('factConnections'), t('ofMax', { count: props.health.database.connections, max: props.health.database.maxConnections })],
          [t('factDisk'), props.health.disk === null ? t('unknown') : formatBytes(props.health.disk.freeBytes)],
        ]}
      />
    </Card>
  );
}
