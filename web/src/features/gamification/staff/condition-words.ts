import { useMessages } from '#web/lib/i18n.ts';
import { formatNumber } from '#web/lib/format.ts';

import type { Condition } from '../api.ts';
import { messages } from './messages.ts';

/** Says conditions in a sentence each. */
export function useConditionWords(): (condition: Condition) => string {
  const t = useMessages(messages);
  return (condition) => {
    const where = [condition.examIds.length > 0 ? t('whereExams', condition.examIds.length) : '', condition.tag === null ? '' : t('whereTag', { tag: condition.tag })].join('');
    switch (condition.kind) {
      case 'score':
        return t('words.score', condition.exams, formatNumber(condition.minPercent), where);
      case 'streak':
        return t('words.streak', condition.exams, formatNumber(condition.minPercent), where);
      case 'improvement':
        return t('words.improvement', formatNumber(condition.byPercent), where);
    }
  };
}
