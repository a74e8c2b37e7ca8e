import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { createMemo, For, Show, type JSX } from 'solid-js';

import { add, formatDecimal, type Fraction, fraction, multiply, parseDecimal, ZERO } from '#domain/decimal.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Badge } from '#web/ui/Badge.tsx';
import { Card } from '#web/ui/Card.tsx';

import type { Finding, Readiness } from '../api.ts';
import type { Builder } from './create-builder.ts';
import type { KnownQuestions } from './create-questions.ts';
import { Findings, NothingMissing } from './Findings.tsx';
import { messages } from './messages.ts';
import { totalCount, totalPoints } from './sections.ts';

/** Beside every step: totals, what is missing, points by topic. */
export function BuilderAside(props: { builder: Builder; questions: KnownQuestions; readiness: Readiness | undefined; error: unknown; /** The page shows the findings itself. */ bare?: boolean; onGo: (finding: Finding) => void }): JSX.Element {
  const t = useMessages(messages);
  const count = (): number => totalCount(props.builder.draft.sections);
  const missing = (): readonly Finding[] => props.readiness?.errors ?? [];
  const warnings = (): readonly Finding[] => props.readiness?.warnings ?? [];
  const topics = createMemo(() => {
    const sums = new Map<string, { name: string; points: Fraction }>();
    const put = (name: string, points: Fraction): void => void sums.set(name, { name, points: add(sums.get(name)?.points ?? ZERO, points) });
    for (const section of props.builder.draft.sections) {
      for (const item of section.items) put(props.questions.get(item.questionId)?.topic ?? t('noTopic'), parseDecimal(item.points) ?? ZERO);
      if (section.draw !== undefined && section.draw.tag !== '') put(t('drawn', { tag: section.draw.tag }), multiply(parseDecimal(section.draw.points) ?? ZERO, fraction(BigInt(section.draw.count))));
    }
    const rows = [...sums.values()].map(({ name, points }) => ({ name, points: formatDecimal(points), value: Number(points.num) / Number(points.den) }));
    return rows.sort((one, other) => other.value - one.value).slice(0, 8);
  });
  const most = (): number => Math.max(1, ...topics().map(({ value }) => value));
  const perQuestion = (): string => {
    const seconds = Math.round((props.builder.draft.durationMinutes * 60) / Math.max(1, count()));
    return seconds >= 600 ? `${Math.round(seconds / 60)} min` : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  };
  return (
    <aside class="Builder__aside">
      <div class="Totals Card" role="group" aria-label={t('totals')}>
        <div><b>{count()}</b>{t('questions')}</div>
        <div><b>{totalPoints(props.builder.draft.sections)}</b>{t('points')}</div>
        <div><b>{props.builder.draft.durationMinutes}</b>{t('minutes')}</div>
        <Show when={count() > 0}>
          <p>
            {t('perQuestion', { time: perQuestion() })}
            <Show when={(props.readiness?.totals.gradedByHand ?? 0) > 0}>. {props.readiness!.totals.gradedByHand === 1 ? t('byHandOne') : t('byHand', { count: props.readiness!.totals.gradedByHand })}</Show>
          </p>
        </Show>
      </div>
      <Show when={!props.bare}><Card title={t('before')} flush badge={<Show when={missing().length > 0}><Badge tone="attention" icon={TriangleAlert}>{missing().length}</Badge></Show>}>
        <Show when={props.readiness} fallback={<p class="Findings__none soft">{props.error === undefined ? t('checking') : t('checkFailed')}</p>}>
          <Show when={missing().length > 0} fallback={<NothingMissing />}><Findings findings={missing().slice(0, 12)} builder={props.builder} questions={props.questions} onGo={props.onGo} /></Show>
        </Show>
      </Card></Show>
      <Show when={!props.bare && warnings().length > 0}>
        <Card title={t('lookAt')} flush><Findings quiet findings={warnings().slice(0, 12)} builder={props.builder} questions={props.questions} onGo={props.onGo} /></Card>
      </Show>
      <Show when={topics().length > 0}>
        <Card title={t('byTopic')}>
          <ul class="Topics"><For each={topics()}>{(topic) => <li><span dir="auto">{topic.name}</span><span class="soft">{topic.points}</span><i style={{ '--share': `${(100 * topic.value) / most()}%` }} /></li>}</For></ul>
        </Card>
      </Show>
    </aside>
  );
}
