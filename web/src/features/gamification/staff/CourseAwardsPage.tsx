import { Show, type JSX } from 'solid-js';

import { readBatch } from '#web/features/people/api.ts';
import { useShell } from '#web/features/shell/shell-context.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';

import { loadBadgeCounts, loadGamification } from '../api.ts';
import { BoardCard } from './BoardCard.tsx';
import { messages } from './messages.ts';
import { RulesCard } from './RulesCard.tsx';
import { BadgesCard, SwitchesCard } from './SwitchesCard.tsx';

import './course-awards.css';

/** Points, badges and leaderboards of a batch, for its teacher. */
export function CourseAwardsPage(props: { batchId: string }): JSX.Element {
  const t = useMessages(messages);
  const batch = createLoad(() => props.batchId, readBatch);
  const settings = createLoad(() => props.batchId, loadGamification);
  const counts = createLoad(() => props.batchId, loadBadgeCounts);
  const name = (): string => batch.value()?.name ?? '…';
  createTitle(() => t('titleOf', { batch: name() }));
  useShell().setBreadcrumbs(() => [{ label: t('batches'), href: '/staff/batches' }, { label: name(), href: `/staff/batches/${props.batchId}` }, { label: t('title') }]);
  return (
    <>
      <PageHeader title={t('titleOf', { batch: name() })} sub={t('sub')} />
      <PageBody class="CourseAwardsPage">
        <Show
          when={settings.value()}
          fallback={<Show when={settings.error()} fallback={<Skeleton kind="block" count={3} height="180px" />}>{(error) => <ProblemView problem={error()} onRetry={settings.reload} busy={settings.isLoading()} />}</Show>}
        >
          {(found) => (
            <div class="CourseAwardsPage__parts">
              <div class="CourseAwardsPage__column">
                <SwitchesCard settings={found()} onSaved={settings.take} onStale={settings.reload} />
                <BadgesCard settings={found()} counts={counts.value()} onSaved={settings.take} onStale={settings.reload} />
              </div>
              <div class="CourseAwardsPage__column">
                <RulesCard settings={found()} counts={counts.value()} onChanged={counts.reload} />
                <BoardCard settings={found()} />
              </div>
            </div>
          )}
        </Show>
      </PageBody>
    </>
  );
}
