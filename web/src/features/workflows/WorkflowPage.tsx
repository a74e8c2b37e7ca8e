import Braces from 'lucide-solid/icons/braces';
import CircleCheck from 'lucide-solid/icons/circle-check';
import RotateCw from 'lucide-solid/icons/rotate-cw';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import Check from 'lucide-solid/icons/check';
import { createEffect, createSignal, on, onCleanup, Show, type JSX } from 'solid-js';

import { useShell } from '#web/features/shell/shell-context.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { formatDateTime } from '#web/lib/format.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { Facts } from '#web/ui/Facts.tsx';
import { Menu, type MenuItem } from '#web/ui/Menu.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';
import { toast } from '#web/ui/Toasts.tsx';

import { actOnWorkflow, loadWorkflow, type WorkflowDetail } from './api.ts';
import { messages } from './messages.ts';
import { isRoutine } from './plain-step.ts';
import { RawHistory } from './RawHistory.tsx';
import { StepList } from './StepList.tsx';
import { stateText } from './WorkflowsPage.tsx';

import './workflow-page.css';

const LOOK_AGAIN_MS = 5_000;

/** One workflow: what it follows, what happened in sentences, and what an admin can do. */
export function WorkflowPage(props: { workflowId: string }): JSX.Element {
  const t = useMessages(messages);
  const load = createLoad(() => props.workflowId, loadWorkflow, { forget: true });
  const title = (): string => (load.value() === undefined ? t('title') : t(`story.${load.value()!.kind}`, { exam: load.value()!.examTitle ?? t('noExam') }));
  createTitle(title);
  useShell().setBreadcrumbs(() => [{ label: t('title'), href: '/staff/workflows' }, { label: title() }]);
  createEffect(on(() => load.value() !== undefined && load.value()!.completedAt === null, (isRunning) => {
    if (!isRunning) return;
    const timer = setInterval(() => document.visibilityState === 'visible' && load.reload(), LOOK_AGAIN_MS);
    onCleanup(() => clearInterval(timer));
  }));
  return (
    <Show
      when={load.value()}
      fallback={<div class="PageBody WorkflowPage__wait">{load.error() === undefined ? <Skeleton kind="row" count={8} /> : <ProblemView heads problem={load.error()} onRetry={load.reload} busy={load.isLoading()} />}</div>}
    >
      {(found) => (
        <>
          <PageHeader
            title={<span dir="auto">{title()}</span>}
            badge={<FollowBadge workflow={found()} />}
            sub={t('about', { what: t(`about.${found().kind}`), state: stateText(found(), t) })}
            actions={<Acts workflow={found()} onDone={load.reload} isLoading={load.isLoading()} />}
          />
          <PageBody class="WorkflowPage"><Story workflow={found()} /></PageBody>
        </>
      )}
    </Show>
  );
}

function FollowBadge(props: { workflow: WorkflowDetail }): JSX.Element {
  const t = useMessages(messages);
  return (
    <Show when={props.workflow.behind} fallback={<Badge tone={props.workflow.completedAt === null ? 'accent' : 'done'} icon={props.workflow.completedAt === null ? Check : CircleCheck}>{props.workflow.completedAt === null ? t('markFollowing') : t('markDone')}</Badge>}>
      <Badge tone="attention" icon={TriangleAlert}>{t('markBehind', { count: props.workflow.rowVersion - (props.workflow.seenVersion ?? 0) })}</Badge>
    </Show>
  );
}

