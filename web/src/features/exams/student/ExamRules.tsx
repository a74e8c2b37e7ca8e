import { createMemo, For, type JSX } from 'solid-js';

import { currentLanguage, useMessages } from '#web/lib/i18n.ts';
import { formatDuration, formatNumber } from '#web/lib/format.ts';
import { Card } from '#web/ui/Card.tsx';
import { Sentence } from '#web/ui/Sentence.tsx';
import type { StudentExam } from './api.ts';
import { examTimes } from './exam-times.ts';
import { messages } from './messages.ts';
import { whenText } from './when.ts';

/** What applies to this student in this exam, as sentences that are true for them. */
export function ExamRules(props: { exam: StudentExam; isBegun: boolean; nowMs: number }): JSX.Element {
  const t = useMessages(messages);
  const rules = createMemo(() => [...timeRules(), ...formRules(), ...lossRules(), ...resultRules()], [], { equals: (a, b) => a.join('\n') === b.join('\n') });

  function timeRules(): string[] {
    const { exam, nowMs } = props;
    const when = (ms: number): string => whenText(ms, nowMs);
    const everybodyMs = exam.durationMinutes * 60_000;
    const times = examTimes(exam);
    const { ownMinutes, addedMinutes } = exam.rules;
    const time = formatDuration((ownMinutes + addedMinutes) * 60_000);
    const [moreMs, addedMs] = [ownMinutes * 60_000 - everybodyMs, addedMinutes * 60_000];
    const own = moreMs > 0 ? t('ruleOwnMore', { time, everybody: formatDuration(everybodyMs + addedMs), more: formatDuration(moreMs) }) : t('ruleOwn', { time });
    const added = addedMs === 0 ? [] : [t(addedMs > 0 ? 'ruleAdded' : 'ruleTaken', { time: formatDuration(Math.abs(addedMs)) })];
    if (times === null || props.isBegun) return [own, ...added];
    const entry = times.entryEndsMs <= times.opensAtMs ? t('ruleEntryAt', { from: when(times.opensAtMs) }) : t('ruleEntry', { from: when(times.opensAtMs), until: when(times.entryEndsMs) });
    const end = times.fullTimeUntilMs === null || times.latestEndMs === null
      ? t('ruleEndDuration', { close: when(times.closesAtMs) })
      : t('ruleEndWindow', { end: when(times.latestEndMs), full: when(Math.max(times.opensAtMs, times.fullTimeUntilMs)) });
    return [own, ...added, entry, end];
  }

  function formRules(): string[] {
    const { rules: said, itemCount } = props.exam;
    return [
      ...(itemCount > 0 ? [t('ruleCount', itemCount)] : []),
      t(said.navigation === 'forward' ? 'ruleForward' : 'ruleFree'),
      ...(said.display === 'all' ? [t('ruleAll')] : []),
      said.attempts === 1 ? t('ruleOnce') : t('ruleAttempts', said.attemptsLeft, said.attempts),
      ...(said.hasAccessCode ? [t('ruleCode')] : []),
    ];
  }

  function lossRules(): string[] {
    return [t('ruleSaved'), t('ruleResume'), ...(props.exam.rules.proctoring === 'none' ? [] : [t('ruleEvents')])];
  }

  function resultRules(): string[] {
    const { score, items, key, feedback } = props.exam.rules.resultsShown;
    const things = [score && t('thingScore'), items && t('thingItems'), key && t('thingKey'), feedback && t('thingFeedback')].filter((thing) => typeof thing === 'string');
    const list = new Intl.ListFormat(currentLanguage() === 'en' ? 'en-GB' : currentLanguage(), { type: 'conjunction' }).format(things);
    return [
      ...(props.exam.passPercent == null ? [] : [t('rulePass', { percent: formatNumber(props.exam.passPercent) })]),
      things.length > 0 ? t('ruleResults', { things: list }) : t('ruleNoResults'),
    ];
  }

  return <Card title={t('rules')}><ul class="Rules"><For each={rules()}>{(rule) => <li><Sentence text={rule} /></li>}</For></ul></Card>;
}
