import CircleCheck from 'lucide-solid/icons/circle-check';
import Hourglass from 'lucide-solid/icons/hourglass';
import PenLine from 'lucide-solid/icons/pen-line';
import Users from 'lucide-solid/icons/users';
import { createSignal, onCleanup, type JSX, Show } from 'solid-js';

import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Banner, Notice } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Progress } from '#web/ui/Progress.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { toast } from '#web/ui/Toasts.tsx';

import { loadOverview, type Overview } from '../api.ts';
import { MarkingFrame } from '../MarkingFrame.tsx';
import { messages } from '../messages.ts';
import { AllocateDialog } from './AllocateDialog.tsx';
import { GraderTable } from './GraderTable.tsx';
import { ItemTable } from './ItemTable.tsx';
import { SettingsCard } from './SettingsCard.tsx';
import { SettingsDialog } from './SettingsDialog.tsx';

import './marking-page.css';

const LOOK_AGAIN_MS = 10_000;

/** What is left to mark in an exam, by whom, and how. */
export function MarkingPage(props: { examId: string }): JSX.Element {
  const t = useMessages(messages);
  const load = createLoad(() => props.examId, loadOverview, { forget: true });
  const [asks, setAsks] = createSignal<'settings' | 'allocate'>();
  // hand-ins that the machine still looks at come in by themselves, and so does what others do
  const refreshing = setInterval(() => document.visibilityState === 'visible' && asks() === undefined && load.value() !== undefined && load.reload(), LOOK_AGAIN_MS);
  onCleanup(() => clearInterval(refreshing));
  const waits = (): number => (load.value()?.pending ?? 0) + (load.value()?.second ?? 0);
  return (
    <MarkingFrame
      examId={props.examId}
      examTitle={load.value()?.title}
      actions={
        <Show when={load.value()}>
          {(overview) => (
            <>
              <Show when={overview().owner && overview().total > 0}><Button icon={Users} disabled={waits() === 0} onClick={() => setAsks('allocate')}>{t('allocate')}</Button></Show>
              <Show when={firstOf(overview())}>{(href) => <Button kind="primary" icon={PenLine} href={href()}>{overview().me.done > 0 ? t('goOn') : t('start')}</Button>}</Show>
            </>
          )}
        </Show>
      }
    >
      <Show when={load.value()} fallback={load.error() === undefined ? <Skeleton kind="block" count={3} height="120px" /> : <ProblemView problem={load.error()} onRetry={load.reload} busy={load.isLoading()} />}>
        {(overview) => (
          <>
            <Show when={overview().ungraded > 0}><Notice icon={Hourglass}><b>{t('ungraded', { count: overview().ungraded })}.</b> {t('ungradedHelp')}</Notice></Show>
            <Show when={overview().total > 0} fallback={<EmptyState icon={PenLine} title={t('emptyTitle')}>{t('emptyHelp')}</EmptyState>}>
              <Standing overview={overview()} />
              <ItemTable overview={overview()} />
            </Show>
            <div class="MarkingPage__columns">
              <GraderTable graders={overview().graders} />
              <SettingsCard settings={overview().settings} onEdit={overview().owner ? () => setAsks('settings') : undefined} />
            </div>
            <SettingsDialog
              open={asks() === 'settings'} settings={overview().settings} onClose={() => setAsks(undefined)} onStale={load.reload}
              onSaved={(settings) => (load.take({ ...overview(), settings }), load.reload())}
            />
            <AllocateDialog examId={props.examId} open={asks() === 'allocate'} count={waits()} onClose={() => setAsks(undefined)} onDone={(changed) => (load.reload(), toast(t('allocated', { count: changed })))} />
          </>
        )}
      </Show>
    </MarkingFrame>
  );
}

function firstOf({ examId, items }: Overview): string | undefined {
  const first = items.find(({ mine }) => mine > 0);
  const second = items.find(({ mySecond }) => mySecond > 0);
  return first !== undefined ? `/staff/exams/${examId}/marking/items/${first.itemId}` : second !== undefined ? `/staff/exams/${examId}/marking/items/${second.itemId}?role=second` : undefined;
}

function Standing(props: { overview: Overview }): JSX.Element {
  const t = useMessages(messages);
  const at = (): string => `/staff/exams/${props.overview.examId}`;
  const hasActs = (): boolean => props.overview.flagged > 0 || (props.overview.owner && (props.overview.reconcile > 0 || props.overview.done === props.overview.total));
  const rest = (): string[] => [
    ...(props.overview.second > 0 ? [t('leftSecond', { count: props.overview.second })] : []),
    ...(props.overview.reconcile > 0 ? [t('leftReconcile', { count: props.overview.reconcile })] : []),
    ...(props.overview.flagged > 0 ? [t('leftFlagged', { count: props.overview.flagged })] : []),
  ];
  return (
    <Banner
      tone={props.overview.done === props.overview.total ? 'done' : 'attention'}
      icon={props.overview.done === props.overview.total ? CircleCheck : PenLine}
      title={props.overview.done === props.overview.total ? t('allDone') : props.overview.pending > 0 ? t('leftTitle', { count: props.overview.pending }) : t('nearlyDone')}
      actions={!hasActs() ? undefined : (
        <>
          <Show when={props.overview.done === props.overview.total && props.overview.owner}><Button size="small" kind="primary" href={`${at()}/results`}>{t('toResults')}</Button></Show>
          <Show when={props.overview.reconcile > 0 && props.overview.owner}><Button size="small" href={`${at()}/marking/reconcile`}>{t('toReconcile', { count: props.overview.reconcile })}</Button></Show>
          <Show when={props.overview.flagged > 0}><Button size="small" href={`${at()}/marking/flags`}>{t('showFlags')}</Button></Show>
        </>
      )}
    >
      <Show when={rest().length > 0 || props.overview.done === props.overview.total}><p>{rest().length > 0 ? `${sentence(rest().join(', '))}.` : t('allDoneHelp')}</p></Show>
      <Show when={props.overview.done < props.overview.total}><div class="MarkingPage__progress"><Progress value={props.overview.done} max={props.overview.total} label={t('progress')} text={`${t('markedOf', { done: props.overview.done, total: props.overview.total })} ${t('marked')}`} /></div></Show>
    </Banner>
  );
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
