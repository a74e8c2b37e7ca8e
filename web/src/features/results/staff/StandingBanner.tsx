import CalendarClock from 'lucide-solid/icons/calendar-clock';
import CircleCheck from 'lucide-solid/icons/circle-check';
import Eye from 'lucide-solid/icons/eye';
import Hourglass from 'lucide-solid/icons/hourglass';
import Ban from 'lucide-solid/icons/ban';
import { Show, type JSX } from 'solid-js';

import type { Exam } from '#web/features/exams/api.ts';
import { formatDateTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Banner } from '#web/ui/Banner.tsx';
import { Button } from '#web/ui/Button.tsx';

import type { Figures } from './figures.ts';
import { MailLine } from './MailLine.tsx';
import { messages } from './messages.ts';
import type { Standing } from './standing.ts';

const LOOKS = {
  published: { tone: 'done', icon: Eye }, ready: { tone: 'info', icon: CircleCheck }, waiting: { tone: 'attention', icon: Hourglass },
  auto: { tone: 'info', icon: CalendarClock }, cancelled: { tone: 'neutral', icon: Ban },
} as const satisfies Record<Standing, unknown>;

/** Says in words whether students see their results, and what is missing before they can. */
export function StandingBanner(props: { exam: Exam; standing: Standing; figures: Figures; open: number; onShowPending: () => void; onGrade: () => void }): JSX.Element {
  const t = useMessages(messages);
  const help = (): string => {
    const { exam, figures } = props;
    if (props.standing === 'published') {
      const when = formatDateTime(exam.resultsPublishedAt!);
      return figures.withheld > 0 ? t('standing.publishedHelp', { when, withheld: figures.withheld }) : t('standing.publishedAll', { when });
    }
    if (props.standing === 'auto') return exam.results.release === 'at' ? t('standing.at', { when: exam.results.releaseAt === null ? t('none') : formatDateTime(exam.results.releaseAt) }) : t(`standing.${exam.results.release as 'immediate'}`);
    if (props.standing === 'waiting') return t('standing.waitingHelp', { list: left() });
    return t(`standing.${props.standing}Help`);
  };
  const marks = (): number => props.figures.pending + props.figures.needsManual;
  const left = (): string => [
    props.open > 0 ? t('leftOpen', { count: props.open }) : undefined,
    props.figures.ungraded > 0 ? t('leftUngraded', { count: props.figures.ungraded }) : undefined,
    marks() > 0 ? t('leftPending', { count: marks() }) : undefined,
  ].filter((part) => part !== undefined).join(', ').replace(/^./, (letter) => letter.toUpperCase());
  const hasActions = (): boolean => props.standing === 'waiting' && marks() + props.figures.ungraded > 0;
  return (
    <Banner
      tone={LOOKS[props.standing].tone}
      icon={LOOKS[props.standing].icon}
      title={t(`standing.${props.standing}`)}
      {...(hasActions() ? { actions: (
        <>
          <Show when={marks() > 0}><Button size="small" href={`/staff/exams/${props.exam.id}/marking`}>{t('markThem')}</Button><Button size="small" onClick={() => props.onShowPending()}>{t('showPending')}</Button></Show>
          <Show when={props.figures.ungraded > 0}><Button size="small" onClick={() => props.onGrade()}>{t('gradeThem')}</Button></Show>
        </>
      ) } : {})}
    >
      <p>{help()}</p>
      <Show when={props.standing === 'published' && props.exam.resultsPublishedAt}><MailLine examId={props.exam.id} /></Show>
    </Banner>
  );
}
