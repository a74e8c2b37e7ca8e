import { useMessages } from '#web/lib/i18n.ts';

import { messages } from './messages.ts';

/** A badge as far as its words go. */
export interface NamedBadge {
  readonly badge: string;
  /** Given by the teacher; null for a built-in one. */
  readonly name: string | null;
  readonly description: string | null;
}

type BuiltIn = 'perfect' | 'fast' | 'consistent' | 'clean' | 'early-bird';

/** Name of a badge, and how it is earned, in the language of the page. */
export function useBadgeWords() {
  const t = useMessages(messages);
  return {
    nameOf: ({ badge, name }: Pick<NamedBadge, 'badge' | 'name'>): string => name ?? t(`badge.${badge as BuiltIn}`),
    howOf: ({ badge, description, name }: NamedBadge): string => (name === null ? t(`how.${badge as BuiltIn}`) : (description ?? '')),
  };
}
