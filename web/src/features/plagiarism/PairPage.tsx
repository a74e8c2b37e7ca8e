import ArrowLeft from 'lucide-solid/icons/arrow-left';
import { For, Show, type JSX } from 'solid-js';

import { createExam } from '#web/features/exams/create-exam.ts';
import { useShell } from '#web/features/shell/shell-context.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { createTitle } from '#web/lib/title.ts';
import { Card } from '#web/ui/Card.tsx';
import { Link } from '#web/ui/Link.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';
import { PageBody } from '#web/ui/StaffShell.tsx';

import { loadPair, type PairDetail } from './api.ts';
import { Consequences } from './Consequences.tsx';
import { DecisionCard } from './DecisionCard.tsx';
import { evidenceOf } from './evidence.ts';
import { messages } from './messages.ts';
import { chanceText, oneDigit, percentText } from './numbers.ts';
import { PairItems } from './PairItems.tsx';
import { PairStateMark } from './PairStateMark.tsx';
import { TimingLanes } from './TimingLanes.tsx';

import './plagiarism.css';

/** Two sessions side by side: the evidence, what both answered and when, and the decision of a person. */
export function PairPage(props: { examId: string; pairId: string }): JSX.Element {
  const t = useMessages(messages);
  const load = createLoad(() => props.pairId, loadPair);
  const exam = createExam(() => props.examId);
  const name = (): string | undefined => {
    const pair = load.value()?.pair;
    return pair === undefined ? undefined : t('pairName', { a: pair.a.student.name, b: pair.b.student.name });
  };
  const list = (): string => `/staff/exams/${props.examId}/plagiarism`;
  createTitle(() => name() ?? t('plagiarism'));
  useShell().setBreadcrumbs(() => [{ label: t('exams'), href: '/staff/exams' }, ...(exam.value() === undefined ? [] : [{ label: exam.value()!.title, href: `/staff/exams/${props.examId}` }]), { label: t('plagiarism'), href: list() }, ...(name() === undefined ? [] : [{ label: name()! }])]);
  return (
    <Show when={load.value()} fallback={<div class="PageBody Plagiarism__wait">{load.error() === undefined ? <Skeleton kind="block" count={3} height="140px" /> : <ProblemView heads problem={load.error()} onRetry={load.reload} busy={load.isLoading()} />}</div>}>
      {(found) => (
        <>
          <PageHeader title={name()!} badge={<span class="PairPage__state"><PairStateMark state={found().pair.state} /></span>} sub={<Link href={list()} icon={ArrowLeft} stands>{t('back')}</Link>} />
          <PageBody class="Plagiarism">
            <div class="PairPage__columns">
              <Evidence detail={found()} />
              <DecisionCard detail={found()} onDone={load.reload} />
            </div>
            <Consequences detail={found()} examTitle={exam.value()?.title ?? ''} onDone={load.reload} />
            <TimingLanes detail={found()} />
            <PairItems detail={found()} />
          </PageBody>
        </>
      )}
    </Show>
  );
}

function Evidence(props: { detail: PairDetail }): JSX.Element {
  const t = useMessages(messages);
  const pair = (): PairDetail['pair'] => props.detail.pair;
  const adjusted = (): string => {
    const { adjustedP } = pair();
    return adjustedP === null ? '–' : chanceText(adjustedP);
  };
  const changes = (): number[] => props.detail.items.flatMap(({ changeShare }) => (changeShare === null ? [] : [changeShare]));
  return (
    <Card title={t('evidence')}>
      <ul class="PairPage__evidence"><For each={evidenceOf(pair(), t)}>{(text) => <li>{text}</li>}</For><Show when={changes().length > 0}><li>{t('sameChanges', changes().length, percentText(Math.max(...changes())))}</li></Show></ul>
      <Show when={pair().indices.answers}>
        {(index) => <p class="small soft">{t('index', { index: index().index, z: oneDigit(index().z), p: chanceText(index().p), adjusted: adjusted() })}</p>}
      </Show>
      <div class="row wrap small">
        <For each={[pair().a, pair().b]}>{(side) => <Link href={`/staff/sessions/${side.sessionId}`} stands>{t('open', { name: side.student.name })}</Link>}</For>
      </div>
    </Card>
  );
}
