import Download from 'lucide-solid/icons/download';
import ListChecks from 'lucide-solid/icons/list-checks';
import { createEffect, createMemo, createSignal, on, onCleanup, Show, type JSX } from 'solid-js';

import { createExam } from '#web/features/exams/create-exam.ts';
import { ExamHeader } from '#web/features/exams/ExamHeader.tsx';
import type { Exam } from '#web/features/exams/api.ts';
import { useShell } from '#web/features/shell/shell-context.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createStream, type Stream } from '#web/lib/stream.ts';
import { createTitle } from '#web/lib/title.ts';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';
import { toast } from '#web/ui/Toasts.tsx';

import { loadOpenCount, type ResultRow } from './api.ts';
import { createResults } from './create-results.ts';
import { createRuns } from './create-runs.ts';
import { fileNamePart, saveFile, toCsv } from './csv.ts';
import { csvTable } from './csv-table.ts';
import { figuresOf } from './figures.ts';
import { FigureTiles } from './FigureTiles.tsx';
import { GradingCard } from './GradingCard.tsx';
import { Histogram } from './Histogram.tsx';
import { HoldDialog } from './HoldDialog.tsx';
import { messages } from './messages.ts';
import { type PublishAct, PublishDialogs } from './PublishDialogs.tsx';
import { ResultsTable } from './ResultsTable.tsx';
import type { Filter } from './rows-view.ts';
import { StandingBanner } from './StandingBanner.tsx';
import { type Standing, standingOf } from './standing.ts';

import './results-page.css';

/** How often grades that are on their way are looked for; lists of many pages less often. */
const QUICK_MS = 3_000;
const SLOW_MS = 15_000;
const MANY_ROWS = 400;

/** The results of an exam: what they say together, each of them, grading, and their publication. */
export function ResultsPage(props: { examId: string; filter: Filter; onFilter: (filter: Filter) => void }): JSX.Element {
  const t = useMessages(messages);
  const exam = createExam(() => props.examId);
  createTitle(() => (exam.value() === undefined ? t('results') : t('title', { exam: exam.value()!.title })));
  useShell().setBreadcrumbs(() => [{ label: t('exams'), href: '/staff/exams' }, ...(exam.value() === undefined ? [] : [{ label: exam.value()!.title, href: `/staff/exams/${props.examId}` }]), { label: t('results') }]);
  return (
    <Show
      when={exam.value()}
      fallback={<div class="PageBody ResultsPage__wait">{exam.error() === undefined ? <Skeleton kind="block" count={3} height="96px" /> : <ProblemView heads problem={exam.error()} onRetry={exam.reload} busy={exam.isLoading()} />}</div>}
    >
      {(found) => (
        <Show when={found().state !== 'draft'} fallback={<><ExamHeader exam={found()} page="results" /><PageBody><EmptyState icon={ListChecks} title={t('draft')}>{t('draftHelp')}</EmptyState></PageBody></>}>
          <Results exam={found()} onExam={exam.take} onReload={exam.reload} filter={props.filter} onFilter={props.onFilter} />
        </Show>
      )}
    </Show>
  );
}

