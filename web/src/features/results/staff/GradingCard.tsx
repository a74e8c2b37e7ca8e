import CircleAlert from 'lucide-solid/icons/circle-alert';
import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleX from 'lucide-solid/icons/circle-x';
import Hourglass from 'lucide-solid/icons/hourglass';
import LoaderCircle from 'lucide-solid/icons/loader-circle';
import Pause from 'lucide-solid/icons/pause';
import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';

import { createAct } from '#web/lib/create-act.ts';
import { formatDateTime } from '#web/lib/format.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { StateMark } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import type { Icon, Tone } from '#web/ui/icon.ts';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Progress } from '#web/ui/Progress.tsx';
import { RadioGroup } from '#web/ui/RadioGroup.tsx';

import { actOnRun, type Run, type RunAct, startRun } from './api.ts';
import { isOver, type Runs } from './create-runs.ts';
import { messages } from './messages.ts';

const LOOKS: Readonly<Record<Run['state'], { readonly tone: Tone; readonly icon: Icon }>> = {
  queued: { tone: 'neutral', icon: Hourglass }, running: { tone: 'accent', icon: LoaderCircle }, paused: { tone: 'attention', icon: Pause },
  completed: { tone: 'done', icon: CircleCheck }, failed: { tone: 'act', icon: CircleAlert }, cancelled: { tone: 'neutral', icon: CircleX },
};

/** The newest grading run, live, with what can be done with it. */
export function GradingCard(props: { examId: string; runs: Runs; isLive: boolean; asks: boolean; onAsk: (asks: boolean) => void }): JSX.Element {
  const t = useMessages(messages);
  const [only, setOnly] = createSignal<'all' | 'ungraded'>('ungraded');
  const [cancels, setCancels] = createSignal(false);
  let key = commandKey();
  createEffect(on(() => props.asks || cancels(), (isOpen) => isOpen && (key = commandKey())));
  const run = (): Run | undefined => props.runs.latest();
  const act = createAct(async (what: RunAct) => props.runs.take(await actOnRun(run()!.id, what, commandKey())));
  const isBusyRun = (): boolean => run() !== undefined && !isOver(run()!);
  return (
    <Card
      title={t('gradingTitle')}
      actions={<Button size="small" disabled={isBusyRun()} onClick={() => props.onAsk(true)}>{t('runStart')}</Button>}
    >
      <div class="stack small">
        <Show when={run()} fallback={<p class="soft">{t('gradingNever')}</p>}>
          {(now) => (
            <>
              <div class="row wrap between">
                <StateMark tone={LOOKS[now().state].tone} icon={LOOKS[now().state].icon} strong>{t(`run.${now().state}`)}</StateMark>
                <span class="soft">{now().finishedAt === null ? now().startedAt === null ? '' : t('runWhen', { when: formatDateTime(now().startedAt!) }) : t('runFinished', { when: formatDateTime(now().finishedAt!) })}</span>
              </div>
              <Progress
                label={t('gradingTitle')}
                value={now().progress.done}
                max={now().progress.total}
                text={`${t('runCounts', { done: now().progress.done, total: now().progress.total })}${now().progress.failed > 0 ? `, ${t('runFailed', { count: now().progress.failed })}` : ''}`}
              />
              <Show when={now().detail}>{(detail) => <p class="soft">{detail()}</p>}</Show>
              <div class="row wrap">
                <Show when={now().state === 'running'}><Button size="small" busy={act.isBusy()} onClick={() => void act.run('pause')}>{t('runPause')}</Button></Show>
                <Show when={now().state === 'paused'}><Button size="small" busy={act.isBusy()} onClick={() => void act.run('resume')}>{t('runResume')}</Button></Show>
                <Show when={isBusyRun()}><Button size="small" kind="danger" disabled={act.isBusy()} onClick={() => setCancels(true)}>{t('runCancel')}</Button></Show>
                <Show when={now().state === 'completed' && now().progress.failed > 0}><Button size="small" busy={act.isBusy()} onClick={() => void act.run('retry')}>{t('runRetry')}</Button></Show>
              </div>
              <Show when={isBusyRun() && !props.isLive}><p class="soft">{t('runOffline')}</p></Show>
            </>
          )}
        </Show>
        <Show when={act.problem() ?? props.runs.error()}>{(problem) => <ProblemView compact problem={problem()} onRetry={() => (act.clear(), props.runs.reload())} />}</Show>
      </div>
      <ConfirmDialog
        open={props.asks} onClose={() => props.onAsk(false)} title={t('runDialogTitle')} scope={t('runDialogScope')} verb={t('runVerb')} busyText={t('runBusy')}
        onConfirm={() => startRun(props.examId, only(), key).then(props.runs.take)}
      >
        <RadioGroup label={t('runWhich')} value={only()} onChange={setOnly} options={[{ value: 'ungraded', label: t('runUngraded') }, { value: 'all', label: t('runAll') }]} />
      </ConfirmDialog>
      <ConfirmDialog
        open={cancels()} onClose={() => setCancels(false)} title={t('runCancelTitle')} scope={t('runCancelScope')} verb={t('runCancelVerb')} busyText={t('busy')} kind="act"
        onConfirm={() => actOnRun(run()!.id, 'cancel', key).then(props.runs.take)}
      />
    </Card>
  );
}
