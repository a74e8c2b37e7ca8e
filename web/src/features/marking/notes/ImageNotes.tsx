import { createSignal, For, Show, type JSX } from 'solid-js';

import { type Box, boxBetween, moveBox, stretchBox } from './note.ts';

import './image-notes.css';

/** A note as it lies on an image. */
export interface PlacedNote extends Box {
  readonly id: string;
  readonly letter: string;
  readonly tone: 'good' | 'bad' | 'neutral';
  /** What is read for it. */
  readonly label: string;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-0.01, 0], ArrowRight: [0.01, 0], ArrowUp: [0, -0.01], ArrowDown: [0, 0.01] };

/**
 * An image with the places that notes are about. Where notes may be made, a drag makes a box and a click a point; the arrows move the
 * one that has the focus, with Shift they change its size, and Delete removes it.
 */
export function ImageNotes(props: {
  src: string;
  alt: string;
  notes: readonly PlacedNote[];
  onAdd?: ((box: Box) => void) | undefined;
  onChange?: ((id: string, box: Box) => void) | undefined;
  onRemove?: ((id: string) => void) | undefined;
}): JSX.Element {
  let root!: HTMLDivElement;
  const [drawn, setDrawn] = createSignal<{ from: [number, number]; to: [number, number] }>();
  let dragged: { id: string; from: [number, number]; box: Box } | undefined;

  function pointOf(event: MouseEvent): [number, number] {
    const { left, top, width, height } = root.getBoundingClientRect();
    return [(event.clientX - left) / width, (event.clientY - top) / height];
  }
  function start(event: PointerEvent): void {
    // a finger scrolls the page; where it taps is a point
    if (event.button !== 0 || event.pointerType === 'touch' || props.onAdd === undefined) return;
    const id = (event.target as Element).closest<HTMLElement>('[data-note]')?.dataset['note'];
    const note = props.notes.find((one) => one.id === id);
    if (note === undefined) {
      const at = pointOf(event);
      setDrawn({ from: at, to: at });
    } else {
      dragged = { id: note.id, from: pointOf(event), box: note };
    }
    root.setPointerCapture(event.pointerId);
  }
  function move(event: PointerEvent): void {
    const at = pointOf(event);
    if (dragged !== undefined) props.onChange?.(dragged.id, moveBox(dragged.box, at[0] - dragged.from[0], at[1] - dragged.from[1]));
    else setDrawn((now) => (now === undefined ? undefined : { ...now, to: at }));
  }
  function end(): void {
    const last = drawn();
    dragged = undefined;
    setDrawn(undefined);
    if (last !== undefined) props.onAdd?.(boxBetween(last.from, last.to));
  }
  function cancel(): void {
    dragged = undefined;
    setDrawn(undefined);
  }
  function tap(event: MouseEvent): void {
    if ((event as PointerEvent).pointerType !== 'touch' || (event.target as Element).closest('[data-note]') !== null) return;
    const at = pointOf(event);
    props.onAdd?.(boxBetween(at, at));
  }
  function onKey(event: KeyboardEvent, note: PlacedNote): void {
    const by = ARROWS[event.key];
    if (by !== undefined && props.onChange !== undefined) props.onChange(note.id, (event.shiftKey ? stretchBox : moveBox)(note, by[0], by[1]));
    else if ((event.key === 'Delete' || event.key === 'Backspace') && props.onRemove !== undefined) props.onRemove(note.id);
    else return;
    event.preventDefault();
  }
  const placeOf = ({ x, y, width, height }: Box): JSX.CSSProperties => ({
    left: `${x * 100}%`, top: `${y * 100}%`,
    // a point has the size of its letter
    ...(width === 0 && height === 0 ? {} : { width: `${width * 100}%`, height: `${height * 100}%` }),
  });
  return (
    <div ref={root} class="ImageNotes" data-open={props.onAdd === undefined ? undefined : ''} onPointerDown={start} onPointerMove={move} onPointerUp={end} onPointerCancel={cancel} onClick={tap}>
      <img src={props.src} alt={props.alt} draggable={false} decoding="async" />
      <For each={props.notes.map(({ id }) => id)}>
        {(id) => (
          <Show when={props.notes.find((note) => note.id === id)}>
            {(note) => (
              <button
                type="button" class="ImageNotes__note" data-note={id} data-tone={note().tone} data-point={note().width === 0 && note().height === 0 ? '' : undefined} aria-label={note().label}
                style={placeOf(note())} onKeyDown={(event) => onKey(event, note())}
              ><span aria-hidden="true">{note().letter}</span></button>
            )}
          </Show>
        )}
      </For>
      <Show when={drawn()}>{(now) => <i class="ImageNotes__draft" style={placeOf(boxBetween(now().from, now().to))} />}</Show>
    </div>
  );
}
