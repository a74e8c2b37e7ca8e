import Archive from 'lucide-solid/icons/archive';
import Ban from 'lucide-solid/icons/ban';
import CalendarClock from 'lucide-solid/icons/calendar-clock';
import CircleCheck from 'lucide-solid/icons/circle-check';
import Pencil from 'lucide-solid/icons/pencil';
import Radio from 'lucide-solid/icons/radio';
import type { JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { useMessages } from '#web/lib/i18n.ts';

import type { Exam, ExamState } from './api.ts';
import { messages } from './messages.ts';

import './exam-state-mark.css';

const ICONS = { draft: Pencil, published: CalendarClock, open: Radio, closed: CircleCheck, archived: Archive } as const satisfies Record<ExamState, unknown>;

/** State of an exam as icon and word: a chip in headings, without a frame (`plain`) in tables. */
export function ExamStateMark(props: { exam: Pick<Exam, 'state' | 'cancelledAt'>; plain?: boolean }): JSX.Element {
  const t = useMessages(messages);
  const isCancelled = (): boolean => props.exam.cancelledAt !== null && props.exam.state === 'closed';
  return (
    <span class="ExamStateMark" data-state={props.exam.state} data-plain={props.plain ? '' : undefined}>
      <Dynamic component={isCancelled() ? Ban : ICONS[props.exam.state]} />
      {isCancelled() ? t('cancelled') : t(`state.${props.exam.state}`)}
    </span>
  );
}
