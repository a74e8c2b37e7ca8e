import ChartColumn from 'lucide-solid/icons/chart-column';
import Download from 'lucide-solid/icons/download';
import { createSignal, Show, type JSX } from 'solid-js';

import type { Exam } from '#web/features/exams/api.ts';
import { createExam } from '#web/features/exams/create-exam.ts';
import { ExamHeader } from '#web/features/exams/ExamHeader.tsx';
import { useShell } from '#web/features/shell/shell-context.ts';
import { createAct } from '#web/lib/create-act.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { formatDateTime, formatNumber } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Menu } from '#web/ui/Menu.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';
import { Tabs } from '#web/ui/Tabs.tsx';

import { type ExamStatistics, type ItemStatistics, loadExamStatistics, loadItemStatistics, saveExport } from './api.ts';
import { BatchesTab } from './BatchesTab.tsx';
import { DefinitionsCard } from './DefinitionsCard.tsx';
import { alphaWord } from './figures.ts';
import { ItemDrawer } from './ItemDrawer.tsx';
import { ItemTable } from './ItemTable.tsx';
import { messages } from './messages.ts';
import { ReliabilityCard } from './ReliabilityCard.tsx';
import { ScoresCard } from './ScoresCard.tsx';
import { Tiles } from './Tiles.tsx';
import { TimeTab } from './TimeTab.tsx';
import { useWords } from './use-words.ts';

import './analysis.css';

/** Below so many students figures about questions move a lot by chance. */
const FEW = 30;
const SHEETS = ['summary', 'items', 'distractors', 'students'] as const;

/** Parts of the page. */
export const ANALYSIS_TABS = ['marks', 'batches', 'time'] as const;
/** Name of a part of the page. */
export type AnalysisTab = (typeof ANALYSIS_TABS)[number];

interface Place {
  readonly tab: AnalysisTab;
  readonly onTab: (tab: AnalysisTab) => void;
  readonly itemId: string | undefined;
  readonly onItem: (itemId: string | undefined) => void;
}

/** What the marks of an exam say about its students and its questions. */
export function AnalysisPage(props: { examId: string } & Place): JSX.Element {
  const t = useMessages(messages);
  const exam = createExam(() => props.examId);
  createTitle(() => (exam.value() === undefined ? t('analysis') : t('title', { exam: exam.value()!.title })));
  useShell().setBreadcrumbs(() => [{ label: t('exams'), href: '/staff/exams' }, ...(exam.value() === undefined ? [] : [{ label: exam.value()!.title, href: `/staff/exams/${props.examId}` }]), { label: t('analysis') }]);
  return (
    <Show
      when={exam.value()}
      fallback={<div class="PageBody Analysis__wait">{exam.error() === undefined ? <Skeleton kind="block" count={3} height="96px" /> : <ProblemView heads problem={exam.error()} onRetry={exam.reload} busy={exam.isLoading()} />}</div>}
    >
      {(found) => (
        <Show when={found().state !== 'draft'} fallback={<><ExamHeader exam={found()} page="analysis" /><PageBody><EmptyState icon={ChartColumn} title={t('draft')}>{t('draftHelp')}</EmptyState></PageBody></>}>
          <Analysis exam={found()} tab={props.tab} onTab={props.onTab} itemId={props.itemId} onItem={props.onItem} />
        </Show>
      )}
    </Show>
  );
}

