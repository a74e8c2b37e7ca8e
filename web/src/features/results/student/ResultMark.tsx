import FileCheck from 'lucide-solid/icons/file-check';
import Hourglass from 'lucide-solid/icons/hourglass';
import { Show, type JSX } from 'solid-js';

import { formatNumber } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import type { OwnResult } from './api.ts';
import { messages } from './messages.ts';
import { formatPoints } from './points.ts';

import './result-mark.css';

/** Points, percent and verdict of an attempt as far as they are shown, or that its result is still to come. */
export function ResultMark(props: { result: OwnResult }): JSX.Element {
  const t = useMessages(messages);
  const parts = (): string =>
    [
      props.result.percent === undefined ? undefined : t('percent', { percent: formatNumber(props.result.percent, { maximumFractionDigits: 1 }) }),
      props.result.grade === 'pass' ? t('passed') : props.result.grade === 'fail' ? t('failed') : undefined,
      props.result.gradeState === undefined || props.result.gradeState === 'graded' ? undefined : t('stillMarked'),
    ].filter((part) => part !== undefined).join(', ');
  return (
    <Show when={props.result.release === 'released'} fallback={<Badge icon={Hourglass}>{t('waitingForRelease')}</Badge>}>
      <Show when={props.result.points !== undefined} fallback={<Badge icon={FileCheck}>{t('isOut')}</Badge>}>
        <p class="ResultMark"><b class="tabular">{t('scoreOf', { points: formatPoints(props.result.points!), max: formatPoints(props.result.maxPoints ?? '0') })}</b> {parts()}</p>
      </Show>
    </Show>
  );
}
