import { For, Show, type JSX } from 'solid-js';

import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { ProblemView } from '#web/ui/ProblemView.tsx';

import { loadFailures, type Run } from './api.ts';
import { messages } from './messages.ts';

/** The reports that a run could not make, each with its reason. */
export function Failures(props: { run: Run }): JSX.Element {
  const t = useMessages(messages);
  const load = createLoad(() => `${props.run.id}/${props.run.progress.failed}`, (_, signal) => loadFailures(props.run.id, signal));
  return (
    <details class="ReportFailures">
      <summary>{t('failures', { count: props.run.progress.failed })}</summary>
      <Show when={load.error()}>{(problem) => <ProblemView compact problem={problem()} onRetry={load.reload} busy={load.isLoading()} />}</Show>
      <ul>
        <For each={load.value()}>{(failure) => <li><b dir="auto">{failure.student?.name ?? t('wholeExam')}</b> <span class="soft">{failure.reason}</span></li>}</For>
      </ul>
    </details>
  );
}
