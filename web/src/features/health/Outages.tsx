import CloudOff from 'lucide-solid/icons/cloud-off';
import { Show, type JSX } from 'solid-js';

import { createLoad } from '#web/lib/create-load.ts';
import { formatDateTime, formatDuration, formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Card } from '#web/ui/Card.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { Timeline } from '#web/ui/Timeline.tsx';

import { loadOutages, type Outage } from './api.ts';
import { messages } from './messages.ts';

/** The times in which the platform did not answer, as it noticed itself. */
export function Outages(): JSX.Element {
  const t = useMessages(messages);
  const load = createLoad(() => 'outages', (_key, signal) => loadOutages(signal));
  const body = (outage: Outage): JSX.Element => (
    <>
      <b class="strong">{formatDateTime(outage.beganAt)}</b>{' '}
      {t('outageLine', { time: formatDuration(outage.seconds * 1_000), detail: outage.detail.replace(/\.$/, '') })} <span class="soft">{t('outageCredit', { seconds: outage.seconds })}</span>
    </>
  );
  return (
    <Card title={t('outages')}>
      <Show when={load.value()} fallback={load.error() === undefined ? <Skeleton count={2} /> : <ProblemView compact problem={load.error()} onRetry={load.reload} busy={load.isLoading()} />}>
        {(outages) => (
          <Show when={outages().length > 0} fallback={<p class="small soft">{t('outagesNone')}</p>}>
            <Timeline label={t('outages')} entries={outages().map((outage) => ({ key: outage.id, time: formatTime(outage.beganAt, { seconds: true }), at: outage.beganAt, icon: CloudOff, band: 'gap', body: body(outage) }))} />
          </Show>
        )}
      </Show>
    </Card>
  );
}
