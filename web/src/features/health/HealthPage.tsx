import RotateCw from 'lucide-solid/icons/rotate-cw';
import { For, Show, type JSX } from 'solid-js';

import { useShell } from '#web/features/shell/shell-context.ts';
import { formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';

import { AlertCard } from './AlertCard.tsx';
import type { Health, HealthPoint } from './api.ts';
import { createHealth } from './create-health.ts';
import { DatabaseCard, ExamsCard, ProcessesCard, WorkflowsCard } from './HealthCards.tsx';
import { messages } from './messages.ts';
import { Outages } from './Outages.tsx';
import { SaveTimes } from './SaveTimes.tsx';
import { Services } from './Services.tsx';
import { Verdict } from './Verdict.tsx';

import './health-page.css';

/** How the platform is: what is safe, what is not, and what to do about it. */
export function HealthPage(): JSX.Element {
  const t = useMessages(messages);
  const watch = createHealth();
  createTitle(() => t('title'));
  useShell().setBreadcrumbs(() => [{ label: t('title') }]);
  const at = (): string => (watch.readMs() === undefined ? '' : formatTime(watch.readMs()!, { seconds: true }));
  return (
    <>
      <PageHeader
        title={t('title')}
        sub={<span class="tabular">{watch.readMs() === undefined ? t('subFirst') : t('sub', { time: at() })}</span>}
        actions={<Button icon={RotateCw} onClick={watch.reload}>{t('reload')}</Button>}
      />
      <PageBody class="HealthPage">
        <Show when={watch.health()} fallback={watch.error() === undefined ? <><Skeleton kind="block" height="66px" /><Skeleton kind="block" height="194px" silent /><Skeleton kind="block" count={2} height="160px" silent /></> : <ProblemView problem={watch.error()} onRetry={watch.reload} busy={watch.isLoading()} />}>
          {(health) => (
            <>
              <Show when={watch.error()}><Banner tone="attention" live="status" title={t('staleTitle', { time: at() })}><p>{t('staleHelp')}</p></Banner></Show>
              <Body health={health()} points={watch.points()} history={watch.history()} />
            </>
          )}
        </Show>
      </PageBody>
    </>
  );
}

function Body(props: { health: Health; points: readonly HealthPoint[]; history: readonly HealthPoint[] }): JSX.Element {
  return (
    <>
      <Verdict health={props.health} />
      <For each={props.health.alerts}>{(alert) => <AlertCard alert={alert} />}</For>
      <Services health={props.health} points={props.points} history={props.history} />
      <div class="HealthPage__columns">
        <div class="HealthPage__column">
          <SaveTimes history={props.history} />
          <WorkflowsCard health={props.health} />
          <ProcessesCard health={props.health} />
        </div>
        <div class="HealthPage__column">
          <ExamsCard health={props.health} />
          <DatabaseCard health={props.health} />
          <Outages />
        </div>
      </div>
    </>
  );
}
