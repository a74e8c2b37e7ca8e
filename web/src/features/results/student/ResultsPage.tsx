import FileCheck from 'lucide-solid/icons/file-check';
import { createMemo, createSignal, Index, lazy, Show, Suspense, type JSX } from 'solid-js';

import { createServerNow } from '#web/features/exams/student/create-server-now.ts';
import { whenText } from '#web/features/exams/student/when.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { StudentPage } from '#web/ui/StudentShell.tsx';
import type { OwnResult } from './api.ts';
import { createOwnResults } from './create-own-results.ts';
import { messages } from './messages.ts';
import { ResultMark } from './ResultMark.tsx';

import '#web/features/exams/student/my-exams.css';
import '#web/ui/card.css';
import './result.css';

// charts are read after the results
const ProgressCard = lazy(() => import('./ProgressCard.tsx'));

const FIRST = 12;
const MORE = 25;

/** Every attempt that the student has ended, with its result when it is out. */
export function ResultsPage(): JSX.Element {
  const t = useMessages(messages);
  const nowMs = createServerNow();
  const [limit, setLimit] = createSignal(FIRST);
  const own = createOwnResults({ isLive: true });
  const ended = createMemo(() => (own.results() ?? []).filter(({ closedAt }) => closedAt !== null));
  const released = createMemo(() => ended().filter(({ release }) => release === 'released').map(({ sessionId }) => sessionId).toSorted().join(' '));
  createTitle(() => t('results'));
  return (
    <StudentPage class="Results">
      <PageHeader title={t('results')} sub={t('intro')} />
      <Show when={own.results()} fallback={<Show when={own.error()} fallback={<Skeleton kind="row" count={5} height="74px" />}>{(error) => <ProblemView problem={error()} title={t('loadFailed')} busy={own.isLoading()} onRetry={own.reload} />}</Show>}>
        <Show when={ended().length > 0} fallback={<EmptyState icon={FileCheck} title={t('noneTitle')}>{t('noneHelp')}</EmptyState>}>
          <h2 class="visually-hidden">{t('results')}</h2>
          <ul class="Card PastExams"><Index each={ended().slice(0, limit())}>{(result) => <Row result={result()} nowMs={nowMs()} />}</Index></ul>
          <Show when={released().includes(' ')}><Suspense><ProgressCard released={released()} /></Suspense></Show>
          <Show when={ended().length > limit()}><Button kind="quiet" onClick={() => setLimit(limit() + MORE)}>{t('showMore', Math.min(MORE, ended().length - limit()))}</Button></Show>
        </Show>
      </Show>
    </StudentPage>
  );
}

function Row(props: { result: OwnResult; nowMs: number }): JSX.Element {
  const t = useMessages(messages);
  const text = (): string => {
    const { state, endedAt, closedAt, startedAt, attempt, attempts } = props.result;
    const time = whenText(Date.parse(endedAt ?? closedAt ?? startedAt), props.nowMs, { weekday: 'long' });
    const ended = t(state === 'submitted' ? 'rowSubmitted' : state === 'expired' ? 'rowExpired' : 'rowEnded', { time });
    return attempts > 1 ? `${ended} · ${t('attemptOf', { attempt, attempts })}` : ended;
  };
  return (
    <li>
      <div class="PastExams__what"><h3>{props.result.examTitle}</h3><p>{text()}</p></div>
      <ResultMark result={props.result} />
      <Button href={`/results/${props.result.sessionId}`} kind={props.result.release === 'released' ? 'secondary' : 'quiet'} aria-label={t('openOf', { title: props.result.examTitle, verb: t(props.result.release === 'released' ? 'seeResult' : 'details') })}>
        {t(props.result.release === 'released' ? 'seeResult' : 'details')}
      </Button>
    </li>
  );
}
