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

import { type Gamification, loadBadgeCounts, loadGamification, saveGamification } from '../api.ts';
import { BoardCard } from './BoardCard.tsx';
import { createSwitches } from './create-switches.ts';
import { messages } from './messages.ts';
import { RulesCard } from './RulesCard.tsx';
import { BadgesCard, SwitchesCard } from './SwitchesCard.tsx';

import './course-awards.css';

/** Points, badges and leaderboards of a batch, for its teacher. */
export function CourseAwardsPage(props: { batchId: string }): JSX.Element {
  const t = useMessages(messages);
  const batch = createLoad(() => props.batchId, readBatch);
  const settings = createLoad(() => props.batchId, loadGamification);
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
          {(found) => <Parts settings={found()} onSaved={settings.take} onStale={settings.reload} />}
        </Show>
      </PageBody>
    </>
  );
}

function Parts(props: { settings: Gamification; onSaved: (settings: Gamification) => void; onStale: () => void }): JSX.Element {
  const counts = createLoad(() => props.settings.batchId, loadBadgeCounts);
  const switches = createSwitches(() => props.settings, (body, version) => saveGamification(props.settings.batchId, body, version), (settings) => props.onSaved(settings), () => props.onStale());
  return (
    <div class="CourseAwardsPage__parts">
      <div class="CourseAwardsPage__column">
        <SwitchesCard settings={props.settings} switches={switches} />
        <BadgesCard switches={switches} counts={counts.value()} />
      </div>
      <div class="CourseAwardsPage__column">
        <RulesCard settings={props.settings} counts={counts.value()} onChanged={counts.reload} />
        <BoardCard settings={props.settings} />
      </div>
    </div>
  );
}
