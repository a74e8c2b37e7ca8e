import { formatNumber } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';

import type { Note } from './api.ts';
import { reasonOf } from './figures.ts';
import { messages } from './messages.ts';

/** Numbers and reasons in words. */
export interface Words {
  /** A number with up to so many decimals, a minus that can be seen; a dash for null. */
  number(value: number | null, decimals?: number): string;
  /** A percent that is given as percent. */
  percent(value: number | null): string;
  /** A share of 1 as percent. */
  share(value: number | null, decimals?: number): string;
  seconds(value: number | null): string;
  minutes(value: number | null): string;
  /** Why a value is null, as part of a sentence. */
  reason(notes: readonly Note[], path: string): string;
}

/** Says numbers and reasons in the language of the page. */
export function useWords(): Words {
  const t = useMessages(messages);
  const fixed = (value: number, decimals: number): string => {
    // a tiny negative number is not "−0.00"
    const text = formatNumber(value, { minimumFractionDigits: decimals, maximumFractionDigits: decimals, signDisplay: 'negative' });
    return text.replace('-', '−');
  };
  return {
    number: (value, decimals = 2) => (value === null ? t('none') : fixed(value, decimals)),
    percent: (value) => (value === null ? t('none') : t('percent', { value: fixed(value, 1) })),
    share: (value, decimals = 0) => (value === null ? t('none') : t('percent', { value: fixed(100 * value, decimals) })),
    seconds: (value) => (value === null ? t('none') : value >= 120 ? t('minutes', { value: fixed(value / 60, 1) }) : t('seconds', { value: fixed(value, 0) })),
    minutes: (value) => (value === null ? t('none') : t('minutes', { value: fixed(value, value < 10 ? 1 : 0) })),
    reason: (notes, path) => {
      const reason = reasonOf(notes, path);
      return reason === undefined ? t('noReason') : t(`reason.${reason}`);
    },
  };
}
