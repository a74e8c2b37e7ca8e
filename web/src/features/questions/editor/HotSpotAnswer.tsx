import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import { createSignal, For, Index, Show, type JSX } from 'solid-js';

import type { ImagePoint } from '#domain/questions/types.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Button, IconButton } from '#web/ui/Button.tsx';
import { NumberInput } from '#web/ui/NumberInput.tsx';
import { Segmented } from '#web/ui/Segmented.tsx';
import { TextInput } from '#web/ui/TextInput.tsx';

import { mediaAddress } from '../api.ts';
import { areaPath, type AreaShape, isNear, middleArea, movePoints, onImage, stretchPoints } from '../hot-spot-shapes.ts';
import type { AnswerProps } from './answer-props.ts';
import type { DraftOf } from './draft.ts';
import { ErrorLine } from './errors-context.tsx';
import { messages } from './messages.ts';
import { FieldErrors } from './TypedAnswers.tsx';

type Area = DraftOf<'hot-spot'>['key']['areas'][number];
const ARROWS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-0.01, 0], ArrowRight: [0.01, 0], ArrowUp: [0, -0.01], ArrowDown: [0, 0.01] };

/** Right areas, drawn on the first image of the question with the pointer or placed with the keyboard. */
export function HotSpotAnswer(props: AnswerProps<'hot-spot'> & { readonly keyOnly?: boolean }): JSX.Element {
  const t = useMessages(messages);
  const [shape, setShape] = createSignal<AreaShape>('rect');
  const [selected, setSelected] = createSignal<number>();
  const image = (): { readonly id: string; readonly alt?: string } | undefined => props.draft.media[0];
  const areas = (): readonly Area[] => props.draft.key.areas;
  const setPoints = (index: number, points: [number, number][]): void => props.change((draft) => (draft.key.areas[index]!.points = points));
  function add(points: [number, number][]): void {
    props.change((draft) => void draft.key.areas.push({ shape: shape(), points }));
    setSelected(areas().length - 1);
  }
  function remove(index: number): void {
    props.change((draft) => void draft.key.areas.splice(index, 1));
    setSelected(undefined);
  }
  const nameOf = (index: number): string => t('areaName', { shape: t(`shape.${areas()[index]!.shape}`), number: index + 1 });
  return (
    <>
      <ErrorLine pointer="/key/areas" />
      <Show when={image()} fallback={<p class="soft">{t('areasNoImage')}</p>}>
        {(picture) => (
          <>
            <div class="row wrap">
              <Segmented name={t('shape')} value={shape()} onChange={setShape} options={(['rect', 'circle', 'polygon'] as const).map((value) => ({ value, label: t(`shape.${value}`) }))} />
              <Button size="small" kind="quiet" icon={Plus} onClick={() => add(middleArea(shape()))}>{t('areaAdd')}</Button>
            </div>
            <p class="soft">{shape() === 'polygon' ? t('polygonHelp') : t('areasHint')}</p>
            <div class="HotSpotCanvas" data-pointer="/key/areas">
              <img src={mediaAddress(picture().id)} alt={picture().alt ?? t('image')} draggable={false} />
              <Drawing
                shape={shape()}
                areas={areas()}
                selected={selected()}
                onSelect={setSelected}
                onAdd={add}
                onMove={setPoints}
                onRemove={remove}
                nameOf={nameOf}
              />
            </div>
          </>
        )}
      </Show>
      <Show when={areas().length > 0}>
        <ul class="AreaRows" aria-label={t('areas')}>
          <Index each={areas()}>
            {(area, index) => (
              <li class="KeyRow" data-selected={selected() === index ? '' : undefined} data-pointer={`/key/areas/${index}`} onFocusIn={() => setSelected(index)}>
                <span class="KeyRow__main">{nameOf(index)}<FieldErrors pointers={[`/key/areas/${index}/points`, `/key/areas/${index}/ratio`]} /></span>
                <TextInput class="KeyRow__credit" before={t('credit')} aria-label={t('areaCredit', { number: index + 1 })} inputmode="decimal" placeholder="1" value={area().ratio ?? ''} onChange={(ratio) => props.change((draft) => { if (ratio.trim() === '') delete draft.key.areas[index]!.ratio; else draft.key.areas[index]!.ratio = ratio; })} />
                <IconButton size="small" icon={Trash} label={t('areaRemove', { number: index + 1 })} onClick={() => remove(index)} />
              </li>
            )}
          </Index>
        </ul>
      </Show>
      <Show when={!props.keyOnly}>
        <div class="EditorShort" data-pointer="/options/maxPoints">
          <NumberInput label={t('maxMarks')} min={1} max={50} value={props.draft.options?.maxPoints ?? 1} onChange={(count) => count !== undefined && props.change((draft) => (draft.options = { maxPoints: count }))} />
        </div>
      </Show>
    </>
  );
}

