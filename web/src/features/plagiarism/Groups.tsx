import { For, Show, type JSX } from 'solid-js';

import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Card } from '#web/ui/Card.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';

import { type Cluster, loadClusters } from './api.ts';
import { Group } from './Group.tsx';
import { messages } from './messages.ts';

/** Groups of three students and more that flagged pairs join; two are a pair, and stand in the list of pairs. */
export function Groups(props: { examId: string; runId: string }): JSX.Element {
  const t = useMessages(messages);
  const load = createLoad(() => props.runId, loadClusters);
  const groups = (all: readonly Cluster[]): Cluster[] => all.filter(({ sessions }) => sessions.length > 2).sort((one, other) => other.sessions.length - one.sessions.length || other.maxScore - one.maxScore);
  return (
    <Card title={t('groups')}>
      <Show when={load.value()} fallback={load.error() === undefined ? <Skeleton kind="block" height="200px" /> : <ProblemView compact problem={load.error()} onRetry={load.reload} busy={load.isLoading()} />}>
        {(all) => (
          <Show when={groups(all()).length > 0} fallback={<p class="small soft">{t('noGroups')}</p>}>
            <p class="small soft">{t('groupHelp')}</p>
            <For each={groups(all())}>{(group, index) => <Group examId={props.examId} group={group} number={index() + 1} />}</For>
          </Show>
        )}
      </Show>
    </Card>
  );
}
