import Download from 'lucide-solid/icons/download';
import type { JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { serverNowMs } from '#web/lib/server-clock.ts';
import { Button } from '#web/ui/Button.tsx';

import { laterMessages as messages } from './later-messages.ts';
import { useSit } from './sit-context.ts';

/** Saves what the platform does not have as a file, for the student to give to staff. */
export function SaveCopy(): JSX.Element {
  const t = useMessages(messages);
  const sit = useSit();
  function save(): void {
    const numbered = (itemId: string): { question: number; itemId: string } => ({ question: sit.numberOf(itemId), itemId });
    const copy = {
      what: 'Answers that were not confirmed by the platform when this file was made',
      sessionId: sit.sessionId,
      exam: sit.exam()?.title ?? null,
      madeAt: new Date(serverNowMs()).toISOString(),
      deadlineAt: sit.session()?.deadlineAt ?? null,
      unsent: sit.answers.unsent().answers.map(({ itemId, response }) => ({ ...numbered(itemId), writtenAt: new Date(sit.answers.view(itemId).changedAtMs).toISOString(), response })),
      refused: sit.refused().map(({ itemId, response, code, atMs }) => ({ ...numbered(itemId), writtenAt: new Date(atMs).toISOString(), code, response })),
    };
    const address = URL.createObjectURL(new Blob([JSON.stringify(copy, null, 2)], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `answers-${sit.sessionId}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }
  return <Button icon={Download} onClick={save}>{t('saveCopy')}</Button>;
}
