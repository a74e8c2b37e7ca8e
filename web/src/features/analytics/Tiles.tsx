import { For, Show, type JSX } from 'solid-js';

import '#web/features/results/staff/figure-tiles.css';

/** A few numbers in a row; a note says why one is missing. */
export function Tiles(props: { tiles: readonly { readonly value: string; readonly label: string; readonly note?: string | undefined }[] }): JSX.Element {
  return (
    <dl class="FigureTiles">
      <For each={props.tiles}>
        {(tile) => <div class="FigureTiles__tile"><dt>{tile.label}<Show when={tile.note}>{(note) => <span>: {note()}</span>}</Show></dt><dd>{tile.value}</dd></div>}
      </For>
    </dl>
  );
}
