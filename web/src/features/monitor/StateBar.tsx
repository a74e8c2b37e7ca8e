import { createMemo, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { StackedBar, type StackedPart } from '#web/ui/StackedBar.tsx';

import { messages } from './messages.ts';
import { useDesk } from './monitor-context.ts';
import type { StudentState } from './types.ts';

/** Counts by state as a bar to scale; a press filters the table. */
export function StateBar(): JSX.Element {
  const t = useMessages(messages);
  const { monitor, view } = useDesk();
  const parts = createMemo<StackedPart<StudentState | 'offline'>[]>(() => {
    const counts = monitor.roster.counts();
    return [
      { key: 'active', label: t('state.active'), count: counts.active, weight: counts.active - counts.offline, fill: 'accent' },
      { key: 'offline', label: t('state.offlineOf'), count: counts.offline, fill: 'offline' },
      { key: 'paused', label: t('state.paused'), count: counts.paused, fill: 'attention' },
      { key: 'submitted', label: t('state.submitted'), count: counts.submitted, fill: 'done' },
      { key: 'expired', label: t('state.expired'), count: counts.expired, fill: 'quiet' },
      { key: 'terminated', label: t('state.terminated'), count: counts.terminated, fill: 'quiet' },
      { key: 'withdrawn', label: t('state.withdrawn'), count: counts.withdrawn, fill: 'quiet' },
      { key: 'absent', label: t('state.absent'), count: counts.absent, fill: 'absent' },
    ];
  });
  const pressed = (): (StudentState | 'offline')[] => (view.filters().state === null ? [] : [view.filters().state!]);
  return <StackedBar label={t('countsLabel')} parts={parts()} pressed={pressed()} onToggle={(key) => view.filter({ state: view.filters().state === key ? null : key })} />;
}
