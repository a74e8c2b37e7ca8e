import { formatDateTime, formatDuration } from '#web/lib/format.ts';

import type { Exam } from './api.ts';
import { totalCount, totalPoints } from './builder/sections.ts';
import type { messages } from './messages.ts';
import { readerWindowText, windowText } from './window-text.ts';

type Say = (key: keyof typeof messages.en, values?: Record<string, string | number>) => string;

/** The rules of an exam as names and sentences, for summaries. */
export function factsOf(exam: Exam, t: Say): readonly (readonly [name: string, value: string])[] {
  const { results, window } = exam;
  const count = totalCount(exam.sections);
  const shown = (['score', 'items', 'key', 'feedback'] as const).filter((name) => results[name]).map((name) => t(`shows.${name}`));
  const release = results.release === 'at' && results.releaseAt !== null ? t('release.at', { at: formatDateTime(results.releaseAt) }) : t(`release.${results.release}`);
  const paper = [
    count === 1 ? t('question') : t('questions', { count }),
    pointsText(totalPoints(exam.sections), t),
    t(`navigation.${exam.navigation}`),
    ...(exam.navigation === 'free' ? [t(`display.${exam.display}`)] : []),
    ...(exam.shuffleItems ? [t('shuffledItems')] : []),
    ...(exam.shuffleOptions ? [t('shuffledOptions')] : []),
  ];
  const time = [formatDuration(exam.durationMinutes * 60_000), exam.attempts === 1 ? t('attempt') : t('attempts', { count: exam.attempts, rule: t(`rule.${exam.attemptRule}`) }), ...(exam.passPercent === null ? [] : [t('pass', { percent: exam.passPercent })])];
  const entry = [exam.lateEntryMinutes === null ? t('lateOpen') : t('lateLimit', { minutes: exam.lateEntryMinutes }), exam.hasAccessCode ? t('code') : t('noCode'), ...(exam.proctoring === 'none' ? [] : [t(`proctoring.${exam.proctoring}`)])];
  return [
    [t('factWhen'), window === null ? t('noWindow') : [windowText(window, t as never), readerWindowText(window, t as never)].filter((part) => part !== undefined).join('; ')],
    [t('factTime'), time.join(', ')],
    [t('factEnd'), t(`endRule.${exam.endRule}`)],
    [t('factWho'), exam.assignedCount === 0 ? t('nobody') : exam.assignedCount === 1 ? t('student') : t('students', { count: exam.assignedCount })],
    [t('factPaper'), paper.join(', ')],
    [t('factEntry'), entry.join(', ')],
    [t('factResults'), `${release}. ${shown.length === 0 ? t('showsNothing') : t('shows', { what: shown.join(', ') })}`],
    [t('factWarn'), exam.warnMinutes.length === 0 ? t('noWarn') : t('warn', { minutes: exam.warnMinutes.join(', ') })],
  ];
}

/** "1 point", "2.5 points". */
export function pointsText(points: string, t: Say): string {
  return points === '1' ? t('point') : t('points', { points });
}
