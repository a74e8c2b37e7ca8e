import Check from 'lucide-solid/icons/check';
import X from 'lucide-solid/icons/x';
import { Show, type JSX } from 'solid-js';

import { formatDateTime, formatNumber } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Banner } from '#web/ui/Banner.tsx';
import { StackedBar, type StackedPart } from '#web/ui/StackedBar.tsx';
import type { ReleasedResult } from './api.ts';
import { messages } from './messages.ts';
import { formatPoints } from './points.ts';
import { type ItemVerdict, verdictOf } from './verdict.ts';

const FILLS = { right: 'done', partly: 'attention', wrong: 'quiet', empty: 'absent', pending: 'info' } as const;

/** Score, verdict and how the answers came out. */
export function ScoreHead(props: { result: ReleasedResult }): JSX.Element {
  const t = useMessages(messages);
  const percent = (value: number): string => formatNumber(value, { maximumFractionDigits: 1 });
  const facts = (): string =>
    [
      props.result.endedAt === null ? undefined : t('sat', { time: formatDateTime(props.result.endedAt) }),
      props.result.publishedAt === null ? undefined : t('released', { time: formatDateTime(props.result.publishedAt) }),
      props.result.attempt > 1 ? t('attempt', { attempt: props.result.attempt }) : undefined,
    ].filter((fact) => fact !== undefined).join(' ');
  const parts = (): readonly StackedPart[] => {
    const verdicts = (props.result.items ?? []).map(verdictOf);
    return (Object.keys(FILLS) as (keyof typeof FILLS)[])
      .map((key) => ({ key, label: t(key), count: verdicts.filter((verdict: ItemVerdict) => verdict === key).length, fill: FILLS[key] }))
      .filter(({ count }) => count > 0);
  };
  return (
    <header class="Score" data-alone={parts().length === 0 ? '' : undefined}>
      <div class="Score__main">
        <h1 class="Result__title">{props.result.examTitle}</h1>
        <p class="small soft tabular">{facts()}</p>
        <Show when={props.result.points !== undefined} fallback={<Banner title={t('noScore')}><p>{t('noScoreHelp')}</p></Banner>}>
          <p class="Score__num"><b title={props.result.points}>{formatPoints(props.result.points!)}</b> <span>{t('ofPoints', { max: formatPoints(props.result.maxPoints ?? '0') })}</span></p>
          <p class="Score__line">
            <Show when={props.result.grade}>
              {(grade) => <Badge tone={grade() === 'pass' ? 'done' : 'neutral'} icon={grade() === 'pass' ? Check : X}>{t(grade() === 'pass' ? 'passed' : 'failed')}</Badge>}
            </Show>
            <Show when={props.result.percent !== undefined}><b class="tabular">{t('percent', { percent: percent(props.result.percent!) })}</b></Show>
            <Show when={props.result.passPercent !== null}><span class="soft">{t('passMark', { percent: percent(props.result.passPercent!) })}</span></Show>
          </p>
        </Show>
      </div>
      <Show when={parts().length > 0}>
        <div class="Score__parts"><h2>{t('how')}</h2><StackedBar parts={parts()} label={t('how')} /></div>
      </Show>
    </header>
  );
}
