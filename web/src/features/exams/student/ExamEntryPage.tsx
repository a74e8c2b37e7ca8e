import ArrowLeft from 'lucide-solid/icons/arrow-left';
import { For, Match, Show, Switch, type JSX } from 'solid-js';

import { DeviceCard } from '#web/features/system-check/DeviceCard.tsx';
import { ReadingSettings } from '#web/features/system-check/ReadingSettings.tsx';
import { formatDuration } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { isProblem } from '#web/lib/problem.ts';
import { createTitle } from '#web/lib/title.ts';
import { Card } from '#web/ui/Card.tsx';
import { Link } from '#web/ui/Link.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { RichText, type RichTextValue } from '#web/ui/RichText.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { StudentPage } from '#web/ui/StudentShell.tsx';
import type { StudentExam } from './api.ts';
import { createExamEntry } from './create-exam-entry.ts';
import { createServerNow } from './create-server-now.ts';
import { EntryPanel } from './EntryPanel.tsx';
import { examTimes } from './exam-times.ts';
import { ExamRules } from './ExamRules.tsx';
import { messages } from './messages.ts';
import { OverPanel } from './OverPanel.tsx';
import { RunningPanel } from './RunningPanel.tsx';
import { WindowLine } from './WindowLine.tsx';

import './exam-entry.css';

/** The page before an exam: waiting room with its countdown, start, rules, instructions, device and reading settings. */
export function ExamEntryPage(props: { examId: string }): JSX.Element {
  const t = useMessages(messages);
  const nowMs = createServerNow();
  // the route makes a new page for another exam
  const entry = createExamEntry(props.examId, nowMs);
  const canStart = (): boolean => ['upcoming', 'open', 'unscheduled'].includes(entry.standing() ?? '');
  createTitle(() => {
    const exam = entry.exam();
    const times = exam === undefined ? null : examTimes(exam);
    if (exam === undefined) return '';
    return entry.standing() === 'upcoming' && times !== null ? `${formatDuration(titleMs(times.opensAtMs - nowMs()))} · ${exam.title}` : exam.title;
  });
  const isMissing = (): boolean => isProblem(entry.error(), 'not-found', 'validation-failed', 'forbidden');

  return (
    <StudentPage class="ExamEntry">
      <p class="ExamEntry__back"><Link href="/exams" icon={ArrowLeft} stands>{t('backToExams')}</Link></p>
      <Show when={entry.exam()} fallback={<Show when={entry.error()} fallback={<Loading />}>{(error) => <ProblemView heads problem={error()} busy={entry.isLoading()} {...(isMissing() ? { title: t('notFoundTitle'), help: t('notFoundHelp') } : { onRetry: entry.reload })} />}</Show>}>
        {(exam) => (
          <>
            <header class="ExamEntry__head">
              <h1 tabindex={-1}>{exam().title}</h1>
              <WindowLine window={exam().window} nowMs={nowMs()} />
            </header>
            <Switch>
              <Match when={entry.standing() === 'running' && exam().session}>{(session) => <RunningPanel session={session()} nowMs={nowMs()} />}</Match>
              <Match when={canStart()}><EntryPanel entry={entry} exam={exam()} nowMs={nowMs()} /></Match>
              <Match when={true}><OverPanel exam={exam()} standing={entry.standing()!} nowMs={nowMs()} /></Match>
            </Switch>
            <div class="ExamEntry__cards">
              <div>
                <ExamRules exam={exam()} isBegun={!canStart()} nowMs={nowMs()} />
                <Instructions exam={exam()} />
              </div>
              <Show when={canStart()}>
                <div>
                  <DeviceCard topic={() => Promise.resolve(`exam:${exam().id}`)} more />
                  <ReadingSettings />
                </div>
              </Show>
            </div>
          </>
        )}
      </Show>
    </StudentPage>
  );
}

function Instructions(props: { exam: StudentExam }): JSX.Element {
  const t = useMessages(messages);
  const texts = (): string[] => [props.exam.description, props.exam.instructions].filter((text) => text?.trim());
  return (
    <Show when={texts().length > 0}>
      <Card title={t('instructions')}>
        <div class="ExamEntry__texts"><For each={texts()}>{(value) => <RichText text={textOf(value)} />}</For></div>
      </Card>
    </Show>
  );
}

/** Instructions are stored as they were typed: HTML, or lines. */
function textOf(value: string): RichTextValue {
  return { format: /<\/?[a-z][^>]*>/i.test(value) ? 'html' : 'markdown', value };
}

/** The tab says it by the minute until the last one. */
function titleMs(ms: number): number {
  return ms < 60_000 ? ms : Math.ceil(ms / 60_000) * 60_000;
}

function Loading(): JSX.Element {
  return (
    <div class="ExamEntry__loading">
      <Skeleton kind="block" height="64px" />
      <Skeleton kind="block" height="280px" silent />
      <Skeleton kind="block" height="360px" silent />
    </div>
  );
}
