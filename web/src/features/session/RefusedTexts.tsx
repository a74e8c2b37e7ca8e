import { For, type JSX } from 'solid-js';

import { formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { CopyButton } from '#web/ui/CopyButton.tsx';

import { describeResponse } from './describe-response.ts';
import { laterMessages as messages } from './later-messages.ts';
import { SitDialog } from './SitDialog.tsx';
import { useSit } from './sit-context.ts';

import './refused-texts.css';

const WHY: Readonly<Record<string, 'why_late' | 'why_paused' | 'why_locked'>> = {
  'session-closed': 'why_late', 'deadline-passed': 'why_late', 'not-found': 'why_late', 'session-paused': 'why_paused', 'item-locked': 'why_locked',
};

/** Texts that the platform did not take, to read, to copy, and to remove. */
export function RefusedList(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  const nameOf = (itemId: string): string => (sit.numberOf(itemId) > 0 ? t('questionNumber', { number: String(sit.numberOf(itemId)) }) : t('anAnswer'));
  return (
    <ul class="RefusedList">
      <For each={sit.refused()}>
        {(one) => {
          const text = (): string => describeResponse(sit.items().find(({ id }) => id === one.itemId), one.response);
          return (
            <li>
              <p><b>{nameOf(one.itemId)}</b> <span class="soft">{t(WHY[one.code] ?? 'why_other')} {t('writtenAtShort', { time: formatTime(one.atMs, { seconds: true }) })}</span></p>
              <pre tabindex="0" dir="auto">{text()}</pre>
              <div class="row wrap">
                <CopyButton kind="secondary" size="small" text={text()} label={t('copyText')} />
                <Button size="small" kind="quiet" onClick={() => sit.forgetRefused(one.id)}>{t('forgetText')}</Button>
              </div>
            </li>
          );
        }}
      </For>
    </ul>
  );
}

/** The same over the exam page, for a session that was opened again. */
export function RefusedDialog(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  return <SitDialog size={640} title={t('refusedTitle')} scope={t('refusedHelp')} onClose={() => sit.show(null)}><RefusedList /></SitDialog>;
}
