import CircleAlert from 'lucide-solid/icons/circle-alert';
import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleX from 'lucide-solid/icons/circle-x';
import Download from 'lucide-solid/icons/download';
import Hourglass from 'lucide-solid/icons/hourglass';
import LoaderCircle from 'lucide-solid/icons/loader-circle';
import Pause from 'lucide-solid/icons/pause';
import { Show, type JSX } from 'solid-js';

import { createAct } from '#web/lib/create-act.ts';
import { address, commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { StateMark } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import type { Icon, Tone } from '#web/ui/icon.ts';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Progress } from '#web/ui/Progress.tsx';

import { actOnRun, type Run, type RunAct } from './api.ts';
import { isOver } from './create-report-run.ts';
import { Failures } from './Failures.tsx';
import { messages } from './messages.ts';

const LOOKS: Readonly<Record<Run['state'], { readonly tone: Tone; readonly icon: Icon }>> = {
  queued: { tone: 'neutral', icon: Hourglass }, running: { tone: 'accent', icon: LoaderCircle }, paused: { tone: 'attention', icon: Pause },
  completed: { tone: 'done', icon: CircleCheck }, failed: { tone: 'act', icon: CircleAlert }, cancelled: { tone: 'neutral', icon: CircleX },
};

/** The run that was asked for last, live, with what can be done with it. */
export function RunCard(props: { run: Run; onRun: (run: Run) => void }): JSX.Element {
  const t = useMessages(messages);
  const act = createAct(async (what: RunAct) => props.onRun(await actOnRun(props.run.id, what, commandKey())));
  const failed = (): string => (props.run.progress.failed > 0 ? `, ${t('runFailed', { count: props.run.progress.failed })}` : '');
  return (
    <Card title={t(isOver(props.run) ? 'runOver' : 'runTitle')}>
      <div class="stack small" aria-live="polite">
        <StateMark tone={LOOKS[props.run.state].tone} icon={LOOKS[props.run.state].icon} strong>{t(`run.${props.run.state}`)}</StateMark>
        <Progress label={t('runTitle')} value={props.run.progress.done} max={props.run.progress.total} text={t('runCounts', { done: props.run.progress.done, total: props.run.progress.total }) + failed()} />
        <div class="row wrap">
          <Show when={props.run.state === 'running'}><Button size="small" busy={act.isBusy()} onClick={() => void act.run('pause')}>{t('pause')}</Button></Show>
          <Show when={props.run.state === 'paused'}><Button size="small" busy={act.isBusy()} onClick={() => void act.run('resume')}>{t('resume')}</Button></Show>
          <Show when={!isOver(props.run)}><Button size="small" kind="danger" disabled={act.isBusy()} onClick={() => void act.run('cancel')}>{t('cancel')}</Button></Show>
          <Show when={props.run.state === 'completed' && props.run.progress.failed > 0}><Button size="small" busy={act.isBusy()} onClick={() => void act.run('retry')}>{t('retry')}</Button></Show>
          <Show when={isOver(props.run) && props.run.progress.done > 1}><Button size="small" icon={Download} href={address(`/runs/${props.run.id}/reports.zip`)} download="">{t('zip')}</Button></Show>
        </div>
        <Show when={props.run.progress.failed > 0}><Failures run={props.run} /></Show>
        <Show when={act.problem()}>{(problem) => <ProblemView compact problem={problem()} onRetry={act.clear} />}</Show>
      </div>
    </Card>
  );
}