function Analysis(props: { exam: Exam } & Place): JSX.Element {
  const t = useMessages(messages);
  const statistics = createLoad(() => props.exam.id, loadExamStatistics, { forget: true });
  const hasData = (): boolean => (statistics.value()?.sessions.graded ?? 0) > 0;
  const save = createAct((format: 'csv' | 'xlsx', sheet?: (typeof SHEETS)[number]) => saveExport(props.exam.id, format, sheet));
  const items = createLoad(() => (hasData() ? props.exam.id : undefined), loadItemStatistics);
  return (
    <>
      <ExamHeader
        exam={props.exam}
        page="analysis"
        actions={<Menu label={t('exportLabel')} text={t('export')} icon={Download} disabled={!hasData()} items={[{ label: t('xlsx'), onSelect: () => void save.run('xlsx') }, { separator: true }, ...SHEETS.map((sheet) => ({ label: t(`csv.${sheet}`), onSelect: () => void save.run('csv', sheet) }))]} />}
      />
      <PageBody class="Analysis">
        <Show when={statistics.value()} fallback={statistics.error() === undefined ? <Skeleton kind="block" count={3} height="96px" /> : <ProblemView problem={statistics.error()} onRetry={statistics.reload} busy={statistics.isLoading()} />}>
          {(found) => (
            <Show
              when={found().sessions.graded > 0}
              fallback={<EmptyState icon={ChartColumn} title={t('emptyTitle')} action={<Button href={`/staff/exams/${props.exam.id}/results`}>{t('toResults')}</Button>}>{t('emptyHelp', { closed: found().sessions.closed, pending: found().sessions.pending })}</EmptyState>}
            >
              <Show when={save.problem()}>{(problem) => <ProblemView compact problem={problem()} onRetry={() => save.clear()} />}</Show>
              <Head exam={found()} />
              <Show when={items.error()}>{(problem) => <ProblemView compact problem={problem()} onRetry={items.reload} busy={items.isLoading()} />}</Show>
              <Tabs
                label={t('tabs')}
                value={props.tab}
                onChange={props.onTab}
                tabs={[
                  { value: 'marks', label: t('tabMarks'), content: () => <Marks exam={found()} items={items.value()?.items ?? []} loading={items.isLoading()} itemId={props.itemId} onItem={props.onItem} /> },
                  { value: 'batches', label: t('tabBatches'), count: found().byBatch.length, content: () => <BatchesTab exam={found()} /> },
                  { value: 'time', label: t('tabTime'), content: () => <TimeTab exam={found()} items={items.value()?.items ?? []} /> },
                ]}
              />
              <DefinitionsCard exam={found().definitions} item={items.value()?.definitions ?? {}} />
            </Show>
          )}
        </Show>
      </PageBody>
    </>
  );
}

function Head(props: { exam: ExamStatistics }): JSX.Element {
  const t = useMessages(messages);
  const words = useWords();
  const alpha = (): number | null => props.exam.reliability.cronbachAlpha;
  const why = (path: string, value: number | null): string | undefined => (value === null ? words.reason(props.exam.notes, path) : undefined);
  return (
    <>
      <p class="soft small">{t('basis', { graded: props.exam.sessions.graded, counted: props.exam.sessions.counted, when: formatDateTime(props.exam.computedAt) })}</p>
      <Tiles
        tiles={[
          { value: formatNumber(props.exam.distribution.n), label: t('tileStudents') },
          { value: words.percent(props.exam.distribution.mean), label: props.exam.distribution.sd === null ? t('tileMean') : t('tileMeanSd', { sd: words.number(props.exam.distribution.sd, 1) }) },
          { value: words.share(props.exam.passRate, 1), label: t('tilePassed'), note: why('passRate', props.exam.passRate) },
          { value: words.number(alpha()), label: alpha() === null ? t('tileAlpha') : t('tileAlphaWord', { word: t(`alpha.${alphaWord(alpha()!)}`) }), note: why('reliability.cronbachAlpha', alpha()) },
          { value: props.exam.reliability.sem === null ? t('none') : `± ${words.number(props.exam.reliability.sem, 1)}`, label: t('tileSem'), note: why('reliability.sem', props.exam.reliability.sem) },
          { value: words.minutes(props.exam.completion.medianMinutes), label: t('tileMinutes') },
        ]}
      />
      <Show when={props.exam.sessions.graded < FEW}><Banner tone="info" title={t('fewTitle')}><p>{t('fewHelp', { graded: props.exam.sessions.graded })}</p></Banner></Show>
    </>
  );
}

function Marks(props: { exam: ExamStatistics; items: readonly ItemStatistics[]; loading: boolean; itemId: string | undefined; onItem: (itemId: string | undefined) => void }): JSX.Element {
  const [shown, setShown] = createSignal<readonly ItemStatistics[]>([]);
  const place = (): number => shown().findIndex(({ itemId }) => itemId === props.itemId);
  const step = (by: number): (() => void) | undefined => {
    const next = place() === -1 ? undefined : shown()[place() + by];
    return next === undefined ? undefined : () => props.onItem(next.itemId);
  };
  return (
    <div class="Analysis__stack">
      <div class="Analysis__columns"><ScoresCard exam={props.exam} /><ReliabilityCard exam={props.exam} /></div>
      <ItemTable items={props.items} loading={props.loading} openId={props.itemId} onOpen={props.onItem} onShown={setShown} />
      <ItemDrawer item={props.items.find(({ itemId }) => itemId === props.itemId)} onClose={() => props.onItem(undefined)} onPrevious={step(-1)} onNext={step(1)} />
    </div>
  );
}
