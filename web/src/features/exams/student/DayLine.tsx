import { For, Show, untrack, type JSX } from 'solid-js';

import { formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';
import type { StudentExam } from './api.ts';
import { endOfStart, type ExamTimes } from './exam-times.ts';
import { messages } from './messages.ts';

const HOUR_MS = 3_600_000;
/** The line shows the day of the exam, not the weeks before it. */
const LONGEST_MS = 14 * HOUR_MS;
/** Labels closer than this share of the line would cover each other. */
const CLOSE = 0.11;

interface Point {
  readonly atMs: number;
  readonly label: 'lineNow' | 'lineOpens' | 'lineEntry' | 'lineCloses' | 'yourEnd';
  readonly kind: 'done' | 'now' | 'to-come';
}

/** The hours around the exam on a line, with where now is. Shown only when they fit on one. */
export function DayLine(props: { exam: StudentExam; times: ExamTimes; nowMs: number }): JSX.Element {
  const t = useMessages(messages);
  const openedAtMs = untrack(() => props.nowMs);
  // the left end stays where it was when the page was opened
  const fromMs = (): number => Math.min(openedAtMs, props.times.opensAtMs - HOUR_MS / 4, props.nowMs);
  const endMs = (): number => Math.max(endOfStart(props.exam, Math.max(props.nowMs, props.times.opensAtMs)), props.times.opensAtMs + 1);
  const shareOf = (atMs: number): number => (atMs - fromMs()) / (endMs() - fromMs());
  const points = (): readonly Point[] => {
    const { opensAtMs, entryEndsMs, closesAtMs } = props.times;
    const all: Point[] = [
      { atMs: opensAtMs, label: 'lineOpens', kind: props.nowMs >= opensAtMs ? 'done' : 'to-come' },
      { atMs: endMs(), label: endMs() === closesAtMs ? 'lineCloses' : 'yourEnd', kind: 'to-come' },
    ];
    const fits = (atMs: number): boolean => all.every((point) => Math.abs(shareOf(point.atMs) - shareOf(atMs)) > CLOSE);
    if (entryEndsMs < closesAtMs && entryEndsMs > props.nowMs && entryEndsMs < endMs() && fits(entryEndsMs)) all.push({ atMs: entryEndsMs, label: 'lineEntry', kind: 'to-come' });
    if (fits(props.nowMs)) all.push({ atMs: props.nowMs, label: 'lineNow', kind: 'now' });
    return all.toSorted((a, b) => a.atMs - b.atMs);
  };
  return (
    <Show when={endMs() - fromMs() <= LONGEST_MS}>
      <div class="DayLine" style={{ '--now': `${Math.max(0, Math.min(1, shareOf(props.nowMs))) * 100}%` }}>
        <ol aria-label={t('dayLine')}>
          <For each={points()}>
            {(point) => <li data-kind={point.kind} data-edge={shareOf(point.atMs) > 0.94 ? 'end' : shareOf(point.atMs) < 0.06 ? 'start' : undefined} style={{ '--at': `${shareOf(point.atMs) * 100}%` }}><b>{formatTime(point.atMs)}</b><span>{t(point.label)}</span></li>}
          </For>
        </ol>
      </div>
    </Show>
  );
}
