import { Show, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { Card } from '#web/ui/Card.tsx';
import { Facts } from '#web/ui/Facts.tsx';

import type { ExamStatistics, ItemStatistics } from './api.ts';
import { ChartCard } from './charts/ChartCard.tsx';
import { drawRows } from './charts/rows.ts';
import { messages } from './messages.ts';
import { useWords } from './use-words.ts';

/** More rows are no chart any more; then only the longest are drawn. */
const MOST_ROWS = 40;
const LONGEST = 25;
const STEPS = ['assigned', 'started', 'finished', 'submitted'] as const;

/** Who finished, how sessions ended, and how long questions took. */
export function TimeTab(props: { exam: ExamStatistics; items: readonly ItemStatistics[] }): JSX.Element {
  const t = useMessages(messages);
  const words = useWords();
  const done = () => props.exam.completion;
  const timed = (): ItemStatistics[] => props.items.filter(({ medianSeconds }) => medianSeconds !== null);
  const drawn = (): ItemStatistics[] => (timed().length <= MOST_ROWS ? timed() : [...timed()].sort((a, b) => b.medianSeconds! - a.medianSeconds!).slice(0, LONGEST));
  const longest = (): ItemStatistics | undefined => [...timed()].sort((a, b) => b.medianSeconds! - a.medianSeconds!)[0];
  return (
    <div class="Analysis__stack">
      <div class="Analysis__columns">
        <ChartCard
          title={t('completion')}
          sentence={t('completionSentence', done())}
          draw={(width) => drawRows({ most: Math.max(1, ...STEPS.map((step) => done()[step])), rows: STEPS.map((step) => ({ name: t(`completion.${step}`), bars: [{ value: done()[step], text: String(done()[step]), tone: step === 'finished' ? 'accent' : 'neutral' }] })) }, width)}
          table={{ head: [t('colStep'), t('colStudents')], rows: STEPS.map((step) => [t(`completion.${step}`), String(done()[step])]) }}
        />
        <Card title={t('completionFacts')}>
          <Facts
            items={[
              [t('completion.submitted'), String(done().submitted)],
              [t('end.expired'), String(done().expired)],
              [t('end.terminated'), String(done().terminated)],
              [t('end.withdrawn'), String(done().withdrawn)],
              [t('end.median'), words.minutes(done().medianMinutes)],
              [t('end.mean'), words.minutes(done().meanMinutes)],
              [t('end.omitted'), words.number(done().meanOmitted, 1)],
            ]}
          />
        </Card>
      </div>
      <Show when={longest()} fallback={<p class="soft small">{t('timesNone')}</p>}>
        {(slowest) => (
          <ChartCard
            title={t('times')}
            sentence={[t('timesSentence', { number: slowest().number, seconds: words.seconds(slowest().medianSeconds) }), ...(drawn().length < timed().length ? [t('timesSome', { shown: drawn().length, all: timed().length })] : [])].join(' ')}
            draw={(width) => drawRows({ most: slowest().medianSeconds!, rows: drawn().map((item) => ({ name: t('timeBar', { number: item.number, text: item.text }), bars: [{ value: item.medianSeconds, text: words.seconds(item.medianSeconds), tone: item.itemId === slowest().itemId ? 'accent' : 'neutral' }] })) }, width)}
            table={{ head: [t('colQuestion'), t('colTime')], rows: timed().map((item) => [t('timeBar', { number: item.number, text: item.text }), words.seconds(item.medianSeconds)]) }}
          />
        )}
      </Show>
    </div>
  );
}
