import CircleCheck from 'lucide-solid/icons/circle-check';
import CircleSlash from 'lucide-solid/icons/circle-slash';
import Clock from 'lucide-solid/icons/clock';
import { Match, Switch, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';
import type { StudentExam } from './api.ts';
import { type ExamStanding, examTimes } from './exam-times.ts';
import { messages } from './messages.ts';
import { whenText } from './when.ts';

/** An exam that can not be begun any more, why, and what to do. */
export function OverPanel(props: { exam: StudentExam; standing: ExamStanding; nowMs: number }): JSX.Element {
  const t = useMessages(messages);
  const session = () => props.exam.session;
  const result = (): JSX.Element => <Button href={`/results/${session()!.id}`}>{t('goToResult')}</Button>;
  const entryEnd = (): string => {
    const times = examTimes(props.exam);
    return times === null ? '' : whenText(times.entryEndsMs, props.nowMs, { weekday: 'long' });
  };
  return (
    <div class="ExamEntry__over">
      <Switch fallback={<Banner icon={Clock} title={t('missedTitle')}><p>{t('missedHelp', { time: entryEnd() })}</p></Banner>}>
        <Match when={props.standing === 'cancelled'}><Banner tone="info" icon={CircleSlash} title={t('cancelledTitle')}><p>{t('cancelledHelp')}</p></Banner></Match>
        <Match when={session()?.state === 'terminated'}><Banner tone="attention" title={t('terminatedTitle')} actions={result()}><p>{t('terminatedHelp')}</p></Banner></Match>
        <Match when={session()?.state === 'withdrawn'}><Banner tone="attention" title={t('withdrawnTitle')} actions={result()}><p>{t('terminatedHelp')}</p></Banner></Match>
        <Match when={session() !== undefined}><Banner tone="done" icon={CircleCheck} title={t('doneTitle')} actions={result()}><p>{props.exam.rules.attemptsLeft === 0 ? t('doneHelp') : null}</p></Banner></Match>
      </Switch>
    </div>
  );
}
