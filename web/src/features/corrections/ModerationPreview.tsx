import { For, Show, type JSX } from 'solid-js';

import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';

import { type ModerationChange, type ModerationPreview as Preview, previewModeration } from './api.ts';
import { messages } from './messages.ts';
import { meanText } from './percent.ts';

import './moderation-preview.css';

const WAIT_MS = 250;

/** How the results are spread, and how they would be. */
export function ModerationPreview(props: { examId: string; change: ModerationChange | undefined }): JSX.Element {
  const load = createLoad(() => (props.change === undefined ? undefined : JSON.stringify(props.change)), async (change, signal) => {
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    signal.throwIfAborted();
    return previewModeration(props.examId, JSON.parse(change) as ModerationChange, signal);
  });
  return (
    <Show when={props.change !== undefined}>
      <Show when={load.value()} fallback={load.error() === undefined ? <Skeleton kind="block" height="220px" /> : <ProblemView compact problem={load.error()} onRetry={load.reload} busy={load.isLoading()} />}>
        {(preview) => <Spread preview={preview()} isStale={load.isLoading()} />}
      </Show>
    </Show>
  );
}

function Spread(props: { preview: Preview; isStale: boolean }): JSX.Element {
  const t = useMessages(messages);
  const most = (): number => Math.max(1, ...props.preview.before.histogram, ...props.preview.after.histogram);
  const high = (count: number): number => (count / most()) * 96;
  const rows = (): [string, string, string][] => [
    [t('mean'), meanText(props.preview.before.meanPercent), meanText(props.preview.after.meanPercent)],
    ...(props.preview.before.passed === null ? [] : [[t('passing'), String(props.preview.before.passed), String(props.preview.after.passed ?? '–')] as [string, string, string]]),
    ...props.preview.before.grades.map(({ label, count }, index): [string, string, string] => [label, String(count), String(props.preview.after.grades[index]?.count ?? '–')]),
  ];
  return (
    <div class="ModerationPreview" aria-busy={props.isStale ? 'true' : undefined}>
      <p role="status"><b>{t('previewSum', { results: props.preview.results, raised: props.preview.raised, lowered: props.preview.lowered })}</b></p>
      <svg class="ModerationPreview__plot" viewBox="0 0 400 128" role="img" aria-label={t('previewPlot')}>
        <For each={props.preview.after.histogram}>{(count, index) => <rect x={index() * 20 + 2} y={104 - high(count)} width="16" height={high(count)} />}</For>
        <For each={props.preview.before.histogram}>{(count, index) => <Show when={count > 0}><path class="ModerationPreview__before" d={`M${index() * 20} ${104 - high(count)}h20`} /></Show>}</For>
        <line x1="0" y1="104" x2="400" y2="104" />
        <text x="0" y="122">0 %</text><text x="400" y="122" text-anchor="end">100 %</text>
      </svg>
      <p class="small soft">{t('previewLegend')}</p>
      <table>
        <thead><tr><th /><th scope="col" class="num">{t('now')}</th><th scope="col" class="num">{t('then')}</th></tr></thead>
        <tbody><For each={rows()}>{([name, before, after]) => <tr data-changed={before === after ? undefined : ''}><th scope="row" dir="auto">{name}</th><td class="num">{before}</td><td class="num">{after}</td></tr>}</For></tbody>
      </table>
    </div>
  );
}
