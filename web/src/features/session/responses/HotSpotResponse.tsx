import Crosshair from 'lucide-solid/icons/crosshair';
import X from 'lucide-solid/icons/x';
import { createSignal, createUniqueId, For, type JSX, Show } from 'solid-js';

import { DEFAULT_HOT_SPOT_POINTS } from '#domain/questions/check-response.ts';
import type { ImagePoint } from '#domain/questions/types.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button } from '#web/ui/Button.tsx';

import { laterMessages as messages } from '../later-messages.ts';
import { useSit } from '../sit-context.ts';
import type { ResponseProps } from './response-props.ts';

import './hot-spot.css';

/** Steps of the crosshair, fractions of the image. */
const STEP = 0.02;
const FINE_STEP = 0.005;
const PLACES = 10_000;

/** Places on an image, set with the pointer or with a crosshair that arrow keys move. */
export function HotSpot(props: ResponseProps<'hot-spot'>): JSX.Element {
  const t = useMessages(messages);
  const { say } = useSit();
  const hint = createUniqueId();
  const [cross, setCross] = createSignal<ImagePoint>([0.5, 0.5]);
  const [isAiming, setAiming] = createSignal(false);
  const most = (): number => props.item.options?.maxPoints ?? DEFAULT_HOT_SPOT_POINTS;
  const points = (): readonly ImagePoint[] => props.response?.points ?? [];
  const image = (): { id: string; alt?: string } | undefined => props.item.media?.[0];

  function put(x: number, y: number): void {
    if (props.readOnly) return;
    const point: ImagePoint = [round(x), round(y)];
    // with one place to set, another click moves it
    const kept = most() === 1 ? [] : points();
    if (kept.length >= most()) return say(t('allPointsSet', most()));
    props.onChoose({ points: [...kept, point] });
    say(t('pointSet', { number: String(kept.length + 1), x: percent(point[0]), y: percent(point[1]) }));
  }

  function remove(index: number): void {
    const rest = points().filter((_, at) => at !== index);
    props.onChoose(rest.length === 0 ? null : { points: rest });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.shiftKey ? FINE_STEP : STEP;
    const moves: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const move = moves[event.key];
    if (move !== undefined) {
      const next: ImagePoint = [clamp(cross()[0] + move[0]), clamp(cross()[1] + move[1])];
      setCross(next);
      say(t('crossAt', { x: percent(next[0]), y: percent(next[1]) }));
    } else if (event.key === 'Enter' || event.key === ' ') {
      put(...cross());
    } else if ((event.key === 'Delete' || event.key === 'Backspace') && points().length > 0 && !props.readOnly) {
      remove(points().length - 1);
    } else {
      return;
    }
    event.preventDefault();
  }

  return (
    <div class="HotSpot">
      <Show when={image()} fallback={<p>{t('imageMissing')}</p>}>
        {(shown) => (
          <div
            class="HotSpot__image" tabindex="0" role="application" aria-roledescription={t('imageMap')} aria-labelledby={props.labelledBy} aria-describedby={hint}
            data-disabled={props.readOnly ? '' : undefined}
            onKeyDown={onKeyDown} onFocus={(event) => setAiming(event.currentTarget.matches(':focus-visible'))} onBlur={() => setAiming(false)}
            onClick={(event) => {
              const box = event.currentTarget.querySelector('img')!.getBoundingClientRect();
              put(clamp((event.clientX - box.left) / box.width), clamp((event.clientY - box.top) / box.height));
            }}
          >
            <img src={`/api/v1/media/${shown().id}`} alt={shown().alt ?? ''} draggable={false} />
            <For each={points()}>{(point, index) => <span class="HotSpot__point" style={at(point)}>{index() + 1}</span>}</For>
            <Show when={isAiming()}><span class="HotSpot__cross" style={at(cross())} /></Show>
          </div>
        )}
      </Show>
      <p class="HotSpot__hint" id={hint}><Crosshair /> {t('hotSpotHint', most())}</p>
      <Show when={points().length > 0}>
        <ul class="HotSpot__points">
          <For each={points()}>
            {(point, index) => (
              <li>
                <span>{t('pointAt', { number: String(index() + 1), x: percent(point[0]), y: percent(point[1]) })}</span>
                <Button kind="quiet" size="small" icon={X} disabled={props.readOnly} onClick={() => remove(index())}>{t('removePoint', { number: String(index() + 1) })}</Button>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  );
}

function at([x, y]: ImagePoint): JSX.CSSProperties {
  return { left: `${x * 100}%`, top: `${y * 100}%` };
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function round(value: number): number {
  return Math.round(value * PLACES) / PLACES;
}

function percent(value: number): string {
  return `${Math.round(value * 100)}`;
}
