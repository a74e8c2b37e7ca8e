import { createEffect, createMemo, createSignal, on, onCleanup, Show, type JSX } from 'solid-js';

import { useShell } from '#web/features/shell/shell-context.ts';
import { currentUser } from '#web/lib/auth.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { isProblem } from '#web/lib/problem.ts';
import { createTitle } from '#web/lib/title.ts';
import { Button } from '#web/ui/Button.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { isWriting } from '#web/ui/Toolbar.tsx';

import { AckCard, hasAckNews } from './AckCard.tsx';
import { AttentionQueue } from './AttentionQueue.tsx';
import { attentionQueue, summarize } from './attention.ts';
import { BulkBar } from './BulkBar.tsx';
import { createMonitor } from './create-monitor.ts';
import { createPlatform } from './create-platform.ts';
import { createSecond } from './create-second.ts';
import { createView } from './create-view.ts';
import { DegradedBanner } from './DegradedBanner.tsx';
import { MonitorDialogs } from './dialogs/MonitorDialogs.tsx';
import { messages } from './messages.ts';
import { MonitorContext, type DialogSpec, type MonitorDesk } from './monitor-context.ts';
import { LiveStatus } from './LiveStatus.tsx';
import { MonitorHead } from './MonitorHead.tsx';
import { paletteCommands } from './palette-commands.ts';
import { NO_FILTERS } from './roster-view.ts';
import { StateBar } from './StateBar.tsx';
import { StudentDrawer } from './StudentDrawer.tsx';
import { StudentTable } from './StudentTable.tsx';

import './monitor-page.css';

/** The live monitor of an exam. */
export function MonitorPage(props: { examId: string }): JSX.Element {
  return <Show when={props.examId} keyed>{(examId) => <Monitor examId={examId} />}</Show>;
}

function Monitor(props: { examId: string }): JSX.Element {
  const t = useMessages(messages);
  const monitor = createMonitor(props.examId);
  const platform = createPlatform();
  const nowMs = createSecond();
  const [selected, setSelected] = createSignal<ReadonlySet<string>>(new Set());
  const [openKey, setOpenKey] = createSignal<string>();
  const [dialog, setDialog] = createSignal<DialogSpec>();
  const [isHeld, setHeld] = createSignal(false);
  const view = createView(monitor.roster, () => isHeld() || selected().size > 0);
  const items = createMemo(() => {
    monitor.roster.lines();
    return attentionQueue({ students: monitor.roster.students(), help: monitor.help(), incidents: monitor.incidents(), find: (key) => monitor.roster.peek(key), me: currentUser()?.id ?? '', nowMs: nowMs() });
  });
  const desk: MonitorDesk = {
    monitor, view, nowMs, selected, openKey,
    select: (keys) => setSelected(new Set(keys)),
    openStudent: setOpenKey,
    ask: setDialog,
    showOnly: (keys) => view.filter({ ...NO_FILTERS, keys: new Set(keys) }),
  };
  const name = (): string => monitor.exam()?.title ?? '';
  createTitle(() => {
    const { act } = summarize(items());
    return `${act > 0 ? `(${act}) ` : ''}${t('title')}${name() === '' ? '' : `: ${name()}`}`;
  });
  const shell = useShell();
  shell.setBreadcrumbs(() => [{ label: t('exams'), href: '/staff/exams' }, ...(name() === '' ? [] : [{ label: name(), href: `/staff/exams/${props.examId}` }]), { label: t('title') }]);
  shell.setStatus(() => <Show when={monitor.state() === 'ready'}><LiveStatus sinceMs={monitor.staleSinceMs()} nowMs={nowMs()} /></Show>);
  shell.setShortcuts(() => [{
    title: t('title'),
    keys: [
      { keys: 'E', does: t('keyExtend') }, { keys: 'P', does: t('keyPause') }, { keys: 'M', does: t('keyMessage') }, { keys: 'X', does: t('keySelect') },
      { keys: 'Shift X', does: t('keyRange') }, { keys: 'Enter', does: t('keyOpen') }, { keys: 'J', does: t('keyNextInQueue') }, { keys: 'Esc', does: t('keyClose') },
    ],
  }]);
  shell.addCommands(() => paletteCommands(desk, t as never));
  // a session that is gone from the roster is gone from the selection too
  createEffect(on(monitor.roster.lines, () => {
    const kept = [...selected()].filter((key) => monitor.roster.has(key));
    if (kept.length !== selected().size) setSelected(new Set(kept));
  }, { defer: true }));
  // also while the focus is in the table or nowhere; parts with an Escape of their own come first
  const onEscape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented && dialog() === undefined && openKey() !== undefined && !isWriting(event.target)) setOpenKey(undefined);
  };
  document.addEventListener('keydown', onEscape);
  onCleanup(() => document.removeEventListener('keydown', onEscape));

  return (
    <MonitorContext.Provider value={desk}>
      <Show
        when={monitor.state() === 'ready' && monitor.exam()}
        fallback={
          <Show when={monitor.state() === 'failed'} fallback={<Waiting />}>
            <div class="Monitor__body Monitor__body--waiting">
              <ProblemView
                heads
                problem={monitor.problem()}
                {...(isProblem(monitor.problem(), 'not-found', 'forbidden') ? {} : { title: t('loadFailed') })}
                onRetry={() => void monitor.load()}
                actions={<Button href="/staff/exams">{t('allExams')}</Button>}
              />
            </div>
          </Show>
        }
      >
        {(exam) => (
          <div class="Monitor">
            <MonitorHead exam={exam()} />
            <div class="Monitor__body">
              <DegradedBanner platform={platform} onReload={() => void monitor.load()} />
              <div class="Monitor__top" data-acks={hasAckNews(desk) ? '' : undefined}>
                <AttentionQueue items={items()} />
                <Show when={hasAckNews(desk)}><AckCard /></Show>
            </div>
            <StateBar />
            <StudentTable onHold={setHeld} />
            </div>
            <BulkBar />
            <StudentDrawer />
            <MonitorDialogs spec={dialog()} onClose={() => setDialog(undefined)} />
          </div>
        )}
      </Show>
    </MonitorContext.Provider>
  );

  function Waiting(): JSX.Element {
    return (
      <div class="Monitor Monitor__body Monitor__body--waiting" aria-busy="true">
        <Skeleton kind="block" height="56px" />
        <Skeleton kind="block" height="196px" silent />
        <Skeleton kind="block" height="46px" silent />
        <Skeleton kind="row" count={10} silent />
      </div>
    );
  }
}