function Acts(props: { workflow: WorkflowDetail; onDone: () => void; isLoading: boolean }): JSX.Element {
  const t = useMessages(messages);
  const [act, setAct] = createSignal<'nudge' | 'cancel'>();
  let key = '';
  const ask = (wanted: 'nudge' | 'cancel'): void => {
    key = commandKey();
    setAct(wanted);
  };
  async function run(wanted: 'nudge' | 'cancel', reason: string): Promise<void> {
    await actOnWorkflow(props.workflow.workflowId, wanted, reason, key);
    toast(t(wanted === 'nudge' ? 'asked' : 'cancelled'));
    props.onDone();
    // a look and its steps take a moment
    setTimeout(props.onDone, 1_500);
  }
  const items = (): MenuItem[] => [
    ...(props.workflow.sessionId === null ? [] : [{ label: t('openSession'), href: `/staff/sessions/${props.workflow.sessionId}` }]),
    ...(props.workflow.examId === null ? [] : [{ label: t('openExam'), href: `/staff/exams/${props.workflow.examId}` }]),
    { separator: true },
    props.workflow.kind === 'run'
      ? { label: t('cancel'), tone: 'act', disabled: props.workflow.completedAt !== null, onSelect: () => ask('cancel') }
      : { label: t('cancel'), disabled: true, hint: t('cancelRefused', { kind: t(`kind.${props.workflow.kind}`).toLowerCase() }) },
  ];
  return (
    <>
      <Button icon={RotateCw} onClick={() => ask('nudge')}>{t('nudge')}</Button>
      <Menu label={t('detail')} items={items()} />
      <ConfirmDialog open={act() === 'nudge'} onClose={() => setAct(undefined)} title={t('nudgeTitle')} scope={t('nudgeScope')} verb={t('nudgeVerb')} busyText={t('busy')} reason="required" note={t('logged')} onConfirm={({ reason }) => run('nudge', reason)} />
      <ConfirmDialog open={act() === 'cancel'} onClose={() => setAct(undefined)} title={t('cancelTitle')} scope={t('cancelScope')} verb={t('cancelVerb')} busyText={t('busy')} kind="act" reason="required" note={t('logged')} onConfirm={({ reason }) => run('cancel', reason)} />
    </>
  );
}

function Story(props: { workflow: WorkflowDetail }): JSX.Element {
  const t = useMessages(messages);
  const [detail, setDetail] = createSignal<'mattered' | 'everything'>('mattered');
  const [withRaw, setRaw] = createSignal(false);
  const mattered = () => props.workflow.steps.filter((step) => !isRoutine(step));
  const steps = () => (detail() === 'everything' ? props.workflow.steps : mattered());
  const when = (at: string | null | undefined): string => (at === null || at === undefined ? t('none') : formatDateTime(at, { seconds: true }));
  return (
    <>
      <Show when={props.workflow.temporal === null}><Banner tone="info" title={t('noTemporal')} /></Show>
      <div class="WorkflowPage__columns">
        <Card
          title={t('story')}
          flush
          actions={
            <>
              <Segmented name={t('detail')} value={detail()} onChange={setDetail} options={[{ value: 'mattered', label: t('mattered'), count: mattered().length }, { value: 'everything', label: t('everything'), count: props.workflow.steps.length }]} />
            </>
          }
        >
          <Show when={steps().length > 0} fallback={<p class="WorkflowPage__none">{t('storyEmpty')}</p>}><StepList steps={steps()} /></Show>
        </Card>
        <aside class="WorkflowPage__side">
          <Card title={t('facts')}>
            <Facts
              items={[
                [t('factStatus'), props.workflow.status === null ? t('statusUnknown') : props.workflow.status.toLowerCase().replace(/_/g, ' ')],
                [t('factRow'), String(props.workflow.rowVersion)],
                [t('factSeen'), props.workflow.seenVersion === null ? t('none') : String(props.workflow.seenVersion)],
                [t('factSeenAt'), when(props.workflow.seenAt)],
                [t('factStarted'), when(props.workflow.temporal?.startedAt ?? props.workflow.startedAt)],
                [t('factCompleted'), when(props.workflow.completedAt)],
                [t('factEvents'), props.workflow.temporal === null ? t('none') : String(props.workflow.temporal.historyLength)],
                [t('factQueue'), props.workflow.temporal?.taskQueue ?? t('none')],
                [t('factId'), <span class="mono WorkflowPage__id">{props.workflow.workflowId}</span>],
                [t('factRun'), <span class="mono WorkflowPage__id">{props.workflow.runId ?? t('none')}</span>],
              ]}
            />
          </Card>
          <Button icon={Braces} aria-expanded={withRaw()} onClick={() => setRaw(!withRaw())}>{withRaw() ? t('rawHide') : t('raw')}</Button>
        </aside>
      </div>
      <Show when={withRaw()}><RawHistory workflow={props.workflow} /></Show>
    </>
  );
}
