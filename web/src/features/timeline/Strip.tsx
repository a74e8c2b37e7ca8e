import { createMemo, createSignal, For, Show, type JSX } from 'solid-js';

import { Button } from '#web/ui/Button.tsx';
import { formatDuration, formatTime } from '#web/lib/format.ts';
import { useMessages } from '#web/lib/i18n.ts';

import { clock } from './clock-text.ts';
import { type Happening, isClose, readStretches } from './lanes.ts';
import { messages } from './messages.ts';
import { readBars, readTicks, spanOf, type Span } from './strip-scale.ts';

import './strip.css';

const WIDTH = 976;
const BAND_Y = 62;
const BASE_Y = 58;

/** Props of the drawing. */
export interface StripProps {
  happenings: readonly Happening[];
  /** Where a session that still runs ends for now, epoch ms. */
  nowMs: number;
  range: readonly [number, number] | undefined;
  onRange: (range: readonly [number, number] | undefined) => void;
}

/** The whole session as one drawing: saves, connection, pauses, time changes, the end. A part can be chosen by dragging. */
export function Strip(props: StripProps): JSX.Element {
  const t = useMessages(messages);
  const span = createMemo(() => spanOf(props.happenings, props.nowMs));
  const x = (atMs: number): number => scale(span(), atMs);
  const stretches = createMemo(() => readStretches(props.happenings, span().endMs));
  const bars = createMemo(() => readBars(props.happenings, span()));
  const close = (): Happening | undefined => props.happenings.findLast(({ kind }) => isClose(kind));
  const changes = (): Happening[] => props.happenings.filter(({ kind }) => ['extend', 'shorten', 'credit', 'window', 'reopen'].includes(kind));
  const drag = createDrag(() => span(), (range) => props.onRange(range));
  const frame = (): readonly [number, number] | undefined => drag.range() ?? props.range;
  const sentence = (): string => t('stripSentence', {
    from: formatTime(span().startMs), to: formatTime(span().endMs),
    saves: bars().reduce((sum, bar) => sum + bar.saves, 0),
    gaps: stretches().connection.filter(({ kind }) => kind === 'gap').length,
    pauses: stretches().holds.length,
  });
  return (
    <section class="Strip" aria-label={t('stripLabel')}>
      <div class="Strip__scroll" tabindex={0} role="group" aria-label={t('stripLabel')}>
        <svg class="Strip__svg" viewBox={`0 0 ${WIDTH} 96`} role="img" aria-label={sentence()} {...drag.handlers}>
          <defs>
            <pattern id="strip-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect class="Strip__hatch-gap" width="6" height="6" /><rect class="Strip__hatch-line" width="3" height="6" />
            </pattern>
          </defs>
          <For each={stretches().holds}>{(hold) => <rect class="Strip__hold" x={x(hold.fromMs)} y="0" width={Math.max(1, x(hold.toMs) - x(hold.fromMs))} height="72" />}</For>
          <For each={longGaps(stretches().connection)}>{(gap) => <rect class="Strip__gap" x={x(gap.fromMs)} y="0" width={Math.max(1, x(gap.toMs) - x(gap.fromMs))} height="72" />}</For>
          <g class="Strip__saves">
            <For each={bars()}>{(bar) => <rect x={x(bar.fromMs) + 1} y={BASE_Y - bar.height} width={Math.max(1.5, x(bar.toMs) - x(bar.fromMs) - 2)} height={bar.height} rx="1" />}</For>
          </g>
          <rect class="Strip__none" x={x(span().startMs)} y={BAND_Y} width={x(span().endMs) - x(span().startMs)} height="8" rx="2" />
          <For each={stretches().connection}>
            {(part) => <rect class={part.kind === 'on' ? 'Strip__on' : undefined} fill={part.kind === 'on' ? undefined : 'url(#strip-hatch)'} x={x(part.fromMs)} y={BAND_Y} width={Math.max(1.5, x(part.toMs) - x(part.fromMs))} height="8" rx="2" />}
          </For>
          <For each={changes()}>{(what) => <line class="Strip__mark" x1={x(what.atMs)} x2={x(what.atMs)} y1="20" y2="72" />}</For>
          <For each={labels(props.happenings, stretches(), x, t)}>{(label) => <text class={label.tone} x={label.x} y="14" text-anchor={label.anchor}>{label.text}</text>}</For>
          <Show when={close()}>
            {(end) => (
              <>
                <line class="Strip__end" x1={x(end().atMs)} x2={x(end().atMs)} y1="4" y2="76" />
              </>
            )}
          </Show>
          <For each={readTicks(span())}>{(tick) => <text x={x(tick)} y="92" text-anchor={x(tick) < 20 ? 'start' : x(tick) > WIDTH - 20 ? 'end' : 'middle'}>{formatTime(tick, { seconds: span().endMs - span().startMs < 5 * 60_000 })}</text>}</For>
          <Show when={frame()}>{(chosen) => <rect class="Strip__frame" x={x(chosen()[0])} y="1" width={Math.max(2, x(chosen()[1]) - x(chosen()[0]))} height="76" rx="4" />}</Show>
        </svg>
      </div>
      <p class="Strip__foot">
        <Show when={props.range} fallback={t('stripHelp')}>
          {(range) => (
            <>
              <span>{t('stripChosen', { from: formatTime(range()[0], { seconds: true }), to: formatTime(range()[1], { seconds: true }) })}</span>
              <Button size="small" kind="quiet" onClick={() => props.onRange(undefined)}>{t('stripAll')}</Button>
            </>
          )}
        </Show>
      </p>
    </section>
  );
}

