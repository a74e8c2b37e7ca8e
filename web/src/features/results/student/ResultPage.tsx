import ArrowLeft from 'lucide-solid/icons/arrow-left';
import CloudOff from 'lucide-solid/icons/cloud-off';
import Hourglass from 'lucide-solid/icons/hourglass';
import Undo2 from 'lucide-solid/icons/undo-2';
import { createEffect, createSignal, Match, on, Show, Switch, type JSX } from 'solid-js';

import { AskForReview } from '#web/features/appeals/AskForReview.tsx';
import { OwnNotices } from '#web/features/notices/OwnNotices.tsx';
import { formatDateTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { isProblem } from '#web/lib/problem.ts';
import { createTitle } from '#web/lib/title.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Link } from '#web/ui/Link.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { StudentPage } from '#web/ui/StudentShell.tsx';
import type { ReleasedResult } from './api.ts';
import { createResult, type ResultState } from './create-result.ts';
import { messages } from './messages.ts';
import { OwnReport } from './OwnReport.tsx';
import { ResultItems } from './ResultItems.tsx';
import { ScoreHead } from './ScoreHead.tsx';

import './result.css';

/** The result of one attempt: calm while there is none, and there by itself when it is released. */
export function ResultPage(props: { sessionId: string }): JSX.Element {
  const t = useMessages(messages);
  // the route makes a new page for another session
  const result = createResult(props.sessionId);
  const [said, setSaid] = createSignal('');
  const title = (): string => {
    const state = result.state();
    return state === undefined ? t('results') : state.state === 'released' ? state.result.examTitle : state.title;
  };
  createTitle(title);
  createEffect(on(() => result.state()?.state, (now, before) => now === 'released' && before === 'waiting' && setSaid(t('outNow'))));
  const isMissing = (): boolean => isProblem(result.error(), 'not-found', 'validation-failed', 'forbidden');

  return (
    <StudentPage class="Result">
      <p class="Result__back"><Link href="/results" icon={ArrowLeft} stands>{t('allResults')}</Link></p>
      <p class="visually-hidden" role="status">{said()}</p>
      <OwnNotices sessionId={props.sessionId} />
      <Show when={result.state()} fallback={<Show when={result.error()} fallback={<Loading />}>{(error) => <ProblemView heads problem={error()} busy={result.isLoading()} {...(isMissing() ? { title: t('notFoundTitle'), help: t('notFoundHelp') } : { onRetry: result.reload })} />}</Show>}>
        {(state) => (
          <Switch>
            <Match when={state().state === 'released' && (state() as Extract<ResultState, { state: 'released' }>).result}>{(released) => <><Released result={released()} /><AskForReview sessionId={props.sessionId} items={released().items ?? []} /></>}</Match>
            <Match when={state().state === 'waiting' && (state() as Extract<ResultState, { state: 'waiting' }>)}>
              {(waiting) => <Waiting state={waiting()} wasTakenBack={result.wasTakenBack()} isOffline={result.streamState() === 'offline'} />}
            </Match>
          </Switch>
        )}
      </Show>
    </StudentPage>
  );
}

function Released(props: { result: ReleasedResult }): JSX.Element {
  const t = useMessages(messages);
  return (
    <>
      <ScoreHead result={props.result} />
      <OwnReport result={props.result} />
      <Show when={props.result.state !== 'graded'}><div class="Result__banner"><Banner tone="info" icon={Hourglass} title={t('stillMarked')}><p>{t('stillMarkedHelp')}</p></Banner></div></Show>
      <Show when={props.result.items} fallback={<p class="Result__only soft">{t('onlyScore')}</p>}>{(items) => <ResultItems items={items()} sessionId={props.result.sessionId} />}</Show>
    </>
  );
}

function Waiting(props: { state: Extract<ResultState, { state: 'waiting' }>; wasTakenBack: boolean; isOffline: boolean }): JSX.Element {
  const t = useMessages(messages);
  const isRunning = (): boolean => props.state.session.closedAt === null;
  const ended = (): string => {
    const { state, endedAt, closedAt } = props.state.session;
    const time = formatDateTime(endedAt ?? closedAt ?? props.state.session.startedAt);
    return t(state === 'submitted' ? 'endedSubmitted' : state === 'expired' ? 'endedExpired' : 'endedOther', { time });
  };
  return (
    <>
      <h1 class="Result__title">{props.state.title}</h1>
      <div class="Result__waiting">
        <Show
          when={!isRunning()}
          fallback={<EmptyState icon={Hourglass} title={t('runningTitle')} action={<Button kind="primary" href={`/sit/${props.state.session.id}`}>{t('continueExam')}</Button>}>{t('runningHelp')}</EmptyState>}
        >
          <EmptyState icon={props.wasTakenBack ? Undo2 : Hourglass} title={t(props.wasTakenBack ? 'backTitle' : 'waitingTitle')}>
            <p>{ended()}</p>
            <p>{t(props.wasTakenBack ? 'backHelp' : 'waitingHelp')}</p>
          </EmptyState>
        </Show>
        <Show when={props.isOffline}><Banner tone="attention" icon={CloudOff} title={t('offline')} live="status" /></Show>
      </div>
    </>
  );
}

function Loading(): JSX.Element {
  return (
    <div class="Result__loading">
      <Skeleton kind="block" height="190px" />
      <Skeleton kind="row" count={6} height="52px" silent />
    </div>
  );
}