function Drawing(props: {
  shape: AreaShape;
  areas: readonly Area[];
  selected: number | undefined;
  onSelect: (index: number | undefined) => void;
  onAdd: (points: [number, number][]) => void;
  onMove: (index: number, points: [number, number][]) => void;
  onRemove: (index: number) => void;
  nameOf: (index: number) => string;
}): JSX.Element {
  let svg!: SVGSVGElement;
  const [drawn, setDrawn] = createSignal<[number, number][]>([]);
  let dragging: { index: number; from: ImagePoint; points: readonly ImagePoint[] } | undefined;

  function pointOf(event: PointerEvent): [number, number] {
    const box = svg.getBoundingClientRect();
    return onImage([(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]);
  }
  function start(event: PointerEvent): void {
    if (event.button !== 0) return;
    const at = pointOf(event);
    const hit = (event.target as Element).closest<SVGElement>('[data-area]');
    if (hit !== null && drawn().length === 0) {
      const index = Number(hit.dataset['area']);
      dragging = { index, from: at, points: props.areas[index]!.points };
      props.onSelect(index);
    } else if (props.shape === 'polygon') {
      corner(at);
      return;
    } else {
      setDrawn([at, at]);
      props.onSelect(undefined);
    }
    svg.setPointerCapture(event.pointerId);
  }
  function corner(at: [number, number]): void {
    const points = drawn();
    if (points.length >= 3 && isNear(points[0]!, at)) close();
    else setDrawn([...points, at]);
    svg.focus();
  }
  function close(): void {
    const points = drawn();
    setDrawn([]);
    if (points.length >= 3) props.onAdd(points);
  }
  function move(event: PointerEvent): void {
    if (dragging !== undefined) {
      const [x, y] = pointOf(event);
      props.onMove(dragging.index, movePoints(dragging.points, x - dragging.from[0], y - dragging.from[1]));
    } else if (props.shape !== 'polygon' && drawn().length === 2) {
      setDrawn(([first]) => [first!, pointOf(event)]);
    }
  }
  function end(): void {
    dragging = undefined;
    if (props.shape === 'polygon' || drawn().length !== 2) return;
    const [first, second] = drawn() as [[number, number], [number, number]];
    setDrawn([]);
    // a click without a drag is no area
    if (!isNear(first, second)) props.onAdd([first, second]);
  }
  function onAreaKey(event: KeyboardEvent, index: number): void {
    const by = ARROWS[event.key];
    const points = props.areas[index]!.points;
    if (by !== undefined) {
      event.preventDefault();
      props.onMove(index, (event.shiftKey ? stretchPoints : movePoints)(points, by[0], by[1]));
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      props.onRemove(index);
    }
  }
  function onKey(event: KeyboardEvent): void {
    if (drawn().length === 0) return;
    if (event.key === 'Enter') close();
    else if (event.key === 'Escape') setDrawn([]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <svg ref={svg} class="HotSpotCanvas__areas" viewBox="0 0 1 1" preserveAspectRatio="none" tabindex={-1} data-shape={props.shape} onPointerDown={start} onPointerMove={move} onPointerUp={end} onPointerCancel={end} onKeyDown={onKey}>
      <For each={props.areas.map((_, index) => index)}>
        {(index) => (
          <Show when={props.areas[index]}>
            {(area) => (
              <path
                class="HotSpotCanvas__area"
                data-area={index}
                data-minus={(area().ratio ?? '1').startsWith('-') ? '' : undefined}
                data-selected={props.selected === index ? '' : undefined}
                d={areaPath(area().shape, area().points)}
                tabindex={0}
                role="button"
                aria-label={props.nameOf(index)}
                onFocus={() => props.onSelect(index)}
                onKeyDown={(event) => onAreaKey(event, index)}
              />
            )}
          </Show>
        )}
      </For>
      <Show when={drawn().length > 0}><path class="HotSpotCanvas__draft" d={areaPath(props.shape, drawn())} /></Show>
      <Show when={props.shape === 'polygon'}>
        <For each={drawn()}>{([x, y]) => <path class="HotSpotCanvas__corner" d={`M${x} ${y}h0`} />}</For>
      </Show>
    </svg>
  );
}