function Results(props: { exam: Exam; onExam: (exam: Exam) => void; onReload: () => void; filter: Filter; onFilter: (filter: Filter) => void }): JSX.Element {
  const t = useMessages(messages);
  const results = createResults(() => props.exam.id);
  const [stream, setStream] = createSignal<Stream>();
  const runs = createRuns(() => props.exam.id, stream, () => results.reload());
  const [publishes, setPublishes] = createSignal<PublishAct>();
  const [asksRun, setAsksRun] = createSignal(false);
  const [holds, setHolds] = createSignal<ResultRow>();
  const [shown, setShown] = createSignal<readonly ResultRow[]>([]);
  const figures = createMemo(() => figuresOf(results.rows()));
  const open = createOpenCount(() => props.exam);
  const standing = (): Standing => standingOf(props.exam, figures(), open.count());
  const isOut = (): boolean => props.exam.resultsPublishedAt !== null || standing() === 'auto';
  const students = createMemo(() => new Set(results.rows().filter(({ sessionState, counted }) => counted && sessionState !== 'withdrawn').map(({ studentId }) => studentId)).size);
  let reading: ReturnType<typeof setTimeout> | undefined;
  const readSoon = (): void => {
    clearTimeout(reading);
    reading = setTimeout(() => (results.reload(), open.reload()), 1_500);
  };
  createEffect(on(() => props.exam.id, (examId) => {
    setStream(createStream({
      topics: [`exam:${examId}`], after: '',
      on: {
        'run-progress': runs.onProgress,
        'results-published': () => props.onReload(),
        'results-unpublished': () => props.onReload(),
        'session-changed': ({ state }) => state !== undefined && state !== 'active' && state !== 'paused' && readSoon(),
        reset: () => (readSoon(), props.onReload()),
      },
      onReconnect: readSoon,
    }));
  }));
  // a grade comes some seconds after its session has closed, and no event tells of it
  createEffect(on(() => figures().ungraded > 0 && results.isComplete(), (waits) => {
    if (!waits) return;
    const timer = setInterval(() => document.visibilityState === 'visible' && !results.isLoading() && results.reload(), results.rows().length > MANY_ROWS ? SLOW_MS : QUICK_MS);
    onCleanup(() => clearInterval(timer));
  }));
  const save = (): void => saveFile(`results-${fileNamePart(props.exam.title)}.csv`, toCsv(...csvTable(shown(), t)), 'text/csv;charset=utf-8');
  return (
    <>
      <ExamHeader
        exam={props.exam}
        page="results"
        actions={
          <>
            <Button icon={Download} disabled={shown().length === 0} onClick={save}>{shown().length === results.rows().length ? t('export') : t('exportShown', { count: shown().length })}</Button>
            <Show when={isOut()} fallback={<Button kind="primary" disabled={standing() !== 'ready' || !results.isComplete()} onClick={() => setPublishes('publish')}>{t('publish')}</Button>}>
              <Button onClick={() => setPublishes('unpublish')}>{t('unpublish')}</Button>
            </Show>
          </>
        }
      />
      <PageBody class="ResultsPage">
        <Show when={results.rows().length > 0 || results.error() === undefined} fallback={<ProblemView problem={results.error()} onRetry={results.reload} busy={results.isLoading()} />}>
          <Show when={results.rows().length > 0 || !results.isComplete()} fallback={<EmptyState icon={ListChecks} title={t('emptyTitle')} action={<Button href={`/staff/exams/${props.exam.id}/monitor`}>{t('toMonitor')}</Button>}>{t('emptyHelp')}</EmptyState>}>
            <Show when={results.error()}>{(problem) => <ProblemView compact problem={problem()} onRetry={results.reload} busy={results.isLoading()} />}</Show>
            <Show when={results.isComplete()} fallback={<Skeleton kind="block" height="76px" />}>
              <StandingBanner exam={props.exam} standing={standing()} figures={figures()} open={open.count()} onShowPending={() => props.onFilter('pending')} onGrade={() => setAsksRun(true)} />
            </Show>
            <FigureTiles figures={figures()} withGrade={props.exam.passPercent !== null} />
            <div class="ResultsPage__columns">
              <Histogram figures={figures()} passPercent={props.exam.passPercent} />
              <GradingCard examId={props.exam.id} runs={runs} isLive={stream()?.state() === 'live'} asks={asksRun()} onAsk={setAsksRun} />
            </div>
            <ResultsTable rows={results.rows()} loading={!results.isComplete()} withGrade={props.exam.passPercent !== null} filter={props.filter} onFilter={props.onFilter} onShown={setShown} onHold={setHolds} />
          </Show>
        </Show>
      </PageBody>
      <PublishDialogs
        exam={props.exam} figures={figures()} students={students()} act={publishes()} onClose={() => setPublishes(undefined)}
        onDone={(publishedAt, mails) => {
          props.onExam({ ...props.exam, resultsPublishedAt: publishedAt, ...(publishedAt === null ? { results: { ...props.exam.results, release: 'manual', releaseAt: null } } : {}) });
          props.onReload();
          toast(publishedAt === null ? t('unpublished') : mails === 0 ? t('published') : t('publishedMails', { count: mails }));
        }}
      />
      <HoldDialog row={holds()} isOut={isOut()} onClose={() => setHolds(undefined)} onDone={(sessionId, withheld) => results.change(sessionId, (row) => ({ ...row, withheld }))} />
    </>
  );
}

// sessions that are open have no row among the results, and keep an exam from being published
function createOpenCount(exam: () => Exam): { count: () => number; reload: () => void } {
  const load = createLoad(() => exam().id, (examId, signal) => loadOpenCount(examId, signal));
  return { count: () => load.value() ?? 0, reload: load.reload };
}
