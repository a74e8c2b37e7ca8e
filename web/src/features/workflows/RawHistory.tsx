import { Show, type JSX } from 'solid-js';

import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Card } from '#web/ui/Card.tsx';
import { CopyButton } from '#web/ui/CopyButton.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';

import { loadRawHistory, type WorkflowDetail } from './api.ts';
import { messages } from './messages.ts';

/** What was recorded, word by word. */
export function RawHistory(props: { workflow: WorkflowDetail }): JSX.Element {
  const t = useMessages(messages);
  const load = createLoad(() => props.workflow.workflowId, async (workflowId, signal) => ({ history: await loadRawHistory(workflowId, signal) }));
  const text = (): string => JSON.stringify(load.value()?.history ?? props.workflow, null, 2);
  return (
    <Card title={t('raw')} actions={<CopyButton size="small" label={t('copy')} text={text()} />} flush>
      <Show when={load.value()} fallback={load.error() === undefined ? <Skeleton kind="block" height="200px" /> : <ProblemView compact problem={load.error()} onRetry={load.reload} busy={load.isLoading()} />}>
        {(found) => (
          <>
            <p class="WorkflowPage__none">{found().history === undefined ? t('rawMissing') : t('rawHelp')}</p>
            <pre class="WorkflowPage__raw" tabindex={0} aria-label={t('raw')}>{text()}</pre>
          </>
        )}
      </Show>
    </Card>
  );
}
