import CircleSlash from 'lucide-solid/icons/circle-slash';
import FileCheck from 'lucide-solid/icons/file-check';
import Hourglass from 'lucide-solid/icons/hourglass';
import Minus from 'lucide-solid/icons/minus';
import { Match, Show, Switch, type JSX } from 'solid-js';

import type { Outcome, ReleasedResult } from '#web/features/results/student/api.ts';
import { formatPoints } from '#web/features/results/student/points.ts';
import { formatNumber } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { examTimes, type PlacedExam } from './exam-times.ts';
import { messages } from './messages.ts';
import { whenText } from './when.ts';

/** A row of the exams that are over: what became of it, and the result when it is out. */
export function PastExam(props: { item: PlacedExam; outcome: Outcome | undefined; nowMs: number }): JSX.Element {
  const t = useMessages(messages);
  const exam = () => props.item.exam;
  const text = (): string => {
    const { session } = exam();
    const times = examTimes(exam());
    const when = (ms: number): string => whenText(ms, props.nowMs, { weekday: 'long' });
    if (session === undefined) {
      const time = times === null ? '' : when(times.opensAtMs);
      return props.item.standing === 'cancelled' ? t('cancelledAt', { time }) : t('notSat', { time });
    }
    const time = when(Date.parse(session.endedAt ?? session.closedAt ?? session.startedAt));
    return t(session.state === 'submitted' ? 'handedIn' : session.state === 'expired' ? 'expired' : session.state === 'terminated' ? 'terminated' : 'withdrawn', { time });
  };
  return (
    <li>
      <div class="PastExams__what"><h3>{exam().title}</h3><p>{text()}</p></div>
      <Switch>
        <Match when={props.item.standing === 'cancelled'}><Badge icon={CircleSlash}>{t('cancelled')}</Badge></Match>
        <Match when={exam().session === undefined}><Badge icon={Minus}>{t('notSatChip')}</Badge></Match>
        <Match when={props.outcome?.state === 'released' && props.outcome.result}>{(result) => <Score result={result()} />}</Match>
        <Match when={props.outcome?.state === 'waiting'}><Badge icon={Hourglass}>{t('waitingForRelease')}</Badge></Match>
        <Match when={true}><span class="PastExams__blank" /></Match>
      </Switch>
      <Show when={exam().session} fallback={<Button kind="quiet" href={`/exams/${exam().id}`}>{t('detailsButton')}</Button>}>
        {(session) => (
          <Show when={props.outcome?.state !== 'waiting'} fallback={<Button kind="quiet" href={`/results/${session().id}`}>{t('detailsButton')}</Button>}>
            <Button href={`/results/${session().id}`} aria-label={t('seeResultOf', { title: exam().title })}>{t('seeResult')}</Button>
          </Show>
        )}
      </Show>
    </li>
  );
}

/** Points, percent and verdict of a released result, as far as the exam shows them. */
function Score(props: { result: ReleasedResult }): JSX.Element {
  const t = useMessages(messages);
  const parts = (): string =>
    [
      props.result.percent === undefined ? undefined : t('percent', { percent: formatNumber(props.result.percent, { maximumFractionDigits: 1 }) }),
      props.result.grade === 'pass' ? t('passed') : props.result.grade === 'fail' ? t('failed') : undefined,
      props.result.state === 'graded' ? undefined : t('pendingMarks'),
    ].filter((part) => part !== undefined).join(', ');
  return (
    <Show when={props.result.points !== undefined} fallback={<Badge icon={FileCheck}>{t('noScore')}</Badge>}>
      <p class="PastExams__score">
        <b class="tabular">{t('scoreOf', { points: formatPoints(props.result.points!), max: formatPoints(props.result.maxPoints ?? '') })}</b> {parts()}
      </p>
    </Show>
  );
}

