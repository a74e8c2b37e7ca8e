import type { useMessages } from '#web/lib/i18n.ts';

import type { messages } from './messages.ts';

/** What a question is called: by its place in the exam, or in the pools that questions are drawn from. */
export function questionName(t: ReturnType<typeof useMessages<typeof messages.en>>, item: { readonly number: number | null; readonly drawn: number | null } | undefined): string {
  if (item?.number != null) return t('questionNumber', { number: item.number });
  return item?.drawn == null ? t('drawnQuestion') : t('drawnNumber', { number: item.drawn });
}

/** A name as it stands within a sentence. */
export function inSentence(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
