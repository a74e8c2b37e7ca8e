import CircleSlash from 'lucide-solid/icons/circle-slash';
import Minus from 'lucide-solid/icons/minus';
import { Match, Show, Switch, type JSX } from 'solid-js';

import type { OwnResult } from '#web/features/results/student/api.ts';
import { ResultMark } from '#web/features/results/student/ResultMark.tsx';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Button } from '#web/ui/Button.tsx';
import { examTimes, type PlacedExam } from './exam-times.ts';
import { messages } from './messages.ts';
import { whenText } from './when.ts';

/** A row of the exams that are over: what became of it, and the result when it is out. */
export function PastExam(props: { item: PlacedExam; result: OwnResult | undefined; nowMs: number }): JSX.Element {
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
        <Match when={props.result}>{(result) => <ResultMark result={result()} />}</Match>
        <Match when={true}><span class="PastExams__blank" /></Match>
      </Switch>
      <Show when={exam().session} fallback={<Button kind="quiet" href={`/exams/${exam().id}`}>{t('detailsButton')}</Button>}>
        {(session) => (
          <Show when={props.result?.release !== 'waiting'} fallback={<Button kind="quiet" href={`/results/${session().id}`}>{t('detailsButton')}</Button>}>
            <Button href={`/results/${session().id}`} aria-label={t('seeResultOf', { title: exam().title })}>{t('seeResult')}</Button>
          </Show>
        )}
      </Show>
    </li>
  );
}
