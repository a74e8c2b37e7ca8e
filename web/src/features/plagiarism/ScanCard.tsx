import CircleAlert from 'lucide-solid/icons/circle-alert';
import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleX from 'lucide-solid/icons/circle-x';
import FileText from 'lucide-solid/icons/file-text';
import Hourglass from 'lucide-solid/icons/hourglass';
import LoaderCircle from 'lucide-solid/icons/loader-circle';
import Pause from 'lucide-solid/icons/pause';
import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';

import { actOnRun, type RunAct } from '#web/features/results/staff/api.ts';
import { isOver } from '#web/features/results/staff/create-runs.ts';
import { createAct } from '#web/lib/create-act.ts';
import { formatDateTime, formatNumber } from '#web/lib/format.ts';
import { commandKey } from '#web/lib/http.ts';
import { currentLanguage, useMessages } from '#web/lib/i18n.ts';
import { StateMark } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import type { Icon, Tone } from '#web/ui/icon.ts';
import { Link } from '#web/ui/Link.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Progress } from '#web/ui/Progress.tsx';

import { makeScanReport, type Scan } from './api.ts';
import { messages } from './messages.ts';
import { chanceText } from './numbers.ts';

const LOOKS: Readonly<Record<Scan['state'], { readonly tone: Tone; readonly icon: Icon }>> = {
  queued: { tone: 'neutral', icon: Hourglass }, running: { tone: 'accent', icon: LoaderCircle }, paused: { tone: 'attention', icon: Pause },
  completed: { tone: 'done', icon: CircleCheck }, failed: { tone: 'act', icon: CircleAlert }, cancelled: { tone: 'neutral', icon: CircleX },
};

/** One scan: how far it is and what can be done with it, or what it found and how far that can be trusted. */
export function ScanCard(props: { scan: Scan; onChange: () => void }): JSX.Element {
  const t = useMessages(messages);
  const [cancels, setCancels] = createSignal(false);
  const send = async (what: RunAct): Promise<void> => {
    await actOnRun(props.scan.runId, what, commandKey());
    props.onChange();
  };
  const act = createAct(send);
  const [isAsked, setAsked] = createSignal(false);
  createEffect(on(() => props.scan.runId, () => setAsked(false), { defer: true }));
  const report = createAct(async () => {
    await makeScanReport(props.scan.examId, props.scan.runId, currentLanguage(), commandKey());
    setAsked(true);
  });
  const isBusy = (): boolean => !isOver(props.scan);
  return (
    <Card title={t('scan')}>
      <div class="stack small">
        <div class="row wrap between">
          <StateMark tone={LOOKS[props.scan.state].tone} icon={LOOKS[props.scan.state].icon} strong>{t(`run.${props.scan.state}`)}</StateMark>
          <span class="soft">{props.scan.computedAt === null ? formatDateTime(props.scan.createdAt) : t('computed', { when: formatDateTime(props.scan.computedAt) })}</span>
        </div>
        <Show when={isBusy()}>
          <Progress label={t(`phase.${props.scan.phase}`)} value={props.scan.progress.done} max={Math.max(1, props.scan.progress.total)} text={`${t(`phase.${props.scan.phase}`)}, ${t('progress', props.scan.progress)}`} />
          <div class="row wrap">
            <Show when={props.scan.state === 'running'}><Button size="small" busy={act.isBusy()} onClick={() => void act.run('pause')}>{t('pause')}</Button></Show>
            <Show when={props.scan.state === 'paused'}><Button size="small" busy={act.isBusy()} onClick={() => void act.run('resume')}>{t('resume')}</Button></Show>
            <Button size="small" kind="danger" disabled={act.isBusy()} onClick={() => setCancels(true)}>{t('cancel')}</Button>
          </div>
        </Show>
        <Show when={props.scan.state === 'failed'}>
          <p>{t('failedHelp')}</p>
          <div class="row"><Button size="small" busy={act.isBusy()} busyText={t('busy')} onClick={() => void act.run('retry')}>{t('retry')}</Button></div>
        </Show>
        <Show when={props.scan.summary}>
          {(summary) => (
            <>
              <p><b>{t('found', { flags: summary().flags, sessions: summary().sessions, pairs: formatNumber(summary().pairsPossible) })}</b></p>
              <p class="soft">{t('rate', { expected: formatNumber(summary().expectedFalsePairs, { maximumFractionDigits: 2 }), rate: chanceText(summary().falsePositiveRate) })}</p>
            </>
          )}
        </Show>
        <Show when={props.scan.summary !== null}>
          <div class="row wrap" role="status">
            <Show when={isAsked()} fallback={<Button size="small" icon={FileText} busy={report.isBusy()} busyText={t('makingReport')} onClick={() => void report.run()}>{t('makeReport')}</Button>}>
              <span>{t('reportAsked')}</span> <Link href={`/staff/exams/${props.scan.examId}/reports`}>{t('openReports')}</Link>
            </Show>
          </div>
          <Show when={report.problem()}>{(problem) => <ProblemView compact problem={problem()} />}</Show>
        </Show>
        <Show when={act.problem()}>{(problem) => <ProblemView compact problem={problem()} onRetry={() => (act.clear(), props.onChange())} />}</Show>
      </div>
      <ConfirmDialog open={cancels()} onClose={() => setCancels(false)} title={t('cancelTitle')} scope={t('cancelScope')} verb={t('cancelVerb')} busyText={t('busy')} kind="act" onConfirm={() => send('cancel')} />
    </Card>
  );
}
