import Plus from 'lucide-solid/icons/plus';
import { createMemo, Match, Show, Switch, type JSX } from 'solid-js';

import { createSecond } from '#web/features/monitor/create-second.ts';
import { useShell } from '#web/features/shell/shell-context.ts';
import { hasRole, useUser } from '#web/lib/auth.ts';
import { formatDate } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';

import { ClosedCard } from './ClosedCard.tsx';
import { createOverview } from './create-overview.ts';
import { DraftsCard } from './DraftsCard.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import { LiveExams } from './LiveExams.tsx';
import { messages } from './messages.ts';
import { UpcomingCard } from './UpcomingCard.tsx';
import { WaitingCard } from './WaitingCard.tsx';

import './overview.css';

/** What runs, what comes, what is over, and what is not finished. */
export function OverviewPage(): JSX.Element {
  const t = useMessages(messages);
  const user = useUser();
  const nowMs = createSecond();
  const overview = createOverview();
  const isAuthor = (): boolean => hasRole(user(), 'teacher', 'admin');
  const loads = [overview.live, overview.upcoming, overview.closed];
  const isLoaded = createMemo(() => loads.every(({ value }) => value() !== undefined) && (!isAuthor() || (overview.drafts.value() !== undefined && overview.waiting.value() !== undefined)));
  const isEmpty = createMemo(() => isLoaded() && loads.every(({ value }) => value()!.length === 0) && (overview.drafts.value() ?? []).length === 0);
  const problem = createMemo(() => [...loads, overview.drafts].map(({ error }) => error()).find((error) => error !== undefined));
  createTitle(() => t('title'));
  useShell().setBreadcrumbs(() => [{ label: t('title') }]);
  return (
    <>
      <PageHeader
        title={t('title')}
        sub={formatDate(nowMs())}
        actions={<Show when={isAuthor() && !isEmpty()}><Button kind={overview.live.value()?.length === 0 ? 'primary' : 'secondary'} href="/staff/exams?new" icon={Plus}>{t('newExam')}</Button></Show>}
      />
      <div class="Overview">
        <Switch fallback={<Waiting />}>
          <Match when={isEmpty()}>
            <Show when={isAuthor()} fallback={<EmptyState title={t('proctorEmpty')}>{t('proctorEmptyText')}</EmptyState>}>
              <FirstSteps steps={overview.firstSteps.value()} isAdmin={hasRole(user(), 'admin')} />
            </Show>
          </Match>
          <Match when={isLoaded()}>
            <LiveExams live={overview.live.value()!} next={overview.upcoming.value()![0]} nowMs={nowMs()} />
            <WaitingCard waiting={overview.waiting.value() ?? []} />
            <div class="Overview__columns">
              <UpcomingCard exams={overview.upcoming.value()!} nowMs={nowMs()} />
              <ClosedCard closed={overview.closed.value()!} />
              <Show when={isAuthor()}><DraftsCard drafts={overview.drafts.value()!} nowMs={nowMs()} /></Show>
            </div>
          </Match>
          <Match when={problem()}>
            {(thrown) => <ProblemView problem={thrown()} title={t('loadFailed')} onRetry={() => [...loads, overview.drafts].forEach((load) => load.reload())} />}
          </Match>
        </Switch>
      </div>
    </>
  );
}

function Waiting(): JSX.Element {
  return (
    <>
      <Skeleton kind="block" height="132px" />
      <div class="Overview__columns">
        <Skeleton kind="block" height="220px" silent />
        <Skeleton kind="block" height="220px" silent />
        <Skeleton kind="block" height="220px" silent />
      </div>
    </>
  );
}
