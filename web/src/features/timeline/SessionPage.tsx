import EyeOff from 'lucide-solid/icons/eye-off';
import RotateCw from 'lucide-solid/icons/rotate-cw';
import { createEffect, createSignal, on, onCleanup, Show, type JSX } from 'solid-js';

import { useShell } from '#web/features/shell/shell-context.ts';
import { hasRole, useUser } from '#web/lib/auth.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { formatDate, formatZone } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { serverNowMs } from '#web/lib/server-clock.ts';
import { createStream } from '#web/lib/stream.ts';
import { createTitle } from '#web/lib/title.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { Tabs } from '#web/ui/Tabs.tsx';

import { AnswersPanel } from './answers/AnswersPanel.tsx';
import { loadAnswers, loadStory, type Review } from './api.ts';
import { messages } from './messages.ts';
import { SESSION_STATES } from './session-state.ts';
import { SessionActs } from './SessionActs.tsx';
import { TimelinePanel } from './TimelinePanel.tsx';

import './session-page.css';

type TabName = 'timeline' | 'answers';

/** Everything about one session: what happened, why it ended when it did, what was answered. */
export function SessionPage(props: { sessionId: string; tab: TabName; onTab: (tab: TabName) => void }): JSX.Element {
  const t = useMessages(messages);
  const user = useUser();
  const shell = useShell();
  const story = createLoad(() => props.sessionId, (sessionId, signal) => loadStory(sessionId, hasRole(user(), 'admin'), signal), { forget: true });
  const answers = createLoad(() => props.sessionId, loadAnswers, { forget: true });
  const review = (): Review | undefined => story.value()?.review;
  const [nowMs, setNowMs] = createSignal(serverNowMs());
  const title = (): string => (review() === undefined ? t('sessions') : t('title', { student: review()!.student.name, exam: review()!.exam.title }));
  createTitle(title);
  shell.setBreadcrumbs(() => {
    const exam = review()?.exam;
    return exam === undefined ? [{ label: t('sessions') }] : [{ label: exam.title, href: `/staff/exams/${exam.id}` }, { label: review()!.student.name }];
  });
  const reload = (): void => {
    setNowMs(serverNowMs());
    story.reload();
    answers.reload();
  };
  createEffect(on(() => review() !== undefined && review()!.session.closedAt === null, (isOpen) => isOpen && follow(props.sessionId, reload)));
  return (
    <Show
      when={story.value()}
      fallback={<div class="PageBody SessionPage__wait">{story.error() === undefined ? <Loading /> : <ProblemView heads problem={story.error()} onRetry={reload} busy={story.isLoading()} />}</div>}
    >
      {(told) => (
        <>
          <PageHeader
            title={title()}
            badge={<Marks review={told().review} />}
            sub={t('line', { date: formatDate(told().review.session.startedAt), attempt: told().review.session.attempt, zone: formatZone(told().review.session.startedAt) })}
            actions={
              <>
                <Button icon={RotateCw} busy={story.isLoading()} onClick={reload}>{t('reload')}</Button>
                <SessionActs review={told().review} onDone={reload} />
              </>
            }
          />
          <div class="PageBody">
          <Tabs
            label={t('tabsLabel')}
            value={props.tab}
            onChange={props.onTab}
            tabs={[
              { value: 'timeline', label: t('tabTimeline'), content: () => <TimelinePanel story={told()} answers={answers.value()} nowMs={nowMs()} /> },
              { value: 'answers', label: t('tabAnswers'), count: told().review.total, content: () => <AnswersPanel review={told().review} load={answers} onMarked={story.reload} /> },
            ]}
          />
          </div>
        </>
      )}
    </Show>
  );
}

function Marks(props: { review: Review }): JSX.Element {
  const t = useMessages(messages);
  const look = () => SESSION_STATES[props.review.session.state];
  return (
    <>
      <Badge tone={look().tone} icon={look().icon}>{t('answeredOf', { state: t(`state.${props.review.session.state}`), answered: props.review.answered, total: props.review.total })}</Badge>{' '}
      <Show when={props.review.withheld}>{(hold) => <span title={hold().reason}><Badge tone="attention" icon={EyeOff}>{t('withheld')}</Badge></span>}</Show>
    </>
  );
}

function Loading(): JSX.Element {
  return (
    <div class="stack">
      <Skeleton kind="text" count={2} width="420px" />
      <Skeleton kind="block" height="158px" silent />
      <Skeleton kind="row" count={8} silent />
    </div>
  );
}

// while somebody writes, the story goes on: changes at once, saves when the page is read again
function follow(sessionId: string, reload: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(reload, 400);
  };
  const events = ['time-changed', 'paused', 'resumed', 'reopened', 'closed', 'message', 'help-changed'] as const;
  createStream({ topics: [`session:${sessionId}`], after: '', on: Object.fromEntries(events.map((name) => [name, soon])), onReconnect: soon });
  const minute = setInterval(reload, 30_000);
  onCleanup(() => {
    clearTimeout(timer);
    clearInterval(minute);
  });
}
