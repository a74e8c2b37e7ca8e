import { Show, type JSX } from 'solid-js';

import { formatDate, formatDateTime, formatTime, formatZone } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import type { ExamWindow } from './api.ts';
import { messages } from './messages.ts';
import { isElsewhere, placeOfZone } from './when.ts';

/** When an exam is held: on the clock of this device, and on the clock there when that shows another time. */
export function WindowLine(props: { window: ExamWindow | null; nowMs: number }): JSX.Element {
  const t = useMessages(messages);
  const text = (window: ExamWindow, zone?: string): string => {
    const { opensAt, closesAt } = window;
    const isOneDay = formatDate(opensAt, { zone }) === formatDate(closesAt, { zone });
    const name = formatZone(opensAt, zone);
    if (isOneDay) return t('windowIs', { date: formatDate(opensAt, { zone }), start: formatTime(opensAt, { zone }), end: formatTime(closesAt, { zone }), zone: name });
    return t('windowDays', { start: formatDateTime(opensAt, { zone }), end: formatDateTime(closesAt, { zone }), zone: name });
  };
  return (
    <Show when={props.window} fallback={<p class="soft">{t('noTimeYet')}. {t('noTimeHelp')}</p>}>
      {(window) => (
        <p class="soft tabular">
          {text(window())}
          <Show when={isElsewhere(Date.parse(window().opensAt), window().timeZone)}>
            {' '}{t('whereHeld', { place: placeOfZone(window().timeZone) ?? window().timeZone, window: `${formatTime(window().opensAt, { zone: window().timeZone })} – ${formatTime(window().closesAt, { zone: window().timeZone })} ${formatZone(window().opensAt, window().timeZone)}` })}
          </Show>
        </p>
      )}
    </Show>
  );
}