function scale({ startMs, endMs }: Span, atMs: number): number {
  return Math.round(Math.min(1, Math.max(0, (atMs - startMs) / (endMs - startMs))) * WIDTH * 10) / 10;
}

function longGaps(connection: ReturnType<typeof readStretches>['connection']) {
  return connection.filter(({ kind, fromMs, toMs }) => kind === 'gap' && toMs - fromMs >= 5_000);
}

interface Label { readonly text: string; readonly x: number; readonly anchor: 'start' | 'middle' | 'end'; readonly tone: string }

// labels that would cover one before them are left out: the list below has them all
function labels(happenings: readonly Happening[], { connection, holds }: ReturnType<typeof readStretches>, x: (atMs: number) => number, t: ReturnType<typeof useMessages<typeof messages.en>>): Label[] {
  const close = happenings.findLast(({ kind }) => isClose(kind));
  const middle = (part: { fromMs: number; toMs: number }): number => (x(part.fromMs) + x(part.toMs)) / 2;
  const wanted: Label[] = [
    ...(close === undefined ? [] : [{ text: t('stripClosed', { how: t(`state.${stateAfter(close.kind)}`).toLowerCase(), time: formatTime(close.atMs, { seconds: true }) }), x: x(close.atMs) < 160 ? x(close.atMs) + 6 : x(close.atMs) - 6, anchor: x(close.atMs) < 160 ? 'start' as const : 'end' as const, tone: 'Strip__strong' }]),
    ...longGaps(connection).map((gap): Label => ({ text: t('stripOffline', { time: clock(Math.round((gap.toMs - gap.fromMs) / 1_000) * 1_000) }), x: middle(gap), anchor: 'middle', tone: 'Strip__attention' })),
    ...holds.map((hold): Label => ({ text: t('stripPaused', { time: clock(Math.round((hold.toMs - hold.fromMs) / 1_000) * 1_000) }), x: middle(hold), anchor: 'middle', tone: '' })),
    ...happenings.filter(({ kind }) => kind === 'extend' || kind === 'shorten' || kind === 'credit').map((what): Label => ({ text: changeText(what), x: x(what.atMs) + 6, anchor: 'start', tone: '' })),
  ];
  const taken: [number, number][] = [];
  return wanted.map((label) => {
    const width = label.text.length * 6.6;
    const left = label.anchor === 'start' ? label.x : label.anchor === 'end' ? label.x - width : label.x - width / 2;
    const shift = left < 0 ? -left : left + width > WIDTH ? WIDTH - left - width : 0;
    return { label: { ...label, x: label.x + shift }, from: left + shift, to: left + shift + width };
  }).filter(({ from, to }) => {
    if (taken.some(([a, b]) => from < b + 8 && to > a - 8)) return false;
    taken.push([from, to]);
    return true;
  }).map(({ label }) => label);
}

function changeText(what: Happening): string {
  const ms = Date.parse(String(what.entry?.detail['newDeadlineAt'])) - Date.parse(String(what.entry?.detail['oldDeadlineAt']));
  return Number.isFinite(ms) ? `${ms < 0 ? '−' : '+'}${formatDuration(Math.abs(ms))}` : '';
}

function stateAfter(kind: string): 'submitted' | 'expired' | 'terminated' | 'withdrawn' {
  const states = { submit: 'submitted', expire: 'expired', terminate: 'terminated', withdraw: 'withdrawn' } as const;
  return states[kind as 'submit'] ?? 'expired';
}

function createDrag(span: () => Span, onRange: (range: readonly [number, number] | undefined) => void) {
  const [range, setRange] = createSignal<readonly [number, number]>();
  let from: number | undefined;
  const at = (event: PointerEvent & { currentTarget: SVGSVGElement }): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return span().startMs + Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * (span().endMs - span().startMs);
  };
  return {
    range,
    handlers: {
      onPointerDown: (event: PointerEvent & { currentTarget: SVGSVGElement }) => {
        // on a touch screen the drawing scrolls
        if (event.pointerType === 'touch' || event.button !== 0) return;
        from = at(event);
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove: (event: PointerEvent & { currentTarget: SVGSVGElement }) => {
        if (from === undefined) return;
        const to = at(event);
        setRange([Math.min(from, to), Math.max(from, to)]);
      },
      onPointerUp: () => {
        const chosen = range();
        from = undefined;
        setRange(undefined);
        if (chosen !== undefined) onRange(chosen[1] - chosen[0] < (span().endMs - span().startMs) / 100 ? undefined : chosen);
      },
    },
  };
}
