import FileCheck from 'lucide-solid/icons/file-check';
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js';

import { createMyExams } from '#web/features/exams/student/create-my-exams.ts';
import { createServerNow } from '#web/features/exams/student/create-server-now.ts';
import { type PlacedExam, placeExams } from '#web/features/exams/student/exam-times.ts';
import { PastExam } from '#web/features/exams/student/PastExam.tsx';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { StudentPage } from '#web/ui/StudentShell.tsx';
import { createOutcomes } from './create-outcomes.ts';
import { messages } from './messages.ts';

import '#web/features/exams/student/my-exams.css';
import '#web/ui/card.css';
import './result.css';

const FIRST = 12;
const MORE = 25;

/** Every exam that the student has sat, with its result when it is out. */
export function ResultsPage(): JSX.Element {
  const t = useMessages(messages);
  const nowMs = createServerNow();
  const [limit, setLimit] = createSignal(FIRST);
  const mine = createMyExams(nowMs, (examId) => outcomes.refresh((mine.exams() ?? []).flatMap(({ id, session }) => (id === examId && session !== undefined ? [session.id] : []))));
  const sat = createMemo<readonly PlacedExam[]>(() => {
    const placed = placeExams(mine.exams() ?? [], nowMs());
    // an exam with an attempt left may stand under now, and has a result all the same
    return [...placed.now, ...placed.past].filter(({ exam }) => exam.session !== undefined && exam.session.closedAt !== null);
  });
  const ids = createMemo(() => sat().slice(0, limit()).map(({ exam }) => exam.id), [], { equals: (a, b) => a.join() === b.join() });
  const byId = createMemo(() => new Map(sat().map((item) => [item.exam.id, item])));
  const outcomes = createOutcomes(createMemo(() => ids().map((id) => byId().get(id)!.exam.session!.id)));
  createTitle(() => t('results'));
  return (
    <StudentPage class="Results">
      <PageHeader title={t('results')} sub={t('intro')} />
      <Show when={mine.exams()} fallback={<Show when={mine.error()} fallback={<Skeleton kind="row" count={5} height="74px" />}>{(error) => <ProblemView problem={error()} title={t('loadFailed')} busy={mine.isLoading()} onRetry={mine.reload} />}</Show>}>
        <Show when={ids().length > 0} fallback={<EmptyState icon={FileCheck} title={t('noneTitle')}>{t('noneHelp')}</EmptyState>}>
          <h2 class="visually-hidden">{t('results')}</h2>
          <ul class="Card PastExams">
            <For each={ids()}>
              {(id) => {
                let last = byId().get(id)!;
                const item = (): PlacedExam => (last = byId().get(id) ?? last);
                return <PastExam item={item()} outcome={outcomes.of(item().exam.session?.id)} nowMs={nowMs()} />;
              }}
            </For>
          </ul>
          <Show when={sat().length > ids().length}><Button kind="quiet" onClick={() => setLimit(limit() + MORE)}>{t('showMore', Math.min(MORE, sat().length - ids().length))}</Button></Show>
        </Show>
      </Show>
    </StudentPage>
  );
}
