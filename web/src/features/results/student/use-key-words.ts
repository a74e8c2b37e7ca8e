import { useMessages } from '#web/lib/i18n.ts';
import type { KeyWords } from './key-text.ts';
import { messages } from './messages.ts';

/** Words that keys are told with, in the language of the page. */
export function useKeyWords(): KeyWords {
  const t = useMessages(messages);
  return {
    get or() {
      return t('or');
    },
    between: (min, max) => t('between', { min, max }),
    plusMinus: (value, tolerance) => t('plusMinus', { value, tolerance }),
    pattern: (pattern) => t('pattern', { pattern }),
  };
}
