import ClockIcon from 'lucide-solid/icons/clock';
import Eye from 'lucide-solid/icons/eye';
import EyeOff from 'lucide-solid/icons/eye-off';
import Pause from 'lucide-solid/icons/pause';
import { createMemo, createSignal, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';

import { formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { IconButton } from '#web/ui/Button.tsx';

import { clockText } from './clock-text.ts';
import { messages } from './messages.ts';
import { useSit } from './sit-context.ts';

const [isHidden, setHidden] = createSignal(false);

/** The time that is left, in two lines of one width; it moves and says nothing by itself. */
export function Clock(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  const left = createTimeWords();
  const state = createMemo(() => {
    const phase = sit.clock.phase();
    return phase === 'calm' && sit.notices().some(({ kind }) => kind === 'time') ? 'changed' : phase;
  });
  const more = (): string => {
    if (state() === 'stands') return t('clockStands');
    const deadlineAt = sit.session()?.deadlineAt;
    if (state() === 'over' || deadlineAt == null) return t('timeIsOver');
    return t('leftEnds', { time: formatTime(deadlineAt) });
  };
  return (
    <div class="Clock" data-state={state()} role="timer" aria-live="off">
      <Dynamic component={state() === 'stands' ? Pause : ClockIcon} />
      <Show when={!isHidden()} fallback={<span class="Clock__left Clock__hidden">{t('timeHidden')}</span>}>
        <span class="Clock__left">{left()}</span>
        <span class="Clock__more">{more()}</span>
      </Show>
    </div>
  );
}

/** Hides the time, to the end or until it is shown again; warnings come all the same. */
export function ClockToggle(): JSX.Element {
  const t = useMessages(messages);
  return <IconButton icon={isHidden() ? Eye : EyeOff} label={isHidden() ? t('showTime') : t('hideTime')} onClick={() => setHidden(!isHidden())} />;
}

/** The time that is left in words: "1 h 17 min", "0:09:59". */
export function createTimeWords(): () => string {
  const t = useMessages(messages);
  const { clock } = useSit();
  return createMemo(() => {
    const text = clockText(clock.remainingMs());
    if (text.kind === 'seconds') return text.text;
    return text.hours === 0 ? t('minutes', { minutes: String(text.minutes) }) : t('hoursMinutes', { hours: String(text.hours), minutes: String(text.minutes) });
  });
}
