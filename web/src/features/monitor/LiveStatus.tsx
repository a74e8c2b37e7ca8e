import type { JSX } from 'solid-js';

import { formatTime, formatZone } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { ShellStatus } from '#web/ui/StaffShell.tsx';

import { messages } from './messages.ts';

/** Whether the page is live, with the server's time; or as of when it is true. */
export function LiveStatus(props: { sinceMs: number | null; nowMs: number }): JSX.Element {
  const t = useMessages(messages);
  const shownMs = (): number => props.sinceMs ?? props.nowMs;
  return (
    <ShellStatus
      tone={props.sinceMs === null ? 'done' : 'attention'}
      word={props.sinceMs === null ? t('live') : t('notLiveAsOf')}
      time={formatTime(shownMs(), { seconds: true })}
      zone={formatZone(shownMs())}
      title={t('serverTime')}
    />
  );
}
