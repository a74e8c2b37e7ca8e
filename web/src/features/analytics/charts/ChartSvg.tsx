import { createSignal, For, Match, onCleanup, onMount, Show, Switch, type JSX } from 'solid-js';

import type { Drawing, Shape } from './drawing.ts';

import './chart.css';

/** Draws a chart at the width that there is, so that its texts keep their size. */
export function ChartSvg(props: { draw: (width: number) => Drawing; label: string }): JSX.Element {
  const [width, setWidth] = createSignal(0);
  let frame!: HTMLDivElement;
  onMount(() => {
    const measure = (): void => void setWidth(Math.floor(frame.clientWidth));
    const observer = new ResizeObserver(measure);
    observer.observe(frame);
    measure();
    onCleanup(() => observer.disconnect());
  });
  return (
    <div ref={frame} class="Chart">
      <Show when={width() > 0}>
        <svg role="img" aria-label={props.label} viewBox={`0 0 ${width()} ${props.draw(width()).height}`} width={width()} height={props.draw(width()).height}>
          <For each={props.draw(width()).shapes}>{(shape) => <Drawn shape={shape} />}</For>
        </svg>
      </Show>
    </div>
  );
}

function Drawn(props: { shape: Shape }): JSX.Element {
  const is = <Kind extends Shape['kind']>(kind: Kind): Extract<Shape, { kind: Kind }> | undefined => (props.shape.kind === kind ? (props.shape as Extract<Shape, { kind: Kind }>) : undefined);
  return (
    <Switch>
      <Match when={is('bar')}>{(bar) => <rect class="Chart__bar" data-tone={bar().tone} x={bar().x} y={bar().y} width={Math.max(0, bar().width)} height={bar().height} rx="2" />}</Match>
      <Match when={is('line')}>{(line) => <line class={`Chart__${line().role}`} x1={line().x1} y1={line().y1} x2={line().x2} y2={line().y2} />}</Match>
      <Match when={is('path')}>{(path) => <polyline class="Chart__path" data-tone={path().tone} data-dashed={path().dashed ? '' : undefined} points={path().points.map((point) => point.join(',')).join(' ')} />}</Match>
      <Match when={is('dot')}>{(dot) => <circle class="Chart__dot" data-tone={dot().tone} cx={dot().x} cy={dot().y} r="4.5" />}</Match>
      <Match when={is('text')}>{(text) => <text class={`Chart__${text().role}`} x={text().x} y={text().y} text-anchor={text().anchor}>{text().text}</text>}</Match>
    </Switch>
  );
}
