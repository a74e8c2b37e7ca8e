import Scale from 'lucide-solid/icons/scale';
import { createEffect, createSignal, For, on, Show, type JSX } from 'solid-js';

import { createExam } from '#web/features/exams/create-exam.ts';
import { ExamHeader } from '#web/features/exams/ExamHeader.tsx';
import { useShell } from '#web/features/shell/shell-context.ts';
import { createPages } from '#web/lib/create-pages.ts';
import { formatDateTime } from '#web/lib/format.ts';
import { commandKey } from '#web/lib/http.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { ConfirmDialog } from '#web/ui/ConfirmDialog.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Link } from '#web/ui/Link.tsx';
import { NumberInput } from '#web/ui/NumberInput.tsx';
import { Pager } from '#web/ui/Pager.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { RadioGroup } from '#web/ui/RadioGroup.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';

import { type Appeal, type AppealPage, decideAppeal, type Decision, loadAppeals } from './api.ts';
import { messages } from './messages.ts';

import './appeals.css';

type Filter = Appeal['state'] | 'all';
const FILTERS: readonly Filter[] = ['all', 'open', 'assigned', 'decided'];

/** Appeals against the results of an exam, and their decision. */
export function AppealsPage(props: { examId: string }): JSX.Element {
  const t = useMessages(messages);
  const exam = createExam(() => props.examId);
  const [filter, setFilter] = createSignal<Filter>('all');
  const [decides, setDecides] = createSignal<Appeal>();
  const pages = createPages<Filter, Appeal, AppealPage>(filter, (state, cursor, signal) => loadAppeals(props.examId, state === 'all' ? undefined : state, cursor, signal));
  createTitle(() => (exam.value() === undefined ? t('appeals') : t('title', { exam: exam.value()!.title })));
  useShell().setBreadcrumbs(() => [{ label: t('exams'), href: '/staff/exams' }, ...(exam.value() === undefined ? [] : [{ label: exam.value()!.title, href: `/staff/exams/${props.examId}` }]), { label: t('appeals') }]);
  return (
    <Show when={exam.value()} fallback={<div class="PageBody Appeals__wait">{exam.error() === undefined ? <Skeleton kind="block" count={3} height="96px" /> : <ProblemView heads problem={exam.error()} onRetry={exam.reload} busy={exam.isLoading()} />}</div>}>
      {(found) => (
        <>
          <ExamHeader exam={found()} page="appeals" />
          <PageBody class="Appeals">
            <Segmented name={t('which')} value={filter()} onChange={setFilter} options={FILTERS.map((value) => ({ value, label: value === 'all' ? t('all') : t(`state.${value}`) }))} />
            <Show when={pages.isLoaded()} fallback={pages.error() === undefined ? <Skeleton kind="block" count={2} height="120px" /> : <ProblemView problem={pages.error()} onRetry={pages.reload} busy={pages.isLoading()} />}>
              <For each={pages.items()} fallback={<EmptyState icon={Scale} title={t('emptyTitle')}>{t('emptyHelp')}</EmptyState>}>{(one) => <AppealCard appeal={one} onDecide={() => setDecides(one)} />}</For>
              <Pager shown={pages.items().length} total={pages.total()} more={pages.hasMore()} busy={pages.isLoadingMore()} onMore={pages.loadMore} />
            </Show>
          </PageBody>
          <DecideDialog appeal={decides()} onClose={() => setDecides(undefined)} onDone={pages.reload} />
        </>
      )}
    </Show>
  );
}

function AppealCard(props: { appeal: Appeal; onDecide: () => void }): JSX.Element {
  const t = useMessages(messages);
  const isOpen = (): boolean => props.appeal.state === 'open' || props.appeal.state === 'assigned';
  const tone = (): 'attention' | 'neutral' => (isOpen() ? 'attention' : 'neutral');
  return (
    <Card title={props.appeal.student.name} badge={<Badge tone={tone()}>{props.appeal.outcome === null ? t(`state.${props.appeal.state}`) : t(`outcome.${props.appeal.outcome}`)}</Badge>}>
      <div class="stack small">
        <p class="soft">{[formatDateTime(props.appeal.createdAt), t(props.appeal.itemId === null ? 'aboutAll' : 'about'), props.appeal.mark === null ? '' : t('mark', { points: props.appeal.mark.points ?? '–', max: props.appeal.mark.maxPoints })].filter(Boolean).join(' · ')}</p>
        <p class="Appeals__text" dir="auto">{props.appeal.text}</p>
        <Show when={props.appeal.decidedAt}>
          {(at) => (
            <p><b>{t('by', { name: props.appeal.decidedBy?.name ?? '–', when: formatDateTime(at()) })}</b> <span dir="auto">{props.appeal.reason}</span>
              <Show when={props.appeal.pointsAfter}>{(after) => <span class="soft"> {t('changed', { before: props.appeal.pointsBefore ?? '–', after: after() })}</span>}</Show>
            </p>
          )}
        </Show>
        <div class="row wrap">
          <Show when={isOpen()}><Button size="small" onClick={() => props.onDecide()}>{t('decide')}</Button></Show>
          <Link href={`/staff/sessions/${props.appeal.sessionId}?tab=answers`} stands>{t('session')}</Link>
        </div>
      </div>
    </Card>
  );
}

function DecideDialog(props: { appeal: Appeal | undefined; onClose: () => void; onDone: () => void }): JSX.Element {
  const t = useMessages(messages);
  const [outcome, setOutcome] = createSignal<Decision['outcome']>('upheld');
  const [points, setPoints] = createSignal<number>();
  let key = commandKey();
  createEffect(on(() => props.appeal, (one) => {
    key = commandKey();
    setPoints(one?.mark?.points == null ? undefined : Number(one.mark.points));
  }));
  const asksPoints = (): boolean => props.appeal?.itemId != null && outcome() !== 'rejected';
  return (
    <ConfirmDialog
      open={props.appeal !== undefined} onClose={props.onClose} title={t('decideTitle', { name: props.appeal?.student.name ?? '' })} scope={t('decideScope')} verb={t('decideVerb')} busyText={t('busy')}
      reason="required" reasonLabel={t('reason')} disabled={asksPoints() && points() === undefined}
      onConfirm={async ({ reason }) => { await decideAppeal(props.appeal!.id, { outcome: outcome(), reason, ...(asksPoints() ? { points: points()! } : {}) }, key); props.onDone(); }}
    >
      <RadioGroup label={t('outcome')} value={outcome()} onChange={setOutcome} options={(['upheld', 'partly', 'rejected'] as const).map((value) => ({ value, label: t(`outcome.${value}`) }))} />
      <Show when={asksPoints()}><NumberInput label={t('points')} value={points()} onChange={setPoints} step={0.25} min={0} /></Show>
    </ConfirmDialog>
  );
}
