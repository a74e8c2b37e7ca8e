import { createEffect, createSignal, For, on, Show, type JSX } from 'solid-js';

import { createAct } from '#web/lib/create-act.ts';
import { createLoad } from '#web/lib/create-load.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';
import { Card } from '#web/ui/Card.tsx';
import { ProblemView } from '#web/ui/ProblemView.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { Select } from '#web/ui/Select.tsx';
import { Skeleton } from '#web/ui/Skeleton.tsx';

import { type GradeScale, loadHistogram, loadScale, saveScale } from './api.ts';
import { BandTable } from './BandTable.tsx';
import { messages } from './messages.ts';
import { type Band, bandsOf, hasBands, scaleInOf } from './scale.ts';

const KINDS: readonly GradeScale['kind'][] = ['points', 'percent', 'pass-fail', 'letters', 'bands', 'percentile'];

/** How points become grades: kind, cut-offs, and how many students each grade holds. */
export function ScaleCard(props: { examId: string; stamp: number }): JSX.Element {
  const t = useMessages(messages);
  const load = createLoad(() => props.examId, loadScale);
  const histogram = createLoad(() => props.examId, loadHistogram);
  const [kind, setKind] = createSignal<GradeScale['kind']>('percent');
  const [unit, setUnit] = createSignal<GradeScale['unit']>('percent');
  const [bands, setBands] = createSignal<readonly Band[]>([]);
  const [isSaved, setSaved] = createSignal(false);
  const [isTouched, setTouched] = createSignal(false);
  // moderation and corrections move students from one grade to another
  createEffect(on(() => props.stamp, () => (load.reload(), histogram.reload()), { defer: true }));
  createEffect(on(load.value, (scale) => {
    // what somebody types stays when only the counts are new
    if (scale === undefined || isTouched()) return;
    setKind(scale.kind);
    setUnit(scale.unit);
    setBands(bandsOf(scale));
  }));
  const touch = (): void => {
    setSaved(false);
    setTouched(true);
  };
  const countOf = (label: string): number | undefined => load.value()?.bands.find((band) => band.label === label)?.count;
  const act = createAct(async () => {
    const saved = await saveScale(props.examId, load.value()!.version, scaleInOf(kind(), unit(), load.value()!.places, bands()));
    setTouched(false);
    load.take(saved);
    setSaved(true);
  });
  return (
    <Card title={t('scale')}>
      <p class="small soft">{t('scaleHelp')} {load.value()?.rounding}</p>
      <Show when={load.value()} fallback={load.error() === undefined ? <Skeleton kind="block" height="160px" /> : <ProblemView compact problem={load.error()} onRetry={load.reload} busy={load.isLoading()} />}>
        <div class="Scale">
          <div class="stack">
            <Select label={t('scaleKind')} value={kind()} onChange={(next) => (touch(), setKind(next as GradeScale['kind']))} options={KINDS.map((value) => ({ value, label: t(`scale.${value}`) }))} />
            <Show when={kind() === 'bands'}><Segmented label={t('unit')} value={unit()} onChange={(next) => (touch(), setUnit(next))} options={[{ value: 'percent', label: t('unit.percent') }, { value: 'points', label: t('unit.points') }]} /></Show>
            <Show when={hasBands(kind())}>
              <BandTable bands={bands()} onChange={(next) => (touch(), setBands(next))} byRank={kind() === 'percentile'} countOf={countOf} />
            </Show>
            <div class="row wrap"><Button busy={act.isBusy()} busyText={t('saving')} onClick={() => void act.run()}>{t('save')}</Button><span role="status" class="small soft">{isSaved() ? t('saved') : ''}</span></div>
            <Show when={act.problem()}>{(problem) => <ProblemView compact problem={problem()} onRetry={load.reload} />}</Show>
          </div>
          <Show when={histogram.value()}>{(steps) => <Plot steps={steps()} cuts={kind() === 'percentile' || (kind() === 'bands' && unit() === 'points') || !hasBands(kind()) ? [] : bands()} />}</Show>
        </div>
      </Show>
    </Card>
  );
}

function Plot(props: { steps: readonly number[]; cuts: readonly Band[] }): JSX.Element {
  const t = useMessages(messages);
  const most = (): number => Math.max(1, ...props.steps);
  const all = (): number => props.steps.reduce((sum, count) => sum + count, 0);
  return (
    <svg class="Scale__plot" viewBox="0 0 400 190" role="img" aria-label={t('plot', { count: all() })}>
      <For each={props.steps}>{(count, index) => <rect x={index() * 20 + 1} y={160 - (count / most()) * 130} width="18" height={(count / most()) * 130}><title>{t('plotBar', { from: index() * 5, to: index() * 5 + 5, count })}</title></rect>}</For>
      <line class="Scale__axis" x1="0" y1="160" x2="400" y2="160" />
      <For each={props.cuts.filter(({ at }) => Number(at) > 0 && Number(at) <= 100)}>
        {(cut) => <g><line class="Scale__cut" x1={Number(cut.at) * 4} y1="18" x2={Number(cut.at) * 4} y2="160" /><text x={Number(cut.at) * 4 + 3} y="14">{cut.label}</text></g>}
      </For>
      <text x="0" y="180">0 %</text><text x="400" y="180" text-anchor="end">100 %</text>
    </svg>
  );
}
